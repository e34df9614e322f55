import { fold, type Row, type View } from '#kernel';
import { NOW } from '#kernel/testing';
import type { ApplicationEvent } from '../membership-application/events.js';
import {
  actors, asked, assessed, circulated, criteria, deferred, expressed, happened, interest, invited, names, objected, objection, objectionDeadline, recommended, submitted,
} from '../membership-application/fixtures.contract.js';
import { membershipApplication } from '../membership-application/membership-application.js';
import { type ApplicationDoc, applications } from './applications.view.js';

const stateOf = (events: readonly ApplicationEvent[]) => events.reduce((s, e) => membershipApplication.evolve[e.type](s, e.data as never), membershipApplication.initial);
const folded = (events: readonly ApplicationEvent[], validTime?: string): Row<ApplicationDoc> =>
  events.reduce<Row<ApplicationDoc> | null>((row, e, i) => {
    const meta = {
      recordedAt: NOW, actor: actors.secretariat, mode: 'live' as const, label: membershipApplication.label(stateOf(events.slice(0, i + 1)), e), commandId: `c${i}`,
      correlationId: `c${i}`, ...(validTime === undefined ? {} : { validTime }),
    };
    const at = { id: `e${i}`, stream: 'application-a1', category: 'application', streamId: 'a1', revision: i + 1, position: String(i + 1) };
    return fold(applications as View<ApplicationDoc>, row, { ...e, ...at, meta });
  }, null)!;
const doc = (...events: ApplicationEvent[]) => folded(events).doc;
const duties = (...events: ApplicationEvent[]) => applications.duties!(doc(...events)).map((d) => `${d.kind} ${d.holder} ${d.command ?? '-'} ${d.deadline ?? '-'}`);

const decisionRef = 'd1';
const admitted = happened('ApplicantAdmitted', { decisionRef, category: 'observer', conditions: ['c'], membershipId: 'm1', groupId: 'g-s', networkId: 'net' });
const declined = happened('ApplicationDeclined', { decisionRef, reasons: 'Not eligible.', reapplyAfter: '2027-11-23' });
const withdrawn = happened('ApplicationWithdrawn', { reason: 'Voted down.' });
const lapsed = happened('ApplicationLapsed', { reason: 'invitation-expired' });
const supplied = happened('FurtherInformationSupplied', { answers: ['Its chair of 2024.'] });
const resumed = happened('ApplicationResumed', { on: '2027-02-01', objectionDeadline: '2027-03-03T10:00:00Z' });
const taken = happened('ApplicationObjectionWithdrawn', { by: 'g-q' });
const lives: Record<string, ApplicationEvent[]> = {
  'an admission': [invited, ...assessed().slice(1), ...objected().slice(3), taken, recommended({ category: 'observer', conditions: ['c'] }).at(-1)!, admitted],
  'a refusal': [...asked(), supplied, ...assessed(false).slice(2), declined],
  'a deferral': [...deferred(), resumed, withdrawn],
  'an invitation that expires': [invited, lapsed],
};

describe('the page of an application', () => {
  it('handles every event', () => expect(Object.keys(applications.on).toSorted()).toEqual(membershipApplication.events.names.toSorted()));
  it.each(Object.entries(lives))('stands in the state of the aggregate through %s', (_, life) => {
    for (let n = 1; n <= life.length; n++) {
      const { status, groupId, networkId, eligible, circulatedTo, objectionDeadline: end, objections } = stateOf(life.slice(0, n));
      const page = doc(...life.slice(0, n));
      expect(page).toMatchObject({ status, groupId, networkId, eligible, circulatedTo, objectionDeadline: end });
      expect(page.objections.filter((o) => !o.withdrawn).map((o) => o.by)).toEqual(objections);
    }
  });
  it('keeps who asked what, and what was answered', () => {
    const questions = ['Who chairs the group?'];
    expect(doc(...asked()).questions).toEqual([{ questions, dueOn: '2026-12-15', answers: null }]);
    expect(doc(...asked([...asked(), supplied])).questions.map((q) => q.answers)).toEqual([['Its chair of 2024.'], null]);
  });
  it('APP-1 shows the assessment, by criterion', () => {
    expect(doc(...assessed(false))).toMatchObject({ eligible: false, assessment: { parliamentEligible: false, criteria, assessor: 'p-sec' } });
    const notMet = happened('EligibilityAssessed', { parliamentEligible: true, criteria: [{ ...criteria[0]!, met: false }], assessor: 'p-sec' });
    expect(doc(...assessed(), notMet).eligible).toBe(false);
  });
  it('APP-4 keeps every objection with its author, also one that was withdrawn', () =>
    expect(doc(...objected(), taken).objections).toEqual([{ by: 'g-q', ...objection, withdrawn: true }]));
  it('says how it ended', () => {
    expect(doc(...lives['an admission']!).outcome).toEqual({ decisionRef, reasons: null, reapplyAfter: null, membershipId: 'm1' });
    expect(doc(...lives['a refusal']!).outcome).toEqual({ decisionRef, reasons: 'Not eligible.', reapplyAfter: '2027-11-23', membershipId: null });
    expect(doc(...submitted(), withdrawn).ended).toBe('Voted down.');
    expect(doc(invited, lapsed).ended).toBe('invitation-expired');
  });
});

