import { parseEdtf, type Row } from '#kernel';
import type { MouDoc } from '#contexts/agreements';
import type { MeetingDoc } from '#contexts/governance';
import type { StatementDoc } from '#contexts/statements';
import { type CalendarEntry, toAtom, toCalendar } from '#exchange';
import { LANGUAGE_TAGS } from '#platform/i18n';
import type { Site } from './layout.js';
import { attribution } from './pages/statement.js';
import type { Names } from './pages/statement-parts.js';
import type { Commitment } from './reading.js';
import type { Entry } from './record-index.js';
import type { Voice } from './voice.js';

const NEWEST = 50;
const DAY = /^\d{4}-\d\d-\d\d$/;
/** An instant, as RFC 4287 asks; of a partial date the first that it may be. */
const instant = (at: string): string => {
  if (/T\d/.test(at)) return at;
  const date = parseEdtf(at);
  return `${date?.earliest ?? date?.latest ?? '1970-01-01'}T00:00:00Z`;
};

/** The newest statements, one language of the feed (Atom, RFC 4287). */
export function atom(voice: Voice, site: Site, entries: readonly Entry[], names: Names): string {
  const at = (lang: string, path: string) => `${site.origin}/public/${lang}${path}`;
  const newest = entries.slice(0, NEWEST);
  const author = site.name ?? voice.say('name');
  return toAtom({
    lang: voice.lang, title: author, author, self: at(voice.lang, '/feed.atom'), updated: newest.map((e) => instant(e.changedAt)).toSorted().at(-1) ?? '1970-01-01T00:00:00Z',
    alternates: [
      { lang: voice.lang, href: at(voice.lang, '/statements'), type: 'text/html' },
      ...LANGUAGE_TAGS.filter((tag) => tag !== voice.lang).map((lang) => ({ lang, href: at(lang, '/feed.atom'), type: 'application/atom+xml' as const })),
    ],
    entries: newest.map((e) => ({
      id: `${site.origin}/public/statements/${e.id}`, title: voice.said(e.title, e.leadLanguage).text, published: instant(e.at), updated: instant(e.changedAt), link: at(voice.lang, `/statements/${e.id}`),
      summary: [...e.notices.map((n) => voice.say(`notice.${n}`)), attribution(voice, e.attribution, names)].join(' · '), categories: [{ term: e.kind, label: voice.word(`value.kind.${e.kind}`, 'statements') }],
    })),
  });
}

export interface Dated {
  readonly statements: readonly Row<StatementDoc>[];
  readonly mous: readonly Row<MouDoc>[];
  readonly meetings: readonly Row<MeetingDoc>[];
  readonly commitments: readonly Commitment[];
}

/** Deadlines that concern the public (iCalendar, RFC 5545). What is under embargo is an instant and nothing else. */
export function calendar(voice: Voice, site: Site, { statements, mous, meetings, commitments }: Dated): string {
  const own = `${site.origin}/public/${voice.lang}`;
  const due = (kind: string, title: string) => `${voice.say(`due.${kind}`)}: ${title}`;
  const entries: CalendarEntry[] = [
    ...statements.flatMap(({ id, doc, recordedAt, revision }) =>
      doc.opening?.closesAt
        ? [{ id: `closing-${id}`, at: doc.opening.closesAt.instant, zone: doc.opening.closesAt.timezone, summary: due('closing', voice.said(doc.subject, doc.leadLanguage).text), url: `${own}/statements/${id}`, sequence: revision, changedAt: recordedAt, cancelled: doc.status !== 'published' }]
        : []),
    ...mous.flatMap(({ id, doc, recordedAt, revision }) =>
      doc.expiresOn !== null && DAY.test(doc.expiresOn)
        ? [{ id: `until-${id}`, day: doc.expiresOn, summary: due('mou', voice.said(doc.titles).text), url: `${own}/memoranda/${id}`, sequence: revision, changedAt: recordedAt, cancelled: doc.ended !== null }]
        : []),
    ...meetings.map(({ id, doc, recordedAt, revision }) => ({
      id: `meeting-${id}`, at: doc.at.instant, zone: doc.at.timezone, summary: due('meeting', voice.said(doc.titles).text), url: own, sequence: revision, changedAt: recordedAt, cancelled: doc.status === 'cancelled',
    })),
    ...commitments.map((c) => ({
      id: `release-${c.digest.slice(0, 16)}`, at: c.until, summary: voice.say('due.release'), url: `${own}/commitments`, sequence: c.releasedAt === null ? 0 : 1, changedAt: c.releasedAt ?? c.committedAt,
    })),
  ];
  return toCalendar({ lang: voice.lang, name: site.name ?? voice.say('name'), url: `${own}/calendar.ics`, host: new URL(site.origin).hostname, entries });
}
