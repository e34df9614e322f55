import type { StatementDoc } from '#contexts/statements';
import { useWords } from '../../context.js';

type Step = 'drafted' | 'frozen' | 'adopted' | 'sealed' | 'signature' | 'embargo' | 'published';
const REACHED: Readonly<Record<StatementDoc['status'], Step>> = {
  none: 'drafted', proposed: 'drafted', drafting: 'drafted', negotiating: 'drafted', frozen: 'frozen', underDecision: 'frozen', adopted: 'adopted',
  openForSignature: 'signature', embargoed: 'embargo', published: 'published', closed: 'published', retracted: 'published', abandoned: 'drafted',
};

/** The way of this text and where it stands: only the steps that it takes. */
export function Stepper({ doc }: { doc: StatementDoc }) {
  const { t } = useWords();
  const steps: Step[] = [
    'drafted', 'frozen',
    ...(doc.kind === 'network-statement' || doc.decision !== null ? (['adopted'] as const) : []),
    ...(doc.languages.length > 1 ? (['sealed'] as const) : []),
    'signature',
    ...(doc.embargo !== null ? (['embargo'] as const) : []),
    'published',
  ];
  const at = doc.sealed !== null && REACHED[doc.status] === 'adopted' ? 'sealed' : doc.sealed !== null && doc.status === 'frozen' && steps.includes('sealed') ? 'sealed' : REACHED[doc.status];
  const reached = steps.indexOf(at);
  return (
    <ol className="stepper" aria-label={t('step.way')}>
      {steps.map((step, i) => (
        <li key={step} className={i < reached ? 'done' : i === reached ? 'now' : ''} aria-current={i === reached ? 'step' : undefined}>
          <span aria-hidden="true">{i <= reached ? '●' : '○'}</span> {t(`step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
