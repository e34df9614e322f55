import { useMemo, useState } from 'react';
import { conflictGroups, type Operation, relation } from '#text';
import { useWords } from '../../context.js';
import { Redline } from '../../drafting/live-cell.js';
import { ProblemNote } from '../../ui/problem.js';
import { At, Ref, Text } from '../../ui/text.js';
import { CompromiseBox, CompromiseForm } from './compromise.js';
import { type Act, type Amendment, type RoomData, seenHash, useAct, useBackers, wouldRead } from './use-room.js';

/** Amendments by conflict: what stands alone, what stands in each other's way, what waits for its author. */
export function Board({ id, room }: { id: string; room: RoomData }) {
  const { t } = useWords();
  const doc = room.statement.data!.doc;
  const { act, problem, busy } = useAct(id);
  const open = useMemo(() => room.amendments.filter((a) => a.status === 'open' && a.to === null), [room.amendments]);
  const groups = useMemo(() => conflictGroups(open), [open]);
  const byId = new Map(room.amendments.map((a) => [a.id, a]));
  const displaced = room.amendments.filter((a) => a.status === 'displaced');
  const done = room.amendments.filter((a) => a.status !== 'open' && a.status !== 'displaced');
  const conflicts = groups.filter((g) => g.members.length > 1);
  const alone = groups.filter((g) => g.members.length === 1).flatMap((g) => byId.get(g.members[0]!) ?? []);
  const known = { id, room, act, busy };
  return (
    <div className="amendments">
      <ProblemNote of={problem} />
      {room.amendments.length === 0 && <p className="empty">{t('board.empty')}</p>}
      {displaced.length > 0 && <section aria-labelledby="board-displaced"><h2 id="board-displaced">{t('board.displaced', { n: displaced.length })}</h2><p className="muted">{t('board.displacedWhat')}</p>{displaced.map((a) => <Card key={a.id} a={a} {...known} />)}</section>}
      {conflicts.map((group, i) => {
        const members = group.members.flatMap((m) => byId.get(m) ?? []);
        const kinds = [...new Set(group.relations.map((r) => r.relation))];
        return (
          <section key={group.members[0]} className="conflict" aria-labelledby={`conflict-${i}`}>
            <h2 id={`conflict-${i}`}>{t('board.conflict', { n: members.length })}</h2>
            <p className="muted">{kinds.map((k) => t(`relation.${k}`)).join(' · ')}</p>
            <Base operations={members.flatMap((m) => m.operations)} doc={doc} />
            <div className="alternatives">{members.map((a) => <Card key={a.id} a={a} {...known} rivals={members} />)}</div>
            {room.compromises.filter((c) => c.status !== 'accepted' && c.amendments.some((m) => group.members.includes(m))).map((c) => <CompromiseBox key={c.id} c={c} {...known} />)}
            {room.allowed.has('ProposeCompromise') && <CompromiseForm members={members} {...known} />}
          </section>
        );
      })}
      {alone.length > 0 && <section aria-labelledby="board-alone"><h2 id="board-alone">{t('board.alone', { n: alone.length })}</h2><p className="muted">{t('board.aloneWhat')}</p><div className="alternatives">{alone.map((a) => <Card key={a.id} a={a} {...known} />)}</div></section>}
      {done.length > 0 && <details><summary>{t('board.done', { n: done.length })}</summary><ul className="plain">{done.map((a) => <Done key={a.id} a={a} byId={byId} />)}</ul></details>}
    </div>
  );
}

/** The words as they stand, on which the alternatives are laid. */
function Base({ operations, doc }: { operations: readonly Operation[]; doc: RoomDoc }) {
  const { t } = useWords();
  const clauses = doc.clauses.filter((c) => operations.some((o) => o.clauseId === c.id));
  const langs = [...new Set(operations.flatMap((o) => ('lang' in o ? [o.lang] : [])))];
  return <div className="base"><p className="small muted">{t('board.base')}</p>{clauses.flatMap((c) => (langs.length > 0 ? langs : [doc.leadLanguage]).map((l) => <p key={`${c.id} ${l}`} lang={l} dir="auto"><bdi className="muted">{c.label}</bdi> {c.text[l]}</p>))}</div>;
}
type RoomDoc = NonNullable<RoomData['statement']['data']>['doc'];

