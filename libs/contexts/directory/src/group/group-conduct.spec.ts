import { idOf, specify } from '#kernel/testing';
import type { GroupEvent } from './events.js';
import { group } from './group.js';
import { active, chair, dormant, evidence, founded, member, network, officer, proposal, proposed, rules, secretary, sided, slate, system, with_ } from './group.samples.js';
import { disclaimerOf, type GroupEvidence, type Rules } from './rules.js';
import { authorisationFor } from './state.js';

const given = specify(group, { actor: chair, evidence });

describe('the secretariat of a group', () => {
  const appointment = { partnerId: 'pa1', services: ['secretariat'], dueDiligence: { statementRef: 'd1', foreignGovernmentFunding: 'none' as const }, from: '2026-11-23' };
  const appointed: GroupEvent = { type: 'SecretariatAppointed', data: appointment };
  const of = (partner: GroupEvidence['partner'], more: Partial<Rules> = {}) => ({ evidence: { ...with_(more), ...(partner ? { partner } : {}) } });
  it('GRP-5 is appointed after a statement of due diligence', () => {
    given(...active).when('AppointSecretariat', appointment).yields(appointed);
    given(...active, appointed).when('AppointSecretariat', appointment).changesNothing();
    const { dueDiligence: _, ...without } = appointment;
    given(...active).when('AppointSecretariat', without).refuses('group.due-diligence-missing', 'GRP-5');
    given(...active).when('AppointSecretariat', without, { actor: network, mode: 'import' }).yieldsTypes('SecretariatAppointed');
  });
  it('GRP-5 is not provided or funded by a foreign government where that is forbidden', () => {
    const foreign = { available: true, foreignGovernment: true };
    const said = (foreignGovernmentFunding: string) => ({ ...appointment, dueDiligence: { statementRef: 'd1', foreignGovernmentFunding } });
    given(...active).when('AppointSecretariat', appointment, of(foreign)).refuses('group.foreign-government-secretariat', 'GRP-5');
    given(...active).when('AppointSecretariat', said('declared')).refuses('group.foreign-government-secretariat', 'GRP-5');
    given(...active).when('AppointSecretariat', said('refused')).refuses('group.due-diligence-refused', 'GRP-5');
    given(...active).when('AppointSecretariat', appointment, of(foreign, { foreignGovernmentSecretariat: 'declared' })).refuses('group.foreign-funding-not-declared', 'GRP-5');
    given(...active).when('AppointSecretariat', said('declared'), of(foreign, { foreignGovernmentSecretariat: 'declared' })).yieldsTypes('SecretariatAppointed');
    given(...active).when('AppointSecretariat', appointment, of({ available: false, foreignGovernment: false })).refuses('group.partner-not-available', 'GRP-5');
  });
  it('ends', () => {
    const end = { partnerId: 'pa1', until: '2026-11-23' };
    given(...active, appointed).when('EndSecretariat', end).yields({ type: 'SecretariatEnded', data: end });
    given(...active).when('EndSecretariat', end).refuses('group.not-its-secretariat');
  });
});

