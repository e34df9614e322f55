import type { NetworkEvent } from './events.js';
import type { NetworkEvidence } from './network.js';
import { people } from '../people.contract.js';

/** Facts of an invented network, for the tests of this context. */
export const actors = { ...people, chair: people.steering, groupChair: people.chair };

type DataOf<K extends NetworkEvent['type']> = Extract<NetworkEvent, { type: K }>['data'];
export const happened = <K extends NetworkEvent['type']>(type: K, data: DataOf<K>): NetworkEvent => ({ type, data }) as NetworkEvent;

export const known: NetworkEvidence = { id: 'net', mayVote: true, parliaments: { 'g-p': 'XA', 'g-q': 'XB', 'g-r': 'XC' }, partnerListed: true };
/** The decision that the steering committee cites. */
export const decided = (status: string, rule = 'two-thirds', id = 'a1', type = 'charter-amendment'): NetworkEvidence => ({
  ...known, decision: { status, rule, subject: { type, id } },
});

const languages = { official: ['en', 'fr'], working: ['en', 'fr', 'es', 'ar', 'pt', 'rw'] };
export const launch: DataOf<'NetworkInitiativeLaunched'> = {
  networkId: 'net', names: { en: 'Network for Prevention', fr: 'Réseau pour la prévention' }, aims: { en: 'To act before it happens.' },
  launchedOn: '[2013-12..2014]', sources: [],
};
export const charter: DataOf<'CharterAdopted'> = {
  charterId: 'c1', version: '1', documentRef: 'Charter of January', categories: ['full', 'associate', 'observer'],
  decisionRules: { admission: 'simple', charter: 'two-thirds', statement: 'consensus' }, languages, effectiveOn: '2026-01-15',
};
export const text = { en: 'Read “four years”.', fr: 'Lire « quatre ans ».' };
export const amendment: DataOf<'CharterAmendmentProposed'> = { amendmentId: 'a1', text, proposers: ['g-p'], noticeUntil: '2026-11-20' };
export const amended: DataOf<'CharterAmended'> = { amendmentId: 'a1', newVersion: '2', effectiveOn: '2027-01-01', decisionRef: 'd1' };
export const procedure: DataOf<'RulesOfProcedureAdopted'> = {
  version: '1',
  rules: {
    silence: { defaultHours: 72, minHours: 48, crisisHours: 6 }, statement: { signatories: 20, parliaments: 3 }, signature: { policy: 'add-until-closing' },
  },
};
export const designated: DataOf<'OfficialLanguagesDesignated'> = { ...languages, effectiveOn: '2026-06-01' };
export const seatOf = (group: 'p' | 'q' | 'r') => ({ groupId: `g-${group}`, personId: `p-${group}`, parliamentId: { p: 'XA', q: 'XB', r: 'XC' }[group] });

export const launched = happened('NetworkInitiativeLaunched', launch);
export const constituted = [launched, happened('CharterAdopted', charter)];
export const proposed = [...constituted, happened('CharterAmendmentProposed', amendment)];
export const rotated = happened('NetworkChairRotated', { from: [], to: [seatOf('p')], on: '2026-03-01' });
