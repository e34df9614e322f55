import { evolve } from '#kernel';
import { NOW, specify } from '#kernel/testing';
import {
  actors, application, asked, assessed, circulated, criteria, deferred, expressed, happened, initiative, interest, invitation, invited, known, names, recommended,
  submitted,
} from './fixtures.contract.js';
import { membershipApplication, OPEN_STATES } from './membership-application.js';

const { applicant, chair, secretariat, steering, system } = actors;
const given = specify(membershipApplication, { actor: applicant, evidence: known() });
const imported = { actor: secretariat, mode: 'import' } as const;

describe('the beginning', () => {
  it('is an expression of interest by the group, under the name that it has then', () => {
    given().when('ExpressInterest', interest)
      .yields(happened('InterestExpressed', { applicationId: 'a1', ...interest, on: '2026-11-23', groupNames: names }));
    given().when('ExpressInterest', interest, { evidence: known({ groupNames: null }) })
      .yields(happened('InterestExpressed', { applicationId: 'a1', ...interest, on: '2026-11-23' }));
    given().when('ExpressInterest', { ...interest, on: '2013-12-01' }, imported).yieldsTypes('InterestExpressed');
    given().when('ExpressInterest', interest, { actor: chair }).refuses('not-permitted');
    given().when('ExpressInterest', interest, { actor: { ...applicant, capacity: 'officer' } }).refuses('not-permitted');
    given(expressed).when('ExpressInterest', interest).refuses('illegal-transition');
  });
  it('is an invitation, which can be told again until another day', () => {
    const by = { actor: steering };
    given().when('IssueInvitation', invitation, by).yields(invited);
    given(expressed).when('IssueInvitation', invitation, by).yields(invited);
    given(invited).when('IssueInvitation', invitation, by).changesNothing();
    given(invited).when('IssueInvitation', invitation, { ...by, mode: 'import', actor: secretariat }).changesNothing();
    given(invited).when('IssueInvitation', { ...invitation, expiresOn: '2027-01-31' }, by).yieldsTypes('InvitationIssued');
    given().when('IssueInvitation', invitation).refuses('not-permitted');
  });
  it('APP-6 an invitation is for one group and one network, and ends today at the earliest', () => {
    given(expressed).when('IssueInvitation', { ...invitation, to: 'g-z' }, { actor: steering }).refuses('application.of-another-group', 'APP-6');
    given(invited).when('IssueInvitation', { ...invitation, networkId: 'other' }, imported).refuses('application.of-another-group', 'APP-6');
    given().when('IssueInvitation', { ...invitation, expiresOn: '2026-11-23' }, { actor: secretariat }).yieldsTypes('InvitationIssued');
    given().when('IssueInvitation', { ...invitation, expiresOn: '2026-11-22' }, { actor: secretariat }).refuses('application.expires-in-past');
    given().when('IssueInvitation', { ...invitation, expiresOn: '2014-06-30' }, imported).yieldsTypes('InvitationIssued');
  });
});

describe('one open application', () => {
  const commands = [
    ['ExpressInterest', [], interest, applicant], ['IssueInvitation', [], invitation, steering], ['SubmitApplication', [expressed], application, applicant],
  ] as const;
  it.each(commands)('APP-6 for each group: %s', (command, past, input, actor) => {
    const when = (over: Parameters<typeof known>[0]) => given(...past).when(command, input, { actor, evidence: known(over) });
    when({ otherOpenApplications: 1 }).refuses('application.another-open', 'APP-6');
    when({ alreadyMember: true }).refuses('application.already-member', 'APP-6');
    when({ networkStatus: 'dissolved' }).refuses('application.no-such-network', 'APP-3');
    when({ networkStatus: 'none' }).refuses('application.no-such-network', 'APP-3');
  });
  it.each(commands)('APP-6 of the past is told by its source: %s', (command, past, input) => {
    const evidence = known({ otherOpenApplications: 2, alreadyMember: true, networkStatus: 'dissolved', reapplyAfter: '2030-01-01', groupStatus: 'lapsed' });
    expect(given(...past).when(command, input, { ...imported, evidence }).outcome).toHaveLength(1);
  });
  it('APP-6 who was declined waits for the cooling-off period, to its last day', () => {
    const on = (reapplyAfter: string) => given(expressed).when('SubmitApplication', application, { evidence: known({ reapplyAfter }) });
    on('2026-11-24').refuses('application.cooling-off', 'APP-6');
    on('2026-11-23').yieldsTypes('ApplicationSubmitted');
  });
});

