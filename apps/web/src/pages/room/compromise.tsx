import { useState } from 'react';
import { useWords } from '../../context.js';
import { Redline } from '../../drafting/live-cell.js';
import { Ref, Text } from '../../ui/text.js';
import { type Act, type Amendment, type Compromise, type RoomData, seenHash, wouldRead } from './use-room.js';

interface Known {
  readonly room: RoomData;
  readonly act: Act;
  readonly busy: boolean;
}

/** Wording in the place of several amendments; nobody's words give way without his consent. */
export function CompromiseForm({ members, room, act, busy }: Known & { members: readonly Amendment[] }) {
  const { t } = useWords();
  const doc = room.statement.data!.doc;
  const places = [...new Map(members.flatMap((m) => m.operations.flatMap((o) => ('lang' in o ? [[`${o.clauseId} ${o.lang}`, { clauseId: o.clauseId, lang: o.lang }] as const] : [])))).values()];
  const now = (p: { clauseId: string; lang: string }) => doc.clauses.find((c) => c.id === p.clauseId)?.text[p.lang] ?? '';
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [rationale, setRationale] = useState('');
  const changes = places.flatMap((p) => {
    const text = texts[`${p.clauseId} ${p.lang}`];
    return text === undefined || text === now(p) ? [] : [{ ...p, text }];
  });
  const send = async () => {
    const done = await act('ProposeCompromise', { compromiseId: crypto.randomUUID(), amendments: members.map((m) => m.id), changes, rationale: { [places[0]!.lang]: rationale } });
    if (done) setTexts({});
  };
  if (places.length === 0) return null;
  return (
    <details className="place no-print">
      <summary>{t('command.ProposeCompromise')}</summary>
      {places.map((p) => (
        <label key={`${p.clauseId} ${p.lang}`} className="field"><span>{doc.clauses.find((c) => c.id === p.clauseId)?.label}</span>
          <textarea rows={4} lang={p.lang} dir="auto" value={texts[`${p.clauseId} ${p.lang}`] ?? now(p)} onChange={(e) => setTexts({ ...texts, [`${p.clauseId} ${p.lang}`]: e.target.value })} />
        </label>
      ))}
      <label className="field"><span>{t('room.rationale')}</span><input value={rationale} dir="auto" onChange={(e) => setRationale(e.target.value)} /></label>
      <button type="button" disabled={busy || changes.length === 0 || rationale.trim() === ''} onClick={() => void send()}>{t('command.ProposeCompromise')}</button>
    </details>
  );
}

export function CompromiseBox({ c, room, act, busy }: Known & { c: Compromise }) {
  const { t } = useWords();
  const doc = room.statement.data!.doc;
  const [reason, setReason] = useState('');
  const members = c.amendments.flatMap((id) => room.amendments.filter((a) => a.id === id || a.joinedInto === id));
  const asked = [...new Set(members.map((a) => a.by))];
  const lacking = asked.filter((g) => !c.consents.some((s) => s.groupId === g));
  const mine = lacking.filter((g) => room.groups.includes(g));
  const reads = wouldRead(doc.clauses, c.operations);
  const accept = async () => {
    const resultHash = await seenHash(doc.clauses, c.operations);
    await act('AcceptAmendmentModified', { compromiseId: c.id, ...(resultHash === undefined ? {} : { resultHash }) });
  };
  return (
    <article className="card compromise" aria-label={t('board.compromise')}>
      <p className="amendment-head"><strong>{t('board.compromise')}</strong> <Ref category="group" id={c.by} /></p>
      {reads === null ? <p className="warning">{t('board.noPlace')}</p> : reads.flatMap((w) => w.texts.map((x) => <p key={`${w.clauseId} ${x.lang}`} className="would-read" dir="auto"><Redline before={x.before} after={x.after} lang={x.lang} /></p>))}
      <p className="small"><Text of={c.rationale} /></p>
      <ul className="plain small">{asked.map((g) => <li key={g}>{lacking.includes(g) ? '○' : '✓'} <Ref category="group" id={g} /> <span className="muted">{lacking.includes(g) ? t('board.asked') : t('board.consented')}</span></li>)}</ul>
      {c.refused && <p className="note warning">{t('board.refusedBy')} <Ref category="group" id={c.refused.by} />: <q dir="auto">{c.refused.reason}</q></p>}
      {c.status === 'open' && (
        <div className="row wrap no-print">
          {mine.length > 0 && <button type="button" className="primary" disabled={busy} onClick={() => void act('ConsentToCompromise', { compromiseId: c.id })}>{t('command.ConsentToCompromise')}</button>}
          {mine.length > 0 && (
            <form className="row" onSubmit={(e) => { e.preventDefault(); void act('RefuseCompromise', { compromiseId: c.id, reason }); }}>
              <input aria-label={t('field.reason')} placeholder={t('field.reason')} value={reason} dir="auto" onChange={(e) => setReason(e.target.value)} />
              <button type="submit" disabled={busy || reason.trim() === ''}>{t('command.RefuseCompromise')}</button>
            </form>
          )}
          {room.allowed.has('AcceptAmendmentModified') && lacking.length === 0 && <button type="button" className="primary" disabled={busy} onClick={() => void accept()}>{t('command.AcceptAmendmentModified')}</button>}
        </div>
      )}
    </article>
  );
}
