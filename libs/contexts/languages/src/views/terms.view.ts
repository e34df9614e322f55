import type { Multilingual, View } from '#kernel';
import type { Designation, TermEvent } from '../term/events.js';

export interface TermDoc {
  conceptId: string;
  status: 'proposed' | 'approved' | 'deprecated';
  domain: string | null;
  designations: readonly Designation[];
  definition: Multilingual | null;
  protected: boolean;
  approvedBy: string | null;
  replacedBy: string | null;
}

/** By language the word to be used, else one that may stand. */
const titleOf = ({ designations }: TermDoc): Multilingual => Object.fromEntries(
  [...designations.filter((d) => d.status === 'admitted'), ...designations.filter((d) => d.status === 'preferred')].map((d) => [d.lang, d.term]),
);

/** The termbase: what the desk shows beside a clause, and what a certified text is held to. */
export const terms: View<TermDoc, TermEvent> = {
  name: 'terms',
  version: 1,
  category: 'term',
  on: {
    TermProposed: (_, d) => ({
      conceptId: d.conceptId, status: 'proposed', domain: d.domain ?? null, designations: d.designations, definition: d.definition ?? null, protected: d.protected, approvedBy: null, replacedBy: null,
    }),
    TermApproved: (doc, { by }) => doc && { ...doc, status: 'approved', approvedBy: by },
    TermRevised: (doc, { designations }) => doc && { ...doc, designations },
    TermDeprecated: (doc, { replacedBy }) => doc && { ...doc, status: 'deprecated', replacedBy: replacedBy ?? null },
  },
  columns: { status: (doc) => doc.status, domain: (doc) => doc.domain, concept: (doc) => doc.conceptId },
  title: titleOf,
  words: (doc) => doc.designations.map((d) => d.term).join(' '),
};
