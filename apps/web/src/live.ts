import type { QueryClient } from '@tanstack/react-query';
import { io, type Socket } from 'socket.io-client';
import { type Acts, type Names, type Row, type Activity, send } from './api.js';

interface Message {
  position: string;
  entries: Row<Activity>[];
  names: Names;
}
/** Somebody who looks at the same thing now. */
export interface Present {
  readonly personId: string;
  readonly name: string;
}
export type LiveState = 'connecting' | 'live' | 'offline';
type Listener = (state: LiveState) => void;

const before = (a: string, b: string) => (a.length === b.length ? a < b : a.length < b.length);

/**
 * Keeps the pages up to the record: what comes over the socket goes to the top of the activity stream, and every page that shows
 * a thing that changed is read again. After a lost connection the server is told the last position and sends what was missed;
 * an act that comes twice is known by its position.
 */
export class Live {
  #socket: Socket | null = null;
  #position: string | null = null;
  #signedIn = false;
  #away = 1000;
  readonly #listeners = new Set<Listener>();
  #looksAt: string | null = null;
  /** Who looks at what is shown here, oneself among them. */
  here: readonly Present[] = [];
  state: LiveState = 'connecting';

  constructor(private readonly queries: QueryClient) {}

  /** @param signedIn whether a ticket is to be fetched for the session */
  start(signedIn: boolean): void {
    this.stop();
    this.#signedIn = signedIn;
    this.#position = null;
    const socket = io('/live', {
      transports: ['websocket', 'polling'],
      autoConnect: false,
      reconnectionDelayMax: 5000,
      // A ticket is good once: a new one is fetched for every connection.
      auth: (answer) => void this.#ticket().then((ticket) => answer(ticket === null ? {} : { ticket }), () => answer({})),
    });
    socket.on('connect', () => this.#follow(socket));
    socket.on('activity', (message: Message) => this.#take(message));
    socket.on('bye', ({ reconnectWithinMs }: { reconnectWithinMs: number }) => (this.#away = reconnectWithinMs));
    socket.on('disconnect', (reason) => {
      this.#set('offline');
      this.#setHere([]);
      // A server that ends the connection itself is not asked again by the library; all at once would be a storm.
      if (reason === 'io server disconnect') setTimeout(() => this.#socket === socket && socket.connect(), Math.random() * this.#away);
    });
    socket.on('connect_error', () => this.#set('offline'));
    socket.on('presence', ({ at, here }: { at: string; here: Present[] }) => at === this.#looksAt && this.#setHere(here));
    socket.on('ended', () => void this.queries.invalidateQueries({ queryKey: ['session'] }));
    this.#socket = socket;
    socket.connect();
  }

  stop(): void {
    this.#socket?.removeAllListeners();
    this.#socket?.disconnect();
    this.#socket = null;
  }

  async #ticket(): Promise<string | null> {
    if (!this.#signedIn) return null;
    return (await send<{ ticket: string }>('POST', '/api/v1/session/ticket', {})).ticket;
  }

  #follow(socket: Socket): void {
    const after = this.#position;
    // What was missed comes as `activity`, before the answer.
    socket.emit('follow', after === null ? {} : { after }, (answer: { ok: boolean; position: string; more: boolean }) => {
      if (!answer.ok) return;
      if (answer.more) return this.#follow(socket);
      if (after === null) {
        this.#position ??= answer.position;
        // What was read before the socket stood may lack what came in between.
        void this.queries.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'session' });
      }
      this.#set('live');
      this.#tellWhereOneLooks();
    });
  }

  #take({ position, entries, names }: Message): void {
    const known = this.#position;
    const fresh = known === null ? entries : entries.filter((e) => before(known, e.position));
    if (known === null || before(known, position)) this.#position = position;
    if (fresh.length === 0) return;
    this.queries.setQueryData<Acts>(['activity'], (old) =>
      old && { ...old, entries: [...fresh.toReversed(), ...old.entries].slice(0, 200), names: { ...old.names, ...names } },
    );
    void this.queries.invalidateQueries({ predicate: (q) => q.queryKey[0] === 'read' || q.queryKey[0] === 'inbox' });
  }

  /** Says at what one looks, `mous/<id>`, or at nothing that others look at too. */
  look(at: string | null): void {
    this.#looksAt = at;
    this.#setHere([]);
    if (this.state === 'live') this.#tellWhereOneLooks();
  }

  #tellWhereOneLooks(): void {
    const at = this.#looksAt;
    if (!this.#signedIn) return;
    this.#socket?.emit('look', { at }, (answer: { ok: boolean; here?: Present[] }) => {
      if (at === this.#looksAt) this.#setHere(answer.here ?? []);
    });
  }

  #setHere(here: readonly Present[]): void {
    if (here.length === 0 && this.here.length === 0) return;
    this.here = here;
    for (const listener of this.#listeners) listener(this.state);
  }

  #set(state: LiveState): void {
    this.state = state;
    for (const listener of this.#listeners) listener(state);
  }
  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
