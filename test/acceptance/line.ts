import { randomUUID } from 'node:crypto';
import { type CellDoc, cellFromText, type CellRef, canonicalText, cellId, cellSchema, type LostEdit, parseCell, plainText, Replica, stepsBetween } from '#text';
import { replaceStep } from 'prosemirror-transform';
import { io, type Socket } from 'socket.io-client';
import type { Json, Seat, World } from './world.js';

const WITHIN = 15_000;
export interface Heard {
  readonly name: 'cell:commit' | 'cell:changed' | 'cell:role' | 'here';
  readonly message: Json;
}

/** One socket to `/draft`, as the workspace has it; what is heard on it is kept. */
export class Line {
  readonly heard: Heard[] = [];
  readonly copies = new Map<string, Copy>();
  private constructor(readonly world: World, readonly socket: Socket) {
    for (const name of ['cell:commit', 'cell:changed', 'cell:role', 'here'] as const)
      socket.on(name, (message: Json) => {
        this.heard.push({ name, message });
        if (name === 'cell:commit') this.copies.get(message.cell)?.hear(message);
      });
  }

  static async open(world: World, who?: Seat): Promise<Line> {
    const auth = who === undefined ? {} : { ticket: await who.ticket() };
    const socket = io(`${world.url}/draft`, { auth, transports: ['websocket'], forceNew: true, reconnection: false });
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
    return new Line(world, socket);
  }

  ask(event: string, payload: unknown): Promise<Json> {
    return this.socket.timeout(WITHIN).emitWithAck(event, payload) as Promise<Json>;
  }
  /** What opening one text is answered with. */
  async look(ref: CellRef, version?: number): Promise<Json> {
    const { ok, cells } = await this.ask('cell:open', [{ ...ref, ...(version === undefined ? {} : { version }) }]);
    expect(ok).toBe(true);
    return cells[0];
  }
  begin(ref: CellRef): Promise<Json> {
    return this.ask('cell:begin', { cell: cellId(ref), commitId: randomUUID() });
  }
  rest(ref: CellRef, why: 'left' | 'asked' = 'asked'): Promise<Json> {
    return this.ask('cell:rest', { cell: cellId(ref), commitId: randomUUID(), why });
  }
  commit(cell: string, base: number, steps: readonly unknown[], commitId: string = randomUUID()): Promise<Json> {
    return this.ask('cell:commit', { cell, commitId, base, steps });
  }
  /** Opens a text to write in it, and begins it where nobody has. */
  async writes(ref: CellRef): Promise<Copy> {
    let opened = await this.look(ref);
    if (opened.status !== 'open') {
      expect(await this.begin(ref)).toEqual({ ok: true });
      opened = await this.look(ref);
    }
    expect(opened).toMatchObject({ ok: true, status: 'open', role: 'write', shut: null });
    const copy = new Copy(this, ref, parseCell(opened.doc), opened.version);
    this.copies.set(copy.cell, copy);
    // What came between the answer and now.
    for (const { name, message } of this.heard) if (name === 'cell:commit' && message.cell === copy.cell) copy.hear(message);
    return copy;
  }
  of(name: Heard['name'], cell?: string): Json[] {
    return this.heard.filter((h) => h.name === name && (cell === undefined || h.message.cell === cell)).map(({ message }) => message);
  }
  /** Waits until it has been heard. */
  async until(so: () => boolean): Promise<void> {
    expect(await this.world.until(() => Promise.resolve(so()), Boolean, 8_000)).toBe(true);
  }
  close(): void {
    this.socket.disconnect();
  }
}

/** One person's copy of a text: types, sends one commit at a time, hears what is recorded. */
export class Copy {
  readonly cell: string;
  readonly replica: Replica;
  readonly lost: LostEdit[] = [];
  /** Commits that the server has acknowledged, by their ids. */
  readonly acknowledged: string[] = [];
  readonly refused: Json[] = [];
  constructor(readonly line: Line, readonly ref: CellRef, doc: CellDoc, version: number) {
    this.cell = cellId(ref);
    this.replica = new Replica(doc, version);
  }

  get text(): string {
    return canonicalText(this.replica.doc);
  }
  get words(): string {
    return plainText(this.replica.doc);
  }
  hear(message: Json): void {
    this.lost.push(...this.replica.receive(message).lost);
  }
  /** Puts `text` in the place of the words from `from` to `to`. */
  put(from: number, to: number, text: string): this {
    const step = replaceStep(this.replica.doc, from, to, text === '' ? undefined : cellSchema.node('doc', null, [cellSchema.text(text)]).slice(0));
    if (step) this.replica.edit([step]);
    return this;
  }
  /** Types words behind these, or at the end. */
  behind(words: string, text: string): this {
    const at = words === '' ? this.words.length : this.words.indexOf(words) + words.length;
    expect(words === '' || this.words.includes(words)).toBe(true);
    return this.put(at, at, text);
  }
  instead(words: string, text: string): this {
    expect(this.words).toContain(words);
    return this.put(this.words.indexOf(words), this.words.indexOf(words) + words.length, text);
  }
  /** Everything anew, by its words. */
  becomes(text: string): this {
    this.replica.edit(stepsBetween(this.replica.doc, cellFromText(text), this.ref.lang));
    return this;
  }

  /** Sends what was typed until all of it is in the record, or refused. @returns whether it all was */
  async save(): Promise<boolean> {
    while (this.replica.unconfirmed > 0) {
      const commit = this.replica.again() ?? this.replica.take(randomUUID())!;
      const answer = await this.line.commit(this.cell, commit.base, commit.steps, commit.commitId);
      if (answer.ok) {
        this.acknowledged.push(commit.commitId);
        await this.line.until(() => this.replica.underWay?.commitId !== commit.commitId);
      } else if (answer.err === 'RATE') await new Promise((resolve) => setTimeout(resolve, answer.retryAfter as number));
      else {
        this.refused.push(answer);
        this.replica.giveUp();
        return false;
      }
    }
    return true;
  }
}

/** A statement, drafted by chair A and his member together; its clauses by their words. */
export async function drafted(world: World, id: string, clauses: readonly Json[], languages: readonly string[] = ['en']): Promise<{ chair: Seat; member: Seat; ids: string[] }> {
  const [chair, member] = (await Promise.all([world.signIn('chair.xa'), world.signIn('member.xa')])) as [Seat, Seat];
  await chair.does('statements', id, 'ProposeStatement', {
    statementId: id, kind: 'network-statement', subject: Object.fromEntries(languages.map((l) => [l, `On the warning signs (${id}, ${l})`])), leadLanguage: languages[0], authenticLanguages: languages,
    urgency: 'ordinary',
  });
  await chair.does('statements', id, 'StartDrafting', {});
  for (const clause of clauses) await chair.does('statements', id, 'AddClause', clause);
  for (const personId of ['xa-chair', 'xa-member']) await chair.does('statements', id, 'AppointPenholder', { personId });
  return { chair, member, ids: (await chair.doc('statements', id)).clauses.map((c: Json) => c.id) };
}