function Card({ a, id, room, act, busy, rivals = [] }: { a: Amendment; id: string; room: RoomData; act: Act; busy: boolean; rivals?: readonly Amendment[] }) {
  const words = useWords();
  const { t } = words;
  const doc = room.statement.data!.doc;
  const label = Object.fromEntries(doc.clauses.map((c) => [c.id, c.label]));
  const mine = room.groups.includes(a.by);
  const ground = useMemo(() => {
    if (a.to === null) return doc.clauses;
    const parent = room.amendments.find((p) => p.id === a.to);
    return parent ? doc.clauses.map((c) => ({ ...c, text: { ...c.text, ...Object.fromEntries((wouldRead(doc.clauses, parent.operations) ?? []).filter((w) => w.clauseId === c.id).flatMap((w) => w.texts.map((x) => [x.lang, x.after]))) } })) : doc.clauses;
  }, [a, doc, room.amendments]);
  const reads = wouldRead(ground, a.operations);
  const [parts, setParts] = useState<ReadonlySet<number>>(new Set());
  const [placing, place] = useState(false);
  const subs = room.amendments.filter((s) => s.to === a.id && (s.status === 'open' || s.status === 'displaced'));
  const identical = rivals.filter((r) => r.id !== a.id && relation(r, a) === 'identical');
  const sameGap = rivals.filter((r) => r.id !== a.id && relation(r, a) === 'same-gap');
  const accept = async (chosen: readonly number[] | null) => {
    const operations = chosen === null ? a.operations : a.operations.filter((_, i) => chosen.includes(i));
    const resultHash = a.to === null ? await seenHash(doc.clauses, operations) : undefined;
    await act('AcceptAmendment', { amendmentId: a.id, ...(resultHash === undefined ? {} : { resultHash }), ...(chosen === null ? {} : { parts: chosen }) });
  };
  const parent = a.to === null ? null : room.amendments.find((p) => p.id === a.to);
  const accepts = parent ? room.groups.includes(parent.by) : room.allowed.has('AcceptAmendment');
  return (
    <article className={`card amendment amendment-${a.status}`} aria-label={t('room.number', { number: a.number })}>
      <p className="amendment-head"><strong><bdi>{t('room.number', { number: a.number })}</bdi></strong> <Ref category="group" id={a.by} />{parent && <span className="muted"> · {t('board.to', { number: parent.number })}</span>}</p>
      {reads === null ? <p className="warning">{t('board.noPlace')}</p> : reads.map((w) => (
        <div key={w.clauseId}>
          {w.kind && <p className="small"><strong>{t(`op.${w.kind}`)}</strong> <bdi>{label[w.clauseId] ?? ''}</bdi></p>}
          {w.texts.map((x) => <p key={x.lang} className="would-read" dir="auto"><bdi className="muted">{label[w.clauseId]}</bdi> <Redline before={x.before} after={x.after} lang={x.lang} /></p>)}
        </div>
      ))}
      <p className="small"><Text of={a.rationale} /></p>
      <Backers a={a} />
      {a.rebased && <p className="note">{t('board.rebased')} {mine && <button type="button" disabled={busy} onClick={() => void act('UndoRebase', { amendmentId: a.id })}>{t('command.UndoRebase')}</button>} <span className="small muted">{t('until')} <At instant={a.rebased.undoUntil} /></span></p>}
      {a.displaced && <p className="note warning">{t(`relation.${a.displaced.relation}`)}</p>}
      {accepts && a.status === 'open' && a.operations.length > 1 && a.to === null && (
        <fieldset className="parts"><legend className="small">{t('board.parts')}</legend>{a.operations.map((o, i) => (
          <label key={i}><input type="checkbox" checked={parts.has(i)} onChange={(e) => setParts((old) => new Set(e.target.checked ? [...old, i] : [...old].filter((x) => x !== i)))} /> <Operated o={o} /></label>
        ))}</fieldset>
      )}
      <div className="row wrap no-print">
        {accepts && a.status === 'open' && reads !== null && (parts.size === 0 || parts.size === a.operations.length
          ? <button type="button" className="primary" disabled={busy} onClick={() => void accept(null)}>{t('command.AcceptAmendment')}</button>
          : <button type="button" className="primary" disabled={busy} onClick={() => void accept([...parts])}>{t('board.acceptPart', { n: parts.size })}</button>)}
        {room.allowed.has('RejectAmendment') && <Reject act={act} id={a.id} busy={busy} />}
        {!mine && room.allowed.has('SecondAmendment') && <button type="button" disabled={busy} onClick={() => void act('SecondAmendment', { amendmentId: a.id })}>{t('command.SecondAmendment')}</button>}
        {mine && identical.map((r) => <button key={r.id} type="button" disabled={busy} onClick={() => void act('JoinAmendment', { amendmentId: a.id, into: r.id })}>{t('board.join', { number: r.number })}</button>)}
        {mine && sameGap.map((r) => <button key={r.id} type="button" disabled={busy} onClick={() => void act('AcceptInsertionOrder', { first: r.id, second: a.id })}>{t('board.after', { number: r.number })}</button>)}
        {mine && a.status === 'displaced' && <button type="button" className="primary" onClick={() => place(!placing)}>{t('command.ReanchorAmendment')}</button>}
        {mine && <button type="button" className="quiet" disabled={busy} onClick={() => void act('WithdrawAmendment', { amendmentId: a.id })}>{t('command.WithdrawAmendment')}</button>}
        {!mine && a.to === null && a.status === 'open' && room.allowed.has('ProposeAmendment') && <SubAmendment a={a} id={id} room={room} act={act} />}
      </div>
      {placing && <Place a={a} room={room} act={act} done={() => place(false)} />}
      {subs.map((s) => <Card key={s.id} a={s} id={id} room={room} act={act} busy={busy} />)}
    </article>
  );
}

