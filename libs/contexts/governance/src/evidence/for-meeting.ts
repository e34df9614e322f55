import type { Gather, World } from '#kernel';
import { group, parliament, person, profileInForce } from '#contexts/directory';
import { dayIn, wallTimeOf } from '../calendar.js';
import { CHARTER_DEFAULTS } from '../data/charter-defaults.js';
import { MEETING_DEFAULTS } from '../data/meeting-defaults.js';
import { decisionProcedure } from '../decision-procedure/decision-procedure.js';
import { quorumOf } from '../decision-procedure/outcome.js';
import type { Body, Kind } from '../meeting/events.js';
import { type Meeting, meeting, type MeetingEvidence } from '../meeting/meeting.js';
import { charterOn, network, settingsOf } from '../network/network.js';
import type { MinutesDoc } from '../views/minutes.view.js';
import type { NetworkDoc } from '../views/networks.view.js';
import { entitledIn } from './entitled.js';

interface Concerned {
  readonly body?: Body;
  readonly kind?: Kind;
  readonly at?: string | { readonly instant: string; readonly timezone: string };
  readonly personId?: string;
  readonly decisionRef?: string;
  readonly ofMeetingId?: string;
}
type Ruled = Pick<MeetingEvidence, 'body' | 'counted' | 'quorum' | 'noticeDays' | 'basis'>;
const NOBODY: Ruled = { body: { meets: false, names: null, entitled: [] }, counted: null, quorum: { required: 1, ruled: false }, noticeDays: 0, basis: {} };

/** A network meets by its charter and rules of procedure; in a steering meeting the seats count, otherwise the groups that vote. */
async function ofNetwork(world: World, id: string, kind: Kind, now: string): Promise<Ruled> {
  const net = await world.state(network, id);
  const { quorumPercent, noticeDays } = settingsOf(net);
  const doc = (await world.row<NetworkDoc>('networks', id))?.doc;
  const entitled = await entitledIn(world, id, now);
  const counted = kind === 'steering' ? (doc?.steering.length ?? 0) : entitled.length;
  // Before there are members nobody counts them: an initiative founds itself.
  const required = Math.max(1, quorumOf(counted, quorumPercent ?? CHARTER_DEFAULTS.quorumPercent));
  return {
    body: { meets: ['initiative', 'constituted'].includes(net.status), names: doc?.names ?? null, entitled },
    counted: counted === 0 ? null : counted,
    quorum: { required, ruled: quorumPercent !== null && counted > 0 },
    noticeDays: noticeDays[kind] ?? MEETING_DEFAULTS.noticeDays[kind],
    basis: { charterVersion: charterOn(net, dayIn(now))?.version ?? null, rulesVersion: net.rulesVersions.at(-1) ?? null },
  };
}

/** A group meets by the rules profile of its parliament (GRP-1); an extraordinary general meeting by what it says of the annual one. */
async function ofGroup(world: World, id: string, kind: Kind, day: string): Promise<Ruled> {
  const own = await world.state(group, id);
  const profile = profileInForce((await world.state(parliament, own.parliamentId)).profiles, day);
  const ruled = (table: Readonly<Record<string, number>> = {}) => table[kind] ?? (kind === 'egm' ? table['agm'] : undefined);
  const quorum = ruled(profile?.quorumByMeetingKind);
  return {
    body: { meets: ['forming', 'active', 'dormant'].includes(own.status), names: Object.keys(own.names).length > 0 ? own.names : null, entitled: [] },
    counted: own.members.length === 0 ? null : own.members.length,
    quorum: { required: quorum ?? MEETING_DEFAULTS.groupQuorum, ruled: quorum !== undefined },
    noticeDays: ruled(profile?.noticeDays) ?? MEETING_DEFAULTS.noticeDays[kind],
    basis: { rulesProfile: profile?.profileId ?? null },
  };
}

async function attendantsOf(world: World, { rule, attendance }: Meeting): Promise<string[]> {
  if (rule === 'on-record') return [];
  const people = await Promise.all(Object.keys(attendance).map((id) => world.state(person, id)));
  return people.flatMap(({ names }) => names.map((name) => name.full));
}

async function minutesOf(world: World, id: string, { body }: Meeting): Promise<NonNullable<MeetingEvidence['minutesOf']>> {
  const [other, row] = await Promise.all([world.state(meeting, id), world.row<MinutesDoc>('minutes', id)]);
  const ofThisBody = other.body?.id === body?.id && other.body?.type === body?.type;
  return { status: other.status, ofThisBody, closedAt: other.closedAt, approved: row?.doc.status === 'approved' };
}

/** By which rules the body meets, whom its quorum counts, and what the command names: a person, a decision, another meeting. */
export const gatherForMeeting: Gather<Meeting, MeetingEvidence> = async (world, { command, id, input, state, now }) => {
  const asked = input as Concerned;
  const body = state.body ?? asked.body;
  const kind = state.body === null ? (asked.kind ?? 'ordinary') : state.kind;
  // Of a convening; other commands tell an instant alone.
  const at = typeof asked.at === 'object' ? asked.at : undefined;
  const day = dayIn(state.at || (at?.instant ?? now));
  const ruled = body === undefined ? NOBODY : body.type === 'network' ? await ofNetwork(world, body.id, kind, now) : await ofGroup(world, body.id, kind, day);
  const { personId, decisionRef, ofMeetingId } = asked;
  return {
    id, ...ruled,
    zoneKnown: at === undefined || wallTimeOf(at.instant, at.timezone) !== null,
    attendants: command === 'RecordDecision' ? await attendantsOf(world, state) : [],
    personRecorded: personId === undefined ? undefined : (await world.state(person, personId)).status !== 'none',
    decision: decisionRef === undefined ? undefined : (await world.state(decisionProcedure, decisionRef)).status,
    minutesOf: ofMeetingId === undefined ? undefined : await minutesOf(world, ofMeetingId, state),
  };
};
