import type { Gather, World } from '#kernel';
import { group } from '#contexts/directory';
import { dayIn, reached } from '../calendar.js';
import { decisionProcedure } from '../decision-procedure/decision-procedure.js';
import { type ApplicationEvidence, type MembershipApplication, membershipApplication, OPEN_STATES } from '../membership-application/membership-application.js';
import { charterOn, network, settingsOf } from '../network/network.js';
import type { ApplicationDoc } from '../views/applications.view.js';
import { belongsTo, entitledIn } from './entitled.js';

interface Concerned {
  readonly groupId?: string;
  readonly to?: string;
  readonly networkId?: string;
  readonly decisionRef?: string;
  readonly authorisationRef?: string;
}
interface Authorisation {
  readonly id: string;
  readonly act: string;
  readonly holder: string;
  readonly expiresAt: string;
  readonly subject: { readonly type: string; readonly id: string };
}

/** Where what is cited is one of the authorisations that the group has recorded, it has to cover this act of this person. */
const standing = (all: readonly Authorisation[], ref: string | undefined, about: string, holder: string, now: string) => {
  const found = all.find((a) => a.id === ref);
  return found && { valid: found.act === 'apply' && found.subject.id === about && found.holder === holder && !reached(found.expiresAt, now) };
};

async function othersOf(world: World, id: string, groupId: string, networkId: string) {
  const rows = (await world.rows<ApplicationDoc>('applications', { groupId, networkId })).filter((row) => row.id !== id);
  const states = await Promise.all(rows.map((row) => world.state(membershipApplication, row.id)));
  const open = states.filter(({ status }) => (OPEN_STATES as readonly string[]).includes(status)).length;
  return { open, reapplyAfter: rows.map((row) => row.doc.outcome?.reapplyAfter ?? '').toSorted().at(-1) || null };
}

/** The network and its rules, the group and its other applications, who may object, and the decision that is cited. */
export const gatherForApplication: Gather<MembershipApplication, ApplicationEvidence> = async (world, { command, id, input, state, actor, now }) => {
  const asked = input as Concerned;
  const groupId = state.groupId || (asked.groupId ?? asked.to ?? '');
  const networkId = state.networkId || (asked.networkId ?? '');
  const [applicant, net, others] = await Promise.all([world.state(group, groupId), world.state(network, networkId), othersOf(world, id, groupId, networkId)]);
  const charter = charterOn(net, dayIn(now));
  const settings = settingsOf(net);
  const recused = settings.recuseSameParliament ? applicant.parliamentId : undefined;
  const decision = asked.decisionRef === undefined ? undefined : await world.state(decisionProcedure, asked.decisionRef);
  return {
    id,
    networkStatus: net.status,
    charterVersion: charter?.version ?? null,
    categories: charter?.categories ?? null,
    groupStatus: applicant.status,
    groupNames: applicant.status === 'none' || Object.keys(applicant.names).length === 0 ? null : applicant.names,
    authorisation: standing(applicant.authorisations, asked.authorisationRef, id, actor.personId, now),
    otherOpenApplications: others.open,
    alreadyMember: await belongsTo(world, groupId, networkId),
    reapplyAfter: others.reapplyAfter,
    entitled: command === 'CirculateApplication' ? await entitledIn(world, networkId, now, recused) : [],
    periods: settings.periods,
    decision: decision && {
      status: decision.status,
      aboutThis: decision.subject?.type === 'application' && decision.subject.id === id,
      revision: decision.subject?.revision ?? 0,
    },
  };
};
