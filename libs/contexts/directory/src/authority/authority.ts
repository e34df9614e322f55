import { amber, type Capacity, defineAggregate, type Delegable, type Label, PersonId, type PersonalAct, refuse, rowsFor } from '#kernel';
import { AuthorityEvents, type AuthoritySchemas } from './events.js';

export interface ActingAuthority {
  readonly status: 'none' | 'granted' | 'ended';
  /** The grantor and the holder. */
  readonly from: string;
  readonly to: string;
  readonly acts: readonly string[];
  readonly until: string;
  readonly groupId: string | null;
  readonly capacity: Capacity | null;
  /** What was done under it, so that the same act is not told twice. */
  readonly used: readonly string[];
}
/** What a decision on an authority must know from elsewhere. */
export interface AuthorityEvidence {
  /** The acts that are commands of the product, with what says whether they are personal. */
  readonly acts: Readonly<Record<string, Delegable>>;
  /** Does the grantor serve in a parliament today? */
  readonly serving: boolean;
  /** What the grantor is in the group by its own record; null: nothing. */
  readonly held: Capacity | null;
  /** Personal acts for which the rules of the chamber let another stand in. */
  readonly proxies: readonly PersonalAct[];
}

const { command, event } = rowsFor<ActingAuthority, AuthoritySchemas, AuthorityEvidence>(AuthorityEvents);
const schema = AuthorityEvents.schema.bind(AuthorityEvents) as typeof AuthorityEvents.schema;
const nobody = refuse('authority.not-for-others', {}, 'G2');

export const actingAuthority = defineAggregate<ActingAuthority, AuthoritySchemas, AuthorityEvidence>({
  name: 'ActingAuthority',
  category: 'authority',
  events: AuthorityEvents,
  states: ['none', 'granted', 'ended'],
  terminal: ['ended'],
  initial: { status: 'none', from: '', to: '', acts: [], until: '', groupId: null, capacity: null, used: [] },
  invariants: {
    'AUT-1': 'Staff may prepare but signing, voting, breaking silence and authorising are personal acts unless the profile allows a proxy, which is shown as such.',
    'AUT-2': 'An authority is limited in acts and time and ends with the grantor’s mandate.',
  },

  commands: {
    GrantAuthority: command({
      by: ['Parliamentarian'], from: ['none'], to: 'granted', emits: ['AuthorityGranted'], guards: ['AUT-1', 'AUT-2'], personal: 'grant-authority',
      input: schema('AuthorityGranted').omit({ from: true, groupId: true, capacity: true }).extend({
        from: PersonId.optional().meta({ import: true }),
        groupId: schema('AuthorityGranted').shape.groupId.meta({ import: true }),
      }),
      guard: ({ acts, until, from, groupId }, _, { evidence, actor, now }) => [
        ((from ?? actor.personId) !== actor.personId || (groupId ?? actor.onBehalfOf) !== actor.onBehalfOf) && nobody,
        ...acts.map((act) => {
          const known = evidence.acts[act];
          if (known === undefined) return refuse('authority.unknown-act', { act }, 'AUT-2');
          const carried = known.personal === undefined || (known.proxy === true && evidence.proxies.includes(known.personal));
          return !carried && refuse('authority.personal-act', { command: act.split('.')[1] ?? act }, 'AUT-1');
        }),
        !evidence.serving && refuse('authority.grantor-not-serving', {}, 'AUT-2'),
        evidence.held === null && refuse('authority.grantor-not-of-group', {}, 'AUT-2'),
        until <= now && refuse('authority.until-past', { until }, 'AUT-2'),
      ],
      decide: ({ to, acts, until, ...said }, _, { actor, mode, evidence }) => {
        const from = said.from ?? actor.personId;
        if (from === to) return refuse('authority.to-oneself', {}, 'AUT-1');
        const groupId = mode === 'import' ? said.groupId : actor.onBehalfOf;
        const capacity = mode === 'import' ? null : evidence.held;
        return [
          event('AuthorityGranted', {
            from, to, acts: [...new Set(acts)], until,
            ...(groupId === undefined ? {} : { groupId }),
            ...(capacity === 'chair' || capacity === 'officer' || capacity === 'member' ? { capacity } : {}),
          }),
        ];
      },
    }),
    // By a rule too: an act that was recorded under the authority is told here.
    UseAuthority: command({
      by: ['Staff', 'System'], from: ['granted'], to: 'same', emits: ['AuthorityExercised'], guards: ['AUT-1', 'AUT-2'], input: schema('AuthorityExercised'),
      guard: ({ act }, state, { actor, now }) => {
        if (actor.capacity === 'system') return undefined;
        return [
          actor.personId !== state.to && refuse('authority.not-the-holder', {}, 'AUT-1'),
          !state.acts.includes(act) && refuse('authority.other-act', { act }, 'AUT-2'),
          state.until <= now && refuse('authority.expired', { until: state.until }, 'AUT-2'),
        ];
      },
      decide: (input, { used }) => (used.includes(useOf(input)) ? [] : [event('AuthorityExercised', input)]),
    }),
    EndAuthority: command({
      by: ['Parliamentarian', 'System'], from: ['granted'], to: 'ended', emits: ['AuthorityEnded'], guards: ['AUT-2'], personal: 'grant-authority',
      input: schema('AuthorityEnded'),
      guard: (_, { from }, { actor }) => (actor.capacity !== 'system' && actor.personId !== from ? refuse('authority.not-the-grantor', {}, 'AUT-2') : undefined),
      decide: (input) => [event('AuthorityEnded', input)],
    }),
  },

  evolve: {
    AuthorityGranted: (state, d) => ({
      ...state, status: 'granted', from: d.from, to: d.to, acts: d.acts, until: d.until, groupId: d.groupId ?? null, capacity: d.capacity ?? null,
    }),
    AuthorityExercised: (state, d) => ({ ...state, used: [...state.used, useOf(d)] }),
    AuthorityEnded: (state) => ({ ...state, status: 'ended' }),
  },

  groups: ({ groupId }) => (groupId === null ? [] : [groupId]),
  label: ({ groupId, from, to }): Label => ({ ...amber(...(groupId === null ? [] : [groupId])), persons: [from, to] }),
});

/** A command is one act, whatever it changed. */
function useOf({ act, ref, commandId }: { act: string; ref: string; commandId?: string | undefined }): string {
  return commandId ?? `${act} ${ref}`;
}
