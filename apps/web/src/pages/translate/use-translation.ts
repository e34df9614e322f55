import { useQuery } from '@tanstack/react-query';
import type { TermDoc, TranslationDoc } from '#contexts/languages';
import { checkSegment, type Finding } from '#text';
import { get } from '../../api.js';
import { useList, useMe, useOne } from '../../context.js';
import { useActOn, useAllowed } from '../../ui/use-act.js';

export type Segment = TranslationDoc['segments'][number];
export type Query = TranslationDoc['queries'][number];

/** A place in the translation memory that resembles the source, with where it comes from. */
export interface Hit {
  readonly source: string;
  readonly target: string;
  /** 0 to 1; 1 is the same words. */
  readonly score: number;
  readonly origin: { readonly type: string; readonly id: string; readonly title: Readonly<Record<string, string>>; readonly at: string };
}

/** Everything that the desk shows of one language version. */
export function useTranslation(id: string) {
  const row = useOne<TranslationDoc>('translations', id);
  const allowed = useAllowed('translations', id, row.data?.revision);
  const terms = useTerms();
  return { row, allowed, terms, person: useMe()?.account?.personId ?? '', ...useActOn('translations', id) };
}
export type Desk = ReturnType<typeof useTranslation>;

/** Approved terms; the checks while typing and the panel beside the text ask them. */
export function useTerms(): readonly TermDoc[] {
  return (useList<TermDoc>('terms?status=approved&limit=500').data?.rows ?? []).map(({ doc }) => doc);
}

/** Earlier clauses, the same and similar ones. */
export function useMemory(source: string, from: string, to: string): readonly Hit[] {
  const { data } = useQuery({
    queryKey: ['read', 'memory', from, to, source],
    queryFn: () => get<{ exact: Hit[]; fuzzy: Hit[] }>(`/api/v1/memory?${new URLSearchParams({ source, from, to }).toString()}`),
    enabled: source !== '',
    staleTime: 60_000,
  });
  return data ? [...data.exact, ...data.fuzzy] : [];
}

/** What a reader would object to in the words as they stand, while they are typed. */
export const findingsOf = (doc: TranslationDoc, segment: Segment, target: string, terms: readonly TermDoc[]): readonly Finding[] =>
  target.trim() === '' ? [] : checkSegment({ source: segment.source, target, sourceLang: doc.sourceLang, targetLang: doc.targetLang, terms: terms.map(({ conceptId, ...term }) => ({ ...term, concept: conceptId })) });

/** What a finding's sentence is made of: `none` where nothing is missing, or nothing too much. */
export const toldOf = (params: Readonly<Record<string, unknown>>): Record<string, unknown> => ({ missing: 'none', extra: 'none', ...params });

/** What still waits for somebody, in the order of the text. */
export const TO_DO: ReadonlySet<Segment['state']> = new Set(['missing', 'draft', 'stale']);
