import type { Multilingual, Refusal } from '#kernel';
import { DEFAULT_THRESHOLDS } from '../data/thresholds.js';
import { type Attribution, attributionOf } from '../statement/attribution.js';
import { bearsMark, crossParty, parliamentsOf } from '../statement/cross-party.js';
import { freezeObstacles, noClauses, publishObstacles, sourceObstacles } from '../statement/obstacles.js';
import { isSealed, uncertified } from '../statement/sealing.js';
import type { Agreement, CrossParty, Kind, LegalStatus, Section, Thresholds } from '../statement/schemas.js';
import { orderObstacles } from '../statement/signing-policy.js';
import type { SigningPolicy } from '../statement/signing-schemas.js';
import type { Frozen, Statement } from '../statement/state.js';
import { inOrder, labels } from '../statement/text.js';
import { type MotionAmendmentDoc, type SignatoryDoc, type SigningDoc, signingOf, type VariantDoc } from './signing-doc.js';

export interface Deadline {
  instant: string;
  wallTime: string;
  timezone: string;
}
/** A field of an event of the statement's own stream, by the event's revision there. */
export interface Stand {
  revision: number;
  field: string;
}
export interface ClauseDoc {
  id: string;
  /** PP1, OP1, AN1: computed. */
  label: string;
  section: Section;
  verb: string | null;
  text: Multilingual;
  revision: number;
  stale: readonly string[];
  agreement: 'open' | Agreement;
  /** Groups whose capital or members have still to confirm. */
  pendingGroups: readonly string[];
  /** Who changed it last, when and why: for those who draft; gone once it is published. */
  edited: { by: string; at: string; note: string | null } | null;
  /** By language, where its words stand in the record: what a correction by procès-verbal points to. */
  stands: Readonly<Record<string, Stand>>;
  /** By language, the version of its live text that it took last. */
  versions: Readonly<Record<string, number>>;
  /** Who answers for its saying that a crime took place (STM-10). */
  characterisationBy: string | null;
}
/** A language version that was certified, whole. */
export interface VersionDoc {
  lang: string;
  status: LegalStatus;
  digest: string;
  at: string;
}
/** What a procès-verbal put right; both readings stay readable (COR-2). `clauseId` null: in the title. `before`, `after`: digests of that language. */
export interface CorrectedDoc {
  clauseId: string | null;
  lang: string;
  wrong: string;
  right: string;
  at: string;
  ref: string;
  correctionId: string;
  before: string | null;
  after: string | null;
}
export interface PublishedDoc {
  at: string;
  revision: number;
  /** How many corrections by procès-verbal are in the words: `r<revision>-c<corrections>` is their address. */
  corrections: number;
  digests: Readonly<Record<string, string>>;
  /** Over all authentic languages. */
  digest: string;
  languages: readonly { tag: string; status: LegalStatus | 'provisional' }[];
  signatoryCount: number;
  parliamentCount: number;
  /** An authentic language has still to follow (STM-12). */
  provisional: boolean;
}
/** Words that are not agreed, where they stand now. */
export interface BracketDoc {
  id: string;
  clauseId: string;
  lang: string;
  from: number;
  to: number;
  by: readonly string[];
  alternatives: readonly { by: string; text: string }[];
}
export interface SourceDoc {
  clauseId: string;
  key: string;
  title: string | null;
  tlp: string;
  cleared: boolean;
  determinationBy: string | null;
}
export type { SignatoryDoc } from './signing-doc.js';
/** What stands above the text and stays there (STM-14). */
export type Notice =
  | { kind: 'superseded'; at: string; byStatementId: string }
  | { kind: 'retracted'; at: string; decisionRef: string; reason: Multilingual };

export interface Progress {
  signatories: { have: number; need: number };
  parliaments: { have: number; need: number };
  endorsements: { have: number; need: number };
  crossParty: { asked: boolean; have: boolean };
  signatoriesPerGroup: number;
}
/** The next step and what is still missing for it; each line is a refusal whose sentence is `refusal.<code>`. */
export interface Next {
  kind: 'start-drafting' | 'circulate' | 'freeze' | 'seal' | 'submit-for-decision' | 'await-decision' | 'open-signature' | 'publish' | 'close-for-signature';
  missing: readonly Refusal[];
}

