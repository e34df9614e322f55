import type { Multilingual, Side, Source, View } from '#kernel';
import type { PersonEvent, PersonName } from '../person/events.js';
import type { Person } from '../person/state.js';

export interface PersonDoc {
  status: Person['status'];
  personId: string;
  kind: string;
  names: readonly PersonName[];
  formerNames: readonly { name: PersonName; until: string; reason: string }[];
  mandates: readonly {
    id: string;
    chamberCode: string;
    term: number | null;
    seat: string;
    title: string;
    startedOn: string;
    endedOn: string | null;
    reason: string | null;
  }[];
  affiliations: readonly { chamberCode: string; party: { ref: string; name: string }; side: Side; from: string }[];
  /** Executive offices. */
  offices: readonly { office: string; from: string; until: string | null }[];
  languages: readonly { tag: string; read: boolean; write: boolean; speak: boolean }[];
  diedOn: string | null;
  mergedInto: string | null;
  /** What was erased, and on which basis the public acts stay; null: on none, they stand under the pseudonym. */
  erased: { scope: string; legalBasis: string | null } | null;
  sources: readonly Source[];
}

const open = (doc: PersonDoc) => doc.mandates.findLast((m) => m.endedOn === null);
/** What somebody is called, in each language in which a name is recorded; a pseudonym where nothing is left to call. */
const titleOf = ({ names, personId }: PersonDoc): Multilingual =>
  names.length > 0 ? Object.fromEntries(names.map((n) => [n.lang, n.full])) : { und: `# ${personId.slice(-8)}` };

/** Protection concerns and checks of identity are not handled here: their readers are others (G6). */
export const persons: View<PersonDoc, PersonEvent> = {
  name: 'persons',
  version: 2,
  category: 'person',
  on: {
    PersonRecorded: (_, d) => ({
      status: 'recorded', personId: d.personId, kind: d.kind, names: d.names, formerNames: [], mandates: [], affiliations: [], offices: [],
      languages: [], diedOn: null, mergedInto: null, erased: null, sources: d.sources,
    }),
    MandateBegan: (doc, d) => doc && {
      ...doc, status: 'serving',
      mandates: [...doc.mandates, {
        id: d.mandateId, chamberCode: d.chamberCode, term: d.term ?? null, seat: d.seat, title: d.title, startedOn: d.startedOn,
        endedOn: null, reason: null,
      }],
    },
    MandateEnded: (doc, d) => {
      if (!doc) return doc;
      const mandates = doc.mandates.map((m) => (m.id === d.mandateId ? { ...m, endedOn: d.endedOn, reason: d.reason } : m));
      return { ...doc, mandates, status: mandates.some((m) => m.endedOn === null) ? 'serving' : 'former' };
    },
    PartyAffiliationChanged: (doc, d) => doc && { ...doc, affiliations: [...doc.affiliations, d] },
    ExecutiveOfficeAssumed: (doc, d) => doc && { ...doc, offices: [...doc.offices, { office: d.office, from: d.from, until: null }] },
    ExecutiveOfficeRelinquished: (doc, d) => doc && {
      ...doc, offices: doc.offices.map((o) => (o.office === d.office && o.until === null ? { ...o, until: d.until } : o)),
    },
    PersonNameChanged: (doc, d) => doc && {
      ...doc,
      names: doc.names.map((n) => (n.lang === d.from.lang && n.script === d.from.script ? d.to : n)),
      formerNames: [...doc.formerNames, { name: d.from, until: d.effectiveOn, reason: d.reason }],
    },
    WorkingLanguagesDeclared: (doc, d) => doc && { ...doc, languages: d.languages },
    PersonDied: (doc, d) => doc && {
      ...doc, status: 'deceased', diedOn: d.on,
      mandates: doc.mandates.map((m) => (m.endedOn === null ? { ...m, endedOn: d.on, reason: 'death' } : m)),
    },
    PersonRecordsMerged: (doc, d) => doc && { ...doc, status: 'merged', mergedInto: d.survivorId },
    // The acts of public office stay; what describes the person goes, and without a legal basis also what the office was (PER-5).
    PersonalDataErased: (doc, d) => doc && {
      ...doc, status: 'erased', names: [], formerNames: [], affiliations: [], languages: [], diedOn: null, sources: [],
      mandates: d.legalBasis === undefined ? [] : doc.mandates,
      offices: d.legalBasis === undefined ? [] : doc.offices,
      erased: { scope: d.scope, legalBasis: d.legalBasis ?? null },
    },
  },
  columns: {
    status: (doc) => doc.status,
    kind: (doc) => doc.kind,
    chamber: (doc) => open(doc)?.chamberCode ?? null,
    country: (doc) => (open(doc) ?? doc.mandates.at(-1))?.chamberCode.slice(0, 2) ?? null,
  },
  title: titleOf,
  words: (doc) =>
    [...doc.names.flatMap((n) => n.asPrinted ?? []), ...doc.formerNames.map((f) => f.name.full), ...doc.affiliations.map((a) => a.party.name)].join(' '),
};
