import { useNavigate } from '@tanstack/react-router';
import type { DecisionDoc } from '#contexts/governance';
import { useList, useWords } from '../context.js';
import { NewButton } from './actions.js';
import { Card } from './page.js';
import { At, Ref, State } from './text.js';

interface Subject {
  readonly type: 'application' | 'statement' | 'charter-amendment' | 'membership';
  readonly id: string;
  readonly revision?: number;
  readonly digest?: string;
}

/** By which procedures a question is put to the members; what is decided on is taken from the page and not asked. */
export function OpenDecision({ on }: { on: Subject }) {
  const go = useNavigate();
  const opened = (id: string) => void go({ to: '/decisions/$id', params: { id } });
  return (
    <div className="row wrap no-print">
      {['OpenSilenceProcedure', 'OpenBallot', 'CallConsensus'].map((create) => (
        <NewButton key={create} collection="decisions" create={create} given={{ subject: on }} onDone={opened} />
      ))}
    </div>
  );
}

/** The procedures on one thing, the open ones with their end. */
export function DecisionsOn({ on }: { on: Pick<Subject, 'type' | 'id'> }) {
  const { t } = useWords();
  const rows = useList<DecisionDoc>(`decisions?subjectType=${on.type}&subject=${encodeURIComponent(on.id)}`).data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Card title={t('place.decisions')}>
      <ul className="plain">
        {rows.map(({ id, doc }) => (
          <li key={id}>
            <Ref category="decision" id={id} /> <State aggregate="DecisionProcedure" of={doc.status} />
            {doc.decidedAt === null && doc.deadline && <span className="muted"> {t('until')} <At instant={doc.deadline.instant} /></span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
