import { type Actor, defineAggregate, type Role, rowsFor } from '#kernel';
import { nameOf } from '../data/chamber-profiles.js';
import * as amending from './amending.js';
import { amendmentOf } from './amendments.js';
import * as bracketing from './bracketing.js';
import * as deciding from './deciding.js';
import * as drafting from './drafting.js';
import { StatementEvents, type StatementSchemas } from './events.js';
import { EnterCorrection } from './correcting.js';
import * as embargo from './embargo.js';
import { evolve } from './evolve.js';
import * as languages from './language-versions.js';
import * as leaving from './leaving.js';
import * as motions from './motions.js';
import * as publishing from './publishing.js';
import { byMember, type StatementEvidence } from './rules.js';
import * as settling from './settling.js';
import * as signing from './signing.js';
import { signingLabel } from './signing-label.js';
import * as sources from './sources.js';
import { initialStatement, type Statement, STATES } from './state.js';
import * as versions from './versions.js';

const { command } = rowsFor<Statement, StatementSchemas, StatementEvidence | undefined>(StatementEvents);
const OPEN = ['proposed', 'drafting', 'negotiating'] as const;
const TEXT = ['drafting', 'negotiating'] as const;
/** What becomes of open amendments when the text changes under them. */
const FOLLOW = ['AmendmentRebased', 'AmendmentDisplaced', 'AmendmentJoined'] as const;
const NEGOTIATING = ['negotiating'] as const;
/** Certified words enter until signing begins; what is published takes them as a language that is added. */
const ENTERED = ['negotiating', 'frozen', 'underDecision', 'adopted'] as const;
/** Where words change by procès-verbal only. */
const BOUND = ['adopted', 'openForSignature', 'embargoed', 'published', 'closed'] as const;
/** A variant follows the model text in form only, and no digest covers it: it is set until signing begins. */
const VARIANTS = ['drafting', 'negotiating', 'frozen', 'underDecision', 'adopted'] as const;
const SIGNING = ['openForSignature', 'embargoed', 'published'] as const;

function rolesIn({ capacity, onBehalfOf, personId }: Actor, state: Statement, input: unknown): readonly Role[] {
  const { sponsors, penholders, proposer } = state;
  const roles: Role[] = [];
  // Until a penholder is appointed the one who proposed holds the pen.
  if (penholders.includes(personId) || (penholders.length === 0 && proposer === personId)) roles.push('Penholder');
  if ((capacity === 'chair' || capacity === 'officer') && sponsors.includes(onBehalfOf ?? '')) roles.push('Sponsor');
  if (capacity === 'network-chair' || (capacity === 'chair' && onBehalfOf !== undefined && onBehalfOf === sponsors[0])) roles.push('Chair');
  // Until there are source handlers of their own (awareness), the network's secretariat answers for sources.
  if (capacity === 'network-secretariat') roles.push('SourceHandler');
  // Any member group may endorse or reserve, not the sponsors alone; its chair does so for his own group only.
  if (capacity === 'chair' && onBehalfOf !== undefined) roles.push('GroupChair');
  // An amendment to an amendment is accepted by the group whose words it changes.
  const { amendmentId } = (input ?? {}) as { amendmentId?: unknown };
  const into = typeof amendmentId === 'string' ? amendmentOf(state, amendmentOf(state, amendmentId)?.to ?? '') : undefined;
  if (into !== undefined && into.by === onBehalfOf) roles.push('Proposer');
  return roles;
}

