import type { Multilingual } from '#kernel';

/** An entry of the termbase as it is exchanged: one concept, many languages (TRM-1). */
export interface ExchangedConcept {
  readonly id: string;
  readonly domain: string | null;
  readonly protected: boolean;
  readonly definition: Multilingual;
  readonly designations: readonly ExchangedDesignation[];
}
export interface ExchangedDesignation {
  readonly lang: string;
  readonly term: string;
  readonly status: 'preferred' | 'admitted' | 'avoid';
  /** From where it is known: a term bank, a treaty, a decision; empty where the file does not say. */
  readonly source: string;
}

/** More than a termbase has; in a file of 10 MB. */
export const MOST_CONCEPTS = 50_000;
export const STATUSES: readonly ExchangedDesignation['status'][] = ['preferred', 'admitted', 'avoid'];

/** Entries by their concept in the order in which each was first told; several parts of one are put together, and nothing stands twice. */
export function gathered(parts: Iterable<ExchangedConcept>): ExchangedConcept[] {
  const found = new Map<string, ExchangedConcept>();
  for (const part of parts) {
    const before = found.get(part.id);
    if (before === undefined) found.set(part.id, part);
    else
      found.set(part.id, {
        id: part.id, domain: before.domain ?? part.domain, protected: before.protected || part.protected, definition: { ...before.definition, ...part.definition },
        designations: [...before.designations, ...part.designations.filter((d) => !before.designations.some((b) => b.lang === d.lang && b.term === d.term))],
      });
  }
  return [...found.values()];
}
