import { useEffect, useMemo, useState } from 'react';
import { directionOf } from '#platform/i18n/browser';
import { useNames, useWords } from '../../context.js';
import { colourClass } from '../../drafting/colour.js';
import { At } from '../../ui/text.js';
import { type Attributed, compared, type RoomData } from './use-room.js';

const seenKey = (id: string, person: string) => `comity-seen ${person} ${id}`;

/** Any two revisions beside each other with who changed what; first what changed since one was here. */
export function Compare({ id, room }: { id: string; room: RoomData }) {
  const words = useWords();
  const { t } = words;
  const { changes } = room;
  const doc = room.statement.data!.doc;
  const last = changes.length;
  // What was there at the visit before this one; this visit is remembered once it has been looked at.
  const [seen] = useState(() => Math.min(Number(localStorage.getItem(seenKey(id, room.person)) ?? 0), last));
  const [from, setFrom] = useState(seen > 0 && seen < last ? seen : 0);
  const [to, setTo] = useState<number | null>(null);
  const [lang, setLang] = useState(doc.leadLanguage);
  useEffect(() => {
    if (last > 0) localStorage.setItem(seenKey(id, room.person), String(last));
  }, [id, room.person, last]);
  const until = to ?? last;
  const result = useMemo(() => compared(changes, from, until, lang), [changes, from, until, lang]);
  const label = Object.fromEntries(doc.clauses.map((c) => [c.id, c.label]));
  const people = useNames(changes.flatMap((c) => [`person-${c.by.by.personId}`, ...c.by.authors.map((p) => `person-${p}`), ...(c.by.by.onBehalfOf ? [`group-${c.by.by.onBehalfOf}`] : [])]));
  const nameOf = (stream: string) => Object.values(people[stream] ?? {})[0] ?? '';
  const proposerOf = (c: Attributed) => room.amendments.find((a) => c.by.amendments.includes(a.id));
  const by = (change: Attributed | null): string => {
    if (change === null) return '';
    const amendment = proposerOf(change);
    const authors = change.by.authors.map((p) => nameOf(`person-${p}`)).filter(Boolean);
    if (amendment) return t('room.acceptedBy', { number: amendment.number, person: nameOf(`person-${change.by.by.personId}`) });
    return authors.length > 0 ? words.list(authors) : nameOf(`person-${change.by.by.personId}`);
  };
  const option = (n: number) => <option key={n} value={n}>{n === 0 ? t('room.nothingBefore') : `${n} · ${words.instant(changes[n - 1]!.by.at)}`}</option>;
  if (last === 0) return <p className="empty">{t('nothingYet')}</p>;
  return (
    <>
      <div className="row wrap no-print">
        <label className="field">{t('room.from')} <select value={from} onChange={(e) => setFrom(Number(e.target.value))}>{Array.from({ length: last + 1 }, (_, n) => option(n))}</select></label>
        <label className="field">{t('room.to')} <select value={until} onChange={(e) => setTo(Number(e.target.value))}>{Array.from({ length: last }, (_, n) => option(n + 1))}</select></label>
        <label className="field">{t('language')} <select value={lang} onChange={(e) => setLang(e.target.value)}>{doc.languages.map((l) => <option key={l} value={l}>{words.language(l)}</option>)}</select></label>
        {seen > 0 && seen < last && <button type="button" aria-pressed={from === seen && to === null} onClick={() => { setFrom(seen); setTo(null); }}>{t('room.sinceHere')}</button>}
      </div>
      {result === null ? <p className="refusal">{t('room.noHistory')}</p> : (
        <ul className="compared plain">
          {result.filter((c) => c.standing !== 'same').map((c) => (
            <li key={c.id} className={`card compared-${c.standing}`}>
              <p className="small muted"><bdi>{label[c.id] ?? ''}</bdi> · {t(`room.standing.${c.standing}`)}</p>
              <p className="redline" lang={lang} dir={directionOf(lang)}>
                {c.pieces.map((p, i) =>
                  p.kind === 'added' ? <ins key={i} className={colourClass(p.change?.by.by.onBehalfOf ?? null)} title={by(p.change)}>{p.text}</ins>
                  : p.kind === 'removed' ? <del key={i} title={by(p.change)}>{p.text}</del>
                  : <span key={i}>{p.text}</span>)}
              </p>
              <ul className="plain small muted">
                {[...new Map(c.pieces.flatMap((p) => (p.change ? [[p.change.revision, p.change] as const] : []))).values()].map((change) => (
                  <li key={change.revision}><span className={`swatch ${colourClass(change.by.by.onBehalfOf)}`} aria-hidden="true" /> {by(change)} · <At instant={change.by.at} /></li>
                ))}
              </ul>
            </li>
          ))}
          {result.every((c) => c.standing === 'same') && <li className="empty">{t('room.noChange')}</li>}
        </ul>
      )}
    </>
  );
}
