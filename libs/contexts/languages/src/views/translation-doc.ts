import type { LegalStatus } from '../translation/events.js';
import type { Segment, SegmentState, SourceQuery, Status } from '../translation/state.js';

export interface SegmentDoc extends Omit<Segment, 'editorial'> {
  state: SegmentState;
  attestedBy: string | null;
  editorial: { by: string; note: string; digest: string; at: string } | null;
}
export interface QueryDoc extends SourceQuery {
  at: string;
  /** The penholder said that the source will change, and it has not. */
  awaitsChange: boolean;
}
/** A language version: the desk of its translator, the column of the concordance screen. */
export interface TranslationDoc {
  doc: { type: 'statement' | 'mou'; id: string };
  sourceLang: string;
  targetLang: string;
  legalStatus: LegalStatus;
  state: Status;
  dueAt: string | null;
  sourceRevision: number;
  sourceDigest: string;
  translators: readonly string[];
  revisers: readonly string[];
  linguists: readonly string[];
  segments: readonly SegmentDoc[];
  queries: readonly QueryDoc[];
  counts: Readonly<Record<SegmentState | 'openQueries', number>>;
  certified: { by: string; at: string; digest: string; concordantWith: readonly string[] } | null;
  provisional: { reason: string; completeBy: string } | null;
  reach: 'groups' | 'network';
  groups: readonly string[];
  penholders: readonly string[];
}
