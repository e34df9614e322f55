import type { Multilingual } from '#kernel';
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
  /** Languages that are behind: another one was written since. */
  readonly stale: readonly string[];
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
  /** Who gave it in that person’s place. */
  readonly proxyBy: string | null;
  readonly at: string;
  /** False while it is subject to confirmation. */
  readonly effective: boolean;
  /** The text that it covers. */
  readonly digests: Digests;
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
  /** Participants that have consented, and those that have refused and not thought better of it. */
  readonly consents: readonly string[];
  readonly refusals: readonly string[];
}
export type Digests = Readonly<Record<string, string>>;
export interface Opened {
  readonly from: string;
  readonly until: string | null;
  readonly mode: 'ceremony' | 'counterparts' | 'sequential';
  readonly place: string | null;
  /** Who signs after whom; empty where it does not matter. */
  readonly order: readonly string[];
  /** Its time has run out. */
  readonly closed: boolean;
}

/** What decisions about a memorandum need to know of it. */
export interface Mou {
  readonly status: (typeof STATES)[number];
  /** How far the text may be known: to the participants, in the network, to anyone. */
  readonly reach: 'participants' | 'network' | 'public';
  readonly imported: boolean;
  readonly titles: Multilingual;
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
  /** What the frozen text was before it was corrected by procès-verbal, which stands from the beginning: what covers those covers it. */
  readonly formerDigests: readonly Digests[];
  readonly initials: readonly { readonly personId: string; readonly groupId: string; readonly at: string }[];
  readonly authorisations: readonly { readonly groupId: string; readonly authorisationId: string; readonly digests: Digests }[];
  readonly opened: Opened | null;
  /** Participants that have refused to sign. */
  readonly declined: readonly string[];
  /** The counterparts have been exchanged. */
  readonly exchanged: boolean;
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
  status: 'none', reach: 'participants', imported: false, titles: {}, participants: [], proposer: null, bindingness: null, languages: [], terms: {},
  supersedes: [], clauses: [], brackets: [], digests: null, formerDigests: [], initials: [], authorisations: [], opened: null,
  declined: [], exchanged: false, signatures: [], witnesses: [],
  signedOn: null, effectOn: null, expiresOn: null, amendments: [], applicants: [], notices: [], suspension: null, said: [],
};

export const clauseOf = (state: Mou, id: string): Clause | undefined => state.clauses.find((c) => c.id === id);
export const isAgreed = (state: Mou, clause: Clause): boolean => state.participants.every((g) => clause.agreed[g] === 'agreed');
export const allInitialled = (participants: readonly string[], initials: Mou['initials']): boolean =>
  participants.length > 0 && participants.every((g) => initials.some((i) => i.groupId === g));
export const unsigned = (state: Mou): string[] => state.participants.filter((g) => !state.signatures.some((s) => s.groupId === g));
/** Whose turn it is to sign; null where any may. */
export const turnOf = (state: Mou): string | null => state.opened?.order.find((g) => unsigned(state).includes(g)) ?? null;
/** The digests by which the frozen text may be named: its own, and those of its text before a procès-verbal. */
export const namesOf = ({ digests, formerDigests }: Mou): readonly Digests[] => (digests === null ? [] : [digests, ...formerDigests]);
/** Everyone who has signed is told, but for who does it. */
export function tellOthers({ signatures, titles }: Mou, by: string): { told?: string[]; title?: Multilingual } {
  const others = [...new Set(signatures.flatMap(({ personId }) => (personId === null || personId === by ? [] : [personId])))];
  return others.length === 0 ? {} : { told: others, ...(Object.keys(titles).length === 0 ? {} : { title: titles }) };
}
export const fingerprint = (...parts: string[]): string => JSON.stringify(parts);
