import { type Actor, amber, CLEAR, defineAggregate, GREEN, type Role, rowsFor } from '#kernel';
import * as acceding from './acceding.js';
import * as changing from './changing.js';
import * as closing from './closing.js';
import * as ending from './ending.js';
import { MouEvents, type MouSchemas } from './events.js';
import { evolve } from './evolve.js';
import * as living from './living.js';
import * as negotiating from './negotiating.js';
import * as proposing from './proposing.js';
import type { MouEvidence } from './rules.js';
import * as signing from './signing.js';
import { initial, type Mou, STATES } from './state.js';

const { command } = rowsFor<Mou, MouSchemas, MouEvidence | undefined>(MouEvents);
const inForce = ['inEffect', 'suspended'] as const;
const signable = ['openForSignature', 'partlySigned'] as const;

/** Personal; its event shows a proxy as such, with the person who really gave it. */
const bySignature = { personal: 'sign', proxy: true } as const;

/** Before there is a state, the participants that the command names. */
const namedIn = (input: unknown): readonly string[] => {
  const named = typeof input === 'object' && input !== null && 'participants' in input ? input.participants : [];
  return Array.isArray(named) ? named.filter((id) => typeof id === 'string') : [];
};

function rolesIn(actor: Actor, state: Mou, input: unknown): readonly Role[] {
  const { capacity, onBehalfOf, personId } = actor;
  const participants = state.status === 'none' ? namedIn(input) : state.participants;
  const own = onBehalfOf !== undefined && participants.includes(onBehalfOf);
  const roles: Role[] = [];
  if (own && (capacity === 'chair' || capacity === 'officer')) roles.push('Signatory');
  // A network that takes part is spoken for by its chair and served by its secretariat.
  if (own && capacity === 'network-chair') roles.push('GroupChair', 'GroupOfficer', 'Signatory');
  if (own && capacity === 'network-secretariat') roles.push('GroupSec');
  if (!own && (capacity === 'chair' || capacity === 'network-chair')) roles.push('Applicant');
  if (capacity !== 'system' && !state.signatures.some((s) => s.personId === personId)) roles.push('Witness');
  return roles;
}

