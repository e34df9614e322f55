import { specify } from '#kernel/testing';
import {
  actors, agenda, approval, asked, at, attended, closed, convened, decision, during, earlier, happened, inquorate, known, later, lost, names, ofGroup, open,
} from './fixtures.contract.js';
import { meeting } from './meeting.js';

const given = specify(meeting, { actor: actors.steering, evidence: known(), now: during });
const { chair, chairQ, clerk, member, secretariat, steering } = actors;
const imported = { actor: secretariat, mode: 'import' } as const;
const now = '2026-11-23T09:00:00Z';

describe('convening', () => {
  const convene = (input: object = {}, occasion: object = {}) => given().when('ConveneMeeting', { ...asked, ...input }, { actor: secretariat, now, ...occasion });
  it('MTG-1 gives the notice of its kind, and says when it was given and who was called', () => {
    convene().yields(...convened());
    convene({ at: { ...at, instant: '2026-12-23T09:00:00Z' } }).yieldsTypes('MeetingConvened');
    const short = convene({ at: { ...at, instant: '2026-12-23T08:59:59Z' } });
    short.refuses('meeting.notice-too-short', 'MTG-1');
    expect(short.outcome).toMatchObject({ params: { days: 30, kind: 'plenary' } });
  });
  it('MTG-1 is shorter where the rule of urgency is cited, and never of the past', () => {
    const soon = { at: { ...at, instant: '2026-11-23T15:00:00Z' }, kind: 'crisis-call' };
    convene({ ...soon, urgencyRule: 'Rules of procedure, 7.2' }).yieldsTypes('MeetingConvened');
    convene(soon, { evidence: known({ noticeDays: 0 }) }).yieldsTypes('MeetingConvened');
    convene(soon).refuses('meeting.notice-too-short', 'MTG-1');
    for (const instant of [now, '2026-11-22T09:00:00Z']) convene({ at: { ...at, instant }, urgencyRule: 'x' }).refuses('meeting.in-past', 'MTG-1');
  });
  it('is of a body that meets, somewhere, in a time zone that there is', () => {
    convene({}, { evidence: known({ body: { meets: false, names: null, entitled: [] } }) }).refuses('meeting.no-such-body');
    convene({ place: undefined }).refuses('meeting.nowhere');
    convene({ place: undefined, link: 'https://meet.example/1' }).yieldsTypes('MeetingConvened');
    convene({}, { evidence: known({ zoneKnown: false }) }).refuses('meeting.unknown-time-zone');
    convene({ meetingId: 'mt2' }).refuses('meeting.other-id');
    given(...convened()).when('ConveneMeeting', asked, { actor: secretariat }).refuses('illegal-transition');
  });
  it('is done by the secretariat of the network, or of the group that meets', () => {
    given().when('ConveneMeeting', { ...ofGroup, meetingId: 'mt1' }, { actor: clerk, now }).yieldsTypes('MeetingConvened');
    convene({}, { actor: clerk }).refuses('not-permitted');
    for (const actor of [steering, chair, member]) convene({}, { actor }).refuses('not-permitted');
    for (const kind of ['plenary', 'steering']) given().when('ConveneMeeting', { ...ofGroup, kind }, { actor: clerk, now }).refuses('meeting.kind-of-network');
  });
  it('of the past says of notice and those called what its source says', () => {
    const past = { at: { ...at, instant: '2014-06-17T10:00:00Z' }, place: undefined };
    convene(past, imported).yields(happened('MeetingConvened', { ...asked, at: past.at, place: undefined, bodyNames: names }));
    expect(convene({ ...past, noticeGivenAt: '2014-05-01T10:00:00Z' }, imported).outcome).toMatchObject([{ data: { noticeGivenAt: '2014-05-01T10:00:00Z' } }]);
  });
});