describe('what waits for whom', () => {
  it('with the applicant', () => {
    expect(duties(expressed)).toEqual(['application-submit chair:g-s SubmitApplication -']);
    expect(duties(invited)).toEqual(['application-submit chair:g-s SubmitApplication 2026-12-31T23:59:59Z']);
    expect(duties(...asked())).toEqual(['application-answer chair:g-s SupplyInformation 2026-12-15T23:59:59Z']);
  });
  it('with the secretariat and the chair of the network', () => {
    expect(duties(...submitted())).toEqual(['application-assess network-secretariat AssessEligibility -']);
    expect(duties(...assessed())).toEqual(['application-circulate network-secretariat CirculateApplication -']);
    expect(duties(...assessed(false))).toEqual(['application-not-eligible network-chair DeclineApplication -']);
    expect(duties(...recommended())).toEqual([`application-decide network-chair AdmitApplicant ${objectionDeadline}`]);
    expect(duties(...deferred())).toEqual(['application-resume network-chair ResumeApplication 2027-02-01T23:59:59Z']);
    expect(duties(...deferred({ until: undefined }))).toEqual(['application-resume network-chair ResumeApplication -']);
  });
  it('APP-4 with the members, those that have not objected, until the end of the period', () => {
    const decide = `application-decide network-chair AdmitApplicant ${objectionDeadline}`;
    const object = (group: string) => `application-object chair:${group} RaiseObjection ${objectionDeadline}`;
    expect(duties(...circulated())).toEqual([object('g-p'), object('g-q'), decide]);
    expect(duties(...objected())).toEqual([object('g-p'), decide]);
    expect(duties(...objected(), taken)).toEqual([object('g-p'), object('g-q'), decide]);
  });
  it('with nobody at the end', () => {
    for (const life of Object.values(lives)) expect(duties(...life)).toEqual([]);
  });
});

it('an enquiry is listed by its columns, under the name of the group, and read by the group and the network', () => {
  expect(folded([expressed]).label).toEqual({ tlp: 'AMBER', groups: ['g-s', 'net'] });
  expect(folded(submitted()).label).toMatchObject({ tlp: 'GREEN', groups: ['g-s'] });
  expect(doc(expressed)).toMatchObject({ openedOn: '2026-11-01', contact: interest.contact, invited: null });
  expect(folded([invited], '2014-03').doc).toMatchObject({ openedOn: '2014-03', contact: null, invited: { by: 'p-net', expiresOn: '2026-12-31' } });
  expect(doc(expressed, invited)).toMatchObject({ openedOn: '2026-11-01', contact: interest.contact, invited: { by: 'p-net' } });
  const page = doc(...circulated());
  expect(Object.fromEntries(Object.entries(applications.columns!).map(([name, of]) => [name, of(page)]))).toEqual({
    status: 'circulated', groupId: 'g-s', networkId: 'net', category: 'full', open: 1, objectionDeadline,
  });
  expect(applications.columns!['open']!(doc(invited, lapsed))).toBe(0);
  expect(applications.title!(page)).toEqual(names);
  expect(applications.words!(page)).toBe('g-s net Statutes');
});