function Operated({ o }: { o: Operation }) {
  const { t } = useWords();
  if (o.op === 'replace') return <><del lang={o.lang} dir="auto">{o.expected}</del> <ins lang={o.lang} dir="auto">{o.text}</ins></>;
  if (o.op === 'insert') return <ins lang={o.lang} dir="auto">{o.text}</ins>;
  return <>{t(`op.${o.op}`)}</>;
}

function Backers({ a }: { a: Amendment }) {
  const { t } = useWords();
  const { parliamentOf, partyOf } = useBackers();
  const all = [{ groupId: a.by, personId: a.personId }, ...a.supporters];
  const parliaments = Map.groupBy(all, (s) => parliamentOf(s.groupId) ?? '');
  return (
    <p className="small backers">{t('board.backedBy')}{' '}
      {[...parliaments].map(([p, backers]) => {
        const parties = [...new Set(backers.flatMap((s) => partyOf(s.personId) ?? []))];
        return <span key={p} className="chip">{p === '' ? <Ref category="group" id={backers[0]!.groupId} /> : <Ref category="parliament" id={p} />}{parties.length > 0 && <span className="muted"> {parties.join(', ')}</span>}</span>;
      })}
    </p>
  );
}

function Reject({ act, id, busy }: { act: Act; id: string; busy: boolean }) {
  const { t } = useWords();
  const [reason, setReason] = useState<string | null>(null);
  if (reason === null) return <button type="button" onClick={() => setReason('')}>{t('command.RejectAmendment')}</button>;
  return (
    <form className="row wrap" onSubmit={(e) => { e.preventDefault(); void act('RejectAmendment', { amendmentId: id, reason }); }}>
      <input autoFocus aria-label={t('field.reason')} placeholder={t('field.reason')} value={reason} dir="auto" onChange={(e) => setReason(e.target.value)} />
      <button type="submit" disabled={busy || reason.trim() === ''}>{t('command.RejectAmendment')}</button>
      <button type="button" className="quiet" onClick={() => setReason(null)}>{t('cancel')}</button>
    </form>
  );
}

