import type { Duty, Multilingual, View } from '#kernel';
import type { Body, DataOf, Kind, MeetingEvent, Rule } from '../meeting/events.js';
import { agendaOf, amend, labelOf, type Meeting } from '../meeting/state.js';

/** Who attended is in a view of its own, which has other readers (MTG-3). */
export interface MeetingDoc {
  status: Meeting['status'];
  body: Body;
  kind: Kind;
  rule: Rule;
  /** What it is called: by a name of its own, or by its body and day. */
  titles: Multilingual;
  /** With the zone in which it was stated (G7). */
  at: { instant: string; timezone: string };
  place: string | null;
  link: string | null;
  agenda: readonly { item: number; title: Multilingual }[];
  noticeGivenAt: string | null;
  urgencyRule: string | null;
  entitled: readonly string[];
  /** Each count of those present, the first at the opening. */
  quorum: readonly { at: string; present: number; required: number | null; met: boolean }[];
  quorumRequired: number | null;
  chairedBy: string | null;
  decisions: readonly { item: number; text: Multilingual; decisionRef: string | null; at: string }[];
  /** Of other meetings, approved at this one. */
  minutesApproved: readonly { ofMeetingId: string; documentRef: string }[];
  openedAt: string | null;
  closedAt: string | null;
  cancelled: string | null;
}

export const titleOf = ({ title, bodyNames = {}, at }: DataOf<'MeetingConvened'>): Multilingual =>
  title ?? (Object.keys(bodyNames).length === 0 ? { und: at.instant.slice(0, 10) } : withDay(bodyNames, at.instant.slice(0, 10)));
const withDay = (names: Multilingual, day: string) => Object.fromEntries(Object.entries(names).map(([lang, name]) => [lang, `${name}, ${day}`]));
export const chairOf = ({ type, id }: Body): string => (type === 'network' ? 'network-chair' : `chair:${id}`);
const itemsOf = (agenda: Meeting['agenda']) => Object.entries(agenda).map(([item, title]) => ({ item: Number(item), title }));

function dutiesOf({ status, body, at }: MeetingDoc): Duty[] {
  const holder = chairOf(body);
  if (status === 'convened') return [{ kind: 'meeting-open', holder, deadline: at.instant, command: 'OpenMeeting' }];
  return status === 'inquorate' ? [{ kind: 'meeting-quorum', holder, command: 'OpenMeeting' }] : [];
}

export const meetings: View<MeetingDoc, MeetingEvent> = {
  name: 'meetings',
  version: 1,
  category: 'meeting',
  on: {
    MeetingConvened: (_, d) => ({
      status: 'convened', body: d.body, kind: d.kind, rule: d.rule, titles: titleOf(d), at: d.at, place: d.place ?? null, link: d.link ?? null,
      agenda: itemsOf(agendaOf(d.agenda)), noticeGivenAt: d.noticeGivenAt ?? null, urgencyRule: d.urgencyRule ?? null, entitled: d.entitled ?? [], quorum: [],
      quorumRequired: null, chairedBy: null, decisions: [], minutesApproved: [], openedAt: null, closedAt: null, cancelled: null,
    }),
    AgendaAmended: (doc, d) => doc && {
      ...doc, agenda: itemsOf(amend(Object.fromEntries(doc.agenda.map(({ item, title }) => [item, title])), d.changes)),
    },
    MeetingOpened: (doc, { at, present, quorumRequired: required = null, chairedBy = null }) => doc && {
      ...doc, status: 'open', openedAt: doc.openedAt ?? at, chairedBy, quorumRequired: required, quorum: [...doc.quorum, { at, present, required, met: true }],
    },
    QuorumLost: (doc, { at, present }) => doc && {
      ...doc, status: 'inquorate', quorum: [...doc.quorum, { at, present, required: doc.quorumRequired, met: false }],
    },
    MeetingDecisionRecorded: (doc, { item, text, decisionRef = null }, { meta }) => doc && {
      ...doc, decisions: [...doc.decisions, { item, text, decisionRef, at: meta.recordedAt }],
    },
    MeetingClosed: (doc, d) => doc && { ...doc, status: 'closed', closedAt: d.at },
    MinutesApproved: (doc, d) => doc && { ...doc, minutesApproved: [...doc.minutesApproved, d] },
    MeetingCancelled: (doc, d) => doc && { ...doc, status: 'cancelled', cancelled: d.reason },
  },
  label: labelOf,
  columns: { status: (doc) => doc.status, body: (doc) => doc.body.id, at: (doc) => doc.at.instant },
  title: (doc) => doc.titles,
  words: (doc) => [...doc.agenda.map((i) => i.title), ...doc.decisions.map((d) => d.text)].flatMap((text) => Object.values(text)).join(' '),
  duties: dutiesOf,
};
