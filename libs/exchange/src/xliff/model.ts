import type { Term } from '#text';
import type { Content } from '../xml/tree.js';

/** A translation as it goes to translators' tools: one statement or memorandum, one pair of languages. */
export interface ExchangedTranslation {
  readonly document: { readonly type: 'statement' | 'mou'; readonly id: string };
  /** Title in the source language, for whoever opens the file. */
  readonly title: string;
  /** BCP 47 */
  readonly sourceLang: string;
  readonly targetLang: string;
  readonly legalStatus: 'authentic' | 'official' | 'courtesy';
  readonly sourceRevision: number | null;
  readonly segments: readonly ExchangedSegment[];
  /** Of the termbase, as far as it concerns these languages. */
  readonly terms: readonly Term[];
}
export interface ExchangedSegment {
  /** Of the clause; `title` is that of the document. */
  readonly id: string;
  /** PP1, OP2 … */
  readonly label: string;
  readonly source: string;
  /** SHA-256 of the canonical source, by which a change since the export shows. */
  readonly sourceDigest: string;
  readonly target: string | null;
  readonly state: 'missing' | 'draft' | 'translated' | 'reviewed' | 'attested' | 'stale';
  /** Where a draft comes from; null or absent where somebody wrote it. */
  readonly draftOf?: 'tm' | 'mt' | null;
}

/** What a tool has brought back. */
export interface ReadTranslation {
  readonly version: string;
  readonly document: { readonly type: string; readonly id: string };
  readonly sourceLang: string;
  readonly targetLang: string | null;
  readonly units: readonly ReadUnit[];
}
export interface ReadUnit {
  readonly segmentId: string;
  readonly label: string | null;
  readonly sourceDigest: string | null;
  readonly source: ReadText;
  /** Null where nothing is translated: no target, or the copy of the source that the export put there. */
  readonly target: ReadText | null;
  readonly state: string | null;
  /** Marked as revised by who translated. */
  readonly approved: boolean;
}
export interface ReadText {
  /** All characters, whatever marks stand round them. */
  readonly text: string;
  /** The same with its marks. */
  readonly content: readonly Content[];
  /** Names of marks that are not of our export: they cannot be kept in a text, and are shown. */
  readonly foreign: readonly string[];
}
