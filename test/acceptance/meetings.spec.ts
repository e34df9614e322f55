import { setTimeout } from 'node:timers/promises';
import { later, type Seat, World } from './world.js';

const soon = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const AHEAD = 1.5;
const called = (meetingId: string, instant: string) => ({
  meetingId, body: { type: 'network', id: 'exercise' }, kind: 'plenary', at: { instant, timezone: 'Africa/Kigali' }, place: 'Kigali', rule: 'chatham-house',
  agenda: [{ en: 'Programme of work', fr: 'Programme de travail' }, { en: 'Where to meet' }],
});

describe('Meeting: the network meets under the Chatham House Rule', () => {
  let world: World;
  let network: Seat, cochair: Seat, chairA: Seat, groupSec: Seat;
  beforeAll(async () => {
    world = await World.open();
    [network, cochair, chairA, groupSec] = (await Promise.all(['network', 'cochair', 'chair.xa', 'secretariat.xa'].map((n) => world.signIn(n)))) as [Seat, Seat, Seat, Seat];
  });
  afterAll(() => world.close());

  /** Called under the rule of urgency, and opened when its time has come. */
  const opened = async (id: string, present = 2) => {
    await network.does('meetings', id, 'ConveneMeeting', { ...called(id, soon(AHEAD)), urgencyRule: 'Rules of procedure, 7' });
    await setTimeout(AHEAD * 1000 + 100);
    await cochair.does('meetings', id, 'OpenMeeting', { present });
  };

  test('MTG-1 it is called with the notice of its kind, by the secretariat, and read by the members', async () => {
    expect(await network.refused(409, 'meetings', 'mt0', 'ConveneMeeting', called('mt0', later(3)))).toEqual(['meeting.notice-too-short']);
    expect(await groupSec.refused(403, 'meetings', 'mt0', 'ConveneMeeting', called('mt0', later(40)))).toEqual(['not-permitted']);
    await network.does('meetings', 'mt0', 'ConveneMeeting', called('mt0', later(40)));
    expect(await chairA.doc('meetings', 'mt0')).toMatchObject({ status: 'convened', at: { timezone: 'Africa/Kigali' } });
    await world.anonymous.get('/api/v1/meetings/mt0').expect(404);
    expect((await cochair.get('/api/v1/inbox').expect(200)).body.duties).toContainEqual(expect.objectContaining({ view: 'meetings', id: 'mt0', kind: 'meeting-open' }));
    expect(await cochair.refused(409, 'meetings', 'mt0', 'OpenMeeting', { present: 2 })).toEqual(['meeting.before-its-time']);
  });

  test('MTG-2 what is called for while the quorum is missing is refused', async () => {
    await opened('mt1');
    await cochair.does('meetings', 'mt1', 'RecordInquorate', { present: 0 });
    const question = { subject: { type: 'other', id: 'exercise', title: { en: 'Where to meet' } }, meetingId: 'mt1' };
    expect(await cochair.refused(409, 'decisions', 'd-mt', 'CallConsensus', question)).toEqual(['decision.meeting-not-open']);
    await cochair.does('meetings', 'mt1', 'OpenMeeting', { present: 2 });
    await cochair.does('decisions', 'd-mt', 'CallConsensus', question);
    expect(await cochair.refused(409, 'meetings', 'mt1', 'RecordDecision', { item: 2, text: { en: 'Kigali' }, decisionRef: 'd-mt' })).toEqual(['meeting.decision-not-taken']);
    await cochair.does('decisions', 'd-mt', 'DeclareConsensus');
    await cochair.does('meetings', 'mt1', 'RecordDecision', { item: 2, text: { en: 'Kigali' }, decisionRef: 'd-mt' });
  });

  test('MTG-3 who attends is read by the secretariat and the chair, and no decision names them', async () => {
    await network.does('meetings', 'mt1', 'RecordAttendance', { personId: 'xa-chair', capacity: 'chair', joinedAt: soon(-1) });
    expect(await network.rows('attendance', { meetingId: 'mt1' })).toHaveLength(1);
    expect(await cochair.rows('attendance', { meetingId: 'mt1' })).toHaveLength(1);
    expect(await chairA.rows('attendance', { meetingId: 'mt1' })).toEqual([]);
    expect(JSON.stringify(await chairA.row('meetings', 'mt1'))).not.toContain('xa-chair');
    const named = { item: 1, text: { en: 'Adopted, as Ada Marlowe proposed.' } };
    expect(await cochair.refused(409, 'meetings', 'mt1', 'RecordDecision', named)).toEqual(['meeting.names-attendant']);
  });

  test('MTG-4 its minutes wait for the chair until a later meeting approves them, once', async () => {
    await cochair.does('meetings', 'mt1', 'CloseMeeting');
    const waiting = async () => (await cochair.get('/api/v1/inbox').expect(200)).body.duties.filter((d: { kind: string }) => d.kind === 'meeting-minutes');
    await world.settled();
    expect(await waiting()).toEqual([expect.objectContaining({ view: 'minutes', id: 'mt1' })]);
    await opened('mt2');
    const minutes = { ofMeetingId: 'mt1', documentRef: 'Minutes of the plenary' };
    await cochair.does('meetings', 'mt2', 'ApproveMinutes', minutes);
    expect(await chairA.doc('minutes', 'mt1')).toMatchObject({ status: 'approved', approvedAt: 'mt2', documentRef: minutes.documentRef });
    expect(await waiting()).toEqual([]);
    expect(await cochair.refused(409, 'meetings', 'mt2', 'ApproveMinutes', { ...minutes, documentRef: 'Other minutes' })).toEqual(['meeting.minutes-approved']);
    const { body } = await chairA.get('/api/v1/meetings/mt2/history').expect(200);
    expect(JSON.stringify(body)).toContain('Minutes of the plenary');
  });
});
