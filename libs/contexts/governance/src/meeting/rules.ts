import { type Actor, type Circumstances, type Multilingual, refuse, type Refusal } from '#kernel';
import { hoursBetween, reached, secondsOf } from '../calendar.js';
import type { DataOf } from './events.js';
import type { Meeting } from './state.js';

export interface MeetingEvidence {
  /** The id of this meeting. */
  readonly id: string;
  /** Whether the body stands, and may meet. */
  readonly body: { readonly meets: boolean; readonly names: Multilingual | null; readonly entitled: readonly string[] };
  /** Whom the quorum counts: groups, seats of the steering committee or members; null where nobody has counted them. */
  readonly counted: number | null;
  /** How many have to be there; `ruled`: the rules say so, and nobody may state another number. */
  readonly quorum: { readonly required: number; readonly ruled: boolean };
  /** Is there a time zone of the name that is stated? */
  readonly zoneKnown: boolean;
  /** How long before a meeting of this kind notice is given (MTG-1). */
  readonly noticeDays: number;
  /** What those are called who attend, where it may not be told who said what. */
  readonly attendants: readonly string[];
  /** Where a person is named: is somebody of that id recorded? */
  readonly personRecorded?: boolean | undefined;
  /** How the decision stands that is cited. */
  readonly decision?: string | undefined;
  /** The meeting whose minutes are to be approved. */
  readonly minutesOf?: { readonly status: string; readonly ofThisBody: boolean; readonly closedAt: string | null; readonly approved: boolean } | undefined;
  /** The rules by which it is judged, for the envelope: of a network its charter, of a group the rules profile of its parliament. */
  readonly basis: Readonly<Record<string, string | null>>;
}
export type Ctx = Circumstances<MeetingEvidence>;
export type Rules = readonly (Refusal | false | undefined)[];

/** The chair of the body that meets: of the network, or of the group. */
export const chairs = ({ capacity, onBehalfOf }: Actor, { body }: Pick<Meeting, 'body'>): boolean =>
  body !== null && capacity === (body.type === 'network' ? 'network-chair' : 'chair') && onBehalfOf === body.id;

type Convened = Omit<DataOf<'MeetingConvened'>, 'noticeGivenAt'>;
/** MTG-1: called in time for its kind, or under the rule of urgency that is cited; and for a time that lies ahead. */
export function noticeRules({ at, kind, urgencyRule }: Convened, { now, evidence: { noticeDays: days } }: Ctx): Rules {
  if (reached(at.instant, now)) return [refuse('meeting.in-past', { at: at.instant }, 'MTG-1')];
  const short = hoursBetween(now, at.instant) < days * 24;
  return [short && urgencyRule === undefined && refuse('meeting.notice-too-short', { days, kind }, 'MTG-1')];
}
export const bodyRules = ({ at, body, kind, place, link }: Convened, { evidence }: Ctx): Rules => [
  !evidence.zoneKnown && refuse('meeting.unknown-time-zone', { timezone: at.timezone }),
  !evidence.body.meets && refuse('meeting.no-such-body', {}),
  body.type === 'group' && ['plenary', 'steering'].includes(kind) && refuse('meeting.kind-of-network', { kind }),
  place === undefined && link === undefined && refuse('meeting.nowhere', {}),
];

/** MTG-2: the quorum of the rules; where they have none, the one that is stated or the default. */
export const quorumFor = (stated: number | undefined, { evidence: { quorum } }: Ctx): number => stated ?? quorum.required;
export function quorumRules({ present, quorumRequired: stated }: { readonly present: number; readonly quorumRequired?: number | undefined }, ctx: Ctx): Rules {
  const { counted, quorum } = ctx.evidence;
  const required = quorumFor(stated, ctx);
  return [
    stated !== undefined && quorum.ruled && stated !== quorum.required && refuse('meeting.quorum-of-rules', { quorum: quorum.required }, 'MTG-2'),
    stated === 0 && refuse('meeting.quorum-of-nobody', {}, 'MTG-2'),
    present < required && refuse('meeting.quorum-not-met', { present, required }, 'MTG-2'),
    tooMany(present, counted),
  ];
}
export const tooMany = (present: number, counted: number | null): Refusal | false =>
  counted !== null && present > counted && refuse('meeting.more-than-counted', { present, counted }, 'MTG-2');

/** MTG-3: what was said, never by whom; a name that is written otherwise than in the record nobody finds but a reader. */
export function namesAttendant(text: Multilingual, { evidence: { attendants } }: Ctx): boolean {
  const plain = (words: string) => words.normalize('NFC').toLowerCase();
  const said = plain(Object.values(text).join('\n'));
  return attendants.some((name) => said.includes(plain(name)));
}

/** MTG-4: of a meeting of the same body that was closed before this one was opened, and once. */
export function minutesRules({ openedAt }: Meeting, { evidence: { minutesOf } }: Ctx): Rules {
  if (minutesOf === undefined || minutesOf.status === 'none') return [refuse('meeting.no-such-meeting', {}, 'MTG-4')];
  const { status, ofThisBody, closedAt, approved } = minutesOf;
  return [
    !ofThisBody && refuse('meeting.of-another-body', {}, 'MTG-4'),
    status !== 'closed' && refuse('meeting.not-closed', {}, 'MTG-4'),
    closedAt !== null && openedAt !== null && secondsOf(closedAt) > secondsOf(openedAt) && refuse('meeting.not-earlier', {}, 'MTG-4'),
    approved && refuse('meeting.minutes-approved', {}, 'MTG-4'),
  ];
}