describe('benefits and statements', () => {
  const benefit = { source: 'Trust', kind: 'financial' as const, value: { amount: 1000, currency: 'GBP' }, receivedOn: '2026-11-01', purpose: 'Report' };
  const first: GroupEvent = { type: 'BenefitRegistered', data: { ...benefit, registeredOn: '2026-11-23', tier: 'basic' } };
  it('GRP-6 below the threshold changes nothing in the duties', () => {
    given(...active).when('RegisterBenefit', benefit, { actor: secretary }).yields(first);
    given(...active, first).when('RegisterBenefit', benefit).changesNothing();
  });
  it('GRP-6 what crosses the threshold in a year moves the group into the higher tier; what is late is registered and marked', () => {
    const second = { ...benefit, purpose: 'Visit' };
    given(...active, first).when('RegisterBenefit', second).yields({ type: 'BenefitRegistered', data: { ...second, registeredOn: '2026-11-23', tier: 'higher', late: false } });
    const late = { ...second, receivedOn: '2026-10-01' };
    expect(given(...active, first).when('RegisterBenefit', late).outcome).toMatchObject([{ data: { tier: 'higher', late: true } }]);
    expect(given(...active, first).when('RegisterBenefit', { ...second, receivedOn: '2025-11-20' }).outcome).toMatchObject([{ data: { tier: 'basic' } }]);
  });
  it('GRP-6 a benefit has a day and a value; a source may say less', () => {
    const { value: _, ...worthless } = benefit;
    given(...active).when('RegisterBenefit', worthless).refuses('group.benefit-without-value', 'GRP-6');
    given(...active).when('RegisterBenefit', { ...benefit, receivedOn: '2026' }).refuses('group.benefit-without-day', 'GRP-6');
    given(...active).when('RegisterBenefit', { ...benefit, receivedOn: '2026-11-24' }).refuses('group.benefit-in-future', 'GRP-6');
    given(...active)
      .when('RegisterBenefit', { ...worthless, receivedOn: '2013' }, { actor: network, mode: 'import' })
      .yields({ type: 'BenefitRegistered', data: { ...worthless, receivedOn: '2013', registeredOn: 'XXXX' } });
  });
  it('GRP-6 publishes the income statement of a period that is over', () => {
    const statement = { period: { from: '2025-04-01', to: '2026-03-31' }, documentRef: 'doc1' };
    const published: GroupEvent = { type: 'IncomeStatementPublished', data: statement };
    given(...active).when('PublishIncomeStatement', statement).yields(published);
    given(...active, published).when('PublishIncomeStatement', statement).changesNothing();
    given(...active).when('PublishIncomeStatement', { ...statement, period: { from: '2026-04-01', to: '2027-03-31' } }).refuses('group.period-not-over', 'GRP-6');
    given(...active).when('PublishIncomeStatement', { ...statement, period: { from: '2026-03-31', to: '2025-04-01' } }).refuses('group.period-reversed');
  });
  it('adopts a programme of work', () => {
    const programme = { period: { from: '2027-01-01', to: '2027-12-31' }, items: [{ en: 'Hearing' }] };
    const adopted: GroupEvent = { type: 'ProgrammeOfWorkAdopted', data: programme };
    given(...active).when('AdoptProgramme', programme).yields(adopted);
    given(...active, adopted).when('AdoptProgramme', programme).changesNothing();
    given(...active).when('AdoptProgramme', programme, { actor: officer }).refuses('not-permitted');
  });
});

describe('authorisations', () => {
  const grant = {
    subject: { type: 'mou', id: 'mou1' }, act: 'sign', holder: 'p1', textDigests: { en: 'a'.repeat(64) }, latitude: 'none',
    expiresAt: '2026-12-31T00:00:00Z', decisionRef: 'minutes of 20 November',
  } as const;
  const granted: GroupEvent = { type: 'GroupAuthorisationGranted', data: { authorisationId: idOf(0), ...grant } };
  const need = { subjectId: 'mou1', act: 'sign', holder: 'p1', now: '2026-12-01T00:00:00Z' };
  it('GRP-7 name the instrument, the act, the text, the signatory and the expiry, by a decision of the group', () => {
    given(...active).when('GrantAuthorisation', grant).yields(granted);
    given(...active, granted).when('GrantAuthorisation', grant).refuses('group.authorisation-in-force', 'GRP-7');
    given(...active).when('GrantAuthorisation', { ...grant, expiresAt: '2026-11-23T08:00:00Z' }).refuses('group.authorisation-expired', 'GRP-7');
    given(...active).when('GrantAuthorisation', { ...grant, holder: 'p9' }).refuses('group.holder-not-in-group', 'GRP-7');
    given(...active).when('GrantAuthorisation', { ...grant, textDigests: undefined }).refuses('group.authorisation-without-text', 'GRP-7');
    given(...active).when('GrantAuthorisation', grant, { actor: officer }).refuses('not-permitted');
    expect(group.commands['GrantAuthorisation']?.input.safeParse({ ...grant, decisionRef: undefined }).success).toBe(false);
  });
  it('GRP-7 do not outlive the term', () => {
    const term: GroupEvent = { type: 'OfficersElected', data: { officers: slate, termEndsOn: '2026-12-01' } };
    given(founded, term).when('GrantAuthorisation', grant).refuses('group.authorisation-outlives-term', 'GRP-7');
  });
  it('GRP-7 are revoked, and are read by the group only', () => {
    const revoked: GroupEvent = { type: 'GroupAuthorisationRevoked', data: { authorisationId: idOf(0), reason: 'New text' } };
    given(...active, granted).when('RevokeAuthorisation', revoked.data).yields(revoked);
    given(...active).when('RevokeAuthorisation', revoked.data).refuses('group.no-such-authorisation', 'GRP-7');
    expect(group.label(given(...active).when('GrantAuthorisation', grant).state, granted)).toEqual({ tlp: 'AMBER', groups: ['g1'] });
  });
  it('GRP-8 nothing is signed for a group that sleeps', () => {
    expect(authorisationFor(given(...active).when('GrantAuthorisation', grant).state, need)?.id).toBe(idOf(0));
    const asleep = given(...active, granted).when('MarkDormant', dormant.data, { actor: system });
    expect(authorisationFor(asleep.state, need)).toBeUndefined();
    given(...active, dormant).when('GrantAuthorisation', grant).refuses('illegal-transition');
  });
});

