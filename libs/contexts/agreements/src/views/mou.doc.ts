import type { Confidence, Multilingual, Source } from '#kernel';
import type { DataOf } from '../mou/events.js';
import type { Change, ClauseKind, Terms } from '../mou/schemas.js';
import type { Mou } from '../mou/state.js';
import type { DraftingWarning } from '../mou/warnings.js';

type Digests = Readonly<Record<string, string>>;
type Given<T> = { [K in keyof T]?: T[K] | undefined };

export interface BracketDoc {
  bracketId: string;
  revision: number;
  range: DataOf<'MouTextBracketed'>['range'] | null;
  by: readonly string[];
  alternatives: DataOf<'MouTextBracketed'>['alternatives'];
}
/** Who wrote what, in which revision, and who has agreed is the negotiators' own: it is gone once the text is open for signature. */
export interface ClauseDoc {
  clauseId: string;
  kind: ClauseKind;
  /** `3` or `C` by the number style; null for what carries no number (title, preamble, signatures ...). */
  number: string | null;
  text: Multilingual;
  revision: number | null;
  by: string | null;
  agreedBy: readonly { groupId: string; mode: 'agreed' | 'ad-referendum' }[];
  agreed: boolean;
  /** Languages that are behind: another one was written since. */
  stale: readonly string[];
  /** Taken out, subject to the agreement of all. */
  dropped: boolean;
  brackets: readonly BracketDoc[];
  /** By language (MOU-12). */
  warnings: Readonly<Record<string, readonly DraftingWarning[]>>;
}
export interface TextDoc {
  clauses: readonly Pick<ClauseDoc, 'clauseId' | 'kind' | 'number' | 'text'>[];
  digests: Digests;
}
export interface SignatureDoc {
  personId: string | null;
  asPrinted: string | null;
  groupId: string | null;
  capacity: string;
  at: string;
  place: string | null;
  method: DataOf<'MouSigned'>['method'];
  digests: Digests;
  evidenceRef: string | null;
  /** False while it is subject to confirmation. */
  effective: boolean;
  confirmedAt: string | null;
  /** Who gave it for the signatory, where the rules of the chamber allow a proxy. */
  proxyBy: string | null;
}
export interface AmendmentDoc {
  amendmentId: string;
  kind: 'amendment' | 'addendum';
  by: string;
  text: Multilingual;
  changes: readonly Change[];
  consents: readonly string[];
  status: 'proposed' | 'in-effect';
  effectiveOn: string | null;
  consolidatedDigest: Digests | null;
  documentRef: string | null;
}
export interface AccessionDoc {
  groupId: string;
  letterRef: string | null;
  requested: boolean;
  consents: readonly string[];
  refusals: readonly { groupId: string; reason: string }[];
  instrumentRef: string | null;
  effectiveOn: string | null;
}
/** What a procès-verbal put right in the frozen text; both readings stay. */
export interface MouCorrectionDoc {
  correctionId: string;
  clauseId: string;
  lang: string;
  wrong: string;
  right: string;
  at: string;
  /** The procès-verbal. */
  ref: string;
  before: Digests;
  digests: Digests;
}
/** The single next obstacle; `missing` are ids of participants or clauses, or `<clause>:<language>`. */
export interface NextStep {
  kind:
    | 'open-negotiation' | 'propose-clauses' | 'lift-brackets' | 'complete-languages' | 'agree-clauses' | 'initial' | 'authorise'
    | 'open-for-signature' | 'sign' | 'confirm' | 'await-date' | 'notify' | 'enter-into-effect' | 'establish-effect' | 'resume';
  missing: readonly string[];
}

