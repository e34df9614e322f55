// People who type into one text over `/draft`: a replica each, with the pauses of the workspace's own session, and a line of any length.
import { randomUUID } from 'node:crypto';
import { applySteps, cellId, cellSchema, parseCell, parseStep, plainText, Replica } from '#text';
import { replaceStep } from 'prosemirror-transform';
import { io } from 'socket.io-client';
import { sleep } from './stats.mjs';

/** As in apps/web/src/drafting/session.ts, in ms: so long a key waits for the next ones; while others type, commits of one hand follow no sooner. */
export const PAUSES = { alone: 60, together: 140 };
const TOGETHER_FOR = 10_000;
const WITHIN = 30_000;

/** A socket that takes `delay` ms each way, in order. */
class Line {
  #socket;
  constructor(socket, delay) {
    this.#socket = socket;
    this.delay = delay;
  }
  static async open(url, session, delay) {
    const answer = await fetch(`${url}/api/v1/session/ticket`, { method: 'POST', headers: { ...session, 'content-type': 'application/json' }, body: '{}' });
    if (answer.status !== 200) throw new Error(`a ticket was refused: ${answer.status}`);
    const { ticket } = await answer.json();
    const socket = io(`${url}/draft`, { transports: ['websocket'], reconnection: false, forceNew: true, auth: { ticket } });
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
    return new Line(socket, delay);
  }
  async tell(event, payload) {
    if (this.delay > 0) await sleep(this.delay);
    const answer = await this.#socket.timeout(WITHIN).emitWithAck(event, payload);
    if (this.delay > 0) await sleep(this.delay);
    return answer;
  }
  on(event, act) {
    this.#socket.on(event, this.delay > 0 ? (message) => setTimeout(() => act(message), this.delay) : act);
  }
  /** What has gone over it, in bytes, up and down. */
  get bytes() {
    const { bytesWritten, bytesRead } = this.#socket.io.engine.transport.ws._socket;
    return { up: bytesWritten, down: bytesRead };
  }
  close() {
    this.#socket.disconnect();
  }
}

/** Somebody with the text open: types, or only reads. */
export class Typist {
  replica;
  rejected = 0;
  dropped = 0;
  commits = 0;
  /** Of one's own commits by their ids: the keys in them, as the times at which they were struck. */
  #sent = new Map();
  #struck = new WeakMap();
  #othersAt = 0;
  #sentAt = 0;
  #flush;
  #failed;
  #caret = 0;

  /** @param told is given each key that became part of the record here: the typist, and how long it took */
  constructor(line, personId, { rng, pauses = PAUSES, told }) {
    Object.assign(this, { line, personId, rng, pauses, told });
  }

