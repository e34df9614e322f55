import { useNavigate, useParams } from '@tanstack/react-router';
import type { MouDoc } from '#contexts/agreements';
import type { AuthorisationDoc } from '#contexts/directory';
import { inLanguage } from '#platform/i18n/browser';
import { useList, useMe, useNames, useOne, useWords } from '../context.js';
import { Actions, NewButton } from '../ui/actions.js';
import { Source } from '../ui/acts.js';
import { Attachments } from '../ui/attachments.js';
import { Card, Empty, Fact, Facts, NowAndHistory, Title, Waiting } from '../ui/page.js';
import { Mode, ownFirst, Ref, State, Text, Tlp, When } from '../ui/text.js';
import { Accessions, Amendments, MouCorrections, Withdrawals } from './mous/life.js';
import { Signatures } from './mous/signatures.js';
import { MouSigning } from './mous/signing.js';
import { MouStepper, NextStep } from './mous/stepper.js';
import { MouText } from './mous/text.js';
import { Queried } from './record.js';
import { Exports } from './statement/exports.js';

/** Given in a place of their own on the page. */
const ELSEWHERE: readonly string[] = ['SignFirst', 'SignFurther', 'SignLast', 'DeclineMouSignature', 'AttestSignature', 'ExchangeCounterparts'];

export function MousPage() {
  const { t } = useWords();
  const me = useMe();
  const go = useNavigate();
  const mous = useList<MouDoc>('mous?limit=200');
  const own = me?.account?.grants.find((g) => g.capacity === 'chair')?.onBehalfOf;
  return (
    <>
      <Title after={t('mous.what')}>{t('place.mous')}</Title>
      <NewButton collection="mous" create="ProposeMou" preset={{ ...(own ? { participants: [own] } : {}), bindingness: 'political', authenticLanguages: ['en', 'fr'] }} onDone={(id) => void go({ to: '/mous/$id', params: { id } })} />
      <Waiting of={mous} />
      {mous.data?.rows.length === 0 && <Empty what="mous.empty" />}
      <ul className="cards">
        {mous.data?.rows.map(({ id, doc, mode, label }) => (
          <li key={id} className="card">
            <h2><Ref category="mou" id={id} /></h2>
            <p><State aggregate="Mou" of={doc.status} /> <Mode mode={mode} /> <Tlp label={label} /></p>
            <p>{doc.participants.map((p) => <span key={p.groupId} className="chip"><Ref category="group" id={p.groupId} /></span>)}</p>
            {doc.signedOn && <p className="muted">{t('signedOn')} <When edtf={doc.signedOn.slice(0, 10)} /></p>}
          </li>
        ))}
      </ul>
    </>
  );
}

