import type { CellRole, Shut } from '#contexts/drafting';
import { type CellRef, cellId } from '#text';
import { io, type Socket } from 'socket.io-client';
import { send } from '../api.js';

/** What travels in `/draft`, as the server sends it. */
export interface CommitMessage {
  readonly cell: string;
  readonly commitId: string;
  readonly version: number;
  readonly steps: readonly Readonly<Record<string, unknown>>[];
  readonly dropped: readonly number[];
  readonly textHash: string;
  readonly by: { readonly personId: string; readonly onBehalfOf: string | null };
  readonly at: string;
}
export type Opened =
  | { readonly cell: string; readonly ok: false }
  | {
      readonly cell: string; readonly ok: true; readonly status: 'none' | 'open' | 'closed'; readonly version: number; readonly role: CellRole; readonly shut: Shut | null;
      readonly doc?: unknown; readonly since?: readonly CommitMessage[];
    };
export interface Committed {
  readonly ok: boolean;
  readonly err?: 'DENIED' | 'FROZEN' | 'INVALID' | 'STALE' | 'RATE' | 'UNAVAILABLE';
  readonly code?: string;
  readonly params?: Record<string, unknown>;
  readonly retryAfter?: number;
}
export interface Caret {
  readonly cell: string;
  readonly socket: string;
  readonly personId: string;
  readonly name: string;
  readonly group: string | null;
  readonly anchor: number;
  readonly head: number;
  readonly version: number;
}
/** What a cell hears of the line. */
export interface Hears {
  readonly ref: CellRef;
  version(): number | undefined;
  opened(opened: Opened): void;
  commit(message: CommitMessage): void;
  changed(type: string, data: Record<string, unknown>): void;
  role(role: CellRole | 'none', shut: Shut | null, text?: string): void;
  caret(caret: Caret): void;
  lineLost(): void;
}

const ANSWER_WITHIN = 5_000;
const AT_ONCE = 200;

/** The one socket of this page to the texts; cells come and go on it. Open again after a lost line, each cell says the version that it has. */
export class DraftLine {
  readonly #socket: Socket;
  readonly #cells = new Map<string, Hears>();
  #due = new Set<string>();

  constructor() {
    const socket = io('/draft', {
      transports: ['websocket', 'polling'], reconnectionDelayMax: 5000,
      auth: (answer) => void send<{ ticket: string }>('POST', '/api/v1/session/ticket', {}).then(({ ticket }) => answer({ ticket }), () => answer({})),
    });
    socket.on('connect', () => this.#open([...this.#cells.keys()]));
    socket.on('disconnect', (reason) => {
      for (const cell of this.#cells.values()) cell.lineLost();
      if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 300 + Math.random() * 2000);
    });
    socket.on('cell:commit', (m: CommitMessage) => this.#cells.get(m.cell)?.commit(m));
    socket.on('cell:changed', (m: { cell: string; type: string; data: Record<string, unknown> }) => this.#cells.get(m.cell)?.changed(m.type, m.data));
    socket.on('cell:role', (m: { cell: string; role: CellRole | 'none'; shut: Shut | null; text?: string }) => this.#cells.get(m.cell)?.role(m.role, m.shut, m.text));
    socket.on('here', (caret: Caret) => this.#cells.get(caret.cell)?.caret(caret));
    this.#socket = socket;
    // Where the live feed opened the line first, a further namespace on it does not connect by itself.
    socket.connect();
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  /** Cells that are added in one turn are opened with one message. */
  add(cell: Hears): () => void {
    const id = cellId(cell.ref);
    this.#cells.set(id, cell);
    this.reopen(id);
    return () => {
      if (this.#cells.get(id) === cell) this.#cells.delete(id);
      this.#socket.emit('cell:leave', id);
    };
  }

  reopen(id: string): void {
    if (this.#due.size === 0) setTimeout(() => {
      const due = [...this.#due];
      this.#due = new Set();
      if (this.#socket.connected) this.#open(due);
    }, 0);
    this.#due.add(id);
  }

  #open(ids: readonly string[]): void {
    const cells = ids.flatMap((id) => this.#cells.get(id) ?? []);
    for (let i = 0; i < cells.length; i += AT_ONCE) {
      const refs = cells.slice(i, i + AT_ONCE).map((cell) => {
        const { document, clauseId, lang, draft } = cell.ref;
        const version = cell.version();
        return { document, clauseId, lang, ...(draft ? { draft } : {}), ...(version === undefined ? {} : { version }) };
      });
      this.#socket.timeout(ANSWER_WITHIN * 2).emit('cell:open', refs, (error: unknown, answer: { ok: boolean; cells?: Opened[] }) => {
        // Without an answer the line is down, or will be: the next connection opens all again.
        if (error === null) for (const opened of answer.cells ?? []) this.#cells.get(opened.cell)?.opened(opened);
      });
    }
  }

  /** No answer in time is `UNAVAILABLE`: the same commit is sent again. */
  tell(event: 'cell:begin' | 'cell:commit' | 'cell:rest', payload: Record<string, unknown>): Promise<Committed> {
    if (!this.#socket.connected) return Promise.resolve({ ok: false, err: 'UNAVAILABLE' });
    return new Promise((resolve) => {
      this.#socket.timeout(ANSWER_WITHIN).emit(event, payload, (error: unknown, answer: Committed) => resolve(error === null ? answer : { ok: false, err: 'UNAVAILABLE' }));
    });
  }
  here(caret: Pick<Caret, 'cell' | 'anchor' | 'head' | 'version'>): void {
    if (this.#socket.connected) this.#socket.volatile.emit('here', caret);
  }
  close(): void {
    this.#socket.disconnect();
  }
}
