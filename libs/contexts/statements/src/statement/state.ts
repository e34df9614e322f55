import type { Multilingual, Tlp } from '#kernel';
import type { Operation, Relation } from '#text';
import type { Agreement, Kind, LegalStatus, Snapshot, Thresholds } from './schemas.js';
import type { Signature as Shown, SigningPolicy } from './signing-schemas.js';
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
  /** By language, the version of its live text that it took last. */
  readonly versions: Readonly<Record<string, number>>;
  /** Who answers for its saying that a crime took place (STM-10). */
  readonly characterisationBy: string | null;
}
/** An amendment as it stands: its operations are on the text of now, or on its parent's. */
export interface Amendment {
  readonly id: string;
  readonly number: number;
  readonly by: string;
  readonly personId: string | null;
  readonly lang: string;
  readonly to: string | null;
  readonly operations: readonly Operation[];
  readonly status: 'open' | 'displaced' | 'accepted' | 'rejected' | 'withdrawn' | 'fallen' | 'joined';
  /** `<groupId> <personId>` */
  readonly supporters: readonly string[];
  readonly joinedInto: string | null;
  readonly rebased: { readonly before: readonly Operation[]; readonly undoUntil: string } | null;
  readonly displaced: { readonly relation: Relation; readonly by: string | null } | null;
}
export interface Compromise {
  readonly id: string;
  readonly amendments: readonly string[];
  readonly operations: readonly Operation[];
  readonly consents: readonly string[];
  readonly status: 'open' | 'refused' | 'accepted';
}
export interface Bracket {
  readonly id: string;
  readonly clauseId: string;
  readonly lang: string;
  readonly from: number;
  readonly to: number;
  readonly by: readonly string[];
  readonly alternatives: readonly { readonly by: string; readonly text: string }[];
}
export interface Signature {
  readonly personId: string;
  readonly groupId: string | null;
  readonly snapshot: Snapshot;
  readonly capacity: Shown['capacity'];
  readonly languageSeen: string;
  readonly at: string;
  readonly method: Shown['method'];
  /** Withdrawn after publication: still shown, no longer counted (STM-9). */
  readonly withdrawn: boolean;
}
/** The text in the form of one chamber. */
export interface MotionVariant {
  readonly chamber: string;
  readonly lang: string;
  readonly title: string;
  readonly text: string;
}
export interface MotionAmendment {
  readonly id: string;
  readonly chamber: string;
  readonly words: number;
  readonly signatories: readonly string[];
}
export interface Frozen {
  readonly revision: number;
  readonly digests: Readonly<Record<string, string>>;
  /** Over all languages. */
  readonly digest: string;
}

/** A language version that was certified; of the authentic ones the digest stands in what is frozen too. */
export interface Version {
  readonly lang: string;
  readonly status: LegalStatus;
  readonly digest: string;
}
export interface Embargo {
  readonly until: string;
  readonly groups: readonly string[];
  readonly persons: readonly string[];
  readonly breached: boolean;
  /** Of the text that it holds back. */
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
  /** In the order in which they were tabled. */
  readonly amendments: readonly Amendment[];
  /** Pairs of insertions at one place: `by` holds those of the two whose authors accept the order. */
  readonly orders: readonly { readonly first: string; readonly second: string; readonly by: readonly string[] }[];
  readonly compromises: readonly Compromise[];
  readonly brackets: readonly Bracket[];
  /** What changed the text since it was circulated, so that what was written on an earlier revision can be brought over it. */
  readonly changes: readonly { readonly revision: number; readonly operations: readonly Operation[] }[];
  readonly sources: readonly { readonly clauseId: string; readonly key: string; readonly tlp: Tlp; readonly cleared: boolean; readonly determinationBy: string | null }[];
  readonly frozen: Frozen | null;
  /** Digests over all languages that bound the same lead text before further languages joined it (STM-5). */
  readonly earlier: readonly string[];
  readonly versions: readonly Version[];
  /** The digest over all languages that was sealed; it counts while it is the frozen one. */
  readonly sealed: string | null;
  readonly embargo: Embargo | null;
  /** Languages that the public reads, with their status; null before publication. */
  readonly published: readonly { readonly tag: string; readonly status: LegalStatus | 'provisional' }[] | null;
  /** Ids of the corrections by procès-verbal that entered the text. */
  readonly corrections: readonly string[];
  readonly decisionId: string | null;
  readonly opening: {
    readonly closesAt: string | null;
    readonly thresholds: Thresholds;
    readonly eligibility: 'network' | 'sponsor-groups';
    readonly policy: SigningPolicy | null;
    /** Has the threshold been reached until which the names are private? */
    readonly revealed: boolean;
  } | null;
  readonly signatures: readonly Signature[];
  /** Persons who were asked and said no, and have not signed since. */
  readonly declined: readonly string[];
  readonly variants: readonly MotionVariant[];
  readonly motionAmendments: readonly MotionAmendment[];
  readonly endorsements: readonly string[];
  readonly reservations: readonly { readonly groupId: string; readonly clauses: readonly string[]; readonly text: Multilingual }[];
  /** `<type>:<id>` */
  readonly followUps: readonly string[];
  readonly supersededBy: string | null;
}

export const initialStatement: Statement = {
  status: 'none', id: '', kind: 'network-statement', subject: {}, leadLanguage: '', languages: [], crisis: false, sponsors: [], proposer: null,
  penholders: [], reach: 'sponsors', revision: 0, clauses: [], amendments: [], orders: [], compromises: [], brackets: [], changes: [], sources: [],
  frozen: null, earlier: [], versions: [], sealed: null, embargo: null, published: null, corrections: [], decisionId: null, opening: null, signatures: [], declined: [], endorsements: [],
  variants: [], motionAmendments: [], reservations: [], followUps: [], supersededBy: null,
};

export const clauseOf = (state: Statement, id: string): Clause | undefined => state.clauses.find((c) => c.id === id);
/** The signatures that count. */
export const standing = <S extends { readonly withdrawn: boolean }>(signatures: readonly S[]): S[] => signatures.filter((s) => !s.withdrawn);
/** Are the names of those who sign kept from everybody but the signatory and the secretariat? */
export const isSecret = ({ opening }: Pick<Statement, 'opening'>): boolean => opening?.policy?.privateUntil !== undefined && !opening.revealed;
