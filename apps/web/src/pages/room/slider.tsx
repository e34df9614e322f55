import { useEffect, useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { directionOf } from '#platform/i18n/browser';
import { applySteps, canonicalText, cellFromText, type CellRef, cellId, parseStep, textAt } from '#text';
import { get } from '../../api.js';
import { useNames, useWords } from '../../context.js';
import { colourClass } from '../../drafting/colour.js';
import { At, Ref } from '../../ui/text.js';
import type { Attributed } from './use-room.js';

const PLAYS = 20_000;

/** Time travel without leaving the page: every revision is a tick; what was then is read only. */
export function Slider({ changes, at, onMove }: { changes: readonly Attributed[]; at: number | null; onMove: (revision: number | null) => void }) {
  const { t, number } = useWords();
  const [playing, play] = useState(false);
  const last = changes.length;
  useEffect(() => {
    if (!playing) return;
    const next = (at ?? 0) + 1;
    if (next > last) {
      play(false);
      return;
    }
    const timer = setTimeout(() => onMove(next), Math.min(1_500, PLAYS / last));
    return () => clearTimeout(timer);
  }, [playing, at, last, onMove]);
  if (last < 2) return null;
  const change = at === null ? undefined : changes[at - 1];
  return (
    <div className="slider no-print">
      <button type="button" onClick={() => { if (!playing) onMove(1); play(!playing); }} aria-pressed={playing}>{playing ? t('room.pause') : t('room.play')}</button>
      <label><span className="visually-hidden">{t('room.revision')}</span>
        <input type="range" min={1} max={last} value={at ?? last} onChange={(e) => { play(false); onMove(Number(e.target.value)); }} />
      </label>
      <span className="small">{t('room.revisionOf', { n: number(at ?? last), last: number(last) })}{change && <> · <At instant={change.by.at} /> · <Ref category="person" id={change.by.by.personId} /></>}</span>
      {at !== null && <button type="button" className="primary" onClick={() => { play(false); onMove(null); }}>{t('room.backToNow')}</button>}
    </div>
  );
}

/** The text of a revision, each word in the colour of the group that brought it. */
Slider.Text = function PastText({ changes, revision, langs }: { changes: readonly Attributed[]; revision: number; langs: readonly string[] }) {
  const { t } = useWords();
  const clauses = useMemo(() => {
    try {
      return textAt(changes, revision);
    } catch {
      return null;
    }
  }, [changes, revision]);
  const names = useNames([...new Set(changes.map((c) => `person-${c.by.by.personId}`))]);
  const nameOf = (id: string) => Object.values(names[`person-${id}`] ?? {})[0] ?? '';
  if (clauses === null) return <p className="refusal">{t('room.noHistory')}</p>;
  return (
    <div className="past-text">
      <p className="banner past">{t('room.pastWhat')}</p>
      {clauses.map((c) => (
        <div key={c.id} className="room-columns">
          {langs.map((lang) => (
            <p key={lang} lang={lang} dir={directionOf(lang)} className="room-column">
              {(c.runs[lang] ?? []).map((run, i) => <span key={i} className={`run ${colourClass(run.change.by.by.onBehalfOf)} ${run.change.revision === revision ? 'fresh' : ''}`} title={nameOf(run.change.by.by.personId)}>{run.text}</span>)}
            </p>
          ))}
        </div>
      ))}
    </div>
  );
};

type Entry =
  | { kind: 'opened'; version: number; text: string; by: string; at: string }
  | { kind: 'committed'; version: number; steps: Record<string, unknown>[]; dropped: number[]; by: { personId: string }; at: string };

/** One click deeper: the very keys, from commit to commit. */
Slider.Typed = function Typed({ cell, lang }: { cell: CellRef; lang: string }) {
  const { t } = useWords();
  const id = cellId(cell);
  const { data } = useQuery({ queryKey: ['read', 'commits', id], queryFn: () => get<{ entries: Entry[] }>(`/api/v1/texts/${id}/commits`), retry: false });
  const entries = data?.entries ?? [];
  const [at, setAt] = useState<number | null>(null);
  const shown = at ?? entries.length;
  const text = useMemo(() => {
    let doc = cellFromText('');
    for (const entry of entries.slice(0, shown)) doc = entry.kind === 'opened' ? cellFromText(entry.text) : (applySteps(doc, entry.steps.map(parseStep)) ?? doc);
    return canonicalText(doc);
  }, [entries, shown]);
  if (entries.length === 0) return <p className="small muted">{t('room.nothingTyped')}</p>;
  const entry = entries[shown - 1];
  return (
    <div className="typed">
      <input type="range" aria-label={t('room.howTyped')} min={1} max={entries.length} value={shown} onChange={(e) => setAt(Number(e.target.value))} />
      <p lang={lang} dir={directionOf(lang)}>{text}</p>
      {entry && <p className="small muted"><Ref category="person" id={typeof entry.by === 'string' ? entry.by : entry.by.personId} /> · <At instant={entry.at} />{entry.kind === 'committed' && entry.dropped.length > 0 && <> · {t('room.droppedSteps', { n: entry.dropped.length })}</>}</p>}
      <a href={`/api/v1/texts/${id}/commits`} download>{t('room.export')}</a>
    </div>
  );
};