describe('the application', () => {
  const submit = (over: object = {}, evidence = known()) => given(expressed).when('SubmitApplication', { ...application, ...over }, { evidence });
  it('is submitted once', () => {
    submit().yields(happened('ApplicationSubmitted', application));
    given(...submitted()).when('SubmitApplication', application).refuses('illegal-transition');
    given(expressed).when('SubmitApplication', application, { actor: secretariat }).refuses('not-permitted');
  });
  it('APP-3 accepts the charter in force, and none where there is none', () => {
    submit({ charterVersionAccepted: '0.9' }).refuses('application.charter-version', 'APP-3');
    submit({ charterVersionAccepted: 'none' }).refuses('application.charter-version', 'APP-3');
    submit({ charterVersionAccepted: 'none' }, initiative()).yieldsTypes('ApplicationSubmitted');
    submit({}, initiative()).refuses('application.charter-version', 'APP-3');
  });
  it('APP-3 is of an active group, under an authorisation that stands', () => {
    submit({}, known({ groupStatus: 'dormant' })).refuses('application.group-not-active', 'APP-3');
    submit({}, known({ authorisation: { valid: false } })).refuses('application.authorisation-not-valid', 'APP-3');
    submit({}, known({ authorisation: { valid: true } })).yieldsTypes('ApplicationSubmitted');
  });
  it('APP-3 is for a category that the charter knows', () => {
    submit({ category: 'prospective' }).refuses('application.category-unknown', 'APP-3');
    submit({ category: 'prospective', charterVersionAccepted: 'none' }, initiative()).yieldsTypes('ApplicationSubmitted');
  });
  it('tells all that stands against it at once', () => {
    const all = submit({ charterVersionAccepted: '2', category: 'prospective' }, known({ groupStatus: 'lapsed', reapplyAfter: '2027-05-01' }));
    for (const code of ['charter-version', 'category-unknown', 'group-not-active', 'cooling-off']) all.refuses(`application.${code}`);
  });
});

describe('further information', () => {
  const questions = { questions: ['Who chairs the group?'], dueOn: '2026-12-15' };
  const by = { actor: secretariat };
  it('is asked for until a day to come, whatever was done before', () => {
    for (const past of [submitted(), circulated(), deferred()])
      given(...past).when('RequestInformation', questions, by).yields(happened('FurtherInformationRequested', questions));
    given(...submitted()).when('RequestInformation', { ...questions, dueOn: '2026-11-23' }, by).refuses('application.due-in-past');
    given(...submitted()).when('RequestInformation', { ...questions, dueOn: '2014-06-01' }, imported).yieldsTypes('FurtherInformationRequested');
    given(...asked()).when('RequestInformation', questions, by).refuses('illegal-transition');
    given(...submitted()).when('RequestInformation', questions).refuses('not-permitted');
  });
  it('is supplied by the applicant, and the application begins anew with it', () => {
    given(...asked()).when('SupplyInformation', { answers: ['Its chair of 2024.'] })
      .yields(happened('FurtherInformationSupplied', { answers: ['Its chair of 2024.'] }));
    given(...submitted()).when('SupplyInformation', { answers: ['Nobody asked.'] }).refuses('illegal-transition');
    given(...asked()).when('SupplyInformation', { answers: ['Not by another group.'] }, { actor: chair }).refuses('not-permitted');
  });
});

