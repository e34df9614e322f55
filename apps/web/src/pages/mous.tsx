import { lazy, Suspense } from 'react';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { MouDoc } from '#contexts/agreements';
import { directionOf } from '#platform/i18n/browser';
import { useList, useMe, useMoment, useOne, useWords } from '../context.js';
import { Actions, NewButton } from '../ui/actions.js';
import { Source } from '../ui/acts.js';
import { Card, Empty, Fact, Facts, NowAndHistory, Title, Waiting } from '../ui/page.js';
import { Mode, ownFirst, Ref, State, Text, Tlp, When } from '../ui/text.js';
import { Queried } from './record.js';

/** The editor comes with the negotiation, not with the first page. */
const Article = lazy(() => import('../drafting/article.js'));
const Articles = lazy(async () => ({ default: (await import('../drafting/context.js')).TextsProvider }));

const STEPS = ['proposed', 'negotiating', 'initialled', 'openForSignature', 'partlySigned', 'signed', 'inEffect'] as const;

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
  const past = useMoment();
  const authorisations = useList<{ groupId: string; decisionRef: string }>('authorisations?limit=200', me?.account != null);
  if (!mou.data) return <Waiting of={mou} />;
  const { doc, mode, revision, label } = mou.data;
  const at = STEPS.indexOf(doc.status as (typeof STEPS)[number]);
  const langs = ownFirst(doc.authenticLanguages, words.lang);
  const own = me?.account?.grants.map((g) => g.onBehalfOf);
  const negotiated = doc.status === 'negotiating' && me?.account != null && past === undefined;
  const known = {
    given: { mouId: id, ...(doc.digests ? { digests: doc.digests } : {}) },
    choices: {
      clauseId: doc.clauses.map((c) => ({ id: c.clauseId, label: `${c.number ?? ''} ${t(`value.kind.${c.kind}`)}`, also: { revision: c.revision ?? 1 } })),
      bracketId: doc.clauses.flatMap((c) => c.brackets.map((b) => ({ id: b.bracketId, label: `[ ] ${c.number ?? ''} ${t(`value.kind.${c.kind}`)}` }))),
      amendmentId: doc.amendments.map((a) => ({ id: a.amendmentId, label: a.text[words.lang] ?? Object.values(a.text)[0] ?? '' })),
      authorisationId: (authorisations.data?.rows ?? []).filter((a) => own?.includes(a.doc.groupId)).map((a) => ({ id: a.id, label: a.doc.decisionRef })),
    },
  };
  return (
    <>
      <Title above={t('mou')} after={<><State aggregate="Mou" of={doc.status} /> <Mode mode={mode} /> <Tlp label={label} /></>}><Text of={doc.titles} /></Title>
      {at >= 0 && !doc.imported && <ol className="stepper" aria-label={t('steps')}>{STEPS.map((s, i) => <li key={s} aria-current={s === doc.status ? 'step' : undefined} className={i <= at ? 'done' : ''}>{t(`state.Mou.${s}`)}</li>)}</ol>}
      {doc.next && <p className="next" role="note"><strong>{t('nextStep')}</strong> {t(`next.${doc.next.kind}`)} {doc.next.missing.filter((m) => doc.participants.some((p) => p.groupId === m)).map((m) => <span key={m} className="chip"><Ref category="group" id={m} /></span>)}</p>}
      <NowAndHistory collection="mous" id={id!}>
        <Actions collection="mous" id={id!} revision={revision} known={known} first={['SignFirst', 'SignFurther', 'SignLast', 'OpenNegotiation', 'InitialText', 'RecordPartyAuthorisation', 'AgreeClause', 'ProposeClause']} />
        {doc.unknowns.length > 0 && <p className="unknowns"><strong>{t('unknownTitle')}</strong> {words.list(doc.unknowns.map((u) => t(`unknown.${u}`)))}</p>}
        <div className="grid">
          <Card title={t('participants')}>
            <ul className="plain">{doc.participants.map((p) => (
              <li key={p.groupId}><Ref category="group" id={p.groupId} />
                {doc.authorisations.some((a) => a.groupId === p.groupId) && <span className="muted"> · {t('authorised')}</span>}
                {p.withdrewOn && <span className="muted"> · {t('withdrewOn')} <When edtf={p.withdrewOn} /></span>}
              </li>
            ))}</ul>
          </Card>
          <Card title={t('signatures')}>
            {doc.signatures.length === 0 ? <p className="muted">{t('nothingYet')}</p> : (
              <ul className="plain">{doc.signatures.map((s, i) => (
                <li key={i}>{s.personId ? <Ref category="person" id={s.personId} /> : null} {s.asPrinted && <q lang="en" dir="ltr">{s.asPrinted}</q>} — {s.groupId && <Ref category="group" id={s.groupId} />}
                  <div className="muted"><When edtf={s.at.slice(0, 10)} /> · {t(`value.method.${s.method}`)}</div>
                </li>
              ))}</ul>
            )}
            {doc.witnesses.length > 0 && <><h3>{t('witnesses')}</h3><ul className="plain">{doc.witnesses.map((w, i) => <li key={i}>{w.personId ? <Ref category="person" id={w.personId} /> : null} {w.asPrinted && <q lang="en" dir="ltr">{w.asPrinted}</q>}{w.personId && <Queried stream={`person-${w.personId}`} />}</li>)}</ul></>}
          </Card>
          <Card title={t('effect')}>
            <Facts>
              <Fact name="signedOn"><When edtf={doc.signedOn?.slice(0, 10)} /></Fact>
              <Fact name="inEffectOn">{doc.effect ? <><When edtf={doc.effect.on} /> <span className="muted">({t(`value.byRule.${doc.effect.byRule}`)})</span></> : t('notYet')}</Fact>
              <Fact name="field.bindingness">{doc.bindingness ? t(`value.bindingness.${doc.bindingness}`) : t('notKnown')}</Fact>
              <Fact name="field.authenticLanguages">{langs.length ? words.list(langs.map((l) => words.language(l))) : t('notKnown')}</Fact>
              {doc.expiresOn && <Fact name="expiresOn"><When edtf={doc.expiresOn} /></Fact>}
            </Facts>
            {doc.digests && <details><summary>{t('digests')}</summary><dl className="facts">{Object.entries(doc.digests).map(([l, d]) => <Digest key={l} lang={words.language(l)} digest={d} />)}</dl></details>}
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
        </div>
        {doc.clauses.length > 0 && (
          <Card title={t('text')}>
            <div className="scroll" tabIndex={0} role="region" aria-label={t('text')}>
              <Live when={negotiated}><table className="parallel">
                <thead><tr><th>{t('clause')}</th>{langs.map((l) => <th key={l}>{words.language(l)}</th>)}<th>{t('standing')}</th></tr></thead>
                <tbody>
                  {doc.clauses.map((c) => (
                    <tr key={c.clauseId} className={c.dropped ? 'dropped' : ''}>
                      <th scope="row"><bdi>{c.number ?? ''}</bdi> <span className="muted">{t(`value.kind.${c.kind}`)}</span></th>
                      {langs.map((l) => <td key={l} lang={l} dir={directionOf(l)}>{negotiated && !c.dropped ? <Suspense fallback={c.text[l]}><Article id={id!} clauseId={c.clauseId} lang={l} text={c.text[l] ?? ''} label={`${c.number ?? ''} ${words.language(l)}`} /></Suspense> : c.text[l] ?? <span className="muted" lang={words.lang}>{t('missing')}</span>}{(c.warnings[l]?.length ?? 0) > 0 && <p className="warning small" lang={words.lang} dir={words.direction}>⚠ {t('draftingWarning')}</p>}</td>)}
                      <td>{c.agreed ? <span className="state state-agreed">{t('agreed')}</span> : c.brackets.length > 0 ? <span className="state state-bracketed">[ ] {t('bracketed')}</span> : <span className="state state-open">{t('openClause')}</span>}
                        {c.agreedBy.length > 0 && !c.agreed && <div className="muted small">{c.agreedBy.map((a) => <Ref key={a.groupId} category="group" id={a.groupId} />)}</div>}</td>
                    </tr>
                  ))}
                </tbody>
              </table></Live>
            </div>
          </Card>
        )}
        {(doc.amendments.length > 0 || doc.accessions.length > 0 || doc.activities.length > 0) && (
          <div className="grid">
            {doc.amendments.length > 0 && <Card title={t('amendments')}><ul className="plain">{doc.amendments.map((a) => <li key={a.amendmentId}><Text of={a.text} /> — <Ref category="group" id={a.by} /> {a.effectiveOn && <When edtf={a.effectiveOn} />}</li>)}</ul></Card>}
            {doc.accessions.length > 0 && <Card title={t('accessions')}><ul className="plain">{doc.accessions.map((a) => <li key={a.groupId}><Ref category="group" id={a.groupId} /> {a.effectiveOn && <When edtf={a.effectiveOn} />}</li>)}</ul></Card>}
            {doc.activities.length > 0 && <Card title={t('activities')}><ul className="plain">{doc.activities.map((a, i) => <li key={i}>{t(`value.kind.${a.kind}`)} <When edtf={a.on} /></li>)}</ul></Card>}
          </div>
        )}
      </NowAndHistory>
    </>
  );
}
function Digest({ lang, digest }: { lang: string; digest: string }) {
  return <><dt>{lang}</dt><dd><code dir="ltr">{digest}</code></dd></>;
}
function Live({ when, children }: { when: boolean; children: React.ReactNode }) {
  return when ? <Suspense fallback={children}><Articles>{children}</Articles></Suspense> : children;
}