  /** Opens the text, and begins it where nobody has. */
  static async open(url, session, { ref, personId, delay, ...rest }) {
    const typist = new Typist(await Line.open(url, session, delay), personId, rest);
    typist.ref = ref;
    typist.cell = cellId(ref);
    typist.line.on('cell:commit', (message) => typist.#receive(message));
    let [opened] = (await typist.line.tell('cell:open', [ref])).cells;
    if (opened.status !== 'open') {
      const begun = await typist.line.tell('cell:begin', { cell: typist.cell, commitId: randomUUID() });
      if (!begun.ok) throw new Error(`the text was not begun: ${JSON.stringify(begun)}`);
      [opened] = (await typist.line.tell('cell:open', [ref])).cells;
    }
    if (opened.status !== 'open' || opened.role !== 'write') throw new Error(`the text is not open to ${personId}: ${JSON.stringify(opened)}`);
    typist.replica = new Replica(parseCell(opened.doc), opened.version);
    typist.#caret = Math.floor(rest.rng.next() * typist.replica.doc.content.size);
    return typist;
  }

  #edit(from, to, text) {
    const { replica } = this;
    const step = replaceStep(replica.doc, from, to, text === '' ? undefined : cellSchema.node('doc', null, [cellSchema.text(text)]).slice(0));
    replica.edit([step]);
    this.#struck.set(replica.unsaved.at(-1), performance.now());
    this.#caret = from + text.length;
    this.#later();
  }
  /** A key: mostly a letter where the caret is; now and then it is moved, a letter is taken back, or words of anybody are deleted. */
  strike(deletions) {
    const { rng, replica } = this;
    const size = replica.doc.content.size;
    const at = Math.min(this.#caret, size);
    const kind = rng.next();
    if (kind < deletions && size > 60) {
      const from = rng.below(size - 30);
      return this.#edit(from, from + 5 + rng.below(20), '');
    }
    if (kind > 0.98) this.#caret = rng.below(size + 1);
    if (kind > 0.93 && kind < 0.98 && at > 0) return this.#edit(at - 1, at, '');
    const where = Math.min(this.#caret, size);
    return this.#edit(where, where, kind < 0.2 ? ' ' : String.fromCharCode(97 + rng.below(26)));
  }
  /** So many keys a second, as uneven as people are, for some seconds. */
  async type({ perSecond, seconds, deletions = 0 }) {
    let struck = 0;
    for (const end = performance.now() + seconds * 1000; performance.now() < end; struck++) {
      await sleep((1000 / perSecond) * (0.5 + this.rng.next()));
      this.strike(deletions);
    }
    return struck;
  }

  /** The rule of `CellSession.#later`. */
  #later(least = this.pauses.alone) {
    if (this.#flush !== undefined || this.replica.underWay) return;
    const now = performance.now();
    const together = this.#othersAt > 0 && now - this.#othersAt < TOGETHER_FOR ? this.pauses.together - (now - this.#sentAt) : 0;
    this.#flush = setTimeout(() => {
      this.#flush = undefined;
      void this.#send();
    }, Math.max(least, together));
  }
  async #send() {
    const { replica } = this;
    const before = replica.unsaved;
    const commit = replica.take(randomUUID());
    if (commit === null) return;
    this.#sent.set(commit.commitId, before.slice(0, commit.steps.length).map((lost) => this.#struck.get(lost)));
    this.#sentAt = performance.now();
    this.commits++;
    await this.#deliver(commit);
  }
  async #deliver({ commitId, base, steps }) {
    const answer = await this.line.tell('cell:commit', { cell: this.cell, commitId, base, steps }).catch((error) => ({ err: String(error) }));
    if (answer.ok) return;
    this.rejected++;
    if (answer.err === 'RATE' || answer.err === 'UNAVAILABLE') setTimeout(() => this.replica.underWay?.commitId === commitId && void this.#deliver({ commitId, base, steps }), answer.retryAfter ?? 1_000);
    else this.#failed = new Error(`a commit was refused: ${JSON.stringify(answer)}`);
  }
  #receive(message) {
    if (message.cell !== this.cell || this.replica === undefined) return;
    const { replica } = this;
    const known = message.version <= replica.version;
    const own = replica.underWay?.commitId === message.commitId;
    if (message.by.personId !== this.personId) this.#othersAt = performance.now();
    try {
      const { transform, lost } = replica.receive(message);
      this.dropped += lost.length;
      this.#caret = transform.mapping.map(this.#caret, -1);
    } catch (error) {
      this.#failed ??= error;
    }
    if (!known) this.told(this, message);
    if (replica.unconfirmed > 0) this.#later(own ? 0 : undefined);
  }
  /** When the keys of a commit of one's own were struck; those that found no place are not among them. */
  struckIn({ commitId, dropped }) {
    return this.#sent.get(commitId)?.filter((_, i) => !dropped.includes(i));
  }
  check() {
    if (this.#failed) throw this.#failed;
  }
  get text() {
    return plainText(this.replica.doc);
  }
  close() {
    clearTimeout(this.#flush);
    this.line.close();
  }
}

/** The text as the server has it, to somebody who opens it now; and as its record leads to it, commit by commit. */
export async function textOfServer(url, session, ref) {
  const line = await Line.open(url, session, 0);
  const [opened] = (await line.tell('cell:open', [ref])).cells;
  line.close();
  const answer = await fetch(`${url}/api/v1/texts/${cellId(ref)}/commits`, { headers: session });
  const { entries } = await answer.json();
  const first = entries.find((e) => e.kind === 'opened');
  const committed = entries.filter((e) => e.kind === 'committed');
  const doc = committed.reduce((d, e) => applySteps(d, e.steps.map(parseStep)), cellSchema.node('doc', null, [cellSchema.text(first.text)]));
  return { text: plainText(parseCell(opened.doc)), recorded: plainText(doc), version: opened.version, commits: committed.length };
}