/** Register and room in one. */
export interface MouDoc {
  status: Mou['status'];
  mouId: string;
  titles: Multilingual;
  purpose: Multilingual | null;
  imported: boolean;
  proposedBy: string | null;
  participants: readonly { groupId: string; since: string | null; acceded: boolean; withdrewOn: string | null }[];
  /** Null where it is not known. */
  bindingness: 'political' | 'binding' | null;
  authenticLanguages: readonly string[];
  /** Empty where the text is not known. */
  terms: Given<Terms>;
  supersedes: readonly string[];
  supersededBy: string | null;
  negotiation: { leads: Readonly<Record<string, string>>; timetable: DataOf<'MouNegotiationOpened'>['timetable'] } | null;
  clauses: readonly ClauseDoc[];
  digests: Digests | null;
  initials: DataOf<'MouTextInitialled'>['initials'];
  reopenings: readonly { reason: string; by: string }[];
  authorisations: readonly DataOf<'MouPartyAuthorised'>[];
  signing: {
    from: string; until: string | null; mode: string; place: string | null; alternat: boolean;
    /** Who signs after whom, and whose turn it is; empty and null where it does not matter. */
    order: readonly string[];
    turn: string | null;
    /** Its time ran out at this instant. */
    closedAt: string | null;
  } | null;
  declined: readonly { groupId: string; personId: string | null; reason: string; at: string }[];
  /** The copies that participants signed apart, once they are exchanged. */
  counterparts: { on: string; copies: DataOf<'MouCounterpartsExchanged'>['counterparts'] } | null;
  signatures: readonly SignatureDoc[];
  witnesses: readonly { personId: string | null; asPrinted: string | null; of: string | null }[];
  /** The last signature; partial or unknown in an import. */
  signedOn: string | null;
  source: { sources: readonly Source[]; confidence: Confidence; textAvailable: boolean; present: DataOf<'MouRecordedFromSource'>['present'] } | null;
  effect: { on: string; byRule: string; notifications: DataOf<'MouEnteredIntoEffect'>['notifications'] | null } | null;
  expiresOn: string | null;
  /** As signed, once an amendment has made another text of it (MOU-7). */
  original: TextDoc | null;
  /** As it reads since its last amendment; null where there was none. */
  consolidated: TextDoc | null;
  corrections: readonly MouCorrectionDoc[];
  amendments: readonly AmendmentDoc[];
  accessions: readonly AccessionDoc[];
  /** `effectiveAt` is the instant at which the notice has run: the day begins in UTC. */
  withdrawals: readonly { groupId: string; notifiedAt: string; effectiveOn: string; effectiveAt: string; withdrewOn: string | null }[];
  renewals: readonly DataOf<'MouRenewed'>[];
  activities: readonly DataOf<'MouActivityRecorded'>[];
  reviews: readonly DataOf<'MouReviewHeld'>[];
  certifiedCopies: readonly DataOf<'MouCertifiedCopyIssued'>[];
  suspension: DataOf<'MouSuspended'> | null;
  ended: { on: string | null; reason: string | null; decisionRef: string | null } | null;
  /** What the source of an import does not tell: `text`, `signed-on`, `authorisations` ... */
  unknowns: readonly string[];
  next: NextStep | null;
}

export const present = (doc: MouDoc): string[] => doc.participants.filter((p) => p.withdrewOn === null).map((p) => p.groupId);

const NUMBERLESS = new Set<ClauseKind>(['title', 'parties', 'preamble', 'done-at', 'signatures']);
const letter = (n: number): string => (n <= 26 ? String.fromCharCode(64 + n) : letter(Math.floor((n - 1) / 26)) + letter(((n - 1) % 26) + 1));

/** Numbers are computed and follow the order; ids stay (rule G11). */
export function numbered(clauses: readonly ClauseDoc[], style: Terms['numberStyle'] | undefined): ClauseDoc[] {
  let n = 0;
  return clauses.map((c) => {
    const counts = !c.dropped && !NUMBERLESS.has(c.kind);
    if (counts) n += 1;
    return { ...c, number: counts ? (style === 'letters' ? letter(n) : String(n)) : null };
  });
}
