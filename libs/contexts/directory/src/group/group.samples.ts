import type { GroupEvent, Officer } from './events.js';
import type { GroupEvidence, PersonFacts, Rules } from './rules.js';

/** Actors, rules, people and events of which the specs of a group speak. */
export const chair = { personId: 'p1', capacity: 'chair', onBehalfOf: 'g1' } as const;
export const officer = { personId: 'p2', capacity: 'officer', onBehalfOf: 'g1' } as const;
export const member = { personId: 'p3', capacity: 'member', onBehalfOf: 'g1' } as const;
export const secretary = { personId: 's1', capacity: 'group-secretariat', onBehalfOf: 'g1' } as const;
export const network = { personId: 's2', capacity: 'network-secretariat' } as const;
export const system = { personId: 'system', capacity: 'system', rule: 'when-parliament-dissolved' } as const;

export const rules: Rules = {
  profileId: 'gb-appg', version: '2010', maxOfficers: 4, officerBalance: 'government-and-opposition', quorumByMeetingKind: { inaugural: 3, agm: 3 }, chairMustSitIn: 'XA-LC01',
  maxGroupsPerOfficer: 2, benefitThreshold: { amount: 1500, currency: 'GBP' }, benefitDeadlineDays: 28, groupEndsAtDissolution: true,
  foreignGovernmentSecretariat: 'forbidden', disclaimer: { en: 'Not an official publication.' },
};
export const facts = (side: 'government' | 'opposition', more: Partial<PersonFacts> = {}): PersonFacts => ({
  serving: true, chambers: ['XA-LC01'], side, otherOffices: 0, ...more,
});
export const people = {
  p1: facts('government'), p2: facts('opposition'), p3: facts('government'), p4: facts('government'), p5: facts('government'),
  lord: facts('opposition', { chambers: ['XA-UC01'] }), busy: facts('opposition', { otherOffices: 2 }), former: facts('opposition', { serving: false }),
};
export const evidence: GroupEvidence = { profile: rules, people, partner: { available: true, foreignGovernment: false } };
export const with_ = (profile: Partial<Rules>): GroupEvidence => ({ ...evidence, profile: { ...rules, ...profile } });

export const proposal = { groupId: 'g1', parliamentId: 'XA', proposedName: { en: 'Group' }, purpose: { en: 'Prevention' }, promoters: ['p1', 'p2'] };
export const proposed: GroupEvent = { type: 'GroupFormationProposed', data: proposal };
export const slate: Officer[] = [{ personId: 'p1', role: 'chair' }, { personId: 'p2', role: 'vice-chair' }];
export const sided = (o: Officer): Officer => ({ ...o, side: o.personId === 'p2' ? 'opposition' : 'government', chamber: 'XA-LC01' });
export const founding = { meetingId: 'm1', on: '2026-11-20', present: ['p1', 'p2', 'p3'], officers: slate, responsibleOfficer: 'p1', recognition: 'registered' };
export const founded: GroupEvent = {
  type: 'GroupFounded',
  data: { groupId: 'g1', parliamentId: 'XA', names: { en: 'Group' }, purpose: { en: 'Prevention' }, foundedOn: '2026-11-20', recognition: 'registered', sources: [] },
};
export const elected: GroupEvent = { type: 'OfficersElected', data: { officers: slate } };
export const responsible: GroupEvent = { type: 'ResponsibleOfficerDesignated', data: { personId: 'p1', from: '2026-11-20' } };
export const active = [founded, elected, responsible] as const;
export const dormant: GroupEvent = { type: 'GroupBecameDormant', data: { cause: 'dissolution', since: '2026-11-22' } };
