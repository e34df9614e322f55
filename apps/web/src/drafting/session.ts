import type { CellRole, Shut } from '#contexts/drafting';
import { canonicalText, type CellDoc, type CellRef, cellId, type LostEdit, parseCell, parseStep, plainText, Replica, type Step, type StepTransform } from '#text';
import type { Recovered } from './keep.js';
import type { Caret, CommitMessage, Committed, DraftLine, Hears, Opened } from './line.js';
import { digestOf, keepUnsent, onlyHere, recoverLost, restoreUnsent } from './unsent.js';
import { NOTHING_YET, type Snapshot } from './snapshot.js';

type View = (transform: StepTransform, rebased: number) => void;

/** So long a key waits for the next ones, in ms. */
const ALONE = 60;
/** While others write too, commits of one hand follow each other no sooner, in ms (workspace.md 1.4). */
const TOGETHER = 140;
const AWAY_FOR_LONG = 120_000;
const HEARD_WITHIN = 4_000;
const KEEP_AFTER = 250;

/** One text on this page: a replica, the line, and what is kept on the device. */
export class CellSession implements Hears {
  readonly id: string;
  #replica: Replica | null = null;
  #remove: () => void = () => undefined;
  #closed = false;
  #flush: ReturnType<typeof setTimeout> | undefined;
  #heard: ReturnType<typeof setTimeout> | undefined;
  #keeping = false;
  #beginning = false;
  #lostAt: number | null = null;
  #restoring: Promise<unknown> = Promise.resolve();
  #view: View | null = null;
  #othersAt = 0;
  #sentAt = 0;
  #letGo: (() => void) | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #carets = new Set<(caret: Caret) => void>();
  snapshot: Snapshot = NOTHING_YET;

