import { useState } from 'react';
import type { NoticeDoc, PledgeDoc, StatementDoc } from '#contexts/statements';
import { useList, useMe, useWords } from '../../context.js';
import { Card } from '../../ui/page.js';
import { ProblemNote } from '../../ui/problem.js';
import { Ago, At, ownFirst, Ref, Text } from '../../ui/text.js';
import { useActOn, useAllowed } from '../../ui/use-act.js';
import { Deadline } from '../decisions/clock.js';

/** To sign, with the exact text before one; whose turn it is, until when, and what is seen of it by others. */
export function SignPanel({ id, doc, revision }: { id: string; doc: StatementDoc; revision: number }) {
  const { t, lang, language } = useWords();
  const me = useMe()?.account;
  const allowed = useAllowed('statements', id, revision);
  const { act, problem, busy } = useActOn('statements', id);
  const person = me?.personId ?? '';
  const languages = ownFirst(Object.keys(doc.frozen?.digests ?? {}), lang);
  const [seen, setSeen] = useState('');
  const [reason, setReason] = useState('');
  const pledges = useList<PledgeDoc>(`pledges?statement=${encodeURIComponent(id)}&person=${person}`, me != null);
  if (doc.opening === null || doc.frozen === null || !['openForSignature', 'embargoed', 'published'].includes(doc.status)) return null;
  const own = doc.signatories.find((s) => s.personId === person && s.withdrawn === null);
  const pledge = own ? undefined : pledges.data?.rows.find((r) => r.doc.personId === person && r.doc.status === 'signed')?.doc;
  const signedAt = own?.at ?? pledge?.signature?.at;
  const read = seen || (languages[0] ?? doc.leadLanguage);
  return (
    <section className="board sign-panel" aria-labelledby="sign-title">
      <h2 id="sign-title">{t('signing')}</h2>
      <Policy doc={doc} />
      <ProblemNote of={problem} />
      {signedAt !== undefined ? (
        <>
          <p className="verdict verdict-adopted"><span>{t('signing.signed')} <At instant={signedAt} /></span>{pledge && <> <span className="muted">{t('signing.onlyYou')}</span></>}</p>
          {allowed.has('WithdrawSignature') && (
            <details className="no-print">
              <summary>{t('command.WithdrawSignature')}</summary>
              <p className="muted small">{t(doc.published === null ? 'signing.withdrawBefore' : 'signing.withdrawAfter')}</p>
              <label className="field"><span>{t('signing.reason')}</span><input dir="auto" value={reason} onChange={(e) => setReason(e.target.value)} /></label>
              <button type="button" className="break" disabled={busy} onClick={() => void act('WithdrawSignature', reason.trim() === '' ? {} : { reason })}>{t('command.WithdrawSignature')}</button>
            </details>
          )}
        </>
      ) : allowed.has('SignStatement') ? (
        <div className="no-print">
          <p>{t('signing.asWhom', { name: `\u2068${me?.displayName ?? ''}\u2069` })}</p>
          <div className="row wrap">
            {languages.length > 1 && <label>{t('signing.readIn')} <select value={read} onChange={(e) => setSeen(e.target.value)}>{languages.map((l) => <option key={l} value={l}>{language(l)}</option>)}</select></label>}
            <button type="button" className="primary sign-button" disabled={busy} onClick={() => void act('SignStatement', { digest: doc.frozen!.digests[read] ?? doc.frozen!.digest, languageSeen: read })}>{t('command.SignStatement')}</button>
          </div>
          {allowed.has('DeclineToSign') && (
            <details>
              <summary>{t('command.DeclineToSign')}</summary>
              <label className="field"><span>{t('signing.reason')}</span><input dir="auto" value={reason} onChange={(e) => setReason(e.target.value)} /></label>
              <button type="button" disabled={busy} onClick={() => void act('DeclineToSign', reason.trim() === '' ? {} : { reason })}>{t('command.DeclineToSign')}</button>
            </details>
          )}
        </div>
      ) : null}
      <p className="small muted">{t('signing.binds')} <code dir="ltr">{doc.frozen.digests[read] ?? doc.frozen.digest}</code></p>
    </section>
  );
}

/** The rules of this signature in words: order, thresholds, until when one may come and go, and who sees it. */
function Policy({ doc: { opening, signing } }: { doc: StatementDoc }) {
  const { t } = useWords();
  const closes = signing?.addUntil ?? opening?.closesAt;
  return (
    <>
      {signing?.private && <p className="note"><strong>{t('signing.private')}</strong> {t('signing.privateUntil', signing.private)}</p>}
      {signing?.order === 'stages' && (
        <ol className="stages">
          {signing.stages.map((s) => (
            <li key={s.stage} aria-current={s.open ? 'step' : undefined} className={s.complete ? 'done' : s.open ? 'now' : ''}>
              {s.title ? <Text of={s.title} /> : t('signing.stage', { n: s.stage })} <span className="small">{t('signing.stageProgress', { have: s.have, need: s.need })}</span>
              <ul className="plain small">{s.groups.map((g) => <li key={g}><Ref category="group" id={g} /></li>)}{s.persons.map((p) => <li key={p}><Ref category="person" id={p} /></li>)}</ul>
            </li>
          ))}
        </ol>
      )}
      {signing?.named && <p>{t('signing.kOfM', { need: signing.named.need, of: signing.named.persons.length })} {signing.named.persons.map((p) => <span key={p} className="chip">{signing.named?.signed.includes(p) ? '✓ ' : ''}<Ref category="person" id={p} /></span>)}</p>}
      {closes && <><p className="muted small">{t('signing.until')}</p><Deadline of={closes as never} /></>}
      {signing?.withdrawUntil && <p className="small muted">{t('signing.withdrawUntil')} <At instant={signing.withdrawUntil.instant} /></p>}
    </>
  );
}

/** The same of a memorandum, whose id stands under its own name. */
type Notice = Omit<NoticeDoc, 'statementId' | 'kind'> & { readonly kind: string; readonly statementId?: string; readonly mouId?: string };
/** Codes of rules; other reasons are somebody's words. */
const reasons: readonly string[] = ['signed-amendment', 'executive-office'];

/** What those who signed are told: nobody learns of it from somebody else first. */
export function Told() {
  const { t } = useWords();
  const [statements, mous] = [useList<Notice>('notices?limit=30&sort=-key'), useList<Notice>('mou-notices?limit=30&sort=-key')];
  const rows = [...(statements.data?.rows ?? []), ...(mous.data?.rows ?? [])].toSorted((a, b) => b.doc.at.localeCompare(a.doc.at));
  if (rows.length === 0) return null;
  return (
    <Card title={t('told')}>
      <ul className="plain">
        {rows.map(({ id, doc }) => (
          <li key={id}>
            {t(`told.${doc.kind}`)} {doc.about && <Ref category={doc.statementId ? 'person' : 'group'} id={doc.about} />} · {doc.statementId ? <Ref category="statement" id={doc.statementId} /> : <Ref category="mou" id={doc.mouId} />}
            <span className="muted small"> <Ago instant={doc.at} />{doc.reason && <> · {typeof doc.reason === 'string' ? <bdi>{reasons.includes(doc.reason) ? t(`told.because.${doc.reason}`) : doc.reason}</bdi> : <Text of={doc.reason} />}</>}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

