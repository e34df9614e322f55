import type { Actor, Multilingual, World } from '#kernel';
import { group } from '#contexts/directory';
import { type DecisionEvidence, OPEN, type Subject } from '../decision-procedure/decision-procedure.js';
import { membershipApplication } from '../membership-application/membership-application.js';
import { membership } from '../membership/membership.js';
import { network } from '../network/network.js';
import type { ApplicationDoc } from '../views/applications.view.js';
import type { DecisionDoc } from '../views/decisions.view.js';
import type { MembershipDoc } from '../views/memberships.view.js';
import type { NetworkDoc } from '../views/networks.view.js';
import { namesOf } from './entitled.js';

type Known = NonNullable<DecisionEvidence['subject']>;
export interface Proposition {
  readonly networkId: string;
  /** The parliament whose members stand aside, where the rules say so. */
  readonly conflicted?: string | undefined;
  readonly subject: Omit<Known, 'before'> | null;
}
/** As much of a statement as a decision on it needs; its context is not known here. */
interface StatementRow {
  readonly status: string;
  readonly subject?: Multilingual;
  readonly sponsors?: readonly string[];
  readonly frozen?: { readonly revision: number; readonly digest: string; readonly digests: Readonly<Record<string, string>> } | null;
}
const nothing = (networkId = ''): Proposition => ({ networkId, subject: null });

async function ofApplication(world: World, id: string): Promise<Proposition> {
  const state = await world.state(membershipApplication, id);
  if (state.status === 'none') return nothing();
  const { doc } = (await world.row<ApplicationDoc>('applications', id)) ?? {};
  const { category, conditions, groupId, networkId } = state;
  return {
    networkId,
    conflicted: (await world.state(group, groupId)).parliamentId,
    subject: {
      ready: ['submitted', 'circulated', 'recommended'].includes(state.status), revision: state.revision, digests: [],
      content: JSON.stringify({ groupId, networkId, category, conditions, membersBySide: doc?.membersBySide ?? null, documents: doc?.documents ?? [] }),
      title: await namesOf(world, groupId),
    },
  };
}

async function ofMembership(world: World, id: string): Promise<Proposition> {
  const state = await world.state(membership, id);
  if (state.status === 'none') return nothing();
  const row = await world.row<MembershipDoc>('memberships', id);
  const ready = !['withdrawn', 'expelled', 'ended'].includes(state.status);
  const { status, category, groupId, networkId } = state;
  return {
    networkId,
    subject: {
      ready, revision: row?.revision ?? null, digests: [], content: JSON.stringify({ groupId, networkId, status, category }), title: await namesOf(world, groupId),
    },
  };
}

async function ofAmendment(world: World, id: string): Promise<Proposition> {
  for (const row of await world.rows<NetworkDoc>('networks')) {
    const found = row.doc.amendments.find((a) => a.amendmentId === id);
    if (found === undefined) continue;
    const ready = id in (await world.state(network, row.id)).amendments;
    return { networkId: row.id, subject: { ready, revision: 0, digests: [], content: JSON.stringify(found.text), title: found.text } };
  }
  return nothing();
}

/** The network of a statement: that for which the opener acts where a sponsor belongs to it, or the first of its sponsors. */
async function ofStatement(world: World, id: string, actor: Actor): Promise<Proposition> {
  const { doc } = (await world.row<StatementRow>('statements', id)) ?? {};
  if (doc === undefined) return nothing();
  const found: string[] = [];
  for (const groupId of doc.sponsors ?? []) found.push(...(await world.rows<MembershipDoc>('memberships', { groupId })).map((row) => row.doc.networkId));
  const networkId = found.find((one) => one === actor.onBehalfOf) ?? found[0] ?? '';
  const { frozen = null } = doc;
  return {
    networkId,
    subject: {
      // Its sponsors submit it: before that the text is frozen, and nobody has asked the members.
      ready: frozen !== null && doc.status === 'underDecision', revision: frozen?.revision ?? null,
      digests: frozen === null ? [] : [frozen.digest, ...Object.values(frozen.digests)], content: null, title: doc.subject ?? null,
    },
  };
}

/** A question that is none of the record's things is asked in the network for which the opener acts, or in the one that it names. */
async function ofOther(world: World, id: string, actor: Actor): Promise<Proposition> {
  for (const networkId of [actor.onBehalfOf ?? '', id]) if ((await world.state(network, networkId)).status !== 'none') return nothing(networkId);
  return nothing();
}

export async function propositionOf(world: World, { type, id }: Pick<Subject, 'type' | 'id'>, actor: Actor): Promise<Proposition> {
  switch (type) {
    case 'application':
      return ofApplication(world, id);
    case 'membership':
      return ofMembership(world, id);
    case 'charter-amendment':
      return ofAmendment(world, id);
    case 'statement':
      return ofStatement(world, id, actor);
    case 'other':
      return ofOther(world, id, actor);
  }
}

/** Is another procedure on the same thing still open? Two could end differently. */
export async function anotherOpen(world: World, { type, id }: Pick<Subject, 'type' | 'id'>, except: string): Promise<boolean> {
  const rows = await world.rows<DecisionDoc>('decisions', { subject: id, subjectType: type, status: [...OPEN] }, { limit: 2 });
  return rows.some((row) => row.id !== except);
}
