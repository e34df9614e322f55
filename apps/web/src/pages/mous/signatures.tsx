import { useState } from 'react';
import type { MouDoc } from '#contexts/agreements';
import { useMe, useWords } from '../../context.js';
import { Card } from '../../ui/page.js';
import { ProblemNote } from '../../ui/problem.js';
import { Ref, When } from '../../ui/text.js';
import { useActOn, useAllowed } from '../../ui/use-act.js';
import { Queried } from '../record.js';

/** Who signed, how, where and for whom; who was present; the copies, once each has those of the others. */
export function Signatures({ id, doc, revision }: { id: string; doc: MouDoc; revision: number }) {
  const { t } = useWords();
  const me = useMe()?.account?.personId;
  const allowed = useAllowed('mous', id, revision);
  const { act, problem, busy } = useActOn('mous', id);
  const involved = doc.signatures.some((s) => s.personId === me || s.proxyBy === me);
  const attests = (signatory: string) => allowed.has('AttestSignature') && !involved && !doc.witnesses.some((w) => w.personId === me && w.of === signatory);
  return (
    <Card title={t('signatures')}>
      <ProblemNote of={problem} />
      {doc.signatures.length === 0 ? <p className="muted">{t('nothingYet')}</p> : (
        <ul className="plain">{doc.signatures.map((s, i) => (
          <li key={i}>
            {s.personId ? <Ref category="person" id={s.personId} /> : null} {s.asPrinted && <q dir="auto">{s.asPrinted}</q>} — {s.groupId && <Ref category="group" id={s.groupId} />}
            {s.proxyBy && <p className="proxy">{t('mouSigning.proxyBy')} <Ref category="person" id={s.proxyBy} /></p>}
            <div className="muted small"><When edtf={s.at.slice(0, 10)} />{s.place && <> · <bdi>{s.place}</bdi></>} · {t(`value.method.${s.method}`)}</div>
            {!s.effective && <p className="small warning">{t('mouSigning.unconfirmed')}</p>}
            {s.capacity === 'ad-referendum' && s.effective && s.confirmedAt && <p className="small muted">{t('mouSigning.confirmed')} <When edtf={s.confirmedAt.slice(0, 10)} /></p>}
            {doc.witnesses.filter((w) => w.of === s.personId && w.of !== null).map((w, j) => <p key={j} className="small muted">{t('mouSigning.witnessed')} {w.personId ? <Ref category="person" id={w.personId} /> : <bdi>{w.asPrinted}</bdi>}</p>)}
            {s.personId && attests(s.personId) && <button type="button" className="quiet no-print" disabled={busy} onClick={() => void act('AttestSignature', { ofSignatureBy: s.personId })}>{t('command.AttestSignature')}</button>}
          </li>
        ))}</ul>
      )}
      {doc.witnesses.some((w) => w.of === null) && (
        <>
          <h3>{t('witnesses')}</h3>
          <ul className="plain">{doc.witnesses.filter((w) => w.of === null).map((w, i) => <li key={i}>{w.personId ? <Ref category="person" id={w.personId} /> : null} {w.asPrinted && <q dir="auto">{w.asPrinted}</q>}{w.personId && <Queried stream={`person-${w.personId}`} />}</li>)}</ul>
        </>
      )}
      {doc.declined.length > 0 && !['openForSignature', 'partlySigned'].includes(doc.status) && (
        <>
          <h3>{t('mouSigning.declined')}</h3>
          <ul className="plain">{doc.declined.map((d, i) => <li key={i}><Ref category="group" id={d.groupId} /> <span className="muted"><When edtf={d.at.slice(0, 10)} /></span><p className="small"><bdi>{d.reason}</bdi></p></li>)}</ul>
        </>
      )}
      {doc.counterparts ? (
        <>
          <h3>{t('mouSigning.exchanged')}</h3>
          <p className="small muted"><When edtf={doc.counterparts.on} /></p>
          <ul className="plain small">{doc.counterparts.copies.map((c) => <li key={c.groupId}><Ref category="group" id={c.groupId} /> · <bdi>{c.ref}</bdi></li>)}</ul>
        </>
      ) : allowed.has('ExchangeCounterparts') && doc.signing?.mode === 'counterparts' ? <Exchange doc={doc} busy={busy} exchange={(input) => act('ExchangeCounterparts', input)} /> : null}
    </Card>
  );
}

/** The depositary has every copy before him or her: each is of exactly the text that was signed. */
function Exchange({ doc, busy, exchange }: { doc: MouDoc; busy: boolean; exchange: (input: unknown) => Promise<boolean> }) {
  const { t } = useWords();
  const [refs, setRefs] = useState<Readonly<Record<string, string>>>({});
  const copies = doc.signatures.flatMap((s) => (s.groupId === null ? [] : [{ groupId: s.groupId, digests: s.digests, ref: (refs[s.groupId] ?? '').trim() }]));
  return (
    <form className="writing no-print" onSubmit={(e) => { e.preventDefault(); void exchange({ counterparts: copies }); }}>
      <h3>{t('command.ExchangeCounterparts')}</h3>
      <p className="small muted">{t('mouSigning.exchangeWhat')}</p>
      {copies.map((c) => (
        <label key={c.groupId} className="field">
          <span>{t('mouSigning.copyOf')} <Ref category="group" id={c.groupId} /></span>
          <input required dir="auto" value={refs[c.groupId] ?? ''} onChange={(e) => setRefs((old) => ({ ...old, [c.groupId]: e.target.value }))} />
          <small className="muted">{Object.values(c.digests).map((d) => <code key={d} dir="ltr">{d.slice(0, 16)}… </code>)}</small>
        </label>
      ))}
      <button type="submit" className="primary" disabled={busy || copies.some((c) => c.ref === '')}>{t('command.ExchangeCounterparts')}</button>
    </form>
  );
}
