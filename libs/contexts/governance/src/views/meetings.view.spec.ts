import { fold, type Row, type View } from '#kernel';
import { NOW } from '#kernel/testing';
import type { MeetingEvent } from '../meeting/events.js';
import {
  actors, agenda, approval, attended, closed, convened, decision, during, happened, inquorate, later, names, ofGroup, open,
} from '../meeting/fixtures.contract.js';
import { meeting } from '../meeting/meeting.js';
import { type AttendanceDoc, attendance } from './attendance.view.js';
import { type MeetingDoc, meetings } from './meetings.view.js';
import { minutes, type MinutesDoc } from './minutes.view.js';

const stateOf = (events: readonly MeetingEvent[]) => events.reduce((s, e) => meeting.evolve[e.type](s, e.data as never), meeting.initial);
const recorded = (events: readonly MeetingEvent[], streamId = 'mt1') =>
  events.map((e, i) => ({
    ...e, id: `e${i}`, stream: `meeting-${streamId}`, category: 'meeting', streamId, revision: i + 1, position: String(i + 1),
    meta: {
      recordedAt: NOW, actor: actors.steering, mode: 'live' as const, label: meeting.label(stateOf(events.slice(0, i + 1)), e), commandId: `c${i}`, correlationId: `c${i}`,
    },
  }));
const folded = <D extends object>(view: View<D>, events: ReturnType<typeof recorded>): Row<D> => events.reduce<Row<D> | null>((row, e) => fold(view, row, e), null)!;
const row = (...events: MeetingEvent[]) => folded(meetings as View<MeetingDoc>, recorded(events));
const doc = (...events: MeetingEvent[]) => row(...events).doc;
const duties = (...events: MeetingEvent[]) => meetings.duties!(doc(...events));

const lives: Record<string, MeetingEvent[]> = {
  'a meeting': [...open(), happened('MeetingDecisionRecorded', decision), happened('MinutesApproved', approval), ...closed().slice(-1)],
  'a quorum that was lost': [...inquorate(), ...open().slice(-1)],
  'a cancellation': [...convened(), happened('AgendaAmended', { changes: [{ item: 2 }] }), happened('MeetingCancelled', { reason: 'x' })],
};

describe('the page of a meeting', () => {
  it('MTG-3 handles every event but the attendance, which has a view with readers of its own', () =>
    expect([...Object.keys(meetings.on), 'AttendanceRecorded'].toSorted()).toEqual(meeting.events.names.toSorted()));
  it.each(Object.entries(lives))('stands in the state of the aggregate through %s', (_, life) => {
    for (let n = 1; n <= life.length; n++) {
      const { status, body, openedAt, closedAt, quorumRequired, agenda: items } = stateOf(life.slice(0, n));
      const page = doc(...life.slice(0, n));
      expect(page).toMatchObject({ status, body, openedAt, closedAt, quorumRequired });
      expect(Object.fromEntries(page.agenda.map(({ item, title }) => [item, title]))).toEqual(items);
    }
  });
  it('is called by its own name, or by its body and its day', () => {
    expect(doc(...convened()).titles).toEqual({ en: 'Network for Prevention, 2026-12-24' });
    expect(doc(...convened({ title: { fr: 'Plénière' } })).titles).toEqual({ fr: 'Plénière' });
    expect(doc(...convened({ bodyNames: undefined })).titles).toEqual({ und: '2026-12-24' });
  });
  it('MTG-2 shows every count of those present', () => {
    expect(doc(...inquorate())).toMatchObject({
      quorum: [{ at: during, present: 3, required: 2, met: true }, { at: later, present: 1, required: 2, met: false }], chairedBy: 'p-net',
    });
    expect(doc(...convened(), happened('QuorumLost', { at: during, present: 0 })).quorum).toEqual([{ at: during, present: 0, required: null, met: false }]);
  });
  it('shows what was decided under which item, and is found by it', () => {
    const page = doc(...lives['a meeting']!);
    expect(page).toMatchObject({ decisions: [{ item: 1, text: decision.text, decisionRef: null, at: NOW }], minutesApproved: [approval], agenda: [{ item: 1 }, { item: 2 }] });
    expect(meetings.words!(page)).toContain(agenda[0]!.fr);
    expect(meetings.words!(page)).toContain('was adopted');
    expect(doc(...lives['a cancellation']!)).toMatchObject({ cancelled: 'x', agenda: [{ item: 1, title: agenda[0] }] });
  });
  it('waits for the chair of its body until it is open', () => {
    expect(duties(...convened())).toEqual([{ kind: 'meeting-open', holder: 'network-chair', deadline: '2026-12-24T08:00:00Z', command: 'OpenMeeting' }]);
    expect(duties(...convened({ body: ofGroup.body }))).toMatchObject([{ holder: 'chair:g-p' }]);
    expect(duties(...inquorate())).toEqual([{ kind: 'meeting-quorum', holder: 'network-chair', command: 'OpenMeeting' }]);
    for (const life of [open(), closed(), lives['a cancellation']!]) expect(duties(...life)).toEqual([]);
  });
  it('MTG-3 names nobody who attends, whatever its rule', () => {
    for (const rule of ['on-record', 'chatham-house', 'in-camera'] as const) {
      const page = row(...open({ rule }), happened('AttendanceRecorded', { ...attended, personId: 'p-hidden' }));
      expect(JSON.stringify(page)).not.toContain('p-hidden');
    }
    expect(row(...open({ rule: 'chatham-house' })).label).toEqual({ tlp: 'GREEN' });
    expect(row(...open({ rule: 'in-camera' })).label).toEqual({ tlp: 'AMBER', groups: ['net', 'g-p', 'g-q', 'g-r'] });
  });
});

it('MTG-3 who attended is read by the readers of that event alone', () => {
  const of = (rule: 'on-record' | 'chatham-house') => folded(attendance as View<AttendanceDoc>, recorded([...open({ rule }), happened('AttendanceRecorded', attended)]));
  expect(of('chatham-house')).toMatchObject({
    id: 'mt1_p-member', doc: { meetingId: 'mt1', personId: 'p-member', capacity: 'member', joinedAt: during, leftAt: null }, label: { tlp: 'AMBER', groups: ['net'] },
  });
  expect(of('on-record').label).toEqual({ tlp: 'GREEN' });
});

describe('the minutes of a meeting', () => {
  const of = (...events: ReturnType<typeof recorded>) => folded(minutes as View<MinutesDoc>, events).doc;
  const held = [...open(), happened('MeetingClosed', { at: later })];
  it('MTG-4 wait for a later meeting once it is closed', () => {
    expect(of(...recorded(open()))).toMatchObject({ status: 'running', titles: { en: `${names.en}, 2026-12-24` } });
    const due = of(...recorded(held));
    expect(due.status).toBe('due');
    expect(minutes.duties!(due)).toEqual([{ kind: 'meeting-minutes', holder: 'network-chair' }]);
    expect(of(...recorded(lives['a cancellation']!)).status).toBe('none');
  });
  it('MTG-4 are approved in the stream of that one, once', () => {
    const [approved] = recorded([happened('MinutesApproved', { ...approval, ofMeetingId: 'mt1' })], 'mt2');
    expect(minutes.key!(approved!)).toBe('mt1');
    const done = of(...recorded(held), approved!);
    expect(done).toMatchObject({ status: 'approved', approvedAt: 'mt2', documentRef: approval.documentRef });
    expect(minutes.duties!(done)).toEqual([]);
    // Of the past the approval may have been recorded first.
    expect(of(...recorded(open()), approved!, recorded(held).at(-1)!).status).toBe('approved');
  });
});
