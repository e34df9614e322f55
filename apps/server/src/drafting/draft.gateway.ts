import { type BeforeApplicationShutdown, Inject } from '@nestjs/common';
import { ConnectedSocket, MessageBody, type OnGatewayConnection, type OnGatewayInit, SubscribeMessage, WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import { isRefusal, mayRead, type RecordedEvent } from '#kernel';
import { type CellRef, cellId } from '#text';
import { StoreUnavailable, type Subscription } from '#platform/event-store';
import { Identity, type Viewer } from '#platform/identity';
import { SocketSessions, UNSEEN } from '#platform/live';
import type { Namespace, Socket } from 'socket.io';
import { SERVICES, type Services } from '../services.js';
import { Bucket } from './bucket.js';
import { Cells, commitMessage, type Once, type Standing } from './cells.js';
import { Commit, type Committed, Here, type HereMessage, MOST_BYTES, OpenCells, type Opened } from './protocol.js';

interface Held {
  viewer: Viewer;
  cells?: Map<string, { ref: CellRef; standing: Standing }>;
  commits?: Bucket;
  carets?: Bucket;
}
type DraftSocket = Socket<Record<string, never>, Record<string, (message: unknown) => void>, Record<string, never>, Held>;

const CARETS = 'carets';
/** Changes of a document come in runs: roles are computed once after them, in ms. */
const ROLES_AFTER = 30;
const documentOf = ({ document: { type, id } }: CellRef): string => `${type}-${id}`;

/**
 * Socket.IO namespace `/draft`: several people in one text. `cell:open` brings a text and then its commits, `cell:commit` adds to it, `here` says where a caret
 * is. Only what the store has accepted is sent on, from the store's own subscription: so every node shows the same, and nobody sees words that are not recorded.
 */
@WebSocketGateway({ namespace: '/draft' })
export class DraftGateway implements OnGatewayInit<Namespace>, OnGatewayConnection<DraftSocket>, BeforeApplicationShutdown {
  @WebSocketServer() private readonly server!: Namespace;
  readonly #cells: Cells;
  #sessions: SocketSessions | undefined;
  #feed: Subscription | undefined;
  #unlisten: (() => void) | undefined;
  readonly #due = new Map<string, NodeJS.Timeout>();
  #stopped = false;

  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(Identity) private readonly identity: Identity,
  ) {
    this.#cells = new Cells(services.platform);
  }

  afterInit(namespace: Namespace): void {
    const { signals } = this.services.platform;
    this.#sessions = new SocketSessions(namespace, this.identity, signals);
    this.#unlisten = signals.listen(CARETS, (payload) => this.#showCaret(JSON.parse(payload) as HereMessage));
    void this.#follow();
  }

  /** From the head of the record on; after a failure from where it stood. */
  async #follow(after?: string): Promise<void> {
    const { events, registry } = this.services.platform;
    const again = (position: string | undefined) => setTimeout(() => this.#stopped || void this.#follow(position), 500).unref();
    let position = after;
    try {
      position ??= await events.head();
    } catch {
      again(position);
      return;
    }
    if (this.#stopped) return;
    this.#feed = events.subscribe({
      after: position, categories: ['text', 'statement', 'mou'],
      onBatch: (stored, checkpoint) => {
        for (const event of stored) this.#tell(registry.decode(event));
        position = checkpoint;
      },
      onError: () => again(position),
    });
  }

  #tell(event: RecordedEvent): void {
    if (event.category !== 'text') return this.#rolesMayChange(`${event.category}-${event.streamId}`);
    const room = `cell:${event.streamId}`;
    const ids = this.server?.adapter.rooms.get(room);
    if (ids === undefined) return;
    const message = event.type === 'ClauseTextCommitted' ? commitMessage(event) : { cell: event.streamId, type: event.type, data: event.data };
    const name = event.type === 'ClauseTextCommitted' ? 'cell:commit' : 'cell:changed';
    for (const id of ids) {
      const socket = this.server.sockets.get(id) as DraftSocket | undefined;
      // The label of this very event decides, whatever was read before.
      if (socket && mayRead(socket.data.viewer.tokens, event.meta.label)) socket.emit(name, message);
    }
  }

  handleConnection(socket: DraftSocket): void {
    this.#sessions?.hold(socket, socket.data.viewer);
  }

  @SubscribeMessage('cell:open')
  async open(@ConnectedSocket() socket: DraftSocket, @MessageBody() body: unknown): Promise<{ ok: boolean; cells?: readonly Opened[] }> {
    const asked = OpenCells.safeParse(body);
    if (!asked.success) return { ok: false };
    const opened: Opened[] = [];
    const once: Once = new Map();
    for (const ref of asked.data) {
      const cell = cellId(ref);
      const standing = await this.#cells.standing(ref, socket.data.viewer, once);
      if (standing === null || !socket.connected) {
        opened.push({ cell, ok: false });
        continue;
      }
      (socket.data.cells ??= new Map()).set(cell, { ref, standing });
      // In the room first: what is recorded while it is read comes twice rather than never, and versions tell.
      await socket.join([`cell:${cell}`, `document:${documentOf(ref)}`]);
      opened.push(await this.#cells.opened(ref, standing));
    }
    return { ok: true, cells: opened };
  }

  @SubscribeMessage('cell:leave')
  leave(@ConnectedSocket() socket: DraftSocket, @MessageBody() body: unknown): { ok: boolean } {
    const held = typeof body === 'string' && socket.data.cells?.delete(body);
    if (held) void socket.leave(`cell:${body}`);
    return { ok: Boolean(held) };
  }

  /** Begins the text where nobody has yet. */
  @SubscribeMessage('cell:begin')
  begin(@ConnectedSocket() socket: DraftSocket, @MessageBody() body: unknown): Promise<Committed> {
    const { cell, commitId } = (body ?? {}) as { cell?: unknown; commitId?: unknown };
    if (typeof cell !== 'string' || typeof commitId !== 'string') return Promise.resolve(refused('INVALID', 'invalid-input'));
    return this.#give(socket, cell, commitId, 'OpenText', (ref) => ({ document: ref.document, clauseId: ref.clauseId, lang: ref.lang, ...(ref.draft ? { draft: ref.draft } : {}) }));
  }

  @SubscribeMessage('cell:commit')
  async commit(@ConnectedSocket() socket: DraftSocket, @MessageBody() body: unknown): Promise<Committed> {
    const asked = Commit.safeParse(body);
    if (!asked.success || Buffer.byteLength(JSON.stringify(asked.data.steps)) > MOST_BYTES) return refused('INVALID', 'invalid-input');
    const { cell, commitId, base, steps } = asked.data;
    return this.#give(socket, cell, commitId, 'CommitText', () => ({ base, steps }));
  }

  /** The words are to be a version now: the writer leaves, or asks for it. */
  @SubscribeMessage('cell:rest')
  rest(@ConnectedSocket() socket: DraftSocket, @MessageBody() body: unknown): Promise<Committed> {
    const { cell, commitId, why } = (body ?? {}) as { cell?: unknown; commitId?: unknown; why?: unknown };
    if (typeof cell !== 'string' || typeof commitId !== 'string' || (why !== 'left' && why !== 'asked')) return Promise.resolve(refused('INVALID', 'invalid-input'));
    return this.#give(socket, cell, commitId, 'RestText', () => ({ why }));
  }

  async #give(socket: DraftSocket, cell: string, commandId: string, command: string, input: (ref: CellRef) => unknown): Promise<Committed> {
    const wait = (socket.data.commits ??= new Bucket(40, 20)).take();
    if (wait > 0) return { ...refused('RATE', 'too-many-requests'), retryAfter: wait };
    const held = socket.data.cells?.get(cell);
    const { account } = socket.data.viewer;
    if (!held || account === null || held.standing.actor === null) return refused('DENIED', 'text.not-yours', { lang: held?.ref.lang ?? '' });
    try {
      const outcome = await this.services.platform.executor.execute({
        aggregate: 'ClauseText', id: cell, command, input: input(held.ref), actor: held.standing.actor, mode: account.exercise ? 'exercise' : 'live', commandId,
      });
      return isRefusal(outcome) ? refused(KINDS[outcome.refused] ?? 'INVALID', outcome.refused, outcome.params) : { ok: true };
    } catch (error) {
      if (error instanceof StoreUnavailable) return refused('UNAVAILABLE', 'store-unavailable');
      this.services.log.error({ err: error, command }, 'a live text');
      return refused('UNAVAILABLE', 'internal');
    }
  }

  @SubscribeMessage('here')
  here(@ConnectedSocket() socket: DraftSocket, @MessageBody() body: unknown): void {
    const asked = Here.safeParse(body);
    const { viewer, cells } = socket.data;
    const held = asked.success ? cells?.get(asked.data.cell) : undefined;
    if (!asked.success || !held || viewer.account === null || (socket.data.carets ??= new Bucket(10, 10)).take() > 0) return;
    const { grants, personId, displayName } = viewer.account;
    // Observers and auditors read unseen.
    if (!grants.some(({ capacity }) => !UNSEEN.has(capacity))) return;
    const group = held.standing.actor?.onBehalfOf ?? viewer.actors[0]?.onBehalfOf ?? null;
    const message: HereMessage = { ...asked.data, document: documentOf(held.ref), socket: socket.id, personId, name: displayName, group };
    void this.services.platform.signals.publish(CARETS, JSON.stringify(message)).catch(() => undefined);
  }

  #showCaret({ document, ...message }: HereMessage): void {
    const ids = this.server?.adapter.rooms.get(`document:${document}`);
    for (const id of ids ?? []) {
      const socket = this.server.sockets.get(id) as DraftSocket | undefined;
      // A caret in a group's own copy is seen by those who have that copy open.
      if (socket && id !== message.socket && socket.data.cells?.has(message.cell)) socket.volatile.emit('here', message);
    }
  }

  /** The document has moved on: what each one here may do is computed anew, and told where it is another. */
  #rolesMayChange(document: string): void {
    if (this.#due.has(document) || this.server?.adapter.rooms.get(`document:${document}`) === undefined) return;
    this.#due.set(document, setTimeout(() => {
      this.#due.delete(document);
      void this.#tellRoles(document).catch((err: unknown) => this.services.log.warn({ err }, 'roles in a text'));
    }, ROLES_AFTER).unref());
  }

  async #tellRoles(document: string): Promise<void> {
    const { runner, events } = this.services.platform;
    await runner.waitFor(await events.head());
    for (const id of Array.from(this.server.adapter.rooms.get(`document:${document}`) ?? [])) {
      const socket = this.server.sockets.get(id) as DraftSocket | undefined;
      const once: Once = new Map();
      for (const [cell, held] of socket?.data.cells ?? []) {
        if (documentOf(held.ref) !== document) continue;
        const standing = await this.#cells.standing(held.ref, socket!.data.viewer, once);
        const before = held.standing;
        if (standing === null) {
          socket!.data.cells!.delete(cell);
          void socket!.leave(`cell:${cell}`);
          socket!.emit('cell:role', { cell, role: 'none', shut: null });
          continue;
        }
        held.standing = standing;
        if (standing.role !== before.role || standing.shut !== before.shut || standing.text !== before.text) socket!.emit('cell:role', { cell, role: standing.role, shut: standing.shut, text: standing.text });
      }
    }
  }

  beforeApplicationShutdown(): void {
    this.#stopped = true;
    this.#sessions?.stop();
    this.#unlisten?.();
    for (const timer of this.#due.values()) clearTimeout(timer);
    void this.#feed?.stop();
    this.server?.disconnectSockets(true);
  }
}

type Kind = Extract<Committed, { ok: false }>['err'];
const KINDS: Readonly<Record<string, Kind>> = {
  'text.stale': 'STALE', 'illegal-transition': 'STALE', 'text.shut': 'FROZEN', 'text.not-yours': 'DENIED', 'not-permitted': 'DENIED', 'text.unknown-cell': 'DENIED',
};
const refused = (err: Kind, code: string, params: Readonly<Record<string, string | number | boolean>> = {}) => ({ ok: false as const, err, code, params });
