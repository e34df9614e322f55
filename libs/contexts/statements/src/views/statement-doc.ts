import type { Multilingual, Refusal } from '#kernel';
import { DEFAULT_THRESHOLDS } from '../data/thresholds.js';
import { type Attribution, attributionOf } from '../statement/attribution.js';
import { bearsMark, crossParty, parliamentsOf } from '../statement/cross-party.js';
import { freezeObstacles, noClauses, publishObstacles, sourceObstacles } from '../statement/obstacles.js';
import type { Agreement, CrossParty, Kind, Section, Snapshot, Thresholds } from '../statement/schemas.js';
import type { Frozen, Statement } from '../statement/state.js';
import { inOrder, labels } from '../statement/text.js';

export interface Deadline {
  instant: string;
  wallTime: string;
  timezone: string;
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
  /** By language, the version of its live text that it took last. */
  versions: Readonly<Record<string, number>>;
  /** Who answers for its saying that a crime took place (STM-10). */
  characterisationBy: string | null;
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
export interface SignatoryDoc {
  personId: string;
  groupId: string | null;
  capacity: 'individual' | 'officer';
  snapshot: Snapshot;
  languageSeen: string;
  at: string;
  method: 'account' | 'passkey' | 'source';
  /** Signed after publication. */
  later: boolean;
  withdrawn: { at: string; reason: string | null } | null;
}
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
  kind: 'start-drafting' | 'circulate' | 'freeze' | 'submit-for-decision' | 'await-decision' | 'open-signature' | 'publish' | 'close-for-signature';
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
  /** `id`: that of the procedure which decided; until then the one that was proposed for it. */
  decision: { id: string; procedure: string; outcome: 'pending' | 'adopted' | 'rejected' | 'silence-broken' } | null;
  opening: { from: string; closesAt: Deadline | null; thresholds: Thresholds; eligibility: 'network' | 'sponsor-groups' } | null;
  signatories: readonly SignatoryDoc[];
  endorsements: readonly { groupId: string; authorisationId: string | null; at: string }[];
  reservations: readonly { groupId: string; clauses: readonly { id: string; label: string }[]; text: Multilingual; at: string }[];
  progress: Progress;
  /** By parliament, and for all of them together. */
  crossParty: readonly CrossParty[];
  mark: boolean;
  published: { at: string; revision: number; languages: readonly { tag: string; status: string }[]; signatoryCount: number; parliamentCount: number } | null;
  closed: { at: string; finalCount: number } | null;
  followUps: readonly { type: string; id: string }[];
  abandoned: string | null;
  next: Next | null;
}
export type Core = Omit<StatementDoc, 'attribution' | 'progress' | 'crossParty' | 'mark' | 'next'>;

export const counted = (doc: Pick<Core, 'signatories'>) => doc.signatories.filter((s) => s.withdrawn === null);

function nextOf(doc: Core, thresholds: Thresholds): Next | null {
  const { status, kind, clauses } = doc;
  switch (status) {
    case 'proposed':
      return { kind: 'start-drafting', missing: [] };
    case 'drafting':
      return { kind: 'circulate', missing: noClauses(clauses) };
    case 'negotiating':
      return { kind: 'freeze', missing: freezeObstacles({ ...doc, crisis: doc.urgency === 'crisis', pending: doc.pendingAmendments.length }) };
    case 'frozen':
      return { kind: kind === 'network-statement' ? 'submit-for-decision' : 'open-signature', missing: [] };
    case 'underDecision':
      return { kind: 'await-decision', missing: [] };
    case 'adopted':
      return { kind: 'open-signature', missing: [] };
    case 'openForSignature':
    case 'embargoed':
      return { kind: 'publish', missing: [...publishObstacles(thresholds, { signatures: counted(doc), endorsements: doc.endorsements.map((e) => e.groupId) }), ...sourceObstacles(doc, doc.sources)] };
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
