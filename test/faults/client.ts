import { randomUUID } from 'node:crypto';
import { DEMO_PASSWORD } from '../../apps/server/src/demo.js';

/** What came back, and after how long; status 0 where the line broke. */
export interface Answered {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer of any shape
  readonly body: any;
  /** Milliseconds. */
  readonly took: number;
}
/** One command that was insisted on until it was taken. */
export interface Done {
  readonly key: string;
  readonly stream: string;
  readonly revision: number;
  readonly attempts: readonly Answered[];
}

/** One session of one account, over any node; the same command goes to another node when one does not take it, as a browser behind a proxy does. */
export class InsistentClient {
  #headers: Record<string, string> = { 'content-type': 'application/json' };
  #turn = 0;

  constructor(private readonly urls: () => readonly string[]) {}

  get #url(): string {
    const urls = this.urls();
    return urls[this.#turn++ % urls.length]!;
  }

  async signIn(name: string): Promise<this> {
    const answer = await fetch(`${this.#url}/api/v1/session`, {
      method: 'POST', headers: this.#headers, body: JSON.stringify({ email: `${name}@demo.example`, password: DEMO_PASSWORD }),
    });
    if (answer.status !== 200) throw new Error(`${name} could not sign in: ${answer.status}`);
    const { csrf } = (await answer.json()) as { csrf: string };
    this.#headers = { ...this.#headers, cookie: answer.headers.get('set-cookie')!.split(';')[0]!, 'x-comity-csrf': csrf };
    return this;
  }

  async ask(method: 'GET' | 'POST', path: string, body?: object, key?: string): Promise<Answered> {
    const began = performance.now();
    try {
      const answer = await fetch(`${this.#url}/api/v1/${path}`, {
        method, headers: { ...this.#headers, ...(key === undefined ? {} : { 'idempotency-key': key }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(10_000),
      });
      return { status: answer.status, body: await answer.json(), took: performance.now() - began };
    } catch {
      return { status: 0, body: null, took: performance.now() - began };
    }
  }

  /** Gives a command under one id until it is taken. @throws where it is refused for good */
  async insist(path: string, input: object, within = 30_000): Promise<Done> {
    const key = randomUUID();
    const attempts: Answered[] = [];
    for (const end = Date.now() + within; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const answer = await this.ask('POST', path, { input }, key);
      attempts.push(answer);
      if (answer.status === 200) return { key, stream: answer.body.stream, revision: answer.body.revision, attempts };
      if (answer.status !== 503 && answer.status !== 0) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      if (Date.now() > end) throw new Error(`${path} was not taken within ${within} ms: ${attempts.map((a) => a.status).join(' ')}`);
    }
  }
}

/** A generator of numbers in [0, 1) that gives the same ones for the same seed (Mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** What the storm writes: a statement, and clauses of it. */
export const proposal = (statementId: string) => ({
  statementId, kind: 'open-letter', subject: { en: 'On endurance' }, leadLanguage: 'en', authenticLanguages: ['en'], urgency: 'ordinary',
});
export const clause = (n: number) => ({ section: 'operative', text: { en: `Urge them once more (${n});` } });
