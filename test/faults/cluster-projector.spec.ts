import { setTimeout as wait } from 'node:timers/promises';
import { LocalSignals, PostgresDatabase } from '#platform/database';
import { comparePositions, Registry } from '#platform/event-store';
import { digestOfViews, viewsOf } from '#platform/runtime';
import { PostgresViewStore, ViewRunner } from '#platform/views';
import { contexts } from '../../apps/server/src/contexts.js';
import { KurrentDbEventStore } from '../../libs/platform/event-store/src/kurrentdb/kurrentdb-event-store.js';
import { type ServerNode, startCluster, type TestCluster } from '../cluster/index.ts';
import { clause, InsistentClient, proposal, seeded } from './client.ts';

const KILLS = Number(process.env['COMITY_KILLS'] ?? 25);
const TAKEN_OVER_WITHIN = 5_000;
const views = viewsOf(contexts);

/** Of three nodes that could project one does; it is killed again and again while people write. */
describe(`${KILLS} kills of the node that projects`, () => {
  let cluster: TestCluster;
  let chair: InsistentClient;
  let over = false;
  const random = seeded(Number(process.env['COMITY_SEED'] ?? 2014));

  beforeAll(async () => {
    cluster = await startCluster({ nodes: ['api,live', 'projector', 'projector', 'projector'] });
    chair = new InsistentClient(() => [cluster.nodes[0]!.url]);
    await chair.signIn('chair.xa');
    await chair.insist('statements/storm/propose-statement', proposal('storm'));
    await chair.insist('statements/storm/start-drafting', {});
  });
  afterAll(() => cluster.stop());

  const projecting = async (): Promise<ServerNode | undefined> => {
    for (const node of cluster.nodes.slice(1)) {
      if (!node.running) continue;
      const answer = await fetch(`${node.url}/health/ready`).then((a) => a.json() as Promise<{ projecting?: boolean }>, () => null);
      if (answer?.projecting) return node;
    }
    return undefined;
  };
  const shown = async (): Promise<string> => ((await (await fetch(`${cluster.nodes[0]!.url}/health/ready`)).json()) as { shown: string }).shown;

  test('another goes on within seconds; in the end the views equal a full rebuild, and rules have acted once', async () => {
    const writers = [0, 1].map(async (side) => {
      for (let n = 0; !over; n++) {
        await (side === 0 ? chair.insist('statements/storm/add-clause', clause(n)) : chair.insist(`statements/k-${n}/propose-statement`, proposal(`k-${n}`)));
        await wait(10);
      }
    });
    const takeovers: number[] = [];
    let restarting: Promise<void> = Promise.resolve();
    for (let n = 0; n < KILLS; n++) {
      let leader: ServerNode | undefined;
      for (const end = Date.now() + 30_000; (leader = await projecting()) === undefined && Date.now() < end; ) await wait(10);
      await wait(random() * 150);
      // The one killed before has to be back, so that there is always somebody to take over.
      await restarting;
      await leader!.kill();
      const before = await shown();
      const began = performance.now();
      while (comparePositions(await shown(), before) <= 0 && performance.now() - began < 30_000) await wait(5);
      takeovers.push(performance.now() - began);
      restarting = leader!.start();
    }
    over = true;
    await Promise.all(writers);
    await restarting;

    const sorted = takeovers.toSorted((a, b) => a - b).map(Math.round);
    console.log(`${KILLS} kills: the views moved again after ${sorted[Math.floor(sorted.length / 2)]} ms (median), ${sorted.at(-1)} ms at most`);
    expect(sorted.filter((took) => took > TAKEN_OVER_WITHIN)).toEqual([]);

    const store = new KurrentDbEventStore(cluster.env['COMITY_EVENTS']!);
    const head = await store.head();
    for (const end = Date.now() + 30_000; comparePositions(await shown(), head) < 0 && Date.now() < end; ) await wait(20);
    const served = await PostgresDatabase.open({ url: cluster.env['COMITY_POSTGRES']! });
    const serving = await PostgresViewStore.open(served, views);
    const anew = await PostgresDatabase.open({ url: await cluster.postgres.createDatabase() });
    const rebuilt = await PostgresViewStore.open(anew, views);
    const runner = new ViewRunner(store, new Registry(contexts), rebuilt, new LocalSignals(), (error) => {
      throw error;
    });
    await runner.startProjecting();
    await runner.stop();
    expect(rebuilt.served).toBe(serving.served);
    expect(await digestOfViews(serving)).toEqual(await digestOfViews(rebuilt));
    for (const database of [served, anew]) await database.close();
    await store.close();
  }, 30 * 60_000);
});
