import { Link, useParams } from '@tanstack/react-router';
import type { StatementDoc } from '#contexts/statements';
import { directionOf, inLanguage } from '#platform/i18n/browser';
import { useNames, useOne, useWords } from '../../context.js';
import { Actions } from '../../ui/actions.js';
import { DecisionsOn, OpenDecision } from '../../ui/deciding.js';
import { Card, Fact, Facts, NowAndHistory, Title, Waiting } from '../../ui/page.js';
import { At, Mode, ownFirst, Ref, State, Text, Tlp } from '../../ui/text.js';
import { Attachments } from '../../ui/attachments.js';
import { Exports } from './exports.js';
import { ImportClauses } from './import-clauses.js';
import { Motions } from './motions.js';
import { Corrections, Embargo, Notices, Published } from './publishing.js';
import { SignPanel } from './signing.js';
import { CrossParty } from './statements.js';
import { Stepper } from './stepper.js';

/** While there is something to write or to agree on, and as long as one may look back at it. */
const ROOM = new Set(['drafting', 'negotiating', 'frozen', 'underDecision', 'adopted']);
const CONCORDANCE = new Set(['negotiating', 'frozen', 'underDecision', 'adopted', 'openForSignature']);

/** These have a place of their own on the page. */
const OWN_PLACE = ['SignStatement', 'WithdrawSignature', 'DeclineToSign', 'SetMotionVariant', 'SignMotionAmendment'];
const NO_MOTION = [...OWN_PLACE, 'TableMotionAmendment'];

