import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BoundedContext, CLEAR, defineAggregate, EventCatalogue, type Reaction, refuse, rowsFor, type Schedule, type View } from '#kernel';
import { SqliteDatabase } from '#platform/database';
import { pino } from 'pino';
import { z } from 'zod';
import { openPlatform, type Platform } from '../platform.js';

interface Bell {
  readonly status: 'none' | 'set' | 'still';
  readonly rung: number;
}
const At = z.object({ at: z.string() });
const events = new EventCatalogue('bells', { Knocked: z.object({ door: z.string() }), AlarmSet: At, AlarmCleared: z.object({}), Rang: z.object({ why: z.string() }) });
const { records, command } = rowsFor<Bell, (typeof events)['schemas']>(events);
const bell = defineAggregate<Bell, (typeof events)['schemas']>({
  name: 'Bell', category: 'bell', events, states: ['none', 'set', 'still'], terminal: [], initial: { status: 'none', rung: 0 }, invariants: {},
  commands: {
    Knock: records('Knocked', { by: ['NetSec'], from: ['none', 'set', 'still'], to: 'same' }),
    SetAlarm: records('AlarmSet', { by: ['NetSec'], from: ['none', 'set', 'still'], to: 'set' }),
    ClearAlarm: records('AlarmCleared', { by: ['NetSec'], from: ['set'], to: 'still' }),
    Ring: command({
      by: ['System'], from: ['none', 'set', 'still'], to: 'same', emits: ['Rang'], input: z.object({ why: z.string() }),
      decide: ({ why }) => (why === 'broken' ? refuse('bell.broken') : [{ type: 'Rang', data: { why } }]),
    }),
  },
  evolve: {
    Knocked: (s) => s, AlarmSet: (s) => ({ ...s, status: 'set' }), AlarmCleared: (s) => ({ ...s, status: 'still' }), Rang: (s) => ({ ...s, rung: s.rung + 1 }),
  },
  groups: () => [],
  label: () => CLEAR,
});
const bells: View<{ rung: number }> = { name: 'bells', version: 1, category: 'bell', on: { Knocked: (d) => d ?? { rung: 0 }, AlarmSet: (d) => d ?? { rung: 0 }, Rang: (d) => ({ rung: (d?.rung ?? 0) + 1 }) } };
/** Who knocks is answered at the door that is named; `all` is every door that is left. */
let left: readonly string[] = [];
const whenKnocked: Reaction = {
  name: 'when-knocked',
  on: {
    Knocked: ({ data }) => {
      const { door } = data as { door: string };
      return (door === 'all' ? left : [door]).map((id) => ({ aggregate: 'Bell', id, command: 'Ring', input: { why: door === 'b-broken' ? 'broken' : 'knocked' } }));
    },
  },
};
const alarm: Schedule = {
  name: 'alarm',
  on: {
    AlarmSet: ({ streamId, data }) => [{ key: streamId, at: (data as z.output<typeof At>).at, due: { aggregate: 'Bell', id: streamId, command: 'Ring', input: { why: 'alarm' } } }],
    AlarmCleared: ({ streamId }) => [{ key: streamId, at: null }],
  },
};
const context: BoundedContext = { name: 'bells', aggregates: [bell], views: [bells], reactions: [whenKnocked], schedules: [alarm] };