  constructor(readonly ref: CellRef, private readonly line: DraftLine, private readonly person: string) {
    this.id = cellId(ref);
    this.#restoring = this.#restore().then(() => {
      if (!this.#closed) this.#remove = line.add(this);
    });
  }

  /** What an earlier page left unsent. */
  async #restore(): Promise<void> {
    const restored = await restoreUnsent(this.person, this.id);
    if (!restored || this.#replica !== null) return;
    this.#replica = restored.replica;
    this.#lostAt = restored.at;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  onCaret = (listener: (caret: Caret) => void): (() => void) => {
    this.#carets.add(listener);
    return () => this.#carets.delete(listener);
  };
  #say(change: Partial<Snapshot>): void {
    const replica = this.#replica;
    const doc = replica?.doc ?? null;
    const unconfirmed = replica?.unconfirmed ?? 0;
    this.snapshot = { ...this.snapshot, ...change, doc, text: doc ? canonicalText(doc) : this.snapshot.text, version: replica?.version ?? this.snapshot.version, unconfirmed };
    if (unconfirmed === 0 && this.snapshot.saving === 'saving') this.snapshot = { ...this.snapshot, saving: 'saved', savedAt: Date.now() };
    for (const listener of this.#listeners) listener();
  }

  version = (): number | undefined => this.#replica?.version;

  opened = (opened: Opened): void => void this.#restoring.then(() => this.#opened(opened));
  #opened(opened: Opened): void {
    if (!opened.ok) return this.#say({ ready: true, role: 'none', shut: 'not-there' });
    const { status, role, shut, version } = opened;
    const away = this.#lostAt === null ? 0 : Date.now() - this.#lostAt;
    const others = (opened.since ?? []).some((m) => m.by.personId !== this.person);
    const mine = this.#replica ? canonicalText(this.#replica.doc) : '';
    this.#lostAt = null;
    if (opened.since && this.#replica) {
      for (const message of opened.since) this.commit(message);
    } else if (opened.doc !== undefined) {
      this.#begin(parseCell(opened.doc), version, status === 'open' && role === 'write' ? 'stale' : 'frozen');
    }
    const compares = away > AWAY_FOR_LONG && others && (this.#replica?.unconfirmed ?? 0) > 0;
    const comparing = compares && this.#replica ? { mine, theirs: canonicalText(this.#replica.confirmed) } : this.snapshot.comparing;
    this.#say({ ready: true, status, role, shut, comparing, saving: (this.#replica?.unconfirmed ?? 0) > 0 ? 'saving' : 'saved' });
    if (role === 'write') this.#resend();
  }

  /** A document that does not follow on what stood here: what was typed stays where the words are the same, else it goes to the tray. */
  #begin(doc: CellDoc, version: number, why: Recovered['why']): void {
    const old = this.#replica;
    const replica = new Replica(doc, version);
    if (old && old.unconfirmed > 0) {
      if (plainText(old.confirmed) === plainText(doc) && why === 'stale') replica.edit(old.pendingSteps.map(parseStep));
      else this.#lose(old.giveUp(), why);
    }
    const before = old?.doc;
    this.#replica = replica;
    if (before && this.#view && !before.eq(replica.doc)) this.#onReset?.(replica.doc);
    if (!before) this.#onReset?.(replica.doc);
    this.#keepSoon();
  }
  #onReset: ((doc: CellDoc) => void) | null = null;

  /** The editor on this text; `reset` is told where the whole document is another. */
  attach(view: View, reset: (doc: CellDoc) => void): () => void {
    this.#view = view;
    this.#onReset = reset;
    return () => {
      if (this.#view !== view) return;
      this.#view = null;
      this.#onReset = null;
    };
  }

  commit(message: CommitMessage): void {
    const replica = this.#replica;
    if (!replica) return;
    if (message.by.personId !== this.person) this.#othersAt = Date.now();
    const own = replica.underWay?.commitId === message.commitId;
    try {
      const pending = replica.unconfirmed;
      const { transform, lost } = replica.receive(message);
      if (own) clearTimeout(this.#heard);
      this.#view?.(transform, own ? 0 : pending);
      this.#lose(lost, 'dropped');
    } catch {
      // A version is missing, or does not fit: the text is read anew, and what is not confirmed is done again on it or kept.
      this.#reopen();
      return;
    }
    this.#say({ lastBy: message.by.personId });
    void this.#check(message);
    this.#keepSoon();
    // What was typed while it was under way has waited for a whole round trip.
    this.#later(own ? 0 : undefined);
  }

  /** The server says what the words should be by their digest: a difference cannot last unseen. */
  async #check({ version, textHash }: CommitMessage): Promise<void> {
    const replica = this.#replica;
    if (!replica || replica.version !== version || (await digestOf(canonicalText(replica.confirmed))) === textHash || this.#replica !== replica || replica.version !== version) return;
    this.#reopen();
  }

  #reopen(): void {
    if (this.#replica) this.#lose(this.#replica.giveUp(), 'stale');
    this.#replica = null;
    this.line.reopen(this.id);
  }

  changed(type: string, data: Record<string, unknown>): void {
    if (type === 'ClauseTextOpened' || type === 'ClauseTextClosed') {
      if (type === 'ClauseTextClosed' && this.#replica) {
        if (this.#replica.unconfirmed > 0) this.#lose(this.#replica.giveUp(), 'frozen');
        const left = data['left'];
        if (typeof left === 'string') this.#lose([{ kind: 'insert', text: left, left: '', right: '' }], 'frozen');
        this.#replica = null;
      }
      this.line.reopen(this.id);
    }
  }

  role(role: CellRole | 'none', shut: Shut | null, text?: string): void {
    if (role !== 'write' && this.#replica && this.#replica.unconfirmed > 0) {
      this.#lose(this.#replica.giveUp(), shut === null ? 'denied' : 'frozen');
      this.#onReset?.(this.#replica.doc);
    }
    this.#say({ role, shut });
    if (this.snapshot.status !== 'open' && text !== undefined) this.line.reopen(this.id);
  }
  caret = (caret: Caret): void => this.#carets.forEach((listener) => listener(caret));
  lineLost(): void {
    this.#lostAt ??= Date.now();
    clearTimeout(this.#heard);
    this.#say({ saving: (this.#replica?.unconfirmed ?? 0) > 0 ? 'offline' : this.snapshot.saving });
  }

  /** One's own edit. */
  edit(steps: readonly Step[]): void {
    this.#replica?.edit(steps);
    this.#say({ saving: this.line.connected ? 'saving' : 'offline' });
    this.#keepSoon();
    this.#later();
  }

  /** Somebody begins to write here: the text is opened, and this tab is the one that writes. */
  async begin(): Promise<void> {
    this.#letGo ??= await onlyHere(`cell:${this.person}:${this.id}`);
    this.#say({ elsewhere: this.#letGo === undefined });
    if (this.snapshot.status === 'open' || this.#beginning || this.snapshot.role !== 'write') return;
    this.#beginning = true;
    const answer = await this.line.tell('cell:begin', { cell: this.id, commitId: crypto.randomUUID() });
    this.#beginning = false;
    if (answer.ok) this.line.reopen(this.id);
  }

  #later(least = ALONE): void {
    if (this.#flush !== undefined || this.#replica?.underWay) return;
    const now = Date.now();
    const together = now - this.#othersAt < 10_000 ? TOGETHER - (now - this.#sentAt) : 0;
    this.#flush = setTimeout(() => {
      this.#flush = undefined;
      void this.#send();
    }, Math.max(least, together));
  }

  async #send(): Promise<void> {
    const replica = this.#replica;
    if (!replica || this.snapshot.comparing || replica.unconfirmed === 0 || !this.line.connected) return;
    if (this.snapshot.status !== 'open') return void this.begin();
    const commit = replica.take(crypto.randomUUID());
    this.#sentAt = Date.now();
    if (commit) await this.#deliver(replica, commit);
  }
  /** The same commit again after a lost answer: the server knows it by its id. */
  #resend(): void {
    const replica = this.#replica;
    const commit = replica?.again();
    if (!replica || this.snapshot.comparing) return;
    if (commit) void this.#deliver(replica, commit);
    else this.#later();
  }
  async #deliver(replica: Replica, { commitId, base, steps }: { commitId: string; base: number; steps: readonly unknown[] }): Promise<void> {
    const answer = await this.line.tell('cell:commit', { cell: this.id, commitId, base, steps });
    if (this.#replica !== replica || replica.underWay?.commitId !== commitId) return;
    if (answer.ok) {
      // It is in the record; where the broadcast does not come, it is asked for.
      this.#heard = setTimeout(() => this.line.reopen(this.id), HEARD_WITHIN);
      return;
    }
    this.#refused(replica, answer);
  }
  #refused(replica: Replica, answer: Committed): void {
    if (answer.err === 'RATE' || answer.err === 'UNAVAILABLE') {
      setTimeout(() => this.#replica === replica && this.#resend(), answer.retryAfter ?? 1_000);
      return;
    }
    const why = ({ STALE: 'stale', DENIED: 'denied', FROZEN: 'frozen', INVALID: 'invalid' } as const)[answer.err ?? 'INVALID'];
    this.#lose(replica.giveUp(), why);
    this.#onReset?.(replica.doc);
    this.#replica = null;
    this.#say({ saving: 'saved' });
    this.line.reopen(this.id);
  }

  #lose(lost: readonly LostEdit[], why: Recovered['why']): void {
    recoverLost(this.ref, this.person, lost, why);
  }

  /** Compared: what was typed offline is sent, or given up with a note in the tray. */
  settle(how: 'send' | 'keep'): void {
    if (how === 'keep' && this.#replica) {
      const { comparing } = this.snapshot;
      this.#replica.giveUp();
      if (comparing) this.#lose([{ kind: 'insert', text: comparing.mine, left: '', right: '' }], 'kept');
      this.#onReset?.(this.#replica.doc);
    }
    this.#say({ comparing: null, saving: 'saving' });
    this.#keepSoon();
    this.#resend();
  }

  /** Everything that was typed is in the record. @returns false where it could not be within the time */
  async saved(within = 8_000): Promise<boolean> {
    const until = Date.now() + within;
    while ((this.#replica?.unconfirmed ?? 0) > 0) {
      if (Date.now() > until) return false;
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    return true;
  }
  async rest(why: 'left' | 'asked'): Promise<Committed> {
    await this.saved();
    return this.snapshot.status === 'open' ? this.line.tell('cell:rest', { cell: this.id, commitId: crypto.randomUUID(), why }) : { ok: true };
  }
  here(anchor: number, head: number): void {
    if (this.#replica && this.#replica.unconfirmed === 0) this.line.here({ cell: this.id, anchor, head, version: this.#replica.version });
  }

  #keepSoon(): void {
    if (this.#keeping) return;
    this.#keeping = true;
    setTimeout(() => {
      this.#keeping = false;
      keepUnsent(this.person, this.id, this.#replica, this.#lostAt);
    }, KEEP_AFTER);
  }

  close(): void {
    this.#closed = true;
    this.#remove();
    clearTimeout(this.#flush);
    clearTimeout(this.#heard);
    this.#letGo?.();
  }
}
