import type { MouDoc } from '#contexts/agreements';
import { useWords } from '../../context.js';
import { Ref } from '../../ui/text.js';

const STEPS = ['proposed', 'negotiating', 'initialled', 'openForSignature', 'signed', 'inEffect'] as const;
/** Where it stands on its way; what has ended, came all the way or is not on it. */
const AT: Partial<Record<MouDoc['status'], (typeof STEPS)[number]>> = {
  proposed: 'proposed', negotiating: 'negotiating', initialled: 'initialled', openForSignature: 'openForSignature', partlySigned: 'openForSignature', signed: 'signed',
  inEffect: 'inEffect', suspended: 'inEffect',
};

export function MouStepper({ doc }: { doc: MouDoc }) {
  const { t } = useWords();
  const at = AT[doc.status];
  if (at === undefined || doc.imported) return null;
  const reached = STEPS.indexOf(at);
  return (
    <ol className="stepper" aria-label={t('steps')}>
      {STEPS.map((step, i) => (
        <li key={step} className={i < reached || at === 'inEffect' ? 'done' : i === reached ? 'now' : ''} aria-current={i === reached ? 'step' : undefined}>
          <span aria-hidden="true">{i <= reached ? '●' : '○'}</span> {t(`state.Mou.${step === at ? doc.status : step}`)}
        </li>
      ))}
    </ol>
  );
}

/** The single next obstacle, and for whom or for which clause it waits. */
export function NextStep({ doc }: { doc: MouDoc }) {
  const { t, language } = useWords();
  if (doc.next === null) return null;
  const { kind, missing } = doc.next;
  const clause = (id: string) => {
    const found = doc.clauses.find((c) => c.clauseId === id);
    return found && `${found.number ?? ''} ${t(`value.kind.${found.kind}`)}`.trim();
  };
  const waits = missing.flatMap((one) => {
    if (doc.participants.some((p) => p.groupId === one)) return [{ one, shown: <Ref category="group" id={one} /> }];
    const [id = '', lang] = one.split(':');
    const name = clause(id);
    return name === undefined ? [] : [{ one, shown: <><bdi>{name}</bdi>{lang !== undefined && <> · {language(lang)}</>}</> }];
  });
  return (
    <div className="next" role="note">
      <strong>{t('nextStep')}</strong> {t(`next.${kind}`)}
      {waits.length > 0 && <p className="waits">{waits.map(({ one, shown }) => <span key={one} className="chip">{shown}</span>)}</p>}
    </div>
  );
}