describe('compliance, name and end', () => {
  it('GRP-9 a claim to speak for the parliament is a concern, raised once and resolved; publications carry the disclaimer', () => {
    const concern = { rule: 'GRP-9', detail: 'Letterhead of the parliament', dueOn: '2026-12-23' };
    const raised: GroupEvent = { type: 'ComplianceConcernRaised', data: concern };
    given(...active).when('RaiseComplianceConcern', concern, { actor: { personId: 'a1', capacity: 'auditor' } }).yields(raised);
    given(...active, raised).when('RaiseComplianceConcern', concern, { actor: network }).refuses('group.concern-open', 'GRP-9');
    given(...active).when('RaiseComplianceConcern', concern).refuses('not-permitted');
    const resolved: GroupEvent = { type: 'ComplianceConcernResolved', data: { rule: 'GRP-9', resolution: 'Withdrawn' } };
    given(...active, raised).when('ResolveComplianceConcern', resolved.data, { actor: network }).yields(resolved);
    given(...active).when('ResolveComplianceConcern', resolved.data, { actor: network }).refuses('group.no-such-concern');
    expect(disclaimerOf(rules)).toEqual({ en: 'Not an official publication.' });
  });
  it('is renamed, and keeps the name it had', () => {
    const to = { to: { en: 'New name' }, on: '2026-11-23' };
    given(...active).when('RenameGroup', to).yields({ type: 'GroupRenamed', data: { from: { en: 'Group' }, ...to } });
    given(...active).when('RenameGroup', { ...to, to: { en: 'Group' } }).changesNothing();
    given(...active).when('RenameGroup', to, { actor: secretary }).refuses('not-permitted');
  });
  it('GRP-8 sleeps at a dissolution where the rules say so, and only by the rule', () => {
    given(...active).when('MarkDormant', dormant.data, { actor: system }).yields(dormant);
    given(...active).when('MarkDormant', dormant.data, { actor: system, evidence: with_({ groupEndsAtDissolution: false }) }).refuses('group.outlives-dissolution', 'GRP-8');
    given(...active).when('MarkDormant', dormant.data).refuses('not-permitted');
  });
  it('GRP-1 GRP-2 GRP-3 GRP-8 is reconstituted by a new inaugural meeting', () => {
    const again = { term: '59', on: '2026-11-23', predecessorTerm: '58', present: ['p1', 'p2', 'p3'], officers: slate, responsibleOfficer: 'p1' };
    const on = given(...active, dormant);
    on.when('Reconstitute', again, { actor: member }).yields(
      { type: 'GroupReconstituted', data: { term: '59', on: '2026-11-23', predecessorTerm: '58' } },
      { type: 'OfficersElected', data: { officers: slate.map(sided) } },
      { type: 'ResponsibleOfficerDesignated', data: { personId: 'p1', from: '2026-11-23' } },
    );
    on.when('Reconstitute', { ...again, present: ['p1'] }).refuses('group.quorum-not-met', 'GRP-1');
    on.when('Reconstitute', { ...again, officers: [slate[0]!] }).refuses('group.officers-not-balanced', 'GRP-2');
    on.when('Reconstitute', { ...again, responsibleOfficer: undefined }).refuses('group.responsible-not-officer', 'GRP-3');
    on.when('Reconstitute', again, { actor: { personId: 'u1', capacity: 'partner', onBehalfOf: 'g1' } }).refuses('not-permitted');
    on.when('Reconstitute', { term: '56', on: '2015', present: [], officers: [] }, { actor: network, mode: 'import' }).yieldsTypes('GroupReconstituted');
  });
  it('lapses when it does not return, and is dissolved for good', () => {
    const lapsed: GroupEvent = { type: 'GroupLapsed', data: { on: '2026-11-23', authority: 'Registrar' } };
    given(...active, dormant).when('RecordLapse', lapsed.data, { actor: network }).yields(lapsed);
    given(...active).when('RecordLapse', lapsed.data, { actor: network }).refuses('illegal-transition');
    const dissolved: GroupEvent = { type: 'GroupDissolved', data: { on: '2026-11-23', reason: 'By decision' } };
    given(...active).when('DissolveGroup', dissolved.data).yields(dissolved);
    given(...active, dissolved).when('Reconstitute', {
      term: '59', on: '2026-11-23', present: [], officers: [],
    }).refuses('illegal-transition');
  });
  it('what was proposed and never founded stays within the network', () => {
    expect(group.label(given().when('ProposeGroup', proposal).state, proposed).tlp).toBe('GREEN');
    expect(group.label(given(...active).when('RenameGroup', { to: { en: 'N' }, on: '2026' }).state, founded).tlp).toBe('CLEAR');
  });
});
