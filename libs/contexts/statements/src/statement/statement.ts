import { type Actor, amber, CLEAR, defineAggregate, GREEN, type Role, rowsFor } from '#kernel';
import * as deciding from './deciding.js';
import * as drafting from './drafting.js';
import { StatementEvents, type StatementSchemas } from './events.js';
import { evolve } from './evolve.js';
import * as publishing from './publishing.js';
import { byMember, type StatementEvidence } from './rules.js';
import * as signing from './signing.js';
import { initialStatement, type Statement, STATES } from './state.js';

const { command } = rowsFor<Statement, StatementSchemas, StatementEvidence | undefined>(StatementEvents);
const OPEN = ['proposed', 'drafting', 'negotiating'] as const;
const TEXT = ['drafting', 'negotiating'] as const;
const SIGNING = ['openForSignature', 'embargoed', 'published'] as const;

function rolesIn({ capacity, onBehalfOf, personId }: Actor, { sponsors, penholders, proposer }: Statement): readonly Role[] {
  const roles: Role[] = [];
  // Until a penholder is appointed the one who proposed holds the pen.
  if (penholders.includes(personId) || (penholders.length === 0 && proposer === personId)) roles.push('Penholder');
  if ((capacity === 'chair' || capacity === 'officer') && sponsors.includes(onBehalfOf ?? '')) roles.push('Sponsor');
  if (capacity === 'network-chair' || (capacity === 'chair' && onBehalfOf !== undefined && onBehalfOf === sponsors[0])) roles.push('Chair');
  // Any member group may endorse or reserve, not the sponsors alone; its chair does so for his own group only.
  if (capacity === 'chair' && onBehalfOf !== undefined) roles.push('GroupChair');
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
    'STM-3': 'Every change to text is an attributed amendment or an editorial edit; who proposed, accepted and why stays visible to participants.',
    'STM-4': 'Freeze requires every clause agreed (or agreed ad referendum with the list of pending groups shown), no open brackets, no pending amendments.',
    'STM-5': 'Decision and signatures bind to the digest of the frozen revision in the lead language and each authentic text; any later textual change voids them and returns to negotiation.',
    'STM-6': 'Eligibility of a signatory (serving mandate, membership not suspended, chamber rule for ministers) is checked at signing, and the display data are snapshotted.',
    'STM-7': 'Publication thresholds: at least N signatories, M parliaments and, for the cross-party mark, in each claimed parliament at least one from the government side and one from the opposition side.',
    'STM-9': 'Additions after publication until the closing date are dated and shown as later signatories. Before publication a withdrawn name disappears; after it, it is shown as withdrawn on its date.',
    'STM-12': 'Every authentic language stands complete beside the lead text before publication, unless the crisis rule applies: then what is there is published marked provisional and the others follow.',
    'STM-13': 'A member’s reservation is published with the text, in the same languages as the text it refers to.',
    'STM-14': 'Retraction and supersession never remove: the page stays with the notice on top.',
  },

  // The table of the catalogue, in its order; what a row does stands in the file that it names. What is left out: `not-yet.ts`.
  // prettier-ignore
  commands: {
    ProposeStatement: command({ by: ['Member'], from: ['none'], to: 'proposed', emits: ['StatementProposed'], guards: ['STM-1'], ...byMember(drafting.ProposeStatement) }),
    SponsorStatement: command({ by: ['Member'], from: OPEN, to: 'same', emits: ['SponsorJoined'], ...byMember(drafting.SponsorStatement) }),
    LeaveSponsorship: command({ by: ['Member'], from: OPEN, to: 'same', emits: ['SponsorLeft'], ...drafting.LeaveSponsorship }),
    AppointPenholder: command({ by: ['NetSec', 'Sponsor'], from: OPEN, to: 'same', emits: ['PenholderAppointed'], ...byMember(drafting.AppointPenholder) }),
    StartDrafting: command({ by: ['Penholder'], from: ['proposed'], to: 'drafting', emits: ['DraftingStarted'], guards: ['STM-2'], ...byMember(drafting.StartDrafting) }),
    AddClause: command({ by: ['Penholder'], from: TEXT, to: 'same', emits: ['ClauseAdded'], guards: ['STM-2', 'STM-3'], ...byMember(drafting.AddClause) }),
    EditClause: command({ by: ['Penholder'], from: ['drafting'], to: 'same', emits: ['ClauseEdited'], guards: ['STM-3'], ...byMember(drafting.EditClause) }),
    MoveClause: command({ by: ['Penholder'], from: TEXT, to: 'same', emits: ['ClauseMoved'], guards: ['STM-2'], ...byMember(drafting.MoveClause) }),
    RemoveClause: command({ by: ['Penholder'], from: TEXT, to: 'same', emits: ['ClauseRemoved'], guards: ['STM-3'], ...byMember(drafting.RemoveClause) }),
    CirculateDraft: command({ by: ['Penholder'], from: ['drafting'], to: 'negotiating', emits: ['DraftCirculated'], ...byMember(drafting.CirculateDraft) }),
    MarkClauseAgreed: command({ by: ['Chair'], from: ['negotiating'], to: 'same', emits: ['ClauseAgreed'], guards: ['STM-4'], ...byMember(deciding.MarkClauseAgreed) }),
    ReopenClause: command({ by: ['Chair'], from: ['negotiating'], to: 'same', emits: ['ClauseReopened'], ...byMember(deciding.ReopenClause) }),
    FreezeText: command({ by: ['Chair'], from: ['negotiating'], to: 'frozen', emits: ['TextFrozen'], guards: ['STM-4', 'STM-5', 'STM-12'], ...byMember(deciding.FreezeText) }),
    ReopenText: command({ by: ['Chair'], from: ['frozen', 'underDecision'], to: 'negotiating', emits: ['TextReopened'], guards: ['STM-5'], ...byMember(deciding.ReopenText) }),
    SubmitForDecision: command({ by: ['Chair'], from: ['frozen'], to: 'underDecision', emits: ['StatementSubmittedForDecision'], guards: ['STM-5'], ...byMember(deciding.SubmitForDecision) }),
    RecordAdoption: command({ by: ['System'], from: ['underDecision'], to: 'adopted', emits: ['StatementAdopted'], guards: ['STM-5'], ...deciding.RecordAdoption }),
    RecordNonAdoption: command({ by: ['System'], from: ['underDecision'], to: 'negotiating', emits: ['StatementNotAdopted'], ...deciding.RecordNonAdoption }),
    OpenSignature: command({ by: ['NetSec'], from: ['adopted', 'frozen'], to: 'openForSignature', emits: ['StatementOpenedForSignature'], guards: ['STM-5', 'STM-7'], ...signing.OpenSignature }),
    EndorseAsGroup: command({ by: ['GroupChair'], from: SIGNING, to: 'same', emits: ['GroupEndorsed'], guards: ['STM-6'], ...signing.EndorseAsGroup }),
    SignStatement: command({ by: ['Parliamentarian'], from: SIGNING, to: 'same', emits: ['StatementSigned'], guards: ['STM-5', 'STM-6', 'STM-9'], ...signing.SignStatement }),
    WithdrawSignature: command({ by: ['Parliamentarian'], from: SIGNING, to: 'same', emits: ['SignatureWithdrawn'], guards: ['STM-9'], ...signing.WithdrawSignature }),
    EnterStatementReservation: command({ by: ['GroupChair'], from: ['adopted', ...SIGNING], to: 'same', emits: ['StatementReservationEntered'], guards: ['STM-13'], ...signing.EnterStatementReservation }),
    Publish: command({ by: ['NetSec', 'System'], from: ['adopted', 'openForSignature', 'embargoed'], to: 'published', emits: ['StatementPublished'], guards: ['STM-7', 'STM-12'], ...publishing.Publish }),
    CloseForSignature: command({ by: ['System', 'NetSec'], from: ['published'], to: 'closed', emits: ['StatementClosedForSignature'], guards: ['STM-9'], ...publishing.CloseForSignature }),
    LinkFollowUp: command({ by: ['Member', 'NetSec'], from: ['published', 'closed'], to: 'same', emits: ['FollowUpLinked'], ...publishing.LinkFollowUp }),
    Supersede: command({ by: ['NetSec'], from: ['published', 'closed'], to: 'same', emits: ['StatementSuperseded'], guards: ['STM-14'], ...publishing.Supersede }),
    Retract: command({ by: ['Plenary', 'Steering'], from: ['published', 'closed'], to: 'retracted', emits: ['StatementRetracted'], guards: ['STM-14'], ...publishing.Retract }),
    AbandonStatement: command({ by: ['Sponsor', 'Chair'], from: [...OPEN, 'frozen', 'underDecision', 'adopted', 'openForSignature'], to: 'abandoned', emits: ['StatementAbandoned'], ...publishing.AbandonStatement }),
  },

  evolve,
  groups: (state) => state.sponsors,
  roles: rolesIn,
  label: ({ reach, sponsors }) => (reach === 'public' ? CLEAR : reach === 'network' ? GREEN : amber(...sponsors)),
});
