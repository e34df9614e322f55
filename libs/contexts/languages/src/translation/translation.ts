import { type Actor, defineAggregate, GREEN, type Label, type Role, rowsFor } from '#kernel';
import * as concordance from './concordance.js';
import { TranslationEvents, type TranslationSchemas } from './events.js';
import { evolve } from './evolve.js';
import * as requesting from './requesting.js';
import type { TranslationEvidence } from './rules.js';
import { initialTranslation, STATES, type Translation } from './state.js';
import * as translating from './translating.js';

const { command } = rowsFor<Translation, TranslationSchemas, TranslationEvidence | undefined>(TranslationEvents);
const WORKING = ['inTranslation', 'inRevision'] as const;
const READING = [...WORKING, 'inConcordance'] as const;
const BEFORE = ['requested', ...READING] as const;

const OF_A_GROUP: ReadonlySet<string> = new Set(['chair', 'officer', 'member', 'group-secretariat', 'network-chair']);

function rolesIn(actor: Actor, state: Translation): readonly Role[] {
  const { translators, revisers, linguists, docRef, status } = state;
  const roles: Role[] = [];
  if (translators.includes(actor.personId)) roles.push('Translator');
  if (revisers.includes(actor.personId)) roles.push('Reviser');
  if (linguists.includes(actor.personId)) roles.push('Linguist');
  // Before it exists the document alone knows its penholders: the guard asks it.
  if ((status === 'none' && OF_A_GROUP.has(actor.capacity)) || (docRef && requesting.holdsPen({ ...state, type: docRef.type }, actor))) roles.push('Penholder');
  return roles;
}

/** As the document: in negotiation its groups, and those who were asked to translate it by name. */
function labelOf({ reach, groups, penholders, translators, revisers, linguists }: Translation): Label {
  if (reach === 'network') return GREEN;
  const persons = [...new Set([...translators, ...revisers, ...linguists, ...penholders])];
  return { tlp: 'AMBER', groups: [...groups], ...(persons.length > 0 ? { persons } : {}) };
}

/** One document in one further language, clause by clause. */
export const translation = defineAggregate<Translation, TranslationSchemas, TranslationEvidence | undefined>({
  name: 'Translation',
  category: 'translation',
  events: TranslationEvents,
  states: STATES,
  terminal: ['cancelled'],
  initial: initialTranslation,
  invariants: {
    'TRN-1': 'A translation is keyed to source segments by digest; a changed source segment makes only that segment stale.',
    'TRN-2': 'Segment states are those of XLIFF 2.1: initial, translated, reviewed, final; none is skipped.',
    'TRN-3': 'Nobody revises or attests a segment of his or her own, except under the crisis rule, which marks the text provisional.',
    'TRN-4': 'A machine-made segment is marked as such and never reaches reviewed or final without a human act.',
    'TRN-5': 'Certification as authentic needs concordance with every other authentic text, clause by clause, by a named linguist; no query is open and no clause stale.',
    'TRN-6': 'Protected terms match the termbase; a mismatch blocks what is final. TLP labels are never translated.',
    'TRN-7': 'Text above TLP:GREEN is never sent to an external machine-translation service.',
  },

  // The table of the catalogue, in its order, then what stands beyond it; what a row does stands in the file that it names.
  // prettier-ignore
  commands: {
    RequestTranslation: command({ by: ['NetSec', 'Penholder', 'System'], from: ['none'], to: 'requested', emits: ['TranslationRequested', 'SegmentPretranslated'], ...requesting.RequestTranslation }),
    AssignTranslator: command({ by: ['NetSec', 'System'], from: ['requested', 'stale', 'inTranslation', 'certified'], to: 'inTranslation', emits: ['TranslatorAssigned'], guards: ['TRN-7'], ...requesting.AssignTranslator }),
    PretranslateSegment: command({ by: ['System'], from: ['inTranslation'], to: 'same', emits: ['SegmentPretranslated'], guards: ['TRN-4', 'TRN-7'], ...translating.PretranslateSegment }),
    TranslateSegment: command({ by: ['Translator'], from: ['inTranslation'], to: 'same', emits: ['SegmentTranslated'], guards: ['TRN-1', 'TRN-2'], ...translating.TranslateSegment }),
    ReviewSegment: command({ by: ['Reviser'], from: ['inRevision', 'inTranslation'], to: 'same', emits: ['SegmentReviewed'], guards: ['TRN-3'], ...translating.ReviewSegment }),
    QuerySource: command({ by: ['Translator', 'Reviser'], from: READING, to: 'same', emits: ['SourceQueryRaised'], ...translating.QuerySource }),
    AnswerQuery: command({ by: ['Penholder'], from: [...READING, 'stale'], to: 'same', emits: ['SourceQueryAnswered'], ...translating.AnswerQuery }),
    SubmitForRevision: command({ by: ['Translator'], from: ['inTranslation'], to: 'inRevision', emits: ['TranslationSubmitted'], guards: ['TRN-2'], ...translating.SubmitForRevision }),
    ReturnToTranslator: command({ by: ['Reviser'], from: ['inRevision', 'inConcordance'], to: 'inTranslation', emits: ['TranslationReturned'], ...concordance.ReturnToTranslator }),
    SubmitForConcordance: command({ by: ['Reviser'], from: ['inRevision'], to: 'inConcordance', emits: ['RevisionCompleted'], guards: ['TRN-2', 'TRN-6'], ...concordance.SubmitForConcordance }),
    Certify: command({ by: ['Linguist'], from: ['inConcordance'], to: 'certified', emits: ['TranslationCertified'], guards: ['TRN-5', 'TRN-6'], ...concordance.Certify }),
    CertifyProvisionally: command({ by: ['NetSec'], from: WORKING, to: 'certified', emits: ['TranslationReleasedProvisionally'], guards: ['TRN-3'], ...concordance.CertifyProvisionally }),
    MarkStale: command({ by: ['System'], from: [...BEFORE, 'certified', 'stale'], to: ['stale', ...BEFORE, 'certified'], emits: ['SourceChanged', 'SegmentPretranslated'], guards: ['TRN-1'], ...requesting.MarkStale }),
    ImportXliff: command({ by: ['Translator', 'NetSec'], from: WORKING, to: 'same', emits: ['XliffImported'], guards: ['TRN-2', 'TRN-4'], ...translating.ImportXliff }),
    CancelTranslation: command({ by: ['NetSec'], from: [...BEFORE, 'stale'], to: 'cancelled', emits: ['TranslationCancelled'], ...requesting.CancelTranslation }),
    ConfirmUnchanged: command({ by: ['Translator'], from: ['inTranslation'], to: 'same', emits: ['SegmentConfirmedUnchanged'], guards: ['TRN-1', 'TRN-4'], ...translating.ConfirmUnchanged }),
    DeclareEditorial: command({ by: ['Penholder'], from: ['stale', ...WORKING], to: 'same', emits: ['SourceChangeDeclaredEditorial'], guards: ['TRN-1'], ...translating.DeclareEditorial }),
    ContestEditorial: command({ by: ['Translator'], from: ['stale', ...READING], to: ['stale', ...WORKING], emits: ['EditorialClaimContested'], guards: ['TRN-1'], ...translating.ContestEditorial }),
    AttestClause: command({ by: ['Reviser', 'Linguist'], from: ['inConcordance'], to: 'same', emits: ['SegmentAttested'], guards: ['TRN-3', 'TRN-5'], ...concordance.AttestClause }),
  },

  evolve,
  groups: (state) => state.groups,
  roles: rolesIn,
  label: labelOf,
});
