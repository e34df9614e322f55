import { canonicalParagraph } from '#kernel';
import { type LegalStatus, type Origin, TITLE } from './events.js';

export const STATES = ['none', 'requested', 'inTranslation', 'inRevision', 'inConcordance', 'certified', 'stale', 'cancelled'] as const;
export type Status = (typeof STATES)[number];

export interface Segment {
  readonly id: string;
  /** PP1, OP3; `title` for the title. */
  readonly label: string;
  readonly section: 'title' | 'preambular' | 'operative' | 'annex' | 'article';
  readonly source: string;
  readonly sourceDigest: string;
  readonly target: string | null;
  readonly targetDigest: string | null;
  /** How far the target has come, as long as its source stands. */
  readonly level: 'draft' | 'translated' | 'reviewed';
  /** The source on which the target was made. */
  readonly aligned: { readonly source: string; readonly digest: string } | null;
  readonly origin: Origin | null;
  readonly translatedBy: string | null;
  readonly reviewedBy: string | null;
  readonly attested: { readonly by: string; readonly sourceDigest: string; readonly targetDigest: string } | null;
  /** `digest`: the source that is said to differ from the aligned one in form alone. */
  readonly editorial: { readonly by: string; readonly note: string; readonly digest: string } | null;
}
export interface SourceQuery {
  readonly id: string;
  readonly segmentId: string;
  readonly question: string;
  readonly by: string;
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly sourceToChange: boolean;
  /** The source for which the change was promised: once it reads otherwise the promise is kept. */
  readonly promisedFor: string | null;
}
/** What decisions about a translation need to know of it. */
export interface Translation {
  readonly status: Status;
  readonly docRef: { readonly type: 'statement' | 'mou'; readonly id: string } | null;
  readonly sourceLang: string;
  readonly targetLang: string;
  readonly legalStatus: LegalStatus;
  readonly dueAt: string | null;
  readonly sourceRevision: number;
  readonly sourceDigest: string;
  readonly reach: 'groups' | 'network';
  readonly groups: readonly string[];
  readonly penholders: readonly string[];
  readonly translators: readonly string[];
  readonly revisers: readonly string[];
  readonly linguists: readonly string[];
  /** As the document is read. */
  readonly segments: readonly Segment[];
  readonly queries: readonly SourceQuery[];
  readonly certified: { readonly by: string; readonly digest: string; readonly concordantWith: readonly string[] } | null;
  /** Released in a crisis, to be completed (TRN-3). */
  readonly provisional: { readonly reason: string; readonly completeBy: string } | null;
}
export const initialTranslation: Translation = {
  status: 'none', docRef: null, sourceLang: '', targetLang: '', legalStatus: 'courtesy', dueAt: null, sourceRevision: 0, sourceDigest: '', reach: 'groups', groups: [], penholders: [],
  translators: [], revisers: [], linguists: [], segments: [], queries: [], certified: null, provisional: null,
};

export type SegmentState = 'missing' | 'draft' | 'translated' | 'reviewed' | 'attested' | 'stale';
type Judged = Pick<Segment, 'target' | 'targetDigest' | 'sourceDigest' | 'aligned' | 'editorial' | 'level' | 'attested'>;
/** Computed, never stored: a source that reads as it did when the target was made is never stale (TRN-1). */
export function stateOf({ target, targetDigest, sourceDigest, aligned, editorial, level, attested }: Judged): SegmentState {
  if (target === null) return 'missing';
  if (aligned?.digest !== sourceDigest && editorial?.digest !== sourceDigest) return 'stale';
  if (level === 'reviewed' && attested?.sourceDigest === sourceDigest && attested.targetDigest === targetDigest) return 'attested';
  return level;
}
export const segmentOf = (state: Pick<Translation, 'segments'>, id: string): Segment | undefined => state.segments.find((s) => s.id === id);
/** What a reader calls it: its number, or its id where it has none. */
export const nameOf = ({ label, id }: Pick<Segment, 'label' | 'id'>): string => (label === '' ? id : label);

export const isOpen = (query: Pick<SourceQuery, 'answer'>): boolean => query.answer === null;
/** The penholder said that the source will change, and it has not. */
export const awaitsChange = (query: Pick<SourceQuery, 'promisedFor' | 'segmentId'>, state: { readonly segments: readonly Pick<Segment, 'id' | 'sourceDigest'>[] }): boolean =>
  query.promisedFor !== null && state.segments.find((s) => s.id === query.segmentId)?.sourceDigest === query.promisedFor;

/**
 * The whole text in one language, as the document itself is digested: a statement is its title, then each clause behind its number; a memorandum its
 * articles without a title; an empty line between them.
 */
export function wholeText(type: 'statement' | 'mou', segments: readonly Pick<Segment, 'id' | 'label'>[], words: (id: string) => string): string {
  const title = type === 'statement' ? [words(TITLE)] : [];
  const clauses = segments.filter((s) => s.id !== TITLE).map((s) => (type === 'statement' ? `${s.label} ${words(s.id)}` : words(s.id)));
  return [...title, ...clauses].map(canonicalParagraph).join('\n\n');
}
