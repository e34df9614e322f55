import type { z } from 'zod';
import type { Bindingness, Change, ClauseKind, SomeTerms } from './schemas.js';
import type { TextClause } from './text.js';

export const STATES = [
  'none', 'proposed', 'negotiating', 'initialled', 'openForSignature', 'partlySigned', 'signed', 'inEffect', 'suspended', 'terminated', 'expired',
  'superseded', 'abandoned',
] as const;

export interface Clause extends TextClause {
  readonly kind: ClauseKind;
  readonly revision: number;
  /** By participant, to the revision that stands. */
  readonly agreed: Readonly<Record<string, 'agreed' | 'ad-referendum'>>;
}
export interface Bracket {
  readonly id: string;
  readonly clauseId: string;
  /** The participants that hold it. */
  readonly by: readonly string[];
  /** Absent: the whole clause. */
  readonly range: { readonly lang: string; readonly from: number; readonly to: number } | null;
}
export interface Signature {
  /** Null where a source does not say for whom or who. */
  readonly groupId: string | null;
  readonly personId: string | null;
  readonly asPrinted: string | null;
  readonly at: string;
  /** False while it is subject to confirmation. */
  readonly effective: boolean;
  /** When it took effect: when it was given, or confirmed. */
  readonly effectiveAt: string;
}
export interface Amendment {
  readonly id: string;
  readonly kind: 'amendment' | 'addendum';
  readonly by: string;
  readonly text: string;
  readonly changes: readonly Change[];
  /** By participant, the day of its consent; the proposer's from the proposal. */
  readonly consents: Readonly<Record<string, string>>;
  readonly effectiveOn: string | null;
}
export interface Applicant {
  readonly groupId: string;
  readonly requested: boolean;
  /** Participants that have consented. */
  readonly consents: readonly string[];
}
type Digests = Readonly<Record<string, string>>;

/** What decisions about a memorandum need to know of it. */
export interface Mou {
  readonly status: (typeof STATES)[number];
  /** How far the text may be known: to the participants, in the network, to anyone. */
  readonly reach: 'participants' | 'network' | 'public';
  readonly imported: boolean;
  readonly participants: readonly string[];
  readonly proposer: string | null;
  readonly bindingness: z.output<typeof Bindingness> | null;
  readonly languages: readonly string[];
  /** Empty where the text is not known. */
  readonly terms: z.output<typeof SomeTerms>;
  readonly supersedes: readonly string[];
  readonly clauses: readonly Clause[];
  readonly brackets: readonly Bracket[];
  readonly digests: Digests | null;
  readonly initials: readonly { readonly personId: string; readonly groupId: string; readonly at: string }[];
  readonly authorisations: readonly { readonly groupId: string; readonly authorisationId: string; readonly digests: Digests }[];
  readonly opened: { readonly from: string; readonly until: string | null } | null;
  readonly signatures: readonly Signature[];
  readonly witnesses: readonly { readonly personId: string | null; readonly asPrinted: string | null; readonly of: string | null }[];
  /** From the source of an import. */
  readonly signedOn: string | null;
  readonly effectOn: string | null;
  readonly expiresOn: string | null;
  /** Those not yet in effect. */
  readonly amendments: readonly Amendment[];
  readonly applicants: readonly Applicant[];
  readonly notices: readonly { readonly groupId: string; readonly effectiveOn: string }[];
  readonly suspension: { readonly by: string; readonly groupId: string | null } | null;
  /** Fingerprints of copies, activities and reviews, so that saying one twice changes nothing. */
  readonly said: readonly string[];
}

export const initial: Mou = {
  status: 'none', reach: 'participants', imported: false, participants: [], proposer: null, bindingness: null, languages: [], terms: {},
  supersedes: [], clauses: [], brackets: [], digests: null, initials: [], authorisations: [], opened: null, signatures: [], witnesses: [],
  signedOn: null, effectOn: null, expiresOn: null, amendments: [], applicants: [], notices: [], suspension: null, said: [],
};

export const clauseOf = (state: Mou, id: string): Clause | undefined => state.clauses.find((c) => c.id === id);
export const isAgreed = (state: Mou, clause: Clause): boolean => state.participants.every((g) => clause.agreed[g] === 'agreed');
export const allInitialled = (participants: readonly string[], initials: Mou['initials']): boolean =>
  participants.length > 0 && participants.every((g) => initials.some((i) => i.groupId === g));
export const unsigned = (state: Mou): string[] => state.participants.filter((g) => !state.signatures.some((s) => s.groupId === g));
export const fingerprint = (...parts: string[]): string => JSON.stringify(parts);
