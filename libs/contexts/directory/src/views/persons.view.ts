import type { Multilingual, Side, Source, View } from '#kernel';
import type { PersonEvent, PersonName } from '../person/events.js';
import type { Person } from '../person/person.js';

export interface MandateDoc {
  id: string;
  chamberCode: string;
  term: number | null;
  seat: string;
  title: string;
  startedOn: string;
  endedOn: string | null;
  reason: string | null;
}
export interface PersonDoc {
  status: Person['status'];
  kind: string;
  names: readonly PersonName[];
  formerNames: readonly { name: PersonName; until: string; reason: string }[];
  mandates: readonly MandateDoc[];
  affiliations: readonly { chamberCode: string; party: { ref: string; name: string }; side: Side; from: string }[];
  offices: readonly { office: string; from: string; until: string | null }[];
  languages: readonly { tag: string; read: boolean; write: boolean; speak: boolean }[];
  verified: string | null;
  diedOn: string | null;
  mergedInto: string | null;
  sources: readonly Source[];
}

/** What somebody is called, in each language in which a name is recorded. */
const titleOf = (doc: PersonDoc): Multilingual => Object.fromEntries(doc.names.map((n) => [n.lang, n.full]));

export const persons: View<PersonDoc, PersonEvent> = {
  name: 'persons',
  version: 1,
  category: 'person',
  on: {
    PersonRecorded: (_, d) => ({
      status: 'recorded', kind: d.kind, names: d.names, formerNames: [], mandates: [], affiliations: [], offices: [], languages: [],
      verified: null, diedOn: null, mergedInto: null, sources: d.sources,
    }),
    IdentityVerified: (doc, d) => doc && { ...doc, verified: d.method },
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
      ...doc, names: [d.to, ...doc.names.slice(1)], formerNames: [...doc.formerNames, { name: d.from, until: d.effectiveOn, reason: d.reason }],
    },
    WorkingLanguagesDeclared: (doc, d) => doc && { ...doc, languages: d.languages },
    PersonDied: (doc, d) => doc && { ...doc, status: 'deceased', diedOn: d.on },
    PersonRecordsMerged: (doc, d) => doc && { ...doc, status: 'merged', mergedInto: d.survivorId },
    // Public acts stay; what describes the person goes (PER-5).
    PersonalDataErased: (doc) => doc && {
      ...doc, status: 'erased', names: [], formerNames: [], affiliations: [], offices: [], languages: [], sources: [],
    },
  },
  columns: {
    status: (doc) => doc.status,
    kind: (doc) => doc.kind,
    chamber: (doc) => doc.mandates.findLast((m) => m.endedOn === null)?.chamberCode ?? null,
    parliament: (doc) => doc.mandates.at(-1)?.chamberCode.slice(0, 2) ?? null,
  },
  title: titleOf,
  words: (doc) =>
    [...doc.names.flatMap((n) => n.asPrinted ?? []), ...doc.formerNames.map((f) => f.name.full), ...doc.affiliations.map((a) => a.party.name)].join(' '),
};
