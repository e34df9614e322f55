import { setTimeout as wait } from 'node:timers/promises';
import { KurrentDbEventStore } from '../../libs/platform/event-store/src/kurrentdb/kurrentdb-event-store.js';
import { START, type StoredEvent } from '#platform/event-store';
import { startCluster, type TestCluster } from '../cluster/index.ts';
import { type Answered, clause, type Done, InsistentClient, proposal, seeded } from './client.ts';

const FAULTS = Number(process.env['COMITY_FAULTS'] ?? 100);
const SEED = Number(process.env['COMITY_SEED'] ?? 2014);
/** An answer may come so late, in ms: two seconds, and what two busy cores add to them. */
const ANSWERED_WITHIN = 2_600;
const RECOVERED_WITHIN = 5_000;
const WRITERS = 4;

/** What goes wrong between the nodes and the event store, and for how long. */
const KINDS = ['cut', 'halfOpen', 'loseAnswers', 'slow', 'restart'] as const;

describe(`${FAULTS} faults of the event store under three nodes`, () => {
  let cluster: TestCluster;
  let chair: InsistentClient;
  let reader: InsistentClient;
  const done: Done[] = [];
  const reads: Answered[] = [];
  let over = false;

  beforeAll(async () => {
    cluster = await startCluster({ faulty: true });
    const urls = cluster.nodes.map((node) => node.url);
    chair = new InsistentClient(() => urls);
    reader = new InsistentClient(() => urls);
    await chair.signIn('chair.xa');
    await reader.signIn('chair.xa');
    await chair.insist('statements/storm/propose-statement', proposal('storm'));
    await chair.insist('statements/storm/start-drafting', {});
  });
  afterAll(async () => {
    for (const node of cluster.nodes) if (node.said().includes('"level":50')) console.log(`${node.name}: ${node.said()}`);
    await cluster.stop();
  });

  async function write(side: number): Promise<void> {
    for (let n = 0; !over; n++) {
      const shared = side % 2 === 0;
      const id = `s-${side}-${n}`;
      done.push(await chair.insist(shared ? 'statements/storm/add-clause' : `statements/${id}/propose-statement`, shared ? clause(n) : proposal(id)));
      await wait(20);
    }
  }
  async function read(): Promise<void> {
    while (!over) {
      reads.push(await reader.ask('GET', 'groups'));
      reads.push(await reader.ask('GET', 'statements/storm'));
      await wait(50);
    }
  }

  test('reads go on; writes are taken or fail in time; each is there once', async () => {
    const random = seeded(SEED);
    const proxy = cluster.proxy!;
    const running = [...Array.from({ length: WRITERS }, (_, side) => write(side)), read()];
    const recovered: { kind: string; took: number }[] = [];
    for (let n = 0; n < FAULTS; n++) {
      await wait(50 + random() * 150);
      const kind = KINDS[Math.floor(random() * KINDS.length)]!;
      // One in ten outlasts the patience of a command.
      const lasts = random() < 0.1 ? 2_200 + random() * 800 : 100 + random() * 700;
      if (kind === 'restart') await cluster.kurrent.kill();
      else if (kind === 'slow') proxy.slow(50 + random() * 400);
      else await proxy[kind]();
      await wait(lasts);
      if (kind === 'restart') await cluster.kurrent.restart();
      else await proxy.heal();
      const healed = performance.now();
      const before = done.length;
      while (done.length < before + WRITERS && performance.now() - healed < 2 * RECOVERED_WITHIN) await wait(10);
      recovered.push({ kind, took: performance.now() - healed });
    }
    over = true;
    await Promise.all(running);

    const failed = done.flatMap(({ attempts }) => attempts.filter(({ status }) => status !== 200));
    const slowest = (answers: readonly { took: number }[]) => Math.round(Math.max(0, ...answers.map(({ took }) => took)));
    console.log(`${FAULTS} faults (seed ${SEED}): ${done.length} acts, ${failed.length} attempts failed, the slowest after ${slowest(failed)} ms; ` +
      `${reads.length} reads, the slowest ${slowest(reads)} ms; recovered after at most ${slowest(recovered)} ms`);
    expect(failed.filter(({ status, took }) => status !== 503 || took > ANSWERED_WITHIN).map(({ status, took }) => ({ status, took }))).toEqual([]);
    expect(failed.filter(({ body }) => body.code !== 'store-unavailable')).toEqual([]);
    expect(reads.filter(({ status, took }) => status !== 200 || took > ANSWERED_WITHIN).map(({ status, took, body }) => ({ status, took, body: status === 200 ? null : body }))).toEqual([]);
    expect(recovered.filter(({ took }) => took > RECOVERED_WITHIN)).toEqual([]);

    // Asked of the store itself: every act once, where its answer said.
    const store = new KurrentDbEventStore(`kurrentdb://admin:changeit@127.0.0.1:${cluster.kurrent.port}?tls=false`);
    const events: StoredEvent[] = [];
    for (let after = START; ; ) {
      const page = await store.readAll({ after, limit: 1_000 });
      events.push(...page);
      if (page.length < 1_000) break;
      after = page.at(-1)!.position;
    }
    await store.close();
    const byCommand = Map.groupBy(events, (event) => event.meta.commandId);
    const wrong = done.filter(({ key, stream, revision }) => {
      const found = byCommand.get(key) ?? [];
      return found.length !== 1 || found[0]!.stream !== stream || found[0]!.revision !== revision;
    });
    expect(wrong).toEqual([]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    // And of the views: they show all of it, once.
    const clauses = done.filter(({ stream }) => stream === 'statement-storm').length;
    const answer = await reader.ask('GET', `statements/storm?minPosition=${events.at(-1)!.position}`);
    expect({ status: answer.status, clauses: answer.body.doc?.clauses.length }).toEqual({ status: 200, clauses });
  }, 15 * 60_000);
});
