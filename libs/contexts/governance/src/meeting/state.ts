import { type AggregateDefinition, amber, GREEN, type Label, type Multilingual } from '#kernel';
import type { Body, DataOf, MeetingSchemas, Rule } from './events.js';

export interface Meeting {
  readonly status: 'none' | 'convened' | 'open' | 'inquorate' | 'closed' | 'cancelled';
  readonly body: Body | null;
  readonly kind: DataOf<'MeetingConvened'>['kind'];
  /** For when it is convened, an instant. */
  readonly at: string;
  readonly rule: Rule;
  /** Of a network: the groups that were called. */
  readonly entitled: readonly string[];
  readonly agenda: Agenda;
  /** The first time; a quorum that is there again opens it anew. */
  readonly openedAt: string | null;
  readonly closedAt: string | null;
  readonly quorumRequired: number | null;
  /** Who attends, each in the words that were recorded last. */
  readonly attendance: Readonly<Record<string, string>>;
  /** The decisions recorded, in their own words, so that the same one is not recorded twice. */
  readonly decisions: readonly string[];
  /** Of which meetings the minutes were approved here, and by which document. */
  readonly approved: Readonly<Record<string, string>>;
}
/** Items by their number; one that was taken off leaves its number free. */
export type Agenda = Readonly<Record<number, Multilingual>>;

export const initialMeeting: Meeting = {
  status: 'none', body: null, kind: 'ordinary', at: '', rule: 'on-record', entitled: [], agenda: {}, openedAt: null, closedAt: null, quorumRequired: null,
  attendance: {}, decisions: [], approved: {},
};

type Change = DataOf<'AgendaAmended'>['changes'][number];
export const agendaOf = (items: readonly Multilingual[]): Agenda => Object.fromEntries(items.map((title, i) => [i + 1, title]));
export const amend = (agenda: Agenda, changes: readonly Change[]): Agenda =>
  changes.reduce<Agenda>((all, { item, title }) => {
    const { [item]: _before, ...others } = all;
    return title === undefined ? others : { ...others, [item]: title };
  }, agenda);

/** The same words in whatever order the languages stand. */
export const sameWords = (a: Multilingual | undefined, b: Multilingual | undefined): boolean => wordsOf(a) === wordsOf(b);
const wordsOf = (text: Multilingual | undefined) => JSON.stringify(Object.entries(text ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)));
export const decisionOf = ({ item, text, decisionRef }: DataOf<'MeetingDecisionRecorded'>) => JSON.stringify([item, wordsOf(text), decisionRef ?? null]);

type Meets = { readonly body: Body | null; readonly rule: Rule; readonly entitled?: readonly string[] | undefined };
/**
 * A network's meeting is for its members, one in camera for the groups that were called and the network's bodies; a group's meeting
 * is its own, with the network's secretariat unless it is in camera. Nothing of a meeting is for everybody.
 */
export function labelOf({ body, rule, entitled = [] }: Meets): Label {
  const own = body === null ? [] : [body.id];
  if (body?.type === 'network') return rule === 'in-camera' ? amber(...own, ...entitled) : GREEN;
  return rule === 'in-camera' ? { tlp: 'AMBER+STRICT', groups: own } : amber(...own);
}
/** Who attended is published of a meeting on the record alone; otherwise it stays with the body that met and its secretariat (MTG-3). */
export const attendanceLabel = (meets: Meets): Label =>
  meets.rule === 'on-record' || meets.body?.type !== 'network' ? labelOf(meets) : amber(meets.body.id);

export const evolveMeeting: AggregateDefinition<Meeting, MeetingSchemas>['evolve'] = {
  MeetingConvened: (state, { body, kind, at, rule, entitled = [], agenda }) => ({
    ...state, status: 'convened', body, kind, at: at.instant, rule, entitled, agenda: agendaOf(agenda),
  }),
  AgendaAmended: (state, d) => ({ ...state, agenda: amend(state.agenda, d.changes) }),
  MeetingOpened: (state, d) => ({ ...state, status: 'open', openedAt: state.openedAt ?? d.at, quorumRequired: d.quorumRequired ?? null }),
  QuorumLost: (state) => ({ ...state, status: 'inquorate' }),
  AttendanceRecorded: (state, d) => ({ ...state, attendance: { ...state.attendance, [d.personId]: attendanceOf(d) } }),
  MeetingDecisionRecorded: (state, d) => ({ ...state, decisions: [...state.decisions, decisionOf(d)] }),
  MeetingClosed: (state, d) => ({ ...state, status: 'closed', closedAt: d.at }),
  MinutesApproved: (state, d) => ({ ...state, approved: { ...state.approved, [d.ofMeetingId]: d.documentRef } }),
  MeetingCancelled: (state) => ({ ...state, status: 'cancelled' }),
};
export const attendanceOf = ({ personId, capacity, joinedAt, leftAt }: DataOf<'AttendanceRecorded'>) =>
  JSON.stringify([personId, capacity, joinedAt, leftAt ?? null]);