describe('the agenda', () => {
  const title = { en: 'Elections' };
  const amend = (...changes: object[]) => given(...convened()).when('AmendAgenda', { changes }, { actor: secretariat });
  it('is amended by number: put, put in place, taken off', () => {
    const { outcome, state } = amend({ item: 3, title }, { item: 2 }, { item: 1, title });
    expect(outcome).toEqual([happened('AgendaAmended', { changes: [{ item: 3, title }, { item: 2 }, { item: 1, title }] })]);
    expect(state.agenda).toEqual({ 1: title, 3: title });
  });
  it('tells what changes and nothing else', () => {
    amend({ item: 1, title: { fr: agenda[0]!.fr, en: agenda[0]!.en } }).changesNothing();
    amend({ item: 1, title: agenda[0] }, { item: 2, title }).yields(happened('AgendaAmended', { changes: [{ item: 2, title }] }));
  });
  it('keeps one item at least, each named once', () => {
    amend({ item: 4 }).refuses('meeting.no-such-item');
    amend({ item: 1 }, { item: 1, title }).refuses('meeting.item-twice');
    amend({ item: 1 }, { item: 2 }).refuses('meeting.agenda-empty');
    given(...open()).when('AmendAgenda', { changes: [{ item: 3, title }] }, { actor: secretariat }).refuses('illegal-transition');
    given(...convened()).when('AmendAgenda', { changes: [{ item: 3, title }] }).refuses('not-permitted');
  });
});

describe('the quorum', () => {
  const opened = (present: number, quorumRequired = 2) => happened('MeetingOpened', { at: during, chairedBy: 'p-net', quorumRequired, present });
  const unruled = known({ quorum: { required: 2, ruled: false } });
  const start = (input: object, occasion: object = {}) => given(...convened()).when('OpenMeeting', input, occasion);
  it('MTG-2 is there when the chair opens, and is recorded', () => {
    start({ present: 2 }).yields(opened(2));
    const few = start({ present: 1 });
    few.refuses('meeting.quorum-not-met', 'MTG-2');
    expect(few.outcome).toMatchObject({ params: { present: 1, required: 2 } });
    start({ present: 4 }).refuses('meeting.more-than-counted', 'MTG-2');
    start({ present: 4 }, { evidence: known({ counted: null }) }).yields(opened(4));
  });
  it('MTG-2 is that of the rules; where they have none, the one that is stated', () => {
    start({ present: 3, quorumRequired: 3 }).refuses('meeting.quorum-of-rules', 'MTG-2');
    start({ present: 3, quorumRequired: 2 }).yields(opened(3));
    start({ present: 3, quorumRequired: 3 }, { evidence: unruled }).yields(opened(3, 3));
    start({ present: 2, quorumRequired: 3 }, { evidence: unruled }).refuses('meeting.quorum-not-met', 'MTG-2');
    start({ present: 1, quorumRequired: 0 }, { evidence: unruled }).refuses('meeting.quorum-of-nobody', 'MTG-2');
  });
  it('MTG-2 is checked on call: a meeting that has lost it decides nothing until it is there again', () => {
    given(...open()).when('RecordInquorate', { present: 1 }, { now: later }).yields(lost);
    given(...convened()).when('RecordInquorate', { present: 0 }, { now: later }).yields(happened('QuorumLost', { at: later, present: 0 }));
    given(...open()).when('RecordInquorate', { present: 2 }).refuses('meeting.quorum-met', 'MTG-2');
    given(...open()).when('RecordInquorate', { present: 1 }, { actor: secretariat }).refuses('not-permitted');
    given(...inquorate()).when('RecordDecision', decision).refuses('illegal-transition');
    given(...inquorate()).when('OpenMeeting', { present: 1 }).refuses('meeting.quorum-not-met', 'MTG-2');
    given(...inquorate()).when('OpenMeeting', { present: 2 }).yields(opened(2));
    given(...inquorate(), opened(2)).when('RecordDecision', decision).yieldsTypes('MeetingDecisionRecorded');
  });
  it('MTG-1 is not asked for before the time of the meeting', () => {
    const early = { now: '2026-12-24T07:59:59Z' };
    start({ present: 2 }, early).refuses('meeting.before-its-time', 'MTG-1');
    given(...convened()).when('RecordInquorate', { present: 0 }, early).refuses('meeting.before-its-time', 'MTG-1');
  });
  it('is the business of the chair of the body that meets', () => {
    for (const actor of [secretariat, chair, { ...steering, onBehalfOf: 'other' }]) start({ present: 2 }, { actor }).refuses('not-permitted');
    const group = { body: ofGroup.body, kind: ofGroup.kind };
    given(...convened(group)).when('OpenMeeting', { present: 2 }, { actor: chair }).yieldsTypes('MeetingOpened');
    for (const actor of [chairQ, steering, member]) given(...convened(group)).when('OpenMeeting', { present: 2 }, { actor }).refuses('not-permitted');
  });
  it('of the past is what its source says', () => {
    const told = { at: '2014-06-17T10:00:00Z', present: 5 };
    start(told, imported).yields(happened('MeetingOpened', told));
    start({ present: 5 }, imported).refuses('meeting.time-not-told', 'G3');
    given(...open()).when('RecordInquorate', { present: 5 }, imported).refuses('meeting.time-not-told', 'G3');
    given(...open()).when('CloseMeeting', {}, imported).refuses('meeting.time-not-told', 'G3');
  });
});