describe('the assessment', () => {
  const eligible = { parliamentEligible: true, criteria };
  const by = { actor: secretariat };
  it('APP-1 comes first, and is attributed', () => {
    given(...submitted()).when('AssessEligibility', eligible, by).yields(happened('EligibilityAssessed', { ...eligible, assessor: 'p-sec' }));
    given(...submitted()).when('AssessEligibility', eligible).refuses('not-permitted');
    given(...circulated()).when('AssessEligibility', eligible, by).refuses('illegal-transition');
  });
  it('changes nothing when it is repeated, and something when it is another', () => {
    given(...assessed()).when('AssessEligibility', eligible, by).changesNothing();
    given(...assessed()).when('AssessEligibility', eligible, imported).changesNothing();
    given(...assessed()).when('AssessEligibility', { ...eligible, parliamentEligible: false }, by).yieldsTypes('EligibilityAssessed');
    given(...assessed(), ...asked([]), happened('FurtherInformationSupplied', { answers: ['Yes.'] })).when('AssessEligibility', eligible, by).changesNothing();
  });
  it('APP-1 an application is not circulated before its parliament was found eligible, by every criterion', () => {
    const open = { id: 'open', met: false, evidence: 'Closed' };
    const notMet = happened('EligibilityAssessed', { parliamentEligible: true, criteria: [...criteria, open], assessor: 'p-sec' });
    given(...submitted()).when('CirculateApplication', {}, by).refuses('application.not-assessed', 'APP-1');
    given(...assessed(false)).when('CirculateApplication', {}, by).refuses('application.not-eligible', 'APP-1');
    given(...submitted(), notMet).when('CirculateApplication', {}, by).refuses('application.not-eligible', 'APP-1');
    given(...submitted()).when('CirculateApplication', {}, imported).yieldsTypes('ApplicationCirculated');
  });
});

describe('both sides of the chamber', () => {
  const circulate = (over: object) => given(...assessed(true, over)).when('CirculateApplication', {}, { actor: secretariat });
  it.each([
    ['one side', { government: 8, opposition: 0 }], ['one side and members of whom nothing is known', { government: 8, unknown: 3 }], ['nobody', {}],
  ])('APP-2 a full member has two of them: not %s', (_, membersBySide) => {
    circulate({ membersBySide }).refuses('application.one-side-only', 'APP-2');
    circulate({ membersBySide, category: 'observer' }).yieldsTypes('ApplicationCirculated');
  });
  it.each([
    [{ government: 1, opposition: 1 }], [{ opposition: 1, crossbench: 1 }], [{ government: 1, 'confidence-and-supply': 1 }],
  ])('APP-2 two of them: %j', (membersBySide) =>
    circulate({ membersBySide }).yieldsTypes('ApplicationCirculated'));
  it('APP-2 they can still be put right after the submission', () =>
    given(expressed).when('SubmitApplication', { ...application, membersBySide: { government: 8 } }).yieldsTypes('ApplicationSubmitted'));
});

describe('what comes to nothing', () => {
  const lives = {
    enquiry: [expressed], submitted: submitted(), awaitingInformation: asked(), circulated: circulated(), recommended: recommended(), deferred: deferred(),
  };
  it.each(OPEN_STATES.map((s) => [s]))('is withdrawn by the applicant from %s', (status) => {
    const past = lives[status];
    expect(past.reduce((s, e) => evolve(membershipApplication, s, e), membershipApplication.initial).status).toBe(status);
    given(...past).when('WithdrawApplication', { reason: 'Voted down.' }).yields(happened('ApplicationWithdrawn', { reason: 'Voted down.' }));
    given(...past).when('WithdrawApplication', { reason: 'Voted down.' }, { actor: chair }).refuses('not-permitted');
    given(...past, happened('ApplicationWithdrawn', { reason: 'x' })).when('WithdrawApplication', { reason: 'x' }).refuses('illegal-transition');
  });
  it('lapses when its day is over everywhere on Earth, not a second before', () => {
    const lapse = (now: string, mode: 'live' | 'import' = 'live') =>
      given(invited).when('LapseApplication', { reason: 'invitation-expired' }, { now, mode, actor: mode === 'import' ? secretariat : system });
    lapse('2027-01-01T11:59:59Z').refuses('application.not-yet-due');
    lapse('2027-01-01T12:00:00Z').yields(happened('ApplicationLapsed', { reason: 'invitation-expired' }));
    lapse(NOW, 'import').yieldsTypes('ApplicationLapsed');
  });
  it('lapses by the rule alone, where something was waited for', () => {
    const late = { actor: system, now: '2028-01-01T00:00:00Z' };
    const lapse = (...past: Parameters<typeof given>) => given(...past).when('LapseApplication', { reason: 'nothing-happened' }, late);
    for (const past of [[expressed], asked(), deferred()]) lapse(...past).yieldsTypes('ApplicationLapsed');
    for (const past of [submitted(), circulated(), recommended()]) lapse(...past).refuses('illegal-transition');
    given(invited).when('LapseApplication', { reason: 'x' }, { actor: secretariat }).refuses('not-permitted');
  });
});