export const mou = defineAggregate<Mou, MouSchemas, MouEvidence | undefined>({
  name: 'Mou',
  category: 'mou',
  events: MouEvents,
  states: STATES,
  terminal: ['terminated', 'expired', 'superseded', 'abandoned'],
  initial,
  invariants: {
    'MOU-1': 'At least two participants; each is a group (or network), never a state or a parliament unless its rules profile permits.',
    'MOU-2': 'Initialling freezes the authentic texts: one digest per authentic language; after that only RecordCorrection changes a character.',
    'MOU-3': 'No open brackets at initialling.',
    'MOU-4': 'A signature needs a live authorisation of the signing group covering exactly this digest set, or is marked ad referendum and has no effect until confirmed.',
    'MOU-5': 'Each signature covers all authentic texts; counterparts must carry identical digests; order of signing has no legal meaning unless alternat is noted.',
    'MOU-6': 'Entry into effect follows the clause type: last signature, fixed date, after N signatures, or exchange of notifications. It is computed, never typed.',
    'MOU-7': 'Amendments and addenda need the consent rule of the instrument (default all participants) and produce a new consolidated text while the original stays readable.',
    'MOU-8': 'Accession is possible only if the instrument has an accession clause (open, by invitation, by unanimous consent) and takes effect per clause.',
    'MOU-9': 'Withdrawal ends participation after the notice period; fewer than two participants left terminates the instrument.',
    'MOU-10': 'Witnesses attest presence and never make a participant; a person cannot be witness and signatory of the same copy.',
    'MOU-11': 'Historical import may lack text, date precision or authorisation: such facts are recorded as unknown with source and confidence, never invented; guards MOU-2..5 are replaced by an evidence requirement.',
    'MOU-12': 'Status statement (political, not legally binding) is mandatory metadata; treaty verbs (shall, agree, enter into force) raise a drafting warning when the instrument is non-binding.',
  },

  // The table of the catalogue, in its order; what a row does stands in the file that it names.
  // prettier-ignore
  commands: {
    ProposeMou: command({ by: ['GroupChair'], from: ['none'], to: 'proposed', emits: ['MouProposed'], guards: ['MOU-1', 'MOU-12'], ...proposing.ProposeMou }),
    ImportHistoricalMou: command({ by: ['NetSec'], from: ['none'], to: 'signed', emits: ['MouRecordedFromSource'], guards: ['MOU-11'], ...proposing.ImportHistoricalMou }),
    OpenNegotiation: command({ by: ['GroupChair'], from: ['proposed'], to: 'negotiating', emits: ['MouNegotiationOpened'], guards: ['MOU-1'], ...proposing.OpenNegotiation }),
    ProposeClause: command({ by: ['GroupOfficer'], from: ['negotiating'], to: 'same', emits: ['MouClauseProposed'], ...negotiating.ProposeClause }),
    // By a rule too: what was typed together becomes a revision of the group that typed last.
    ReviseClause: command({ by: ['GroupOfficer', 'System'], from: ['negotiating'], to: 'same', emits: ['MouClauseRevised'], guards: ['MOU-12'], ...negotiating.ReviseClause }),
    BracketText: command({ by: ['GroupOfficer'], from: ['negotiating'], to: 'same', emits: ['MouTextBracketed'], guards: ['MOU-3'], ...negotiating.BracketText }),
    LiftBrackets: command({ by: ['GroupOfficer'], from: ['negotiating'], to: 'same', emits: ['MouBracketsLifted'], guards: ['MOU-3'], ...negotiating.LiftBrackets }),
    AgreeClause: command({ by: ['GroupOfficer'], from: ['negotiating'], to: 'same', emits: ['MouClauseAgreed'], ...negotiating.AgreeClause }),
    // With the last chair's initials; until then the negotiation is open, and a change of the text voids them.
    InitialText: command({ by: ['GroupChair'], from: ['negotiating'], to: ['initialled', 'negotiating'], emits: ['MouTextInitialled'], guards: ['MOU-2', 'MOU-3'], personal: 'sign', ...negotiating.InitialText }),
    ReopenText: command({ by: ['GroupChair'], from: ['initialled'], to: 'negotiating', emits: ['MouTextReopened'], guards: ['MOU-2'], ...negotiating.ReopenText }),
    RecordPartyAuthorisation: command({ by: ['GroupChair'], from: ['initialled', 'openForSignature', 'partlySigned'], to: 'same', emits: ['MouPartyAuthorised'], guards: ['MOU-4'], ...signing.RecordPartyAuthorisation }),
    OpenForSignature: command({ by: ['Depositary'], from: ['initialled'], to: 'openForSignature', emits: ['MouOpenedForSignature'], guards: ['MOU-2', 'MOU-4'], ...signing.OpenForSignature }),
    SignFirst: command({ by: ['Signatory'], from: ['openForSignature'], to: 'partlySigned', emits: ['MouSigned'], guards: ['MOU-4', 'MOU-5'], ...bySignature, ...signing.SignFirst }),
    SignFurther: command({ by: ['Signatory'], from: ['partlySigned'], to: 'same', emits: ['MouSigned'], guards: ['MOU-4', 'MOU-5'], ...bySignature, ...signing.SignFurther }),
    SignLast: command({ by: ['Signatory'], from: ['partlySigned'], to: 'signed', emits: ['MouSigned', 'MouSignaturesCompleted'], guards: ['MOU-4', 'MOU-5'], ...bySignature, ...signing.SignLast }),
    ConfirmAdReferendum: command({ by: ['GroupChair'], from: ['partlySigned', 'signed'], to: 'same', emits: ['MouSignatureConfirmed'], guards: ['MOU-4'], personal: 'sign', ...signing.ConfirmAdReferendum }),
    AttestSignature: command({ by: ['Witness'], from: ['openForSignature', 'partlySigned', 'signed'], to: 'same', emits: ['MouSignatureWitnessed'], guards: ['MOU-10'], personal: 'sign', ...signing.AttestSignature }),
    RecordEntryIntoEffect: command({ by: ['System', 'Depositary'], from: ['signed'], to: 'inEffect', emits: ['MouEnteredIntoEffect'], guards: ['MOU-6'], ...living.RecordEntryIntoEffect }),
    IssueCertifiedCopy: command({ by: ['Depositary'], from: ['signed', ...inForce], to: 'same', emits: ['MouCertifiedCopyIssued'], ...living.IssueCertifiedCopy }),
    ProposeMouAmendment: command({ by: ['GroupChair'], from: ['inEffect'], to: 'same', emits: ['MouAmendmentProposed'], guards: ['MOU-7'], ...changing.ProposeMouAmendment }),
    ConsentToMouAmendment: command({ by: ['GroupChair'], from: ['inEffect'], to: 'same', emits: ['MouAmendmentConsented'], guards: ['MOU-7'], ...changing.ConsentToMouAmendment }),
    BringAmendmentIntoEffect: command({ by: ['System', 'Depositary'], from: ['inEffect'], to: 'same', emits: ['MouAmended'], guards: ['MOU-7'], ...changing.BringAmendmentIntoEffect }),
    AddAddendum: command({ by: ['GroupChair'], from: ['inEffect'], to: 'same', emits: ['MouAddendumAdded'], guards: ['MOU-7'], ...changing.AddAddendum }),
    RequestAccession: command({ by: ['Applicant'], from: ['inEffect'], to: 'same', emits: ['MouAccessionRequested'], guards: ['MOU-8'], ...acceding.RequestAccession }),
    ConsentToAccession: command({ by: ['GroupChair'], from: ['inEffect'], to: 'same', emits: ['MouAccessionConsented'], guards: ['MOU-8'], ...acceding.ConsentToAccession }),
    DepositAccession: command({ by: ['Depositary'], from: ['inEffect'], to: 'same', emits: ['MouAcceded'], guards: ['MOU-8'], ...acceding.DepositAccession }),
    RenewMou: command({ by: ['GroupChair'], from: ['inEffect'], to: 'same', emits: ['MouRenewed'], guards: ['MOU-6'], ...living.RenewMou }),
    RecordJointActivity: command({ by: ['GroupSec'], from: ['inEffect'], to: 'same', emits: ['MouActivityRecorded'], ...living.RecordJointActivity }),
    ReviewMou: command({ by: ['GroupChair'], from: ['inEffect'], to: 'same', emits: ['MouReviewHeld'], ...living.ReviewMou }),
    SuspendMou: command({ by: ['GroupChair', 'System'], from: ['inEffect'], to: 'suspended', emits: ['MouSuspended'], ...ending.SuspendMou }),
    ResumeMou: command({ by: ['GroupChair'], from: ['suspended'], to: 'inEffect', emits: ['MouResumed'], ...ending.ResumeMou }),
    GiveMouNotice: command({ by: ['GroupChair'], from: inForce, to: 'same', emits: ['MouWithdrawalNotified'], guards: ['MOU-9'], ...ending.GiveMouNotice }),
    CompleteMouWithdrawal: command({ by: ['System'], from: inForce, to: 'same', emits: ['MouParticipantWithdrew'], guards: ['MOU-9'], ...ending.CompleteMouWithdrawal }),
    TerminateMou: command({ by: ['System', 'GroupChair'], from: [...inForce, 'signed'], to: 'terminated', emits: ['MouTerminated'], guards: ['MOU-9'], ...ending.TerminateMou }),
    ExpireMou: command({ by: ['System'], from: inForce, to: 'expired', emits: ['MouExpired'], guards: ['MOU-6'], ...ending.ExpireMou }),
    SupersedeMou: command({ by: ['System'], from: inForce, to: 'superseded', emits: ['MouSuperseded'], ...ending.SupersedeMou }),
    AbandonMou: command({ by: ['GroupChair'], from: ['proposed', 'negotiating', 'initialled', 'openForSignature', 'partlySigned'], to: 'abandoned', emits: ['MouAbandoned'], ...proposing.AbandonMou }),

    // Beyond the catalogue: an end to the time for signature, what becomes of those who will not sign, and of the text afterwards.
    DeclineMouSignature: command({ by: ['Signatory'], from: signable, to: 'same', emits: ['MouSignatureDeclined'], guards: ['MOU-5'], personal: 'sign', ...closing.DeclineMouSignature }),
    CloseMouSignature: command({ by: ['System'], from: signable, to: 'same', emits: ['MouSignatureClosed'], ...closing.CloseMouSignature }),
    ExtendMouSignature: command({ by: ['Depositary'], from: signable, to: 'same', emits: ['MouSignatureExtended'], ...closing.ExtendMouSignature }),
    ExchangeCounterparts: command({ by: ['Depositary'], from: ['signed', ...inForce], to: 'same', emits: ['MouCounterpartsExchanged'], guards: ['MOU-5'], ...closing.ExchangeCounterparts }),
    RefuseAccession: command({ by: ['GroupChair'], from: ['inEffect'], to: 'same', emits: ['MouAccessionRefused'], guards: ['MOU-8'], ...acceding.RefuseAccession }),
    RectifyMouText: command({ by: ['System'], from: ['initialled', ...signable, 'signed', ...inForce], to: 'same', emits: ['MouTextRectified'], guards: ['MOU-2'], ...closing.RectifyMouText }),
  },

  evolve,
  groups: (state, input) => (state.status === 'none' ? namedIn(input) : state.participants),
  roles: rolesIn,
  label: ({ reach, participants }) => (reach === 'public' ? CLEAR : reach === 'network' ? GREEN : amber(...participants)),
});
