import type { Gather, World } from '#kernel';
import { dayIn, dayNumber, daysAfter, hoursAfter, wallTimeOf } from '../calendar.js';
import type { DecisionEvidence, DecisionProcedure, Subject } from '../decision-procedure/decision-procedure.js';
import { QUESTION } from '../decision-procedure/outcome.js';
import { meeting } from '../meeting/meeting.js';
import { charterOn, network, type Settings, settingsOf } from '../network/network.js';
import { entitledIn } from './entitled.js';
import { anotherOpen, propositionOf } from './subject.js';

interface Said {
  readonly instant: string;
  readonly timezone: string;
}
interface Concerned {
  readonly meetingId?: string;
  readonly subject?: Pick<Subject, 'type' | 'id'>;
  readonly deadline?: Said;
  readonly newDeadline?: Said;
}
const clock = (said: Said | undefined) => (said === undefined ? {} : { wallTime: wallTimeOf(said.instant, said.timezone) });

/**
 * As far ahead of now as the shortest silence of its urgency, so that saying it again changes nothing; where that falls into a
 * quiet window of the network and nothing is urgent, after the window (DEC-2).
 */
function extension({ status, urgency, timezone }: DecisionProcedure, { silence, quietWindows }: Settings, now: string): DecisionEvidence['extension'] {
  if (status !== 'silence') return undefined;
  const clockAt = (moment: string) => wallTimeOf(moment, timezone) ?? moment;
  let instant = hoursAfter(now, urgency === 'crisis' ? silence.crisisHours : silence.minHours);
  const quiet = urgency === 'ordinary' ? quietWindows.toSorted((a, b) => (a.from < b.from ? -1 : 1)) : [];
  for (const { from, to } of quiet) {
    const day = dayIn(clockAt(instant));
    if (from <= day && day <= to) instant = daysAfter(instant, dayNumber(to) - dayNumber(day) + 1);
  }
  return { instant, wallTime: clockAt(instant), timezone };
}

/** A meeting that was not convened here is none of the record's: it may be named, and nothing is known of it. */
async function meetingStatus(world: World, id: string | undefined): Promise<string | null | undefined> {
  if (id === undefined) return undefined;
  const { status } = await world.state(meeting, id);
  return status === 'none' ? null : status;
}

/**
 * At opening: what is decided on, in which network, by which rules, and who may decide. Afterwards the procedure knows that
 * itself, and only its clock is asked for.
 */
export const gatherForDecision: Gather<DecisionProcedure, DecisionEvidence> = async (world, { id, input, state, actor, mode, now }) => {
  const { subject, deadline, newDeadline, meetingId } = input as Concerned;
  const found = subject === undefined || state.status !== 'none' ? undefined : await propositionOf(world, subject, actor);
  const networkId = found?.networkId ?? state.networkId;
  const net = await world.state(network, networkId);
  const settings = settingsOf(net);
  const charter = charterOn(net, dayIn(now));
  const recused = settings.recuseSameParliament ? found?.conflicted : undefined;
  return {
    id,
    networkId,
    meeting: await meetingStatus(world, meetingId),
    networkStatus: net.status,
    charterVersion: charter?.version ?? 'none',
    rulesVersion: net.rulesVersions.at(-1) ?? null,
    entitled: found === undefined ? [] : await entitledIn(world, networkId, now, recused),
    subject: found?.subject && subject ? { ...found.subject, before: await anotherOpen(world, subject, id) } : null,
    charterRule: (subject && charter?.decisionRules[QUESTION[subject.type]]) ?? null,
    quorumPercent: settings.quorumPercent,
    silence: settings.silence,
    quietWindows: settings.quietWindows,
    ...clock(newDeadline ?? deadline),
    // Until when a silence of the past was prolonged its source says, or nobody.
    extension: mode === 'import' ? undefined : extension(state, settings, now),
  };
};