export function StatementPage() {
  const words = useWords();
  const { t } = words;
  const { id } = useParams({ strict: false });
  const statement = useOne<StatementDoc>('statements', id);
  const names = useNames((statement.data?.doc.endorsements ?? []).map((e) => `group-${e.groupId}`));
  if (!statement.data) return <Waiting of={statement} />;
  const groupName = (g: string) => inLanguage(names[`group-${g}`], words.lang) ?? g;
  const { doc, mode, revision, label } = statement.data;
  const clauses = doc.clauses.map((c) => ({ id: c.id, label: `${c.label} ${(c.text[doc.leadLanguage] ?? '').slice(0, 50)}`, also: { baseRevision: doc.revision, revision: c.revision, ...(c.text ? { text: c.text } : {}) } }));
  const known = {
    given: { statementId: id, languageSeen: words.lang, ...(doc.frozen ? { digest: doc.frozen.digest } : {}) },
    choices: { clauseId: clauses, after: clauses.map(({ id: clause, label: name }) => ({ id: clause, label: name })) },
  };
  return (
    <>
      <Title above={t(`value.kind.${doc.kind}`)} after={<><State aggregate="Statement" of={doc.status} /> <Mode mode={mode} /> <Tlp label={label} /> {doc.mark && <CrossParty />}</>}><Text of={doc.subject} /></Title>
      <Notices doc={doc} />
      <p className="lead">{t(`attribution.${doc.kind}`, { ...doc.attribution.counts, groupsCount: doc.attribution.counts.groups, groups: words.list(doc.endorsements.map((e) => groupName(e.groupId))) })}</p>
      <Stepper doc={doc} />
      {doc.next && <div className="next" role="note"><strong>{t('nextStep')}</strong> {t(`next.${doc.next.kind}`)}{doc.next.missing.length > 0 && <ul>{doc.next.missing.map((m, i) => <li key={i}>{t(`refusal.${m.refused}`, m.params)}</li>)}</ul>}</div>}
      <p className="row wrap no-print">
        {ROOM.has(doc.status) && <Link to="/statements/$id/room" params={{ id: id! }} className="button-link">{t('room.open')}</Link>}
        {CONCORDANCE.has(doc.status) && doc.languages.length > 1 && <Link to="/statements/$id/concordance" params={{ id: id! }} className="button">{t('concordance.open')}</Link>}
      </p>
      <NowAndHistory collection="statements" id={id!}>
        <SignPanel id={id!} doc={doc} revision={revision} />
        {doc.status === 'underDecision' && doc.frozen && <OpenDecision on={{ type: 'statement', id: id!, revision: doc.frozen.revision, digest: doc.frozen.digest }} />}
        <Actions collection="statements" id={id!} revision={revision} known={known} hide={doc.kind === 'harmonised-motion' ? OWN_PLACE : NO_MOTION} first={['EndorseAsGroup', 'SealText', 'OpenSignature', 'Publish', 'PlaceUnderEmbargo', 'StartDrafting', 'AddClause', 'MarkClauseAgreed', 'FreezeText']} />
        <ImportClauses id={id!} doc={doc} revision={revision} />
        <Body doc={doc} />
        <Exports collection="statements" id={id!} languages={ownFirst([...new Set([doc.leadLanguage, ...doc.languages, ...doc.versions.map((v) => v.lang)])], words.lang)} amendments={doc.pendingAmendments.length} />
        <div className="grid">
          <Published id={id!} doc={doc} />
          <Embargo doc={doc} />
          <Corrections doc={doc} />
          <Motions id={id!} doc={doc} revision={revision} />
          <Card title={t('signatories', { n: doc.signatories.filter((s) => !s.withdrawn).length })}>
            {doc.progress.signatories.need > 0 && <p>{t('progress', { have: doc.progress.signatories.have, need: doc.progress.signatories.need })}</p>}
            <ul className="plain">{doc.signatories.map((s) => <li key={s.personId} className={s.withdrawn ? 'withdrawn' : ''}><bdi>{s.snapshot.name}</bdi> <span className="muted">{[s.snapshot.title, s.snapshot.party].filter(Boolean).join(', ')}</span> — <Ref category="parliament" id={s.snapshot.parliament} />{s.later && <em> {t('later')} <At instant={s.at} /></em>}{s.withdrawn && <em> {t('withdrawn')} <At instant={s.withdrawn.at} /></em>}</li>)}</ul>
          </Card>
          <Card title={t('crossParty')}>
            <p className="muted">{t('crossParty.what')}</p>
            <ul className="plain">{doc.crossParty.map((c) => <li key={c.parliament}><Ref category="parliament" id={c.parliament} />: {c.government > 0 ? '✓' : '–'} {t('value.side.government')} · {c.opposition > 0 ? '✓' : '–'} {t('value.side.opposition')}</li>)}</ul>
          </Card>
          <Card title={t('sponsors')}>
            <ul className="plain">{doc.sponsors.map((g) => <li key={g}><Ref category="group" id={g} />{doc.endorsements.some((e) => e.groupId === g) && <span className="muted"> · {t('endorsed')}</span>}</li>)}</ul>
            <Facts>{doc.penholders.map((p) => <Fact key={p} name="penholder"><Ref category="person" id={p} /></Fact>)}</Facts>
            {doc.frozen && <details><summary>{t('digests')}</summary><dl className="facts">{Object.entries(doc.frozen.digests).map(([l, d]) => <div key={l}><dt>{words.language(l)}</dt><dd><code dir="ltr">{d}</code></dd></div>)}</dl></details>}
          </Card>
          <DecisionsOn on={{ type: 'statement', id: id! }} />
          {doc.reservations.length > 0 && <Card title={t('reservations')}><ul className="plain">{doc.reservations.map((r, i) => <li key={i}><Ref category="group" id={r.groupId} />: <Text of={r.text} /></li>)}</ul></Card>}
          <Attachments collection="statements" id={id!} />
        </div>
      </NowAndHistory>
    </>
  );
}

/** The clauses, each language beside the others with the reader's own first. */
function Body({ doc }: { doc: StatementDoc }) {
  const { t, lang, language } = useWords();
  const langs = ownFirst([...new Set([doc.leadLanguage, ...doc.languages])], lang);
  return (
    <Card title={t('text')}>
      {doc.clauses.length === 0 ? <p className="muted">{t('nothingYet')}</p> : (
        <div className="scroll" tabIndex={0} role="region" aria-label={t('text')}>
          <table className="parallel">
            <thead><tr><th>{t('clause')}</th>{langs.map((l) => <th key={l}>{language(l)}</th>)}<th>{t('standing')}</th></tr></thead>
            <tbody>
              {doc.clauses.map((c) => (
                <tr key={c.id}>
                  <th scope="row"><bdi>{c.label}</bdi></th>
                  {langs.map((l) => <td key={l} lang={l} dir={directionOf(l)}>{c.text[l] ?? <span className="muted" lang={lang}>{t('missing')}</span>}</td>)}
                  <td><span className={`state state-${c.agreement}`}>{c.agreement === 'open' ? t('openClause') : t('agreed')}</span></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
