import type { Multilingual, Source, View } from '#kernel';
import type { NetworkEvent } from '../network/events.js';
import type { Network } from '../network/network.js';

export interface NetworkDoc {
  status: Network['status'];
  names: Multilingual;
  aims: Multilingual;
  launchedOn: string;
  sources: readonly Source[];
  secretariat: { partnerId: string; from: string; mandate: string } | null;
  charter: { version: string; documentRef: string; effectiveOn: string; decisionRules: Readonly<Record<string, string>>; categories: readonly string[] } | null;
  rulesVersion: string | null;
  languages: { official: readonly string[]; working: readonly string[] } | null;
  amendments: readonly { amendmentId: string; text: Multilingual; proposers: readonly string[]; noticeUntil: string; outcome: 'open' | 'adopted' | 'rejected' }[];
  steering: readonly { groupId: string; personId: string; parliamentId: string }[];
  chairs: readonly { personId: string; groupId: string; parliamentId: string }[];
  chapters: readonly { m49: string; members: readonly string[]; seat: string }[];
  dissolvedOn: string | null;
}

const settle = (doc: NetworkDoc | null, id: string, outcome: 'adopted' | 'rejected') =>
  doc && { ...doc, amendments: doc.amendments.map((a) => (a.amendmentId === id ? { ...a, outcome } : a)) };

export const networks: View<NetworkDoc, NetworkEvent> = {
  name: 'networks',
  version: 1,
  category: 'network',
  on: {
    NetworkInitiativeLaunched: (_, d) => ({
      status: 'initiative', names: d.names, aims: d.aims, launchedOn: d.launchedOn, sources: d.sources, secretariat: null, charter: null, rulesVersion: null,
      languages: null, amendments: [], steering: [], chairs: [], chapters: [], dissolvedOn: null,
    }),
    NetworkSecretariatDesignated: (doc, d) => doc && { ...doc, secretariat: d },
    CharterAdopted: (doc, d) => doc && {
      ...doc, status: 'constituted', languages: d.languages,
      charter: { version: d.version, documentRef: d.documentRef, effectiveOn: d.effectiveOn, decisionRules: d.decisionRules, categories: d.categories },
    },
    CharterAmendmentProposed: (doc, d) => doc && { ...doc, amendments: [...doc.amendments, { ...d, outcome: 'open' }] },
    CharterAmended: (doc, d) => {
      const settled = settle(doc, d.amendmentId, 'adopted');
      return settled && { ...settled, charter: settled.charter && { ...settled.charter, version: d.newVersion, effectiveOn: d.effectiveOn } };
    },
    CharterAmendmentRejected: (doc, d) => settle(doc, d.amendmentId, 'rejected'),
    RulesOfProcedureAdopted: (doc, d) => doc && { ...doc, rulesVersion: d.version },
    OfficialLanguagesDesignated: (doc, d) => doc && { ...doc, languages: { official: d.official, working: d.working } },
    SteeringCommitteeElected: (doc, d) => doc && { ...doc, steering: d.seats },
    NetworkChairRotated: (doc, d) => doc && { ...doc, chairs: d.to },
    RegionalChapterEstablished: (doc, d) => doc && { ...doc, chapters: [...doc.chapters, d] },
    NetworkDissolved: (doc, d) => doc && { ...doc, status: 'dissolved', dissolvedOn: d.on },
  },
  columns: { status: (doc) => doc.status },
  title: (doc) => doc.names,
  words: (doc) => Object.values(doc.aims).join(' '),
};
