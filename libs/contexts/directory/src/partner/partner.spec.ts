import { specify } from '#kernel/testing';
import type { PartnerEvent } from './events.js';
import { clearedOn, partner } from './partner.js';

const own = { personId: 'u1', capacity: 'partner', onBehalfOf: 'pa1' } as const;
const given = specify(partner, { actor: { personId: 's1', capacity: 'network-secretariat' }, evidence: { officer: true } });

const listing = (kind: 'ngo' | 'court' = 'ngo') => ({ partnerId: 'pa1', names: { en: 'Institute' }, kind, country: 'GB', links: [] });
const listed: PartnerEvent = { type: 'PartnerListed', data: listing() };
const court: PartnerEvent = { type: 'PartnerListed', data: listing('court') };
const clearance = { checks: ['register of charities'], validUntil: '2027-11-23', responsibleOfficer: 'p1' };
const cleared: PartnerEvent = { type: 'PartnerCleared', data: { ...clearance, by: 's1' } };
const role = { role: 'academic', toOrgRef: 'g1', orgType: 'group', from: '2014' } as const;
const assigned: PartnerEvent = { type: 'PartnerRoleAssigned', data: role };
const suspended: PartnerEvent = { type: 'PartnerSuspended', data: { reason: 'Funding undeclared' } };
const funding = (year: number, governmental: boolean) => ({
  period: { from: `${year}-01-01`, to: `${year}-12-31` }, sources: [{ name: 'Donor', country: 'XB', governmental, band: 'under 10%' }],
});

describe('a partner', () => {
  it('is listed by a secretariat', () => {
    given().when('ListPartner', listing()).yields(listed);
    given().when('ListPartner', listing(), { actor: { personId: 's2', capacity: 'group-secretariat', onBehalfOf: 'g1' } }).yields(listed);
    given().when('ListPartner', listing(), { actor: own }).refuses('not-permitted');
    given(listed).when('ListPartner', listing()).refuses('illegal-transition');
  });
  it('PTN-1 has no role in which it would vote, sign as a member or count in a quorum', () => {
    given(listed).when('AssignRole', role).yields(assigned);
    const input = partner.commands['AssignRole']?.input;
    expect(['member', 'chair', 'signatory'].map((r) => input?.safeParse({ ...role, role: r }).success)).toEqual([false, false, false]);
    given(listed).when('AssignRole', role, { actor: own }).refuses('not-permitted');
  });
  it('PTN-2 holds each role for an organisation once and dated; a court or a UN office is a liaison institution only', () => {
    given(listed, assigned).when('AssignRole', role).changesNothing();
    given(court).when('AssignRole', role).refuses('partner.liaison-only', 'PTN-2');
    given(court).when('AssignRole', { ...role, role: 'liaison-institution' }).yieldsTypes('PartnerRoleAssigned');
  });
  it('PTN-2 ends a role that it holds', () => {
    const end = { role: 'academic', toOrgRef: 'g1', until: '2018' } as const;
    given(listed, assigned).when('EndRole', end).yields({ type: 'PartnerRoleEnded', data: end });
    given(listed).when('EndRole', end).refuses('partner.role-not-held', 'PTN-2');
  });
  it('PTN-3 sees more than TLP:GREEN while it is cleared and an officer of a group answers for it', () => {
    given(listed).when('ClearPartner', clearance).yields(cleared);
    given(listed).when('ClearPartner', { ...clearance, validUntil: '2026-11-23' }).refuses('partner.clearance-in-past', 'PTN-3');
    given(listed).when('ClearPartner', clearance, { evidence: { officer: false } }).refuses('partner.responsible-not-officer', 'PTN-3');
    const { state } = given(listed, suspended).when('ClearPartner', clearance);
    expect([clearedOn(state, '2027-11-23'), clearedOn(state, '2027-11-24')]).toEqual([true, false]);
    expect(clearedOn(given(listed, cleared).when('SuspendPartner', suspended.data).state, '2027-01-01')).toBe(false);
  });
  it('declares its own funding; the latest period counts', () => {
    const declared: PartnerEvent = { type: 'PartnerFundingDeclared', data: funding(2025, true) };
    given(listed).when('DeclareFunding', funding(2025, true), { actor: own }).yields(declared);
    given(listed).when('DeclareFunding', funding(2025, true)).refuses('not-permitted');
    given(listed, declared).when('DeclareFunding', funding(2025, true), { actor: own }).changesNothing();
    expect(given(listed, declared).when('DeclareFunding', funding(2026, false), { actor: own }).state.governmentFunding).toEqual([]);
    expect(given(listed, declared).when('DeclareFunding', funding(2024, false), { actor: own }).state.governmentFunding).toEqual(['XB']);
    const reversed = { ...funding(2025, true), period: { from: '2025-12-31', to: '2025-01-01' } };
    given(listed).when('DeclareFunding', reversed, { actor: own }).refuses('partner.period-reversed');
  });
  it('is suspended, and its partnership ends for good', () => {
    given(listed).when('SuspendPartner', suspended.data).yields(suspended);
    given(listed, suspended).when('SuspendPartner', suspended.data).refuses('illegal-transition');
    const ended: PartnerEvent = { type: 'PartnershipEnded', data: { reason: 'By agreement' } };
    given(listed, suspended).when('EndPartnership', ended.data).yields(ended);
    given(listed, ended).when('EndPartnership', ended.data).refuses('illegal-transition');
  });
});
