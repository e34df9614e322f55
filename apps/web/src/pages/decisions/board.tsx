import type { DecisionDoc } from '#contexts/governance';
import { useMe, useNames, useWords } from '../../context.js';
import { inLanguage } from '#platform/i18n/browser';
import { ActionButton } from '../../ui/actions.js';
import { Fact, Facts } from '../../ui/page.js';
import { At, Ref } from '../../ui/text.js';
import { Countdown, Deadline } from './clock.js';

/** The subject in one sentence: how it ended, in the words of the rule by which it did. */
export function Verdict({ doc }: { doc: DecisionDoc }) {
  const { t, list, lang } = useWords();
  const groups = doc.broken ? [doc.broken.by] : (doc.blocked?.by ?? []);
  const names = useNames(groups.map((g) => `group-${g}`));
  if (doc.decidedAt === null && doc.status !== 'cancelled') return null;
  const counts = doc.counts ?? { yes: 0, no: 0, abstain: 0, notVoting: 0 };
  const ended = doc.status === 'cancelled' ? 'cancelled' : `${doc.kind}.${doc.status}`;
  const sentence = t(`verdict.${ended}`, {
    ...counts, rule: t(`value.rule.${doc.rule}`), notified: doc.notified.length, entitled: doc.entitled.length, present: doc.present ?? 0, required: doc.quorum,
    reservations: doc.statements.filter((s) => s.kind === 'reservation').length, reason: doc.cancelled ?? '',
    groups: list(groups.map((g) => `\u2068${inLanguage(names[`group-${g}`], lang) ?? g}\u2069`)),
  });
  return (
    <div className={`verdict verdict-${doc.status}`}>
      <p><strong>{sentence}</strong>{doc.decidedAt && <> <span className="muted">· <At instant={doc.decidedAt} /></span></>}</p>
      {doc.broken && <blockquote dir="auto">{doc.broken.reason}</blockquote>}
      {doc.broken?.proposedText && <><p className="muted">{t('proposedInstead')}</p><blockquote dir="auto">{doc.broken.proposedText}</blockquote></>}
      {doc.blocked && <ul>{doc.blocked.reasons.map((reason, i) => <li key={i} dir="auto">{reason}</li>)}</ul>}
    </div>
  );
}

interface Open {
  id: string;
  revision: number;
  doc: DecisionDoc;
}

/** A text under silence: how long still, on whose clocks, and what an objection does. */
export function SilenceBoard({ id, revision, doc }: Open) {
  const { t } = useWords();
  const { deadline, entitled, notified, supporters } = doc;
  return (
    <section className="board" aria-label={t('decision.silence')}>
      {deadline && <Countdown until={deadline.instant} before={t('silenceEndsIn')} over={t('periodOver')} />}
      <p className="board-lines">
        <span>{t('nobodyBroke')}</span> <span>{t('notifiedOf', { n: notified.length, m: entitled.length })}</span> <span>{t('supportOf', { n: supporters.length })}</span>
      </p>
      {deadline && <Deadline of={deadline} />}
      <Extensions doc={doc} />
      <div className="breaking">
        <h2>{t('breaking')}</h2>
        <p>{t('breaking.what', { type: doc.subject.type })}</p>
        <ActionButton collection="decisions" id={id} revision={revision} command="BreakSilence" className="break" />
      </div>
    </section>
  );
}

export function Extensions({ doc }: { doc: DecisionDoc }) {
  const { t } = useWords();
  if (doc.extensions.length === 0) return null;
  return <ul className="plain small muted">{doc.extensions.map((e) => <li key={e.instant}>{t('extendedUntil')} <At instant={e.instant} /> · {t(`value.reason.${e.reason}`, { defaultValue: e.reason, ns: 'governance' })}</li>)}</ul>;
}

/** A running ballot: who has voted is a number until it closes, how nobody reads. */
export function BallotBoard({ doc }: { doc: DecisionDoc }) {
  const { t } = useWords();
  const mine = useMe()?.account?.grants.some((g) => g.onBehalfOf !== undefined && doc.voted.includes(g.onBehalfOf)) ?? false;
  return (
    <section className="board" aria-label={t('decision.ballot')}>
      {doc.deadline && <Countdown until={doc.deadline.instant} before={t('ballotClosesIn')} over={t('periodOver')} />}
      <p className="board-lines"><span>{t('votedOf', { n: doc.voted.length, m: doc.entitled.length })}</span> <span>{t('votesHidden')}</span> <span>{t(doc.secret ? 'ballot.secret' : 'ballot.open')}</span></p>
      {mine && <p className="muted">{t('yourVote')}</p>}
      {doc.deadline && <Deadline of={doc.deadline} />}
    </section>
  );
}

export function ConsensusBoard({ doc }: { doc: DecisionDoc }) {
  const { t } = useWords();
  return (
    <section className="board" aria-label={t('decision.consensus')}>
      <p className="countdown"><strong>{t('consensusCalled')}</strong></p>
      <p className="board-lines"><span>{t('supportOf', { n: doc.supporters.length })}</span> <span>{t('reservationsOf', { n: doc.statements.filter((s) => s.kind === 'reservation').length })}</span></p>
    </section>
  );
}

/** By which rule, which quorum and which version of the charter. */
export function Rule({ doc }: { doc: DecisionDoc }) {
  const { t } = useWords();
  return (
    <>
      <p className="rule">{t(`value.rule.${doc.rule}`)}</p>
      <p>{t(`ruleMeans.${doc.rule}`)}</p>
      <Facts>
        {doc.kind === 'ballot' && <Fact name="field.quorum">{t('quorumNeeds', { n: doc.quorum, m: doc.entitled.length })}</Fact>}
        {doc.charterVersion && <Fact name="field.charterVersion">{doc.charterVersion === 'none' ? t('charter.none') : <bdi>{doc.charterVersion}</bdi>}</Fact>}
        {doc.rulesVersion && <Fact name="basis.rulesVersion"><bdi>{doc.rulesVersion}</bdi></Fact>}
        {doc.urgency && <Fact name="field.urgency">{t(`value.urgency.${doc.urgency}`)}</Fact>}
        {doc.networkId && <Fact name="field.networkId"><Ref category="network" id={doc.networkId} /></Fact>}
        <Fact name="openedAt"><At instant={doc.openedAt} /></Fact>
      </Facts>
    </>
  );
}

const OPTIONS = ['yes', 'no', 'abstain', 'notVoting'] as const;
/** The count after the close; how each group voted stands in the list of the groups, where the ballot was open. */
export function Counts({ doc: { counts, secret } }: { doc: DecisionDoc }) {
  const { t, number } = useWords();
  if (counts === null) return null;
  return (
    <>
      <div className="bar" aria-hidden="true">{OPTIONS.filter((o) => counts[o] > 0).map((o) => <span key={o} className={`bar-${o}`} style={{ flexGrow: counts[o] }} />)}</div>
      <dl className="facts counts">{OPTIONS.map((o) => <div key={o}><dt><span className={`key bar-${o}`} aria-hidden="true" /> {t(o === 'notVoting' ? 'notVoting' : `value.option.${o}`)}</dt><dd>{number(counts[o])}</dd></div>)}</dl>
      {secret && <p className="muted">{t('ballot.secret')}</p>}
    </>
  );
}
