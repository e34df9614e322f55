import type { Multilingual } from '#kernel';

/** What is exchanged with the world: a statement or a memorandum as its reader may see it, free of how it is stored. */
export interface ExchangedDocument {
  readonly type: 'statement' | 'mou';
  readonly id: string;
  /** Of a statement: `network-statement`, `chairs-statement`, `joint-statement`, `open-letter`, `harmonised-motion`. */
  readonly kind: string | null;
  readonly status: string;
  readonly title: Multilingual;
  /** The lead language first. */
  readonly languages: readonly ExchangedLanguage[];
  readonly clauses: readonly ExchangedClause[];
  /** Who is said to speak, as a sentence for each language: computed, never typed (STM-1). */
  readonly attribution: Multilingual;
  /** Revision of the text, and how many procès-verbaux have rectified it since. */
  readonly revision: number;
  readonly corrections: number;
  /** SHA-256 over the digests of all authentic languages. */
  readonly digest: string | null;
  readonly signatories: readonly ExchangedSignatory[];
  readonly groups: readonly { readonly id: string; readonly name: Multilingual; readonly parliament: string | null; readonly endorsedAt: string | null }[];
  readonly reservations: readonly { readonly groupId: string; readonly clauses: readonly string[]; readonly text: Multilingual }[];
  /** Acts in their order: proposed, adopted, signed, published, corrected … `at`: EDTF or instant. */
  readonly history: readonly { readonly act: string; readonly at: string; readonly by: string | null; readonly outcome: string | null }[];
  /** What stands above the text and stays there: superseded, retracted, provisional, rectified. */
  readonly notices: readonly { readonly kind: string; readonly at: string; readonly text: Multilingual }[];
  /** Of a text still negotiated: open amendments, with their operations on the lead language. */
  readonly amendments: readonly ExchangedAmendment[];
  /** Words that are not agreed, where they stand (UTF-16 offsets in the clause's text of that language). */
  readonly brackets?: readonly { readonly clauseId: string; readonly lang: string; readonly from: number; readonly to: number }[];
  /** Instant of publication, ISO 8601 UTC; null while it is not public. */
  readonly publishedAt: string | null;
  /** Public address of this revision without the language part, absolute; null where it has none. */
  readonly address: string | null;
  readonly exercise: boolean;
}
export interface ExchangedLanguage {
  /** BCP 47 */
  readonly tag: string;
  readonly status: 'authentic' | 'official' | 'courtesy' | 'provisional';
  readonly digest: string | null;
}
export interface ExchangedClause {
  readonly id: string;
  /** PP1, OP2, AN1, or the article's number: computed. */
  readonly label: string;
  readonly section: 'preambular' | 'operative' | 'annex' | 'article';
  /** The opening verb, where it is marked. */
  readonly verb: string | null;
  readonly text: Multilingual;
  /** Of a memorandum, what the clause is for: `title`, `parties`, `preamble`, `purpose`, `done-at` … A clause without a label carries no number. */
  readonly kind?: string;
}
export interface ExchangedSignatory {
  readonly personId: string;
  readonly name: string;
  readonly title: string | null;
  readonly party: string | null;
  readonly side: string;
  readonly chamber: string;
  readonly parliament: string;
  readonly parliamentName: Multilingual;
  readonly groupId: string | null;
  readonly capacity: string;
  readonly at: string;
  readonly later: boolean;
  readonly withdrawnAt: string | null;
}
export interface ExchangedAmendment {
  readonly id: string;
  readonly number: number;
  /** Name of the group that tabled it. */
  readonly by: Multilingual;
  readonly author: string | null;
  readonly at: string;
  readonly lang: string;
  readonly operations: readonly import('#text').Operation[];
  readonly rationale: Multilingual;
}