describe('what may be told', () => {
  const house = { rule: 'chatham-house' as const };
  it('MTG-3 records how many opened the meeting, and who chaired it of one on the record alone', () => {
    for (const rule of ['chatham-house', 'in-camera'] as const)
      given(...convened({ rule })).when('OpenMeeting', { present: 2 }).yields(happened('MeetingOpened', { at: during, quorumRequired: 2, present: 2 }));
    given(...convened(house)).when('OpenMeeting', { present: 2, at: during, chairedBy: 'p-x' }, imported).yields(happened('MeetingOpened', { at: during, present: 2 }));
  });
  it('MTG-3 writes down what was said, and nobody who was there', () => {
    const evidence = known({ attendants: ['Zoë Example', 'أمينة مثال'] });
    const record = (text: object) => given(...open(house)).when('RecordDecision', { ...decision, text }, { evidence });
    record({ en: 'The programme was adopted.' }).yieldsTypes('MeetingDecisionRecorded');
    record({ en: 'As ZOE\u0308 EXAMPLE proposed, it was adopted.' }).refuses('meeting.names-attendant', 'MTG-3');
    record({ en: 'It was adopted.', ar: 'اقترحت أمينة مثال' }).refuses('meeting.names-attendant', 'MTG-3');
  });
  it('MTG-3 keeps the list of attendance with the body and its secretariat', () => {
    const labels = (over: Parameters<typeof convened>[0]) => {
      const { state } = given(...open(over)).when('RecordAttendance', attended, { actor: secretariat, evidence: known({ personRecorded: true }) });
      return [meeting.label(state, happened('AttendanceRecorded', attended)), meeting.label(state, happened('MeetingDecisionRecorded', decision))];
    };
    const [green, net] = [{ tlp: 'GREEN' }, { tlp: 'AMBER', groups: ['net'] }];
    const group = { body: ofGroup.body };
    expect(labels({})).toEqual([green, green]);
    expect(labels(house)).toEqual([net, green]);
    expect(labels({ rule: 'in-camera' })).toEqual([net, { tlp: 'AMBER', groups: ['net', 'g-p', 'g-q', 'g-r'] }]);
    for (const rule of ['on-record', 'chatham-house'] as const) expect(labels({ ...group, rule })).toEqual(Array(2).fill({ tlp: 'AMBER', groups: ['g-p'] }));
    expect(labels({ ...group, rule: 'in-camera' })).toEqual(Array(2).fill({ tlp: 'AMBER+STRICT', groups: ['g-p'] }));
  });
  it('MTG-3 is recorded by the secretariat: who, as what, from when until when', () => {
    const attend = (input: object = {}, occasion: object = {}) =>
      given(...open()).when('RecordAttendance', { ...attended, ...input }, { actor: secretariat, evidence: known({ personRecorded: true }), now: later, ...occasion });
    attend().yields(happened('AttendanceRecorded', attended));
    attend({ leftAt: '2026-12-24T08:04:00Z' }).refuses('meeting.left-before-joining');
    attend({ leftAt: '2026-12-24T10:00:01Z' }).refuses('meeting.attendance-ahead');
    attend({}, { evidence: known({ personRecorded: false }) }).refuses('meeting.unknown-person');
    for (const actor of [steering, clerk]) attend({}, { actor }).refuses('not-permitted');
    const present = given(...open(), happened('AttendanceRecorded', attended));
    const evidence = known({ personRecorded: true });
    present.when('RecordAttendance', attended, { actor: secretariat, evidence }).changesNothing();
    present.when('RecordAttendance', { ...attended, leftAt: later }, { actor: secretariat, evidence, now: later }).yieldsTypes('AttendanceRecorded');
  });
});