export const statement = defineAggregate<Statement, StatementSchemas, StatementEvidence | undefined>({
  name: 'Statement',
  category: 'statement',
  events: StatementEvents,
  states: STATES,
  terminal: ['retracted', 'abandoned'],
  initial: initialStatement,
  invariants: {
    'STM-1': 'Kind decides attribution: network statement, chairs’ statement, joint statement of groups, open letter of individuals, harmonised motion. Attribution text is generated from the kind and the actual signatories, never typed.',
    'STM-2': 'Clauses are preambular or operative, each with a stable id; displayed numbers (PP1, OP1) are computed from order and are not identifiers.',
    'STM-3': 'Every change to text is an attributed amendment or an editorial edit; who proposed, seconded, accepted and why stays visible to participants.',
    'STM-4': 'Freeze requires every clause agreed (or agreed ad referendum with the list of pending groups shown), no open brackets, no pending amendments.',
    'STM-5': 'Decision and signatures bind to the digest of the frozen revision in the lead language and each authentic text; any later textual change voids them and returns to negotiation.',
    'STM-6': 'Eligibility of a signatory (serving mandate, membership not suspended, chamber rule for ministers) is checked at signing, and the display data are snapshotted.',
    'STM-7': 'Publication thresholds: at least N signatories, M parliaments and, for the cross-party mark, in each claimed parliament at least one from the government side and one from the opposition side.',
    'STM-8': 'Embargo: no projection, feed, search index, socket or e-mail reveals text or signatories to anyone outside the embargo list before the instant; breach is itself an event.',
    'STM-9': 'Additions after publication until the closing date are dated and shown as later signatories. Before publication a withdrawn name disappears; after it, it is shown as withdrawn on its date.',
    'STM-10': 'Legal-characterisation guard: a clause that states as fact that genocide, crimes against humanity or war crimes occurred needs a cited determination by a competent body, or must use the risk or allegation register; an override is explicit and attributed.',
    'STM-11': 'No clause may contain information marked above TLP:CLEAR at publication; each clause keeps its source marks until cleared by the source owner.',
    'STM-12': 'Every authentic language is certified and concordant with the lead text, and the text sealed, before it is signed or published, unless the crisis rule applies: then what is there is published marked provisional and the others follow.',
    'STM-13': 'A member’s reservation is published with the text, in the same languages as the text it refers to.',
    'STM-14': 'Retraction and supersession never remove: the page stays with the notice on top.',
  },

  // The table of the catalogue, in its order; what a row does stands in the file that it names.
  // prettier-ignore
  commands: {
    ProposeStatement: command({ by: ['Member'], from: ['none'], to: 'proposed', emits: ['StatementProposed'], guards: ['STM-1'], ...byMember(drafting.ProposeStatement) }),
    SponsorStatement: command({ by: ['Member'], from: OPEN, to: 'same', emits: ['SponsorJoined'], ...byMember(drafting.SponsorStatement) }),
    LeaveSponsorship: command({ by: ['Member'], from: OPEN, to: 'same', emits: ['SponsorLeft'], ...drafting.LeaveSponsorship }),
    AppointPenholder: command({ by: ['NetSec', 'Sponsor'], from: OPEN, to: 'same', emits: ['PenholderAppointed'], ...byMember(drafting.AppointPenholder) }),
    StartDrafting: command({ by: ['Penholder'], from: ['proposed'], to: 'drafting', emits: ['DraftingStarted'], guards: ['STM-2'], ...byMember(drafting.StartDrafting) }),
    AddClause: command({ by: ['Penholder'], from: TEXT, to: 'same', emits: ['ClauseAdded'], guards: ['STM-2', 'STM-3'], ...byMember(drafting.AddClause) }),
    EditClause: command({ by: ['Penholder'], from: TEXT, to: 'same', emits: ['ClauseEdited', ...FOLLOW], guards: ['STM-3'], ...byMember(drafting.EditClause) }),
    MoveClause: command({ by: ['Penholder'], from: TEXT, to: 'same', emits: ['ClauseMoved', ...FOLLOW], guards: ['STM-2'], ...byMember(drafting.MoveClause) }),
    RemoveClause: command({ by: ['Penholder'], from: TEXT, to: 'same', emits: ['ClauseRemoved', ...FOLLOW], guards: ['STM-3'], ...byMember(drafting.RemoveClause) }),
    CirculateDraft: command({ by: ['Penholder'], from: ['drafting'], to: 'negotiating', emits: ['ClauseVersionMarked', 'DraftCirculated'], ...byMember(drafting.CirculateDraft) }),
    MarkClauseVersion: command({ by: ['Penholder', 'System'], from: TEXT, to: 'same', emits: ['ClauseVersionMarked', ...FOLLOW], guards: ['STM-3'], ...byMember(versions.MarkClauseVersion) }),
    ProposeAmendment: command({ by: ['Member'], from: NEGOTIATING, to: 'same', emits: ['AmendmentProposed'], guards: ['STM-3'], ...byMember(amending.ProposeAmendment) }),
    SecondAmendment: command({ by: ['Member'], from: NEGOTIATING, to: 'same', emits: ['AmendmentSeconded'], ...byMember(amending.SecondAmendment) }),
    AcceptAmendment: command({ by: ['Penholder', 'Chair', 'Proposer'], from: NEGOTIATING, to: 'same', emits: ['AmendmentAccepted', 'AmendmentReanchored', 'AmendmentFell', ...FOLLOW], guards: ['STM-3', 'STM-10'], ...byMember(settling.AcceptAmendment) }),
    AcceptAmendmentModified: command({ by: ['Penholder', 'Chair'], from: NEGOTIATING, to: 'same', emits: ['AmendmentAcceptedAsModified', 'AmendmentFell', ...FOLLOW], guards: ['STM-3'], ...byMember(settling.AcceptAmendmentModified) }),
    RejectAmendment: command({ by: ['Chair'], from: NEGOTIATING, to: 'same', emits: ['AmendmentRejected', 'AmendmentFell'], guards: ['STM-3'], ...byMember(settling.RejectAmendment) }),
    WithdrawAmendment: command({ by: ['Member'], from: NEGOTIATING, to: 'same', emits: ['AmendmentWithdrawn', 'AmendmentFell'], ...amending.WithdrawAmendment }),
    MarkAmendmentFallen: command({ by: ['System'], from: NEGOTIATING, to: 'same', emits: ['AmendmentFell'], ...amending.MarkAmendmentFallen }),
    JoinAmendment: command({ by: ['Member'], from: NEGOTIATING, to: 'same', emits: ['AmendmentJoined'], guards: ['STM-3'], ...byMember(amending.JoinAmendment) }),
    ReanchorAmendment: command({ by: ['Member'], from: NEGOTIATING, to: 'same', emits: ['AmendmentReanchored'], guards: ['STM-3'], ...byMember(amending.ReanchorAmendment) }),
    UndoRebase: command({ by: ['Member'], from: NEGOTIATING, to: 'same', emits: ['AmendmentRebaseUndone'], guards: ['STM-3'], ...byMember(amending.UndoRebase) }),
    AcceptInsertionOrder: command({ by: ['Member'], from: NEGOTIATING, to: 'same', emits: ['InsertionOrderAccepted'], ...byMember(amending.AcceptInsertionOrder) }),
    ProposeCompromise: command({ by: ['Member'], from: NEGOTIATING, to: 'same', emits: ['CompromiseProposed', 'CompromiseConsented'], guards: ['STM-3'], ...byMember(settling.ProposeCompromise) }),
    ConsentToCompromise: command({ by: ['Member'], from: NEGOTIATING, to: 'same', emits: ['CompromiseConsented'], guards: ['STM-3'], ...byMember(settling.ConsentToCompromise) }),
    RefuseCompromise: command({ by: ['Member'], from: NEGOTIATING, to: 'same', emits: ['CompromiseRefused'], guards: ['STM-3'], ...byMember(settling.RefuseCompromise) }),
    Bracket: command({ by: ['Member'], from: NEGOTIATING, to: 'same', emits: ['TextBracketed'], guards: ['STM-4'], ...byMember(bracketing.Bracket) }),
    ResolveBracket: command({ by: ['Chair', 'Penholder'], from: NEGOTIATING, to: 'same', emits: ['BracketResolved', ...FOLLOW], guards: ['STM-4'], ...byMember(bracketing.ResolveBracket) }),
    MarkClauseAgreed: command({ by: ['Chair'], from: ['negotiating'], to: 'same', emits: ['ClauseAgreed'], guards: ['STM-4'], ...byMember(deciding.MarkClauseAgreed) }),
    ReopenClause: command({ by: ['Chair'], from: ['negotiating'], to: 'same', emits: ['ClauseReopened'], ...byMember(deciding.ReopenClause) }),
    AttachSource: command({ by: ['Penholder', 'Analyst'], from: TEXT, to: 'same', emits: ['ClauseSourceAttached'], guards: ['STM-11'], ...byMember(sources.AttachSource) }),
    ClearSource: command({ by: ['SourceHandler'], from: [...TEXT, 'frozen'], to: 'same', emits: ['ClauseSourceCleared'], guards: ['STM-11'], ...sources.ClearSource }),
    OverrideCharacterisation: command({ by: ['Chair'], from: TEXT, to: 'same', emits: ['LegalCharacterisationOverridden'], guards: ['STM-10'], ...byMember(sources.OverrideCharacterisation) }),
    FreezeText: command({ by: ['Chair'], from: ['negotiating'], to: 'frozen', emits: ['TextFrozen'], guards: ['STM-4', 'STM-5', 'STM-10', 'STM-12'], ...byMember(deciding.FreezeText) }),
    EnterLanguageVersion: command({ by: ['System'], from: ENTERED, to: 'same', emits: ['LanguageVersionEntered', ...FOLLOW], guards: ['STM-5', 'STM-12'], ...languages.EnterLanguageVersion }),
    SealText: command({ by: ['NetSec'], from: ['frozen', 'adopted'], to: 'same', emits: ['TextSealed'], guards: ['STM-12'], ...languages.SealText }),
    ReopenText: command({ by: ['Chair'], from: ['frozen', 'underDecision'], to: 'negotiating', emits: ['TextReopened'], guards: ['STM-5'], ...byMember(deciding.ReopenText) }),
    SubmitForDecision: command({ by: ['Chair'], from: ['frozen'], to: 'underDecision', emits: ['StatementSubmittedForDecision'], guards: ['STM-5'], ...byMember(deciding.SubmitForDecision) }),
    RecordAdoption: command({ by: ['System'], from: ['underDecision'], to: 'adopted', emits: ['StatementAdopted'], guards: ['STM-5'], ...deciding.RecordAdoption }),
    RecordNonAdoption: command({ by: ['System'], from: ['underDecision'], to: 'negotiating', emits: ['StatementNotAdopted'], ...deciding.RecordNonAdoption }),
    OpenSignature: command({ by: ['NetSec'], from: ['adopted', 'frozen'], to: 'openForSignature', emits: ['StatementOpenedForSignature'], guards: ['STM-5', 'STM-7', 'STM-12'], ...signing.OpenSignature }),
    EndorseAsGroup: command({ by: ['GroupChair'], from: SIGNING, to: 'same', emits: ['GroupEndorsed'], guards: ['STM-6'], ...signing.EndorseAsGroup }),
    SignStatement: command({ by: ['Parliamentarian'], from: SIGNING, to: 'same', emits: ['StatementSigned', 'SignaturesRevealed'], guards: ['STM-5', 'STM-6', 'STM-9'], personal: 'sign', ...signing.SignStatement }),
    WithdrawSignature: command({ by: ['Parliamentarian'], from: SIGNING, to: 'same', emits: ['SignatureWithdrawn'], guards: ['STM-9'], personal: 'sign', ...leaving.WithdrawSignature }),
    DeclineToSign: command({ by: ['Parliamentarian'], from: SIGNING, to: 'same', emits: ['SignatureDeclined'], guards: ['STM-6', 'STM-9'], personal: 'sign', ...leaving.DeclineToSign }),
    RemoveSignature: command({ by: ['System'], from: SIGNING, to: 'same', emits: ['SignatureRemoved'], guards: ['STM-6'], ...leaving.RemoveSignature }),
    SetMotionVariant: command({ by: ['Penholder', 'Chair'], from: VARIANTS, to: 'same', emits: ['MotionVariantSet'], guards: ['STM-1'], ...byMember(motions.SetMotionVariant) }),
    TableMotionAmendment: command({ by: ['Parliamentarian'], from: SIGNING, to: 'same', emits: ['MotionAmendmentTabled', 'SignatureWithdrawn'], guards: ['STM-6'], personal: 'sign', ...motions.TableMotionAmendment }),
    SignMotionAmendment: command({ by: ['Parliamentarian'], from: SIGNING, to: 'same', emits: ['MotionAmendmentSigned', 'SignatureWithdrawn'], guards: ['STM-6'], personal: 'sign', ...motions.SignMotionAmendment }),
    EnterStatementReservation: command({ by: ['GroupChair'], from: ['adopted', ...SIGNING], to: 'same', emits: ['StatementReservationEntered'], guards: ['STM-13'], ...signing.EnterStatementReservation }),
    PlaceUnderEmbargo: command({ by: ['NetSec'], from: ['adopted', 'openForSignature'], to: 'embargoed', emits: ['EmbargoSet'], guards: ['STM-7', 'STM-8', 'STM-11', 'STM-12'], ...embargo.PlaceUnderEmbargo }),
    AdmitToEmbargo: command({ by: ['NetSec'], from: ['embargoed'], to: 'same', emits: ['EmbargoAccessGranted'], guards: ['STM-8'], ...embargo.AdmitToEmbargo }),
    RecordEmbargoBreach: command({ by: ['NetSec'], from: ['embargoed'], to: 'same', emits: ['EmbargoBreached'], guards: ['STM-8'], ...embargo.RecordEmbargoBreach }),
    ChangeEmbargo: command({ by: ['NetSec'], from: ['embargoed'], to: 'same', emits: ['EmbargoChanged'], guards: ['STM-8'], ...embargo.ChangeEmbargo }),
    Publish: command({ by: ['NetSec', 'System'], from: ['adopted', 'openForSignature', 'embargoed'], to: 'published', emits: ['StatementPublished'], guards: ['STM-7', 'STM-8', 'STM-11', 'STM-12'], ...publishing.Publish }),
    AddLanguageVersion: command({ by: ['NetSec'], from: ['published', 'closed'], to: 'same', emits: ['LanguageVersionPublished'], guards: ['STM-12'], ...languages.AddLanguageVersion }),
    EnterCorrection: command({ by: ['System'], from: BOUND, to: 'same', emits: ['StatementCorrected'], guards: ['STM-5'], ...EnterCorrection }),
    CloseForSignature: command({ by: ['System', 'NetSec'], from: ['published'], to: 'closed', emits: ['StatementClosedForSignature'], guards: ['STM-9'], ...publishing.CloseForSignature }),
    LinkFollowUp: command({ by: ['Member', 'NetSec'], from: ['published', 'closed'], to: 'same', emits: ['FollowUpLinked'], ...publishing.LinkFollowUp }),
    Supersede: command({ by: ['NetSec'], from: ['published', 'closed'], to: 'same', emits: ['StatementSuperseded'], guards: ['STM-14'], ...publishing.Supersede }),
    Retract: command({ by: ['Plenary', 'Steering'], from: ['published', 'closed'], to: 'retracted', emits: ['StatementRetracted'], guards: ['STM-14'], ...publishing.Retract }),
    AbandonStatement: command({ by: ['Sponsor', 'Chair'], from: [...OPEN, 'frozen', 'underDecision', 'adopted', 'openForSignature'], to: 'abandoned', emits: ['StatementAbandoned'], ...publishing.AbandonStatement }),
  },

  evolve,
  groups: (state) => state.sponsors,
  roles: rolesIn,
  // The rules of the chamber by which a signatory was judged (domain.md 8.2).
  basis: (_, { evidence }) => ({ rulesProfile: evidence?.candidate?.profile ? nameOf(evidence.candidate.profile) : null }),
  label: (state, event) => signingLabel(state.sponsors, event) ?? embargo.audienceOf(state),
});
