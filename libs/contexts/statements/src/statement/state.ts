import type { Multilingual } from '#kernel';
import type { Agreement, Kind, Snapshot, Thresholds } from './schemas.js';
import type { TextClause } from './text.js';

export const STATES = [
  'none', 'proposed', 'drafting', 'negotiating', 'frozen', 'underDecision', 'adopted', 'openForSignature', 'embargoed', 'published', 'closed',
  'retracted', 'abandoned',
] as const;

export interface Clause extends TextClause {
  /** The revision of the whole text at which this clause last changed. */
  readonly revision: number;
  readonly agreement: 'open' | Agreement;
  readonly verb: string | null;
}
export interface Signature {
  readonly personId: string;
  readonly groupId: string | null;
  readonly snapshot: Snapshot;
  /** Withdrawn after publication: still shown, no longer counted (STM-9). */
  readonly withdrawn: boolean;
}
export interface Frozen {
  readonly revision: number;
  readonly digests: Readonly<Record<string, string>>;
  /** Over all languages. */
  readonly digest: string;
}

/** What decisions about a statement need to know of it. */
export interface Statement {
  readonly status: (typeof STATES)[number];
  readonly id: string;
  readonly kind: Kind;
  readonly subject: Multilingual;
  readonly leadLanguage: string;
  /** The authentic languages, the lead first. */
  readonly languages: readonly string[];
  readonly crisis: boolean;
  /** The proposing group first. */
  readonly sponsors: readonly string[];
  readonly proposer: string | null;
  readonly penholders: readonly string[];
  /** How far it may be known: to its sponsors, in the network, to anyone. */
  readonly reach: 'sponsors' | 'network' | 'public';
  /** Of the text: raised by every change of it. */
  readonly revision: number;
  readonly clauses: readonly Clause[];
  readonly frozen: Frozen | null;
  readonly decisionId: string | null;
  readonly opening: { readonly closesAt: string | null; readonly thresholds: Thresholds; readonly eligibility: 'network' | 'sponsor-groups' } | null;
  readonly signatures: readonly Signature[];
  readonly endorsements: readonly string[];
  readonly reservations: readonly { readonly groupId: string; readonly clauses: readonly string[]; readonly text: Multilingual }[];
  /** `<type>:<id>` */
  readonly followUps: readonly string[];
  readonly supersededBy: string | null;
}

export const initialStatement: Statement = {
  status: 'none', id: '', kind: 'network-statement', subject: {}, leadLanguage: '', languages: [], crisis: false, sponsors: [], proposer: null,
  penholders: [], reach: 'sponsors', revision: 0, clauses: [], frozen: null, decisionId: null, opening: null, signatures: [], endorsements: [],
  reservations: [], followUps: [], supersededBy: null,
};

export const clauseOf = (state: Statement, id: string): Clause | undefined => state.clauses.find((c) => c.id === id);
/** The signatures that count. */
export const standing = <S extends { readonly withdrawn: boolean }>(signatures: readonly S[]): S[] => signatures.filter((s) => !s.withdrawn);
