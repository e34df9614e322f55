import { defineAggregate, GREEN, refuse, type Refusal, rowsFor } from '#kernel';
import { type Designation, TermEvents, type TermSchemas } from './events.js';

export interface TermEntry {
  readonly status: 'none' | 'proposed' | 'approved' | 'deprecated';
  readonly domain: string | null;
  readonly designations: readonly Designation[];
}
export interface TermEvidence {
  /** Preferred designations of other entries in force in the same domain. */
  readonly taken: readonly { readonly lang: string; readonly term: string }[];
  /** How the entry stands that is said to replace this one. */
  readonly replacement: string | null;
}
const { command, event } = rowsFor<TermEntry, TermSchemas, TermEvidence | undefined>(TermEvents);

const key = ({ lang, term }: { readonly lang: string; readonly term: string }): string => `${lang} ${term.normalize('NFC').toLowerCase()}`;
/** In each language one preferred word, and no word twice (TRM-1). */
function inconsistent(designations: readonly Designation[]): Refusal | undefined {
  const keys = designations.map(key);
  const twice = designations.find((d, n) => keys.indexOf(key(d)) !== n);
  if (twice) return refuse('term.designation-twice', { lang: twice.lang, term: twice.term }, 'TRM-1');
  const preferred = designations.filter((d) => d.status === 'preferred');
  const second = preferred.find((d, n) => preferred.findIndex((p) => p.lang === d.lang) !== n);
  return second && refuse('term.two-preferred', { lang: second.lang, term: second.term }, 'TRM-1');
}
/** A preferred word stands for one concept of its domain (TRM-2). */
const taken = (designations: readonly Designation[], evidence: TermEvidence | undefined): Refusal[] =>
  designations
    .filter((d) => d.status === 'preferred' && evidence?.taken.some((t) => key(t) === key(d)))
    .map(({ lang, term }) => refuse('term.designation-taken', { lang, term }, 'TRM-2'));

/** One concept of the termbase, with its words in every language. */
export const termEntry = defineAggregate<TermEntry, TermSchemas, TermEvidence | undefined>({
  name: 'TermEntry',
  category: 'term',
  events: TermEvents,
  states: ['none', 'proposed', 'approved', 'deprecated'],
  terminal: ['deprecated'],
  initial: { status: 'none', domain: null, designations: [] },
  invariants: {
    'TRM-1': 'One concept, many languages; each designation has status preferred, admitted or avoid, and a source.',
    'TRM-2': 'Preferred designations are unique per language and domain.',
  },
  commands: {
    ProposeTerm: command({
      by: ['Linguist'], from: ['none'], to: 'proposed', emits: ['TermProposed'], guards: ['TRM-1'],
      input: TermEvents.schema('TermProposed'),
      decide: (input) => inconsistent(input.designations) ?? [event('TermProposed', input)],
    }),
    ApproveTerm: command({
      by: ['Linguist'], from: ['proposed'], to: 'approved', emits: ['TermApproved'], guards: ['TRM-2'],
      input: TermEvents.schema('TermApproved').omit({ by: true }),
      guard: (_, state, { evidence }) => taken(state.designations, evidence),
      decide: (_, __, { actor }) => [event('TermApproved', { by: actor.personId })],
    }),
    ReviseTerm: command({
      by: ['Linguist'], from: ['approved'], to: 'same', emits: ['TermRevised'], guards: ['TRM-1', 'TRM-2'],
      input: TermEvents.schema('TermRevised'),
      guard: ({ designations }, _, { evidence }) => taken(designations, evidence),
      decide: ({ designations }, state) => {
        const as = (list: readonly Designation[]) => JSON.stringify(list.map((d) => [d.lang, d.term, d.status, d.source]));
        return inconsistent(designations) ?? (as(designations) === as(state.designations) ? [] : [event('TermRevised', { designations })]);
      },
    }),
    DeprecateTerm: command({
      by: ['Linguist'], from: ['approved', 'proposed'], to: 'deprecated', emits: ['TermDeprecated'],
      input: TermEvents.schema('TermDeprecated'),
      guard: ({ replacedBy }, _, { evidence }) => (replacedBy !== undefined && evidence?.replacement !== 'approved' ? refuse('term.no-replacement', {}) : undefined),
      decide: (input) => [event('TermDeprecated', input)],
    }),
  },
  evolve: {
    TermProposed: (_, d) => ({ status: 'proposed', domain: d.domain ?? null, designations: d.designations }),
    TermApproved: (state) => ({ ...state, status: 'approved' }),
    TermRevised: (state, { designations }) => ({ ...state, designations }),
    TermDeprecated: (state) => ({ ...state, status: 'deprecated' }),
  },
  groups: () => [],
  // The termbase is the network's, whatever text a term was found in.
  label: () => GREEN,
});
