import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { isRefusal, type Row } from '#kernel';
import type { NewAccount } from '#platform/identity';
import { readConfig } from '#platform/runtime';
import { pino } from 'pino';
import request from 'supertest';
import { createApp } from '../../apps/server/src/create-app.js';
import { DEMO_PASSWORD, setUpDemo } from '../../apps/server/src/demo.js';
import { openServices } from '../../apps/server/src/open-services.js';
import { Catalogue } from '../../apps/server/src/http/catalogue.js';
import { kebab } from '../../apps/server/src/http/kebab.js';
import { freePort, startCluster, type TestCluster } from '../cluster/index.ts';

export { freePort };

/** What an answer of the API holds; the tests say by their assertions what they expect in it. */
// oxlint-disable-next-line typescript/no-explicit-any -- an answer of any shape
export type Json = any;
export type Fields = Readonly<Record<string, unknown>>;
export interface Appended {
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
}
export interface Act {
  readonly id: string;
  readonly position: string;
  readonly doc: Json;
}

const root = join(import.meta.dirname, '../..');
export const RECORDS = join(root, 'apps/server/records');
export const readJson = (path: string): Json => JSON.parse(readFileSync(path, 'utf8'));

/** Somebody before the API: signed in, or nobody. */
export class Seat {
  constructor(
    private readonly world: World,
    readonly cookie?: string,
    readonly csrf?: string,
  ) {}

  get headers(): Record<string, string> {
    return {
      ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
      ...(this.csrf === undefined ? {} : { 'x-comity-csrf': this.csrf }),
    };
  }

  get(path: string, query: Fields = {}): request.Test {
    return request(this.world.server).get(path).query(query).set(this.headers);
  }
  post(path: string, body: Json = {}, headers: Record<string, string> = {}): request.Test {
    return request(this.world.server).post(path).set({ ...this.headers, ...headers }).send(body as object);
  }

  /** Gives a command and takes whatever comes back. */
  give(collection: string, id: string, command: string, input: Fields = {}, around: Fields = {}, headers: Record<string, string> = {}): request.Test {
    return this.post(`/api/v1/${collection}/${id}/${kebab(command)}`, { input, ...around }, headers);
  }

  /** Gives a command that is expected to be recorded. */
  async does(collection: string, id: string, command: string, input: Fields = {}, around: Fields = {}): Promise<Appended> {
    const { status, body } = await this.give(collection, id, command, input, around);
    if (status !== 200) throw new Error(`${command} on ${collection}/${id}: ${status} ${JSON.stringify(body)}`);
    return body as Appended;
  }

  /** Gives a command that is expected to be refused; the codes of everything that was unmet. */
  async refused(status: number, collection: string, id: string, command: string, input: Fields = {}, around: Fields = {}): Promise<string[]> {
    const answer = await this.give(collection, id, command, input, around);
    expect({ command, status: answer.status, body: answer.status === status ? 'as expected' : (answer.body as Json) }).toEqual({ command, status, body: 'as expected' });
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body.title).toEqual(expect.stringMatching(/\S \S/));
    return answer.body.unmet === undefined ? [answer.body.code] : answer.body.unmet.map((u: Json) => u.code);
  }

  /** The row as it stands once everything recorded so far, and what followed by rule, is shown. */
  async row(collection: string, id: string, query: Fields = {}): Promise<Row<Json>> {
    const { status, body } = await this.get(`/api/v1/${collection}/${id}`, { minPosition: await this.world.settled(), ...query });
    if (status !== 200) throw new Error(`GET ${collection}/${id}: ${status} ${JSON.stringify(body)}`);
    return body as Row<Json>;
  }
  async doc(collection: string, id: string, query: Fields = {}): Promise<Json> {
    return (await this.row(collection, id, query)).doc;
  }
  async rows(collection: string, query: Fields = {}): Promise<Row<Json>[]> {
    const { status, body } = await this.get(`/api/v1/${collection}`, { minPosition: await this.world.settled(), limit: 500, ...query });
    if (status !== 200) throw new Error(`GET ${collection}: ${status} ${JSON.stringify(body)}`);
    return body.rows as Row<Json>[];
  }
  /** Oldest first. */
  async history(collection: string, id: string): Promise<Act[]> {
    const { body } = await this.get(`/api/v1/${collection}/${id}/history`, { minPosition: await this.world.settled(), limit: 500 }).expect(200);
    return (body.entries as Act[]).toReversed();
  }
  async ticket(): Promise<string> {
    return (await this.post('/api/v1/session/ticket').expect(200)).body.ticket as string;
  }
}

/**
 * A whole server over a folder of its own. Where COMITY_TEST_PROFILE is `cluster`, three server processes over KurrentDB's protocol and
 * PostgreSQL instead: requests go to one after the other, and what stands here as `services` is a fourth node that only looks.
 */