describe('what was decided', () => {
  const record = (input: object = {}, occasion: object = {}) => given(...open()).when('RecordDecision', { ...decision, ...input }, occasion);
  it('MTG-2 is recorded by the chair under an item of the agenda, while the meeting is open', () => {
    record().yields(happened('MeetingDecisionRecorded', decision));
    record({ item: 3 }).refuses('meeting.no-such-item');
    record({}, { actor: secretariat }).refuses('not-permitted');
    for (const past of [convened(), inquorate(), closed()]) given(...past).when('RecordDecision', decision).refuses('illegal-transition');
    given(...open(), happened('MeetingDecisionRecorded', decision)).when('RecordDecision', decision).changesNothing();
  });
  it('MTG-2 cites a decision that was taken', () => {
    for (const taken of ['adopted', 'rejected']) record({ decisionRef: 'd1' }, { evidence: known({ decision: taken }) }).yieldsTypes('MeetingDecisionRecorded');
    for (const not of ['none', 'ballot']) record({ decisionRef: 'd1' }, { evidence: known({ decision: not }) }).refuses('meeting.decision-not-taken', 'MTG-2');
  });
});

describe('minutes', () => {
  const approve = (over: Partial<typeof earlier> | undefined = {}, input: object = {}, occasion: object = {}) =>
    given(...open()).when('ApproveMinutes', { ...approval, ...input }, { evidence: known({ minutesOf: { ...earlier, ...over } }), ...occasion });
  it('MTG-4 are approved at a later meeting of the same body', () => {
    approve().yields(happened('MinutesApproved', approval));
    approve({ ofThisBody: false }).refuses('meeting.of-another-body', 'MTG-4');
    approve({ status: 'open', closedAt: null }).refuses('meeting.not-closed', 'MTG-4');
    approve({ closedAt: '2026-12-24T08:05:00.5Z' }).refuses('meeting.not-earlier', 'MTG-4');
    approve({ status: 'none' }).refuses('meeting.no-such-meeting', 'MTG-4');
    approve({}, { ofMeetingId: 'mt1' }).refuses('meeting.own-minutes', 'MTG-4');
    given(...inquorate()).when('ApproveMinutes', approval, { evidence: known({ minutesOf: earlier }) }).refuses('illegal-transition');
    approve({}, {}, { actor: secretariat }).refuses('not-permitted');
  });
  it('MTG-4 are approved once: what is wrong in them is put right by a correction of the record', () => {
    approve({ approved: true }).refuses('meeting.minutes-approved', 'MTG-4');
    const again = given(...open(), happened('MinutesApproved', approval));
    const evidence = known({ minutesOf: { ...earlier, approved: true } });
    again.when('ApproveMinutes', approval, { evidence }).changesNothing();
    again.when('ApproveMinutes', { ...approval, documentRef: 'Other minutes' }, { evidence }).refuses('meeting.minutes-approved', 'MTG-4');
    again.when('ApproveMinutes', { ...approval, documentRef: 'Other minutes' }, imported).refuses('meeting.minutes-approved', 'MTG-4');
  });
});

describe('the end', () => {
  it('is a close by the chair, with or without quorum', () => {
    for (const past of [open(), inquorate()]) given(...past).when('CloseMeeting', {}, { now: later }).yields(happened('MeetingClosed', { at: later }));
    given(...convened()).when('CloseMeeting').refuses('illegal-transition');
    given(...open()).when('CloseMeeting', {}, { actor: secretariat }).refuses('not-permitted');
  });
  it('is a cancellation before it began, with its reason', () => {
    for (const actor of [steering, secretariat])
      given(...convened()).when('CancelMeeting', { reason: 'The airport is closed' }, { actor }).yields(happened('MeetingCancelled', { reason: 'The airport is closed' }));
    given(...open()).when('CancelMeeting', { reason: 'x' }).refuses('illegal-transition');
    given(...convened()).when('CancelMeeting', { reason: 'x' }, { actor: chair }).refuses('not-permitted');
  });
});
