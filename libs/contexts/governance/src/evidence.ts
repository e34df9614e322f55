import type { Gather, World } from '#kernel';
import { group } from '#contexts/directory';
import { CHARTER_DEFAULTS } from './data/charter-defaults.js';
import { type DecisionEvidence, decisionProcedure } from './decision-procedure/decision-procedure.js';
import type { ApplicationEvidence, MembershipApplication } from './membership-application/membership-application.js';
import { type Membership, type MembershipEvidence, mayVote } from './membership/membership.js';
import { type Network, network, type NetworkEvidence } from './network/network.js';
import type { ApplicationDoc } from './views/applications.view.js';
import type { MembershipDoc } from './views/memberships.view.js';

const MOST = 500;

/** The groups that may decide in a network now; those of one parliament left out where they are recused. */
async function entitledIn(world: World, networkId: string, recusedParliament?: string): Promise<string[]> {
  const members = await world.rows<MembershipDoc>('memberships', { networkId }, { limit: MOST });
  const voting = members.filter(({ doc }) => mayVote(doc)).map(({ doc }) => doc.groupId);
  if (recusedParliament === undefined) return voting;
  const states = await Promise.all(voting.map(async (id) => ({ id, parliament: (await world.state(group, id)).parliamentId })));
  return states.filter((g) => g.parliament !== recusedParliament).map((g) => g.id);
}

export const gatherForNetwork: Gather<Network, NetworkEvidence> = async (world, { input }) => {
  const { decisionRef } = input as { decisionRef?: string };
  if (decisionRef === undefined) return {};
  const { status, subject, rule } = await world.state(decisionProcedure, decisionRef);
  return { decision: { status, subject, rule } };
};

export const gatherForApplication: Gather<MembershipApplication, ApplicationEvidence> = async (world, { id, input, state }) => {
  const asked = input as { groupId?: string; to?: string; networkId?: string; decisionRef?: string };
  const groupId = state.groupId || asked.groupId || asked.to || '';
  const networkId = state.networkId || asked.networkId || '';
  const [applicant, net, mine, members, decision] = await Promise.all([
    world.state(group, groupId),
    world.state(network, networkId),
    world.rows<ApplicationDoc>('applications', { groupId, networkId }, { limit: MOST }),
    world.rows<MembershipDoc>('memberships', { groupId, networkId }),
    asked.decisionRef === undefined ? undefined : world.state(decisionProcedure, asked.decisionRef),
  ]);
  return {
    charterVersion: net.charter?.version ?? null,
    groupStatus: applicant.status,
    otherOpenApplications: mine.filter((a) => a.id !== id && !['admitted', 'declined', 'withdrawn', 'lapsed'].includes(a.doc.status)).length,
    alreadyMember: members.some((m) => !['withdrawn', 'expelled', 'ended'].includes(m.doc.status)),
    reapplyAfter: mine.map((a) => a.doc.outcome?.reapplyAfter ?? '').toSorted().at(-1) || null,
    entitled: await entitledIn(world, networkId, applicant.parliamentId),
    objectionDays: net.rules?.objectionDays ?? CHARTER_DEFAULTS.objectionDays,
    coolingOffMonths: CHARTER_DEFAULTS.coolingOffDays / 365 * 12,
    decision: decision && { status: decision.status, aboutThis: decision.subject?.type === 'application' && decision.subject.id === id },
  };
};

export const gatherForMembership: Gather<Membership, MembershipEvidence> = async (world, { input, state }) => {
  const { decisionRef } = input as { decisionRef?: string };
  const net = await world.state(network, state.networkId);
  // An initiative has no charter under which it could decide: its secretariat and steering act on the record they cite.
  const decisionAdopted = decisionRef === undefined || net.charter === null ? null : (await world.state(decisionProcedure, decisionRef)).status === 'adopted';
  return { decisionAdopted, withdrawalNoticeMonths: CHARTER_DEFAULTS.withdrawalNoticeMonths };
};

export const gatherForDecision: Gather<unknown, DecisionEvidence> = async (world, { input }) => {
  const { subject } = input as { subject?: { type: string; id: string } };
  let networkId = '';
  let recused: string | undefined;
  if (subject?.type === 'application') {
    const application = await world.row<ApplicationDoc>('applications', subject.id);
    networkId = application?.doc.networkId ?? '';
    if (application) recused = (await world.state(group, application.doc.groupId)).parliamentId;
  } else if (subject?.type === 'membership') networkId = (await world.row<MembershipDoc>('memberships', subject.id))?.doc.networkId ?? '';
  else if (subject?.type === 'statement') networkId = await networkOfStatement(world, subject.id);
  const net = await world.state(network, networkId);
  return {
    entitled: networkId === '' ? [] : await entitledIn(world, networkId, recused),
    charterVersion: net.charter?.version ?? 'none',
    silence: net.rules?.silence ?? CHARTER_DEFAULTS.silence,
  };
};

/** The network of a statement is that of its sponsors; where they share several, the first. */
async function networkOfStatement(world: World, id: string): Promise<string> {
  const statement = await world.row<{ sponsors?: readonly string[] }>('statements', id);
  for (const groupId of statement?.doc.sponsors ?? []) {
    const [membership] = await world.rows<MembershipDoc>('memberships', { groupId });
    if (membership) return membership.doc.networkId;
  }
  return '';
}
