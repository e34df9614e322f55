import { useEffect, useState } from 'react';
import type { DecisionDoc } from '#contexts/governance';
import type { Formatters } from '#platform/i18n/browser';
import { useMoment, useWords } from '../../context.js';

const MINUTE = 60_000;
const ENDED = 0;

/** Now, looked at again whenever the minutes that are left to an instant change. */
export function useMinutes(until: string | undefined): number {
  const [now, look] = useState(() => Date.now());
  useEffect(() => {
    if (until === undefined) return;
    const left = Date.parse(until) - now;
    const next = left > 0 ? left % MINUTE || MINUTE : MINUTE;
    const timer = setTimeout(() => look(Date.now()), next + 20);
    return () => clearTimeout(timer);
  }, [until, now]);
  return now;
}

/** The two greatest units of what is left: “2 days 4 hours”; undefined when nothing is left. */
export function timeLeft(ms: number, t: (key: string, params?: Record<string, unknown>) => string): string | undefined {
  if (ms <= ENDED) return undefined;
  const minutes = Math.floor(ms / MINUTE);
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  return (d > 0 ? t('countdown.days', { d, h }) : h > 0 ? t('countdown.hours', { h, m }) : t('countdown.minutes', { m })).trim();
}

/** Calm and large: it is not announced each minute, and of a past moment it is not shown. */
export function Countdown({ until, before, over }: { until: string; before: string; over: string }) {
  const { t } = useWords();
  const past = useMoment();
  const now = useMinutes(past === undefined ? until : undefined);
  if (past !== undefined) return null;
  const left = timeLeft(Date.parse(until) - now, t);
  return (
    <p className="countdown" role="timer" aria-live="off">
      {left === undefined ? <span className="countdown-over">{over}</span> : <><span className="countdown-before">{before}</span> <strong>{left}</strong></>}
    </p>
  );
}

/** An instant as it stands on the clock of a zone. */
export function Wall({ instant, zone, words }: { instant: string; zone: string; words: Formatters }) {
  return <time dateTime={instant}><bdi>{words.instant(instant, zone)}</bdi></time>;
}

const own = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** The end in the zone in which it was set, in UTC and on the reader's clock; where two of them are one, it is said once. */
export function Deadline({ of: { instant, timezone } }: { of: NonNullable<DecisionDoc['deadline']> }) {
  const words = useWords();
  const { t } = words;
  const clocks = [['zone.set', timezone], ['zone.utc', 'UTC'], ['zone.yours', own()]] as const;
  const zones = [...new Set(clocks.map(([, zone]) => zone))];
  return (
    <dl className="facts clocks">
      {zones.map((zone) => (
        <div key={zone}>
          <dt>{words.list(clocks.filter(([, z]) => z === zone).map(([name]) => t(name)))}</dt>
          <dd><Wall instant={instant} zone={zone} words={words} /></dd>
        </div>
      ))}
    </dl>
  );
}