export class World {
  private constructor(
    readonly folder: string,
    readonly port: number,
    public services: Awaited<ReturnType<typeof openServices>>,
    public app: NestFastifyApplication,
    readonly cluster: TestCluster | undefined,
  ) {}

  /** @param prepare fills the data folder before it is served; then it is served in this process, whatever the profile */
  static async open({ demo = true, prepare }: { demo?: boolean; prepare?: (folder: string) => Promise<void> } = {}): Promise<World> {
    return process.env['COMITY_TEST_PROFILE'] === 'cluster' && prepare === undefined ? World.#openCluster(demo) : World.#openEmbedded(demo, prepare);
  }

  static async #openCluster(demo: boolean): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'comity-acceptance-'));
    const cluster = await startCluster({ demo });
    const services = await openServices(readConfig({ ...cluster.env, COMITY_ROLES: 'api', COMITY_LOG: 'silent', COMITY_NODE: 'looking' }), pino({ level: 'silent' }));
    const app = await createApp(services, join(folder, 'no-workspace'));
    return new World(folder, cluster.nodes[0]!.port, services, app, cluster);
  }

  static async #openEmbedded(demo: boolean, prepare?: (folder: string) => Promise<void>): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'comity-acceptance-'));
    await prepare?.(folder);
    const port = await freePort();
    const { services, app } = await World.#serve(folder, port, demo);
    return new World(folder, port, services, app, undefined);
  }

  static async #serve(folder: string, port: number, demo: boolean) {
    const config = readConfig({
      PORT: String(port), COMITY_DATA: folder, COMITY_DEMO: demo ? 'on' : 'off', COMITY_PUBLIC_URL: `http://localhost:${port}`, COMITY_LOG: 'silent',
    });
    const services = await openServices(config, pino({ level: 'silent' }));
    if (demo) await setUpDemo(services.platform, services.identity, RECORDS);
    const app = await createApp(services, join(folder, 'no-workspace'));
    await app.listen(port, '127.0.0.1');
    return { services, app };
  }

  /** One process ends and another begins on the same folder; `between` is what goes on while nothing is served. */
  async restart(between: () => void = () => undefined): Promise<void> {
    await this.app.close();
    await this.services.close();
    between();
    Object.assign(this, await World.#serve(this.folder, this.port, this.services.config.COMITY_DEMO === 'on'));
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.services.close();
    await this.cluster?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Ends what answers, as a server that is told to stop does. */
  async stopServing(): Promise<void> {
    if (this.cluster) await Promise.all(this.cluster.nodes.map((node) => node.stop()));
    else await this.app.close();
  }

  get anonymous(): Seat {
    return new Seat(this);
  }
  #turn = 0;
  /** To whom the next request goes: of several nodes each in its turn. */
  get server(): ReturnType<NestFastifyApplication['getHttpServer']> | string {
    return this.cluster ? this.url : (this.app.getHttpServer() as ReturnType<NestFastifyApplication['getHttpServer']>);
  }
  get url(): string {
    const nodes = this.cluster?.nodes.filter(({ running }) => running);
    return nodes ? nodes[this.#turn++ % nodes.length]!.url : `http://127.0.0.1:${this.port}`;
  }
  get catalogue(): Catalogue {
    return this.app.get(Catalogue);
  }

  /** Waits for what follows by rule, and for the views; the end of the record then. */
  async settled(): Promise<string> {
    const { platform } = this.services;
    await platform.processes.settled();
    const head = await platform.events.head();
    await platform.runner.waitFor(head, 10_000);
    return head;
  }
  head(): Promise<string> {
    return this.services.platform.events.head();
  }

  /** Signs a demo account in: `chair.xa`. */
  signIn(name: string, password = DEMO_PASSWORD): Promise<Seat> {
    return this.signInAs(name.includes('@') ? name : `${name}@demo.example`, password);
  }
  async signInAs(email: string, password: string): Promise<Seat> {
    const answer = await this.anonymous.post('/api/v1/session', { email, password }).expect(200);
    const [cookie = ''] = answer.headers['set-cookie'] as unknown as string[];
    return new Seat(this, cookie.split(';')[0], answer.body.csrf as string);
  }
  /** Makes an account as `comity account add` would, and signs it in. */
  async newAccount(input: NewAccount, password = 'a long word that nobody else has'): Promise<Seat> {
    const made = await this.services.identity.accounts.create(input, { password });
    if (isRefusal(made)) throw new Error(JSON.stringify(made));
    return this.signInAs(input.email, password);
  }

  /** Asks until it is so: for what a timer does, which nothing else tells of. */
  async until<T>(read: () => Promise<T>, so: (value: T) => boolean, within = 5_000): Promise<T> {
    for (const end = Date.now() + within; ; ) {
      const value = await read();
      if (so(value) || Date.now() > end) return value;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

export const later = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
export const deadline = (days: number) => ({ instant: later(days), wallTime: later(days).slice(0, 16), timezone: 'UTC' });