/** One memorandum's room: where it stands, the single next obstacle, the text in its languages, who is bound since when. */
export function MouPage() {
  const words = useWords();
  const { t } = words;
  const { id } = useParams({ strict: false });
  const mou = useOne<MouDoc>('mous', id);
  const me = useMe();
  const authorisations = useList<AuthorisationDoc>('authorisations?limit=200', me?.account != null);
  const groups = useNames([...(mou.data?.doc.participants ?? []), ...(mou.data?.doc.accessions ?? [])].map((p) => `group-${p.groupId}`));
  if (!mou.data) return <Waiting of={mou} />;
  const { doc, mode, revision, label } = mou.data;
  const langs = ownFirst(doc.authenticLanguages, words.lang);
  const own = me?.account?.grants.map((g) => g.onBehalfOf);
  const group = (g: string) => ({ id: g, label: inLanguage(groups[`group-${g}`], words.lang) ?? g });
  const clauses = doc.clauses.map((c) => ({ id: c.clauseId, label: `${c.number ?? ''} ${t(`value.kind.${c.kind}`)}`, also: { revision: c.revision ?? 1 } }));
  const asking = doc.accessions.filter((a) => a.requested && a.effectiveOn === null).map((a) => group(a.groupId));
  const mine = doc.participants.find((p) => own?.includes(p.groupId))?.groupId;
  // A participant does not join again, and there is something to confirm only where it was signed ad referendum.
  const hidden = [...ELSEWHERE, ...(mine ? ['RequestAccession'] : []), ...(doc.signatures.some((s) => s.groupId === mine && !s.effective) ? [] : ['ConfirmAdReferendum'])];
  const known = {
    given: { mouId: id, ...(doc.digests ? { digests: doc.digests } : {}) },
    choices: {
      clauseId: clauses,
      bracketId: doc.clauses.flatMap((c) => c.brackets.map((b) => ({ id: b.bracketId, label: `[ ] ${c.number ?? ''} ${t(`value.kind.${c.kind}`)}` }))),
      amendmentId: doc.amendments.filter((a) => a.status === 'proposed').map((a) => ({ id: a.amendmentId, label: inLanguage(a.text, words.lang) ?? '' })),
      authorisationId: (authorisations.data?.rows ?? []).filter((a) => own?.includes(a.doc.groupId) && a.doc.subject.id === id && a.doc.revoked === null).map((a) => ({ id: a.id, label: a.doc.decisionRef })),
      ...(doc.terms.accession === 'by-invitation' ? {} : { applicantId: asking }),
      groupId: asking.length > 0 ? asking : doc.participants.map((p) => group(p.groupId)),
      participantId: doc.participants.map((p) => group(p.groupId)),
    },
  };
  return (
    <>
      <Title above={t('mou')} after={<><State aggregate="Mou" of={doc.status} /> <Mode mode={mode} /> <Tlp label={label} /></>}><Text of={doc.titles} /></Title>
      <MouStepper doc={doc} />
      <NextStep doc={doc} />
      {label.tlp === 'CLEAR' && <p className="no-print"><a href={`/public/${words.lang}/memoranda/${encodeURIComponent(id!)}`}>{t('published.open')}</a></p>}
      <NowAndHistory collection="mous" id={id!}>
        <MouSigning id={id!} doc={doc} revision={revision} />
        <Withdrawals doc={doc} />
        <Actions collection="mous" id={id!} revision={revision} known={known} hide={hidden} first={['OpenForSignature', 'OpenNegotiation', 'InitialText', 'RecordPartyAuthorisation', 'AgreeClause', 'ProposeClause', 'ConsentToAccession', 'ConsentToMouAmendment', 'ProposeMouAmendment', 'RequestAccession']} />
        {doc.unknowns.length > 0 && <p className="unknowns"><strong>{t('unknownTitle')}</strong> {words.list(doc.unknowns.map((u) => t(`unknown.${u}`)))}</p>}
        <MouText id={id!} doc={doc} />
        {doc.clauses.length > 0 && <Exports collection="mous" id={id!} languages={langs} />}
        <div className="grid">
          <Card title={t('participants')}>
            <ul className="plain">{doc.participants.map((p) => (
              <li key={p.groupId}><Ref category="group" id={p.groupId} />
                {doc.authorisations.some((a) => a.groupId === p.groupId) && <span className="muted"> · {t('authorised')}</span>}
                {p.acceded && <span className="muted"> · {t('mouLife.acceded')} <When edtf={p.since} /></span>}
                {p.withdrewOn && <span className="muted"> · {t('withdrewOn')} <When edtf={p.withdrewOn} /></span>}
              </li>
            ))}</ul>
          </Card>
          <Signatures id={id!} doc={doc} revision={revision} />
          <Card title={t('effect')}>
            <Facts>
              <Fact name="signedOn"><When edtf={doc.signedOn?.slice(0, 10)} /></Fact>
              <Fact name="inEffectOn">{doc.effect ? <><When edtf={doc.effect.on} /> <span className="muted">({t(`value.byRule.${doc.effect.byRule}`)})</span></> : t('notYet')}</Fact>
              <Fact name="field.bindingness">{doc.bindingness ? t(`value.bindingness.${doc.bindingness}`) : t('notKnown')}</Fact>
              <Fact name="field.authenticLanguages">{langs.length ? words.list(langs.map((l) => words.language(l))) : t('notKnown')}</Fact>
              {doc.expiresOn && <Fact name="expiresOn"><When edtf={doc.expiresOn} /></Fact>}
            </Facts>
            {doc.digests && <details><summary>{t('digests')}</summary><dl className="facts">{Object.entries(doc.digests).map(([l, d]) => <div key={l}><dt>{words.language(l)}</dt><dd><code dir="ltr">{d}</code></dd></div>)}</dl></details>}
          </Card>
          {doc.source && (
            <Card title={t('source')}>
              <Facts>
                <Fact name="confidence.label">{t(`confidence.${doc.source.confidence}`)}</Fact>
                <Fact name="textOf">{doc.source.textAvailable ? t('available') : t('notKnown')}</Fact>
                {doc.source.sources.map((s, i) => <Source key={i} source={s as never} />)}
              </Facts>
              <Queried stream={`mou-${id}`} />
            </Card>
          )}
          <Amendments doc={doc} />
          <Accessions doc={doc} />
          <MouCorrections doc={doc} />
          {doc.activities.length > 0 && <Card title={t('activities')}><ul className="plain">{doc.activities.map((a, i) => <li key={i}>{t(`value.kind.${a.kind}`)} <When edtf={a.on} /></li>)}</ul></Card>}
          <Attachments collection="mous" id={id!} />
        </div>
      </NowAndHistory>
    </>
  );
}
