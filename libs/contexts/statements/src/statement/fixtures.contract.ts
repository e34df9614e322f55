import type { Actor } from '#kernel';
import type { DataOf, StatementEvent } from './events.js';
import type { StatementEvidence } from './rules.js';
import type { Kind, Snapshot, Thresholds } from './schemas.js';
import { digestOf, digestsOf } from './text.js';

/** Facts of an invented network, for the tests of this context. */
export const actors = {
  chair: { personId: 'p-chair', capacity: 'chair', onBehalfOf: 'g-p' },
  member: { personId: 'p-member', capacity: 'member', onBehalfOf: 'g-p' },
  chairQ: { personId: 'p-chair-q', capacity: 'chair', onBehalfOf: 'g-q' },
  memberQ: { personId: 'p-member-q', capacity: 'member', onBehalfOf: 'g-q' },
  pen: { personId: 'p-pen', capacity: 'group-secretariat', onBehalfOf: 'g-q' },
  secretariat: { personId: 'p-sec', capacity: 'network-secretariat', onBehalfOf: 'net' },
  networkChair: { personId: 'p-net', capacity: 'network-chair', onBehalfOf: 'net' },
  system: { personId: 'system', capacity: 'system', rule: 'when-decision-taken-on-statement' },
} as const satisfies Record<string, Actor>;

export const happened = <K extends StatementEvent['type']>(type: K, data: DataOf<K>): StatementEvent => ({ type, data }) as StatementEvent;
export const later = { instant: '2026-12-01T12:00:00Z', wallTime: '2026-12-01T12:00', timezone: 'Europe/London' };
export const past = { ...later, instant: '2026-11-01T12:00:00Z' };

export const proposal = {
  statementId: 's1', kind: 'open-letter' as Kind, subject: { en: 'On early warning', fr: 'Sur l’alerte rapide' }, leadLanguage: 'en',
  authenticLanguages: ['en', 'fr'], urgency: 'ordinary' as const,
};
export const proposed = (kind: Kind = 'open-letter', urgency: 'ordinary' | 'crisis' = 'ordinary') =>
  happened('StatementProposed', { ...proposal, kind, urgency, by: 'g-p', personId: 'p-chair' });

export const one = { en: 'Recalling the duty to prevent,', fr: 'Rappelant le devoir de prévention,' };
export const two = { en: 'Urges all governments to act;', fr: 'Prie instamment tous les gouvernements d’agir;' };
export const added = (clauseId: string, section: 'preambular' | 'operative', text: Record<string, string>) => happened('ClauseAdded', { clauseId, section, text });
export const drafting = (kind?: Kind, urgency?: 'ordinary' | 'crisis') => [
  proposed(kind, urgency),
  happened('SponsorJoined', { by: 'g-q' }),
  happened('PenholderAppointed', { personId: 'p-pen' }),
  happened('DraftingStarted', {}),
  added('c1', 'preambular', one),
  added('c2', 'operative', two),
];
export const negotiating = (kind?: Kind, urgency?: 'ordinary' | 'crisis') => [
  ...drafting(kind, urgency),
  happened('DraftCirculated', { revision: 2, to: [], commentsDue: later }),
];
export const agreed = (clauseId: string) => happened('ClauseAgreed', { clauseId, mode: 'agreed', pendingGroups: [] });

const sample = {
  subject: proposal.subject, leadLanguage: 'en', languages: ['en', 'fr'],
  clauses: [
    { id: 'c1', section: 'preambular' as const, text: one, stale: [] },
    { id: 'c2', section: 'operative' as const, text: two, stale: [] },
  ],
};
export const frozenText = (sha256: (text: string) => string) => {
  const digests = digestsOf(sample, sha256);
  return { revision: 2, digests, digest: digestOf(digests, sha256) };
};
export const frozen = (sha256: (text: string) => string, kind?: Kind) => [
  ...negotiating(kind), agreed('c1'), agreed('c2'), happened('TextFrozen', frozenText(sha256)),
];
export const seal = (sha256: (text: string) => string) =>
  happened('TextSealed', { ...frozenText(sha256), concordance: [{ lang: 'fr', translationId: 's1-fr', certifiedBy: ['p-rev-fr'] }] });
/** The frozen text with its seal: what is signed and published. */
export const sealed = (sha256: (text: string) => string, kind?: Kind) => [...frozen(sha256, kind), seal(sha256)];
export const none: Thresholds = { signatories: 0, parliaments: 0, endorsements: 0, signatoriesPerGroup: 0, crossParty: false };
export const opened = (sha256: (text: string) => string, kind: Kind = 'open-letter', thresholds: Partial<Thresholds> = {}) => [
  ...sealed(sha256, kind),
  happened('StatementOpenedForSignature', { from: '2026-11-20T09:00:00Z', closesAt: later, thresholds: { ...none, ...thresholds }, eligibility: 'network' }),
];

export const snapshot: Snapshot = { name: 'A. Member', title: 'MP', party: 'Blue', side: 'government', chamber: 'XA-LC01', parliament: 'XA' };
export const signed = (sha256: (text: string) => string, personId: string, over: Partial<Snapshot> = {}, groupId = 'g-p') =>
  happened('StatementSigned', {
    personId, groupId, capacity: 'individual', snapshot: { ...snapshot, name: personId, ...over }, digest: frozenText(sha256).digest, languageSeen: 'en',
    at: '2026-11-21T10:00:00Z', method: 'account',
  });

export const serving: StatementEvidence = {
  group: {
    status: 'active', membership: 'active',
    authorisations: [{ id: 'a1', forThis: true, act: 'endorse', holder: 'p-chair', expiresAt: '2027-01-01T00:00:00Z', digests: null, latitude: 'editorial' }],
  },
  candidate: { serving: true, office: null, ministersMaySign: true, removedOnOffice: false, profile: null, snapshot },
  successor: null, translations: [], live: [], drafts: [], undoUntil: '2026-11-26T10:00:00Z',
};
