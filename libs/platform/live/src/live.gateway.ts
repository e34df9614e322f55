import { ConnectedSocket, MessageBody, type OnGatewayConnection, type OnGatewayDisconnect, type OnGatewayInit, SubscribeMessage, WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import { Inject, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Signals } from '#platform/database';
import { Identity, type Viewer } from '#platform/identity';
import type { ViewStore } from '#platform/views';
import type { Namespace, Socket } from 'socket.io';
import { z } from 'zod';
import { LiveFeed, type LiveMessage } from './feed.js';
import { Presence, type Present } from './presence.js';
import { SocketSessions } from './socket-sessions.js';

/** 1 MiB: a socket that lets more than this pile up is dropped; it comes back and catches up. */
const MAX_BACKLOG = 1024 * 1024;
/** So many messages of what was missed are sent at one asking: others have their turn in between. */
const CATCH_UP_MESSAGES = 5;
/** Sockets that a server lets go come back within this time, in ms, each at another moment. */
const COME_BACK_WITHIN = 5_000;

/** They read without being seen. */
export const UNSEEN: ReadonlySet<string> = new Set(['observer', 'auditor', 'partner', 'administrator']);

const Follow = z.object({ after: z.string().regex(/^\d{1,19}$/).optional() });
/** `<collection>/<id>`, or nothing. */
const Look = z.object({ at: z.string().regex(/^[a-z-]{1,40}\/[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/).nullable() });
/** Everything up to `position` has been sent; where there is `more`, it is asked for from there, and nothing new comes until then. */
type Following = { readonly ok: true; readonly position: string; readonly more: boolean } | { readonly ok: false };
type Looking = { readonly ok: true; readonly here: readonly Present[] } | { readonly ok: false };

/** What the gateway needs of the platform: views for who may look at what, signals for what was missed. */
export const LIVE_PLATFORM = Symbol('live platform');
export interface LivePlatform {
  readonly views: ViewStore;
  readonly signals: Signals;
  /** Takes a figure that is read when somebody asks. */
  readonly gauge?: (name: string, help: string, read: () => number) => void;
}

interface Held {
  viewer: Viewer;
  looksAt?: string | undefined;
}
type LiveSocket = Socket<Record<string, never>, Record<string, (message: unknown) => void>, Record<string, never>, Held>;

/**
 * Socket.IO namespace `/live`. The handshake carries a single-use ticket, or nothing for public acts.
 * `follow {after}` puts the socket into its audiences' rooms; `activity` brings what was missed, and then what comes.
 * `look {at}` says at what one looks; `presence` brings who else does.
 */
@WebSocketGateway({ namespace: '/live' })
export class LiveGateway implements OnGatewayInit<Namespace>, OnGatewayConnection<LiveSocket>, OnGatewayDisconnect<LiveSocket>, BeforeApplicationShutdown {
  @WebSocketServer() private readonly server!: Namespace;
  #stop: (() => void)[] = [];
  #sessions: SocketSessions | undefined;

  constructor(
    @Inject(LiveFeed) private readonly feed: LiveFeed,
    @Inject(Identity) private readonly identity: Identity,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(LIVE_PLATFORM) private readonly platform: LivePlatform,
  ) {}

  afterInit(namespace: Namespace): void {
    this.platform.gauge?.('sockets', 'Sockets that are held here.', () => namespace.sockets.size);
    this.#sessions = new SocketSessions(namespace, this.identity, this.platform.signals);
    this.#stop = [
      () => this.#sessions?.stop(),
      this.feed.start(
        (audience, make) => this.#publish(audience, make),
        () => namespace.sockets.size > 0,
      ),
      this.presence.onChanged((place) => void this.#tellPresence(place).catch(() => undefined)),
    ];
  }

  handleConnection(socket: LiveSocket): void {
    this.#sessions?.hold(socket, socket.data.viewer);
  }
  handleDisconnect(socket: LiveSocket): void {
    void this.presence.leave(socket.id).catch(() => undefined);
  }

  /** What was missed first; the last of it and the rooms in one turn of the feed: nothing is published in between, nothing new can overtake the old. */
  @SubscribeMessage('follow')
  async follow(@ConnectedSocket() socket: LiveSocket, @MessageBody() body: unknown): Promise<Following> {
    const asked = Follow.safeParse(body ?? {});
    if (!asked.success) return { ok: false };
    let { after } = asked.data;
    for (let sent = 1; after !== undefined && sent < CATCH_UP_MESSAGES; sent++) {
      const { position, more } = await this.#send(socket, after);
      after = position;
      if (!more) break;
    }
    return this.feed.alone(async () => {
      const last = after === undefined ? { position: this.feed.position, more: false } : await this.#send(socket, after);
      const rooms = [...socket.data.viewer.tokens].map((token) => `audience:${token}`);
      // Who has gone meanwhile is in no room any more, and must not be put into one.
      if (!last.more && socket.connected) void socket.join(rooms);
      return { ok: true, ...last };
    });
  }

  async #send(socket: LiveSocket, after: string): Promise<{ position: string; more: boolean }> {
    const { message, more } = await this.feed.since(socket.data.viewer.tokens, after);
    if (message.entries.length > 0) socket.emit('activity', message);
    return { position: message.position, more };
  }

  /** The one place from which acts are sent to sockets; it takes the audience. */
  async #publish(audience: readonly string[], make: () => Promise<LiveMessage>): Promise<void> {
    const rooms = audience.map((token) => `audience:${token}`).filter((room) => this.server.adapter.rooms.has(room));
    if (rooms.length === 0) return;
    const message = await make();
    this.#dropSlow();
    this.server.to(rooms).emit('activity', message);
  }

  /** Who is of the network and may read the thing sees who else of it looks at it; observers and auditors read unseen. */
  @SubscribeMessage('look')
  async look(@ConnectedSocket() socket: LiveSocket, @MessageBody() body: unknown): Promise<Looking> {
    const asked = Look.safeParse(body ?? {});
    const { viewer, looksAt } = socket.data;
    if (!asked.success || viewer.account === null || !viewer.tokens.has('network')) return { ok: false };
    const { at } = asked.data;
    if (looksAt !== undefined && looksAt !== at) void socket.leave(`at:${looksAt}`);
    socket.data.looksAt = undefined;
    await this.presence.leave(socket.id);
    if (at === null) return { ok: true, here: [] };
    if (!(await this.#mayLook(socket, at)) || !socket.connected) return { ok: false };
    socket.data.looksAt = at;
    await socket.join(`at:${at}`);
    const { personId, displayName, grants } = viewer.account;
    if (grants.some(({ capacity }) => !UNSEEN.has(capacity))) await this.presence.enter(socket.id, at, { personId, name: displayName });
    return { ok: true, here: await this.presence.at(at) };
  }

  async #mayLook({ data }: LiveSocket, at: string): Promise<boolean> {
    const [view = '', id = ''] = at.split('/');
    if (!this.platform.views.views.some((v) => v.name === view && v.category !== undefined)) return false;
    return (await this.platform.views.reader(data.viewer.tokens).row(view, id)) !== null;
  }

  /** May they still look? A label can have changed since; then they are told no more. */
  async #tellPresence(at: string): Promise<void> {
    const ids = this.server.adapter.rooms.get(`at:${at}`);
    if (ids === undefined) return;
    const here = await this.presence.at(at);
    // Some may leave while others are asked.
    for (const socket of Array.from(ids, (id) => this.server.sockets.get(id) as LiveSocket | undefined)) {
      if (socket === undefined) continue;
      if (await this.#mayLook(socket, at)) socket.emit('presence', { at, here });
      else void socket.leave(`at:${at}`);
    }
  }

  #dropSlow(): void {
    for (const socket of this.server.sockets.values()) {
      const transport = socket.conn.transport as unknown as { socket?: { bufferedAmount?: number } };
      if ((transport.socket?.bufferedAmount ?? 0) > MAX_BACKLOG) socket.conn.close();
    }
  }

  /** The sockets are told that the server goes, so that they come back at different moments; once it closes there is no socket left to tell. */
  beforeApplicationShutdown(): void {
    for (const stop of this.#stop) stop();
    this.server?.emit('bye', { reconnectWithinMs: COME_BACK_WITHIN });
    this.server?.disconnectSockets(true);
  }
}