describe('rules and deadlines', () => {
  let folder: string;
  let platform: Platform | undefined;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'comity-processes-'))));
  afterEach(async () => {
    await platform?.close();
    platform = undefined;
    rmSync(folder, { recursive: true, force: true });
  });
  const start = async () => (platform = await openPlatform({ folder, contexts: [context], log: pino({ level: 'silent' }) }));
  const restart = async () => {
    await platform?.close();
    return start();
  };
  let n = 0;
  const give = async (name: string, input: object, id = 'b1') => {
    const commandId = `00000000-0000-4000-8000-${String(++n).padStart(12, '0')}`;
    const done = await platform!.executor.execute({ aggregate: 'Bell', id, command: name, input, commandId, mode: 'live', actor: { personId: 'p', capacity: 'network-secretariat' } });
    expect(done).not.toHaveProperty('refused');
  };
  const rang = async () => (await platform!.events.readAll({ after: '0', limit: 1000 })).filter((e) => e.type.includes('.Rang.')).map((e) => [e.stream, (e.data as { why: string }).why, e.meta.actor.rule]);
  const soon = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const until = async (count: number) => {
    for (let i = 0; i < 200 && (await rang()).length < count; i++) await pause(10);
    await pause(30);
  };

  it('a rule acts once on an event, under its own name', async () => {
    await start();
    await give('Knock', { door: 'b1' });
    await platform!.processes.settled();
    expect(await rang()).toEqual([['bell-b1', 'knocked', 'when-knocked']]);
    await restart();
    await platform!.processes.settled();
    expect(await rang()).toHaveLength(1);
  });
  it('and once even where everything that it knew of its progress is lost', async () => {
    await start();
    for (let i = 0; i < 5; i++) await give('Knock', { door: `b${i}` }, `b${i}`);
    await platform!.processes.settled();
    await platform!.close();
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `processes.db${end}`), { force: true });
    await start();
    await platform!.processes.settled();
    expect(await rang()).toHaveLength(5);
  });
  it('does what is left of its work after a crash in the middle of it', async () => {
    await start();
    left = ['b7'];
    await give('Knock', { door: 'all' });
    await platform!.processes.settled();
    await platform!.close();
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `processes.db${end}`), { force: true });
    // What was done is no longer among what there is to do.
    left = ['b8', 'b9'];
    await start();
    await platform!.processes.settled();
    expect((await rang()).map(([stream]) => stream)).toEqual(['bell-b7', 'bell-b8', 'bell-b9']);
  });
  it('goes on where an aggregate refuses', async () => {
    await start();
    await give('Knock', { door: 'b-broken' });
    await give('Knock', { door: 'b2' });
    await platform!.processes.settled();
    expect(await rang()).toEqual([['bell-b2', 'knocked', 'when-knocked']]);
  });
  it('goes on, and repeats nothing, where another process has moved its progress meanwhile', async () => {
    await start();
    await give('Knock', { door: 'b1' });
    await platform!.processes.settled();
    const other = SqliteDatabase.open(join(folder, 'processes.db'));
    await other.run("UPDATE checkpoints SET position = '0' WHERE name = 'reactions'");
    await give('Knock', { door: 'b2' });
    await until(2);
    await platform!.processes.settled();
    await give('Knock', { door: 'b3' });
    await platform!.processes.settled();
    expect((await rang()).map(([stream]) => stream)).toEqual(['bell-b1', 'bell-b2', 'bell-b3']);
    await other.close();
  });
  it('a deadline fires once, when it is due and not before', async () => {
    await start();
    await give('SetAlarm', { at: soon(600) });
    await pause(50);
    expect(await rang()).toEqual([]);
    await until(1);
    expect(await rang()).toEqual([['bell-b1', 'alarm', 'alarm']]);
    await restart();
    await pause(50);
    expect(await rang()).toHaveLength(1);
  });
  it('one that is moved fires at its new time only, one that is called off never', async () => {
    await start();
    await give('SetAlarm', { at: soon(500) });
    await give('SetAlarm', { at: soon(1300) });
    await give('SetAlarm', { at: soon(500) }, 'b2');
    await give('ClearAlarm', {}, 'b2');
    await pause(700);
    expect(await rang()).toEqual([]);
    await until(1);
    expect(await rang()).toEqual([['bell-b1', 'alarm', 'alarm']]);
  });
  it('one that fell due while nobody was there fires at the start, once', async () => {
    await start();
    await give('SetAlarm', { at: soon(100) });
    await platform!.close();
    await pause(150);
    await start();
    await until(1);
    expect(await rang()).toEqual([['bell-b1', 'alarm', 'alarm']]);
  });
  it('one a year ahead waits, and does not fire at once', async () => {
    await start();
    await give('SetAlarm', { at: soon(365 * 86_400_000) });
    await pause(60);
    expect(await rang()).toEqual([]);
  });
});
