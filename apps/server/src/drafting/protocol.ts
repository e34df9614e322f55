import { DocumentRef, DraftRef, StepShape, type CellRole, type Shut } from '#contexts/drafting';
import { Id, LanguageTag } from '#kernel';
import { z } from 'zod';

/** What travels in the namespace `/draft` (workspace.md 1.4). Every payload is checked; nobody says who he is. */

const Ref = z.strictObject({ document: DocumentRef, clauseId: Id, lang: LanguageTag, draft: DraftRef.optional(), version: z.int().nonnegative().optional() });
export const OpenCells = z.array(Ref).min(1).max(200);
/** UTF-8 bytes of the steps of a commit, as JSON. */
export const MOST_BYTES = 32 * 1024;
export const Commit = z.strictObject({ cell: Id, commitId: z.uuid(), base: z.int().nonnegative(), steps: z.array(StepShape).min(1).max(64) });
export const Here = z.strictObject({ cell: Id, anchor: z.int().nonnegative(), head: z.int().nonnegative(), version: z.int().nonnegative() });

/** A commit as the record has it. */
export interface CommitMessage {
  readonly cell: string;
  readonly commitId: string;
  readonly version: number;
  readonly steps: readonly Readonly<Record<string, unknown>>[];
  readonly dropped: readonly number[];
  readonly textHash: string;
  readonly by: { readonly personId: string; readonly onBehalfOf: string | null };
  readonly at: string;
}
/** A cell as it is opened: whole, or what came since the version that the sender has. */
export type Opened =
  | { readonly cell: string; readonly ok: false }
  | {
      readonly cell: string;
      readonly ok: true;
      readonly status: 'none' | 'open' | 'closed';
      readonly version: number;
      readonly role: CellRole;
      readonly shut: Shut | null;
      /** The editor's document, or in `since` the commits that lead to it. */
      readonly doc?: unknown;
      readonly since?: readonly CommitMessage[];
    };
export type Committed =
  | { readonly ok: true }
  | { readonly ok: false; readonly err: 'DENIED' | 'FROZEN' | 'INVALID' | 'STALE' | 'RATE' | 'UNAVAILABLE'; readonly code: string; readonly params: Readonly<Record<string, string | number | boolean>>; readonly retryAfter?: number };
/** Where somebody's caret is; never recorded. */
export interface HereMessage {
  readonly document: string;
  readonly cell: string;
  readonly socket: string;
  readonly personId: string;
  readonly name: string;
  readonly group: string | null;
  readonly anchor: number;
  readonly head: number;
  readonly version: number;
}