export interface StatementDoc {
  notices: readonly Notice[];
  status: Statement['status'];
  kind: Kind;
  subject: Multilingual;
  attribution: Attribution;
  situation: string | null;
  leadLanguage: string;
  languages: readonly string[];
  urgency: 'ordinary' | 'crisis';
  /** The proposing group first. */
  sponsors: readonly string[];
  proposer: string | null;
  penholders: readonly string[];
  revision: number;
  clauses: readonly ClauseDoc[];
  brackets: readonly BracketDoc[];
  /** Amendments that wait for a decision; the view `amendments` has them. */
  pendingAmendments: readonly string[];
  sources: readonly SourceDoc[];
  commentsDue: Deadline | null;
  frozen: (Frozen & { at: string }) | null;
  /** The seal on the frozen text of now: all authentic languages say the same. */
  sealed: { at: string; digest: string; digests: Readonly<Record<string, string>> } | null;
  versions: readonly VersionDoc[];
  /** Gone with the publication. */
  embargo: { until: Deadline; groups: readonly string[]; persons: readonly string[]; breach: { how: string; at: string } | null } | null;
  /** `id`: that of the procedure which decided; until then the one that was proposed for it. */
  decision: { id: string; procedure: string; outcome: 'pending' | 'adopted' | 'rejected' | 'silence-broken' } | null;
  opening: { from: string; closesAt: Deadline | null; thresholds: Thresholds; eligibility: 'network' | 'sponsor-groups'; policy: SigningPolicy | null; revealed: boolean } | null;
  signing: SigningDoc | null;
  /** Of a harmonised motion: the text in the form of each chamber. */
  variants: readonly VariantDoc[];
  motionAmendments: readonly MotionAmendmentDoc[];
  signatories: readonly SignatoryDoc[];
  endorsements: readonly { groupId: string; authorisationId: string | null; at: string }[];
  reservations: readonly { groupId: string; clauses: readonly { id: string; label: string }[]; text: Multilingual; at: string }[];
  progress: Progress;
  /** By parliament, and for all of them together. */
  crossParty: readonly CrossParty[];
  mark: boolean;
  published: PublishedDoc | null;
  corrections: readonly CorrectedDoc[];
  closed: { at: string; finalCount: number } | null;
  followUps: readonly { type: string; id: string }[];
  abandoned: string | null;
  next: Next | null;
}
export type Core = Omit<StatementDoc, 'attribution' | 'progress' | 'crossParty' | 'mark' | 'next' | 'signing'>;

export const counted = (doc: Pick<Core, 'signatories'>) => doc.signatories.filter((s) => s.withdrawn === null);

/** First the seal, with the languages that are not certified for exactly the frozen text; under crisis urgency the lead text goes ahead (STM-12). */
function beforeSigning(doc: Core): Next {
  const { languages, leadLanguage, frozen, versions, clauses, urgency } = doc;
  if (urgency === 'crisis' || isSealed({ languages, frozen, sealed: doc.sealed?.digest ?? null })) return { kind: 'open-signature', missing: [] };
  const certified = (lang: string) => frozen?.digests[lang] !== undefined && versions.some((v) => v.lang === lang && v.digest === frozen.digests[lang]);
  return { kind: 'seal', missing: languages.filter((lang) => lang !== leadLanguage && !certified(lang)).map((lang) => uncertified(clauses, lang)) };
}

function nextOf(doc: Core, thresholds: Thresholds): Next | null {
  const { status, kind, clauses } = doc;
  switch (status) {
    case 'proposed':
      return { kind: 'start-drafting', missing: [] };
    case 'drafting':
      return { kind: 'circulate', missing: noClauses(clauses) };
    case 'negotiating':
      return { kind: 'freeze', missing: freezeObstacles({ ...doc, pending: doc.pendingAmendments.length }) };
    case 'frozen':
      return kind === 'network-statement' ? { kind: 'submit-for-decision', missing: [] } : beforeSigning(doc);
    case 'underDecision':
      return { kind: 'await-decision', missing: [] };
    case 'adopted':
      return beforeSigning(doc);
    case 'openForSignature':
    case 'embargoed':
      return { kind: 'publish', missing: [...publishObstacles(thresholds, { signatures: counted(doc), endorsements: doc.endorsements.map((e) => e.groupId) }), ...sourceObstacles(doc, doc.sources), ...orderObstacles(doc.opening?.policy ?? null, doc.opening?.revealed ?? false, { signatures: counted(doc), endorsements: doc.endorsements.map((e) => e.groupId) })] };
    case 'published':
      return { kind: 'close-for-signature', missing: [] };
    case 'none':
    case 'closed':
    case 'retracted':
    case 'abandoned':
      return null;
  }
}

/** All that is computed and never stored in an event: labels, attribution, figures, mark, the next step (STM-1, STM-2, STM-7). */
export function computed(core: Core): StatementDoc {
  const label = labels(core.clauses);
  const clauses = inOrder(core.clauses).map((c) => ({ ...c, label: label[c.id] ?? '' }));
  const snapshots = counted(core).map((s) => s.snapshot);
  const parties = crossParty(snapshots);
  const asked = core.opening?.thresholds ?? DEFAULT_THRESHOLDS[core.kind];
  const endorsing = core.endorsements.map((e) => e.groupId);
  const reservations = core.reservations.map((r) => ({ ...r, clauses: r.clauses.map((c) => ({ id: c.id, label: label[c.id] ?? c.label })) }));
  return {
    ...core,
    clauses,
    reservations,
    signing: signingOf(core, { signatures: counted(core), endorsements: endorsing }),
    attribution: attributionOf(core.kind, snapshots, endorsing),
    crossParty: parties,
    mark: bearsMark(parties),
    progress: {
      signatories: { have: snapshots.length, need: asked.signatories },
      parliaments: { have: parliamentsOf(snapshots).length, need: asked.parliaments },
      endorsements: { have: endorsing.length, need: asked.endorsements },
      crossParty: { asked: asked.crossParty, have: bearsMark(parties) },
      signatoriesPerGroup: asked.signatoriesPerGroup,
    },
    next: nextOf({ ...core, clauses }, asked),
  };
}