/** Another place for words that an accepted change displaced: the author writes them into the text of now. */
function Place({ a, room, act, done }: { a: Amendment; room: RoomData; act: Act; done: () => void }) {
  const { t } = useWords();
  const doc = room.statement.data!.doc;
  const touched = [...new Map(a.operations.flatMap((o) => ('lang' in o ? [[`${o.clauseId} ${o.lang}`, { clauseId: o.clauseId, lang: o.lang }] as const] : []))).values()];
  const [texts, setTexts] = useState<Record<string, string>>(() => Object.fromEntries(touched.map((x) => [`${x.clauseId} ${x.lang}`, doc.clauses.find((c) => c.id === x.clauseId)?.text[x.lang] ?? ''])));
  const send = async () => {
    const changes = touched.map((x) => ({ ...x, text: texts[`${x.clauseId} ${x.lang}`] ?? '' })).filter((x) => x.text !== doc.clauses.find((c) => c.id === x.clauseId)?.text[x.lang]);
    if (await act('ReanchorAmendment', { amendmentId: a.id, lang: a.lang, changes, baseRevision: doc.revision })) done();
  };
  return (
    <div className="place">
      {a.operations.map((o, i) => <p key={i} className="small"><Operated o={o} /></p>)}
      {touched.map((x) => (
        <label key={`${x.clauseId} ${x.lang}`} className="field"><span>{doc.clauses.find((c) => c.id === x.clauseId)?.label}</span>
          <textarea rows={4} lang={x.lang} dir="auto" value={texts[`${x.clauseId} ${x.lang}`]} onChange={(e) => setTexts({ ...texts, [`${x.clauseId} ${x.lang}`]: e.target.value })} />
        </label>
      ))}
      <button type="button" className="primary" onClick={() => void send()}>{t('command.ReanchorAmendment')}</button>
    </div>
  );
}

/** An amendment to an amendment: two deep, and no deeper. */
function SubAmendment({ a, room, act }: { a: Amendment; id: string; room: RoomData; act: Act }) {
  const { t } = useWords();
  const doc = room.statement.data!.doc;
  const reads = wouldRead(doc.clauses, a.operations)?.find((w) => w.texts.length > 0);
  const first = reads?.texts[0];
  const [text, setText] = useState<string | null>(null);
  const [rationale, setRationale] = useState('');
  if (!reads || !first) return null;
  if (text === null) return <button type="button" className="quiet" onClick={() => setText(first.after)}>{t('board.amendThis')}</button>;
  const send = async () => {
    const done = await act('ProposeAmendment', { amendmentId: crypto.randomUUID(), to: a.id, lang: first.lang, changes: [{ clauseId: reads.clauseId, lang: first.lang, text }], rationale: { [first.lang]: rationale }, baseRevision: doc.revision });
    if (done) setText(null);
  };
  return (
    <div className="place">
      <label className="field"><span>{t('board.amendThis')}</span><textarea rows={4} lang={first.lang} dir="auto" value={text} onChange={(e) => setText(e.target.value)} /></label>
      <label className="field"><span>{t('room.rationale')}</span><input value={rationale} lang={first.lang} dir="auto" onChange={(e) => setRationale(e.target.value)} /></label>
      <button type="button" disabled={text === first.after || rationale.trim() === ''} onClick={() => void send()}>{t('command.ProposeAmendment')}</button>
    </div>
  );
}

function Done({ a, byId }: { a: Amendment; byId: ReadonlyMap<string, Amendment> }) {
  const { t } = useWords();
  const into = a.joinedInto === null ? undefined : byId.get(a.joinedInto);
  return (
    <li className="small"><bdi>{t('room.number', { number: a.number })}</bdi> <Ref category="group" id={a.by} /> — {t(`board.status.${a.status}`)}{into && <> {t('board.into', { number: into.number })}</>}
      {a.decided && <> · <Ref category="person" id={a.decided.by} /> · <At instant={a.decided.at} />{a.decided.reason && <> · <q dir="auto">{a.decided.reason}</q></>}</>}
    </li>
  );
}
