import type { Actor } from '#kernel';
import { NOW, sha256 } from '#kernel/testing';
import type { DataOf, MouEvent } from './mou/events.js';
import type { Authorisation, Body, MouEvidence } from './mou/rules.js';
import { digestsOf } from './mou/text.js';

/** Events and evidence from which the specifications of this aggregate tell their stories. */
export const [UK, CA, RW, FR] = ['gb-appg', 'ca-gpg', 'rw-group', 'fr-group'];
export const person = (capacity: Actor['capacity'], personId: string, onBehalfOf?: string): Actor => ({
  personId, capacity, ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
});
export const chairUK = person('chair', 'twigg', UK);
export const chairCA = person('chair', 'dallaire', CA);
export const chairRW = person('chair', 'uwera', RW);
export const chairFR = person('chair', 'martin', FR);
export const officerUK = person('officer', 'carlile', UK);
export const officerCA = person('officer', 'roy', CA);
export const staffUK = person('group-secretariat', 'staff', UK);
export const secretariat = person('network-secretariat', 'sec');
export const system: Actor = { personId: 'system', capacity: 'system', rule: 'when-something' };

export const event = <K extends MouEvent['type']>(type: K, data: DataOf<K>) => ({ type, data }) as Extract<MouEvent, { type: K }>;

const PROPOSAL: DataOf<'MouProposed'> = {
  mouId: 'mou-1', titles: { en: 'Memorandum of Understanding', fr: 'Mémorandum d’accord' }, participants: [UK, CA],
  purpose: { en: 'Cooperation' }, bindingness: 'political', authenticLanguages: ['en', 'fr'], effect: { rule: 'last-signature' },
  accession: 'unanimous', withdrawalNoticeMonths: 3, amendmentConsent: 'all', suspension: 'participant-suspended', numberStyle: 'paragraphs',
  renewal: 'none', by: UK,
};
export const proposed = (over: Partial<DataOf<'MouProposed'>> = {}) => event('MouProposed', { ...PROPOSAL, ...over });
/** What the chair sends: the event without the group, which the circumstances know. */
export const proposal = (over: Partial<DataOf<'MouProposed'>> = {}) => {
  const { by: _by, ...input } = { ...PROPOSAL, ...over };
  return input;
};
export const TEXT = { en: 'The Participants will cooperate.', fr: 'Les Participants coopéreront.' };
export const DIGESTS = digestsOf([{ id: 'c1', kind: 'purpose', text: TEXT }], ['en', 'fr'], sha256);
export const negotiated = event('MouNegotiationOpened', { leads: { [UK]: 'carlile' }, timetable: [], by: CA });
export const clause = event('MouClauseProposed', { clauseId: 'c1', kind: 'purpose', position: 1, text: TEXT, by: UK });
export const agreed = (groupId: string, revision = 1) => event('MouClauseAgreed', { clauseId: 'c1', revision, mode: 'agreed', groupId });
export const bracket = event('MouTextBracketed', {
  bracketId: 'b1', clauseId: 'c1', revision: 1, range: { lang: 'en', from: 0, to: 3 }, by: [CA], alternatives: [{ by: CA, text: { en: 'These' } }],
});
export const initials = (...groups: string[]) => groups.map((groupId) => ({ personId: groupId === UK ? 'twigg' : 'dallaire', groupId, at: NOW }));
export const initialled = (...groups: string[]) => event('MouTextInitialled', { digests: DIGESTS, initials: initials(...groups) });
export const authorised = (groupId: string) => event('MouPartyAuthorised', { groupId, authorisationId: `auth-${groupId}`, digests: DIGESTS });
export const opened = event('MouOpenedForSignature', { from: NOW, until: '2026-12-31T23:00:00Z', mode: 'ceremony', place: 'Ottawa' });
export const signed = (groupId: string, personId: string, over: Partial<DataOf<'MouSigned'>> = {}) =>
  event('MouSigned', {
    personId, groupId, capacity: 'for-group', digests: DIGESTS, at: NOW, place: 'Ottawa', method: 'account', evidenceRef: `auth-${groupId}`, ...over,
  });
export const completed = event('MouSignaturesCompleted', { at: NOW });
export const entered = (over: Partial<DataOf<'MouEnteredIntoEffect'>> = {}) =>
  event('MouEnteredIntoEffect', { on: '2026-11-23', byRule: 'last-signature', ...over });

/** Up to the clause that all have agreed, to the frozen text, to the open signature, to effect. */
export const drafting = (over: Partial<DataOf<'MouProposed'>> = {}): MouEvent[] => [proposed(over), negotiated, clause];
export const frozen = (over: Partial<DataOf<'MouProposed'>> = {}): MouEvent[] => {
  const groups = over.participants ?? [UK, CA];
  return [...drafting(over), ...groups.map((g) => agreed(g)), initialled(...groups)];
};
export const open = (over: Partial<DataOf<'MouProposed'>> = {}): MouEvent[] => [
  ...frozen(over), ...(over.participants ?? [UK, CA]).map(authorised), opened,
];
export const allSigned = (over: Partial<DataOf<'MouProposed'>> = {}): MouEvent[] => [
  ...open(over), signed(UK, 'twigg'), signed(CA, 'dallaire'), ...(over.participants?.includes(RW) ? [signed(RW, 'uwera')] : []), completed,
];
export const inEffect = (over: Partial<DataOf<'MouProposed'>> = {}, effect: Partial<DataOf<'MouEnteredIntoEffect'>> = {}): MouEvent[] => [
  ...allSigned(over), entered(effect),
];

const body: Body = { kind: 'group', status: 'active', active: true, mayParticipate: true };
export const granted = (groupId: string, holder: string, over: Partial<Authorisation> = {}): Authorisation => ({
  id: `auth-${groupId}`, groupId, forThis: true, act: 'sign', holder, expiresAt: '2027-01-01T00:00:00Z', digests: DIGESTS, latitude: 'none', ...over,
});
export const evidence = (
  bodies: Record<string, Partial<Body>> = {},
  authorisations: Authorisation[] = [granted(UK, 'twigg'), granted(CA, 'dallaire'), granted(RW, 'uwera')],
  successor?: MouEvidence['successor'],
): MouEvidence => ({
  id: 'mou-1',
  live: [],
  bodies: Object.fromEntries([UK, CA, RW, FR, ...Object.keys(bodies)].map((id) => [id, { ...body, ...bodies[id] }])),
  authorisations: Object.fromEntries(authorisations.map((a) => [a.id, a])),
  ...(successor === undefined ? {} : { successor }),
});

/** The real memorandum of 2014, as its press release tells of it. */
export const RECORDED: DataOf<'MouRecordedFromSource'> = {
  mouId: 'mou-1', titles: { en: 'Memorandum of Understanding' }, participants: [UK, CA], signedOn: '2014',
  signatories: [
    { asPrinted: 'Stephen Twigg MP', personId: 'twigg', groupId: UK, capacity: 'Chair' },
    { asPrinted: 'Senator Roméo A. Dallaire', personId: 'dallaire', groupId: CA, capacity: 'Chair' },
  ],
  present: [{ asPrinted: 'Lord Carlisle', personId: 'carlile', role: 'Vice-Chair' }],
  textAvailable: false, confidence: 'medium', sources: [{ title: 'Press release', url: 'https://example.org/press-release' }],
};
export const recorded = (over: Partial<DataOf<'MouRecordedFromSource'>> = {}) => event('MouRecordedFromSource', { ...RECORDED, ...over });
