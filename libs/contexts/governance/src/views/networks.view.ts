import type { Duty, Multilingual, Source, View } from '#kernel';
import { endOf } from '../calendar.js';
import type { NetworkEvent } from '../network/events.js';
import type { Charter, Network } from '../network/state.js';

type Data<K extends NetworkEvent['type']> = Extract<NetworkEvent, { type: K }>['data'];
export interface NetworkDoc {
  status: Network['status'];
  names: Multilingual;
  aims: Multilingual;
  launchedOn: string;
  sources: readonly Source[];
  secretariat: { partnerId: string; from: string; mandate: string } | null;
  /** The version adopted last; its day may be ahead. */
  charter: (Charter & { documentRef: string }) | null;
  /** Every version, in the order of adoption. */
  charters: readonly Charter[];
  rulesVersion: string | null;
  rules: Data<'RulesOfProcedureAdopted'>['rules'] | null;
  /** Official: texts are authentic in them; working: the service is offered in them (NET-4). */
  languages: { official: readonly string[]; working: readonly string[] } | null;
  amendments: readonly {
    amendmentId: string; text: Multilingual; proposers: readonly string[]; noticeUntil: string; outcome: 'open' | 'adopted' | 'rejected'; decisionRef: string | null;
  }[];
  steering: readonly { groupId: string; personId: string; parliamentId: string; region: string | null }[];
  steeringTerm: string | null;
  chairs: readonly { personId: string; groupId: string; parliamentId: string }[];
  chapters: readonly { m49: string; members: readonly string[]; seat: string }[];
  dissolvedOn: string | null;
  archiveCustodian: string | null;
}

const settle = (doc: NetworkDoc | null, { amendmentId, decisionRef }: { amendmentId: string; decisionRef: string }, outcome: 'adopted' | 'rejected') =>
  doc && { ...doc, amendments: doc.amendments.map((a) => (a.amendmentId === amendmentId ? { ...a, outcome, decisionRef } : a)) };

function dutiesOf(doc: NetworkDoc): Duty[] {
  if (doc.status === 'dissolved') return [];
  const open = doc.amendments.filter((a) => a.outcome === 'open');
  return [
    ...(doc.secretariat === null ? [{ kind: 'network-designate-secretariat', holder: 'network-secretariat', command: 'DesignateSecretariat' }] : []),
    ...open.map((a): Duty => ({ kind: 'network-decide-amendment', holder: 'network-chair', deadline: endOf(a.noticeUntil), command: 'AdoptCharterAmendment' })),
    ...(doc.status === 'constituted' && doc.rulesVersion === null
      ? [{ kind: 'network-adopt-rules', holder: 'network-chair', command: 'AdoptRulesOfProcedure' }]
      : []),
    ...(doc.status === 'constituted' && doc.chairs.length === 0 ? [{ kind: 'network-seat-chair', holder: 'network-chair', command: 'RotateChair' }] : []),
  ];
}

export const networks: View<NetworkDoc, NetworkEvent> = {
  name: 'networks',
  version: 2,
  category: 'network',
  on: {
    NetworkInitiativeLaunched: (_, d) => ({
      status: 'initiative', names: d.names, aims: d.aims, launchedOn: d.launchedOn, sources: d.sources, secretariat: null, charter: null, charters: [],
      rulesVersion: null, rules: null, languages: null, amendments: [], steering: [], steeringTerm: null, chairs: [], chapters: [], dissolvedOn: null,
      archiveCustodian: null,
    }),
    NetworkSecretariatDesignated: (doc, d) => doc && { ...doc, secretariat: d },
    CharterAdopted: (doc, { version, effectiveOn, decisionRules, categories, documentRef, languages }) => {
      const charter = { version, effectiveOn, decisionRules, categories };
      return doc && { ...doc, status: 'constituted', languages, charter: { ...charter, documentRef }, charters: [...doc.charters, charter] };
    },
    CharterAmendmentProposed: (doc, d) => doc && { ...doc, amendments: [...doc.amendments, { ...d, outcome: 'open', decisionRef: null }] },
    CharterAmended: (doc, d) => {
      const settled = settle(doc, d, 'adopted');
      if (settled?.charter == null) return settled;
      const { documentRef, ...before } = settled.charter;
      const charter = {
        ...before, version: d.newVersion, effectiveOn: d.effectiveOn, decisionRules: d.decisionRules ?? before.decisionRules,
        categories: d.categories ?? before.categories,
      };
      return { ...settled, charter: { ...charter, documentRef }, charters: [...settled.charters, charter] };
    },
    CharterAmendmentRejected: (doc, d) => settle(doc, d, 'rejected'),
    RulesOfProcedureAdopted: (doc, d) => doc && { ...doc, rulesVersion: d.version, rules: d.rules },
    OfficialLanguagesDesignated: (doc, d) => doc && { ...doc, languages: { official: d.official, working: d.working } },
    SteeringCommitteeElected: (doc, d) => doc && { ...doc, steering: d.seats.map((s) => ({ ...s, region: s.region ?? null })), steeringTerm: d.term },
    NetworkChairRotated: (doc, d) => doc && { ...doc, chairs: d.to },
    RegionalChapterEstablished: (doc, d) => doc && { ...doc, chapters: [...doc.chapters, d] },
    NetworkDissolved: (doc, d) => doc && { ...doc, status: 'dissolved', dissolvedOn: d.on, archiveCustodian: d.archiveCustodian },
  },
  columns: { status: (doc) => doc.status },
  title: (doc) => doc.names,
  words: (doc) => [...Object.values(doc.aims), ...doc.chapters.map((c) => c.seat)].join(' '),
  duties: dutiesOf,
};
