import { useParams } from '@tanstack/react-router';
import type { DecisionDoc } from '#contexts/governance';
import { inLanguage } from '#platform/i18n/browser';
import type { Row } from '../api.js';
import { useList, useNames, useOne, useWords } from '../context.js';
import { Actions } from '../ui/actions.js';
import type { Known } from '../ui/form.js';
import { Card, Empty, NowAndHistory, Title, Waiting } from '../ui/page.js';
import { At, Mode, Ref, State, Text } from '../ui/text.js';
import { BallotBoard, ConsensusBoard, Counts, Rule, SilenceBoard, Verdict } from './decisions/board.js';
import { Countdown } from './decisions/clock.js';
import { Participants } from './decisions/participants.js';
import { Attribution, Positions } from './decisions/positions.js';
import { type Clause, Proposition, useClauses } from './decisions/proposition.js';

const FIRST = ['CastVote', 'ExpressSupport', 'EnterReservation', 'ExplainPosition', 'DeclareDisassociation'];
const HIDDEN = ['BreakSilence'];
const isOpen = ({ status }: DecisionDoc) => ['silence', 'ballot', 'consensusCall'].includes(status);
/** The nearest end first; what has none, a call for consensus, behind it. */
const endOf = ({ doc }: Row<DecisionDoc>) => (doc.deadline === null ? Infinity : Date.parse(doc.deadline.instant));
const byEnd = (a: Row<DecisionDoc>, b: Row<DecisionDoc>) => (endOf(a) < endOf(b) ? -1 : 1);
const latest = (a: Row<DecisionDoc>, b: Row<DecisionDoc>) => (b.doc.decidedAt ?? b.recordedAt).localeCompare(a.doc.decidedAt ?? a.recordedAt);

/** What is open, by its end, and then what was decided, the latest first. */
export function DecisionsPage() {
  const { t } = useWords();
  const decisions = useList<DecisionDoc>('decisions?limit=500');
  const rows = decisions.data?.rows ?? [];
  const open = rows.filter(({ doc }) => isOpen(doc)).toSorted(byEnd);
  const over = rows.filter(({ doc }) => !isOpen(doc)).toSorted(latest);
  return (
    <>
      <Title after={t('decisions.what')}>{t('place.decisions')}</Title>
      <Waiting of={decisions} />
      {decisions.data && rows.length === 0 && <Empty what="decisions.empty" />}
      {rows.length > 0 && (
        <section>
          <h2>{t('decisions.open')}</h2>
          {open.length === 0 && <p className="muted">{t('decisions.noneOpen')}</p>}
          <ul className="cards">{open.map((row) => <OpenCard key={row.id} row={row} />)}</ul>
        </section>
      )}
      {over.length > 0 && (
        <section className="decided">
          <h2>{t('decisions.over')}</h2>
          <ul className="plain">
            {over.map(({ id, doc, mode }) => (
              <li key={id}>
                <Ref category="decision" id={id} /> <State aggregate="DecisionProcedure" of={doc.status} /> <Mode mode={mode} />
                <span className="muted small"> {t(`decision.${doc.kind}`)}{doc.decidedAt && <> · <At instant={doc.decidedAt} /></>}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function OpenCard({ row: { id, doc, mode } }: { row: Row<DecisionDoc> }) {
  const { t } = useWords();
  const of = { n: doc.kind === 'ballot' ? doc.voted.length : doc.notified.length, m: doc.entitled.length };
  return (
    <li className="card">
      <h3><Ref category="decision" id={id} /></h3>
      <p><State aggregate="DecisionProcedure" of={doc.status} /> <Mode mode={mode} /></p>
      {doc.deadline && <Countdown until={doc.deadline.instant} before={t(doc.kind === 'ballot' ? 'ballotClosesIn' : 'silenceEndsIn')} over={t('periodOver')} />}
      {doc.deadline && <p className="muted">{t('until')} <At instant={doc.deadline.instant} /></p>}
      <p className="muted">{doc.kind === 'silence' ? t('notifiedOf', of) : doc.kind === 'ballot' ? t('votedOf', of) : t('supportOf', { n: doc.supporters.length })}</p>
    </li>
  );
}

/** What the forms of a decision know: the clauses of its text, and the groups that decide. */
function useKnown({ subject, entitled }: DecisionDoc, clauses: readonly Clause[]): Known {
  const { t, lang } = useWords();
  const names = useNames(entitled.map((g) => `group-${g}`));
  const by = entitled.map((g) => ({ id: g, label: inLanguage(names[`group-${g}`], lang) ?? g }));
  if (subject.type !== 'statement') return { choices: { by }, given: { clauses: [] } };
  const beginning = (text: string) => (text.length <= 60 ? text : `${text.slice(0, 60).replace(/\s\S*$/, '')} …`);
  const offered = clauses.map((c) => ({ id: c.id, label: `${c.label} ${beginning(inLanguage(c.text, lang) ?? '')}` }));
  return clauses.length === 0 ? { choices: { by } } : { choices: { by, clauses: offered, scope: offered }, hints: { clauses: t('clausesHint') } };
}

export function DecisionPage() {
  const { id } = useParams({ strict: false });
  const decision = useOne<DecisionDoc>('decisions', id);
  return decision.data ? <Decision id={id!} row={decision.data} /> : <Waiting of={decision} />;
}

function Decision({ id, row: { doc, mode, revision } }: { id: string; row: Row<DecisionDoc> }) {
  const { t } = useWords();
  const { clauses } = useClauses(doc.subject);
  const known = useKnown(doc, clauses);
  return (
    <>
      <Title above={<>{t(`decision.${doc.kind}`)} · {t(`value.type.${doc.subject.type}`, { ns: 'governance' })}</>} after={<><State aggregate="DecisionProcedure" of={doc.status} /> <Mode mode={mode} /></>}><Text of={doc.subject.title} /></Title>
      <NowAndHistory collection="decisions" id={id}>
        <Verdict doc={doc} />
        {doc.status === 'silence' && <SilenceBoard id={id} revision={revision} doc={doc} />}
        {doc.status === 'ballot' && <BallotBoard doc={doc} />}
        {doc.status === 'consensusCall' && <ConsensusBoard doc={doc} />}
        <Actions collection="decisions" id={id} revision={revision} first={FIRST} hide={HIDDEN} known={known} />
        <div className="grid">
          <Participants doc={doc} />
          {doc.counts && <Card title={t('counts')}><Counts doc={doc} /></Card>}
          <Attribution doc={doc} />
          <Card title={t('procedure')}><Rule doc={doc} /></Card>
          <Proposition doc={doc} />
          <Positions doc={doc} clauses={clauses} />
        </div>
      </NowAndHistory>
    </>
  );
}
