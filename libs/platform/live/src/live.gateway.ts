import { ConnectedSocket, MessageBody, type OnGatewayConnection, type OnGatewayInit, SubscribeMessage, WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import { Inject, type BeforeApplicationShutdown } from '@nestjs/common';
import { Identity, type Viewer, viewerOf } from '#platform/identity';
import type { Namespace, Socket } from 'socket.io';
import { z } from 'zod';
import { LiveFeed, type LiveMessage } from './feed.js';

/** 1 MiB: a socket that lets more than this pile up is dropped; it comes back and catches up. */
const MAX_BACKLOG = 1024 * 1024;
/** So many messages of what was missed are sent at one asking: others have their turn in between. */
const CATCH_UP_MESSAGES = 5;
const Follow = z.object({ after: z.string().regex(/^\d{1,19}$/).optional() });
/** Everything up to `position` has been sent; where there is `more`, it is asked for from there, and nothing new comes until then. */
type Following = { readonly ok: true; readonly position: string; readonly more: boolean } | { readonly ok: false };

interface Held {
  viewer: Viewer;
}
type LiveSocket = Socket<Record<string, never>, Record<string, (message: unknown) => void>, Record<string, never>, Held>;

/**
 * Socket.IO namespace `/live`. The handshake carries a single-use ticket, or nothing for public acts.
 * `follow {after}` puts the socket into its audiences' rooms; `activity` brings what was missed, and then what comes.
 */
@WebSocketGateway({ namespace: '/live' })
export class LiveGateway implements OnGatewayInit<Namespace>, OnGatewayConnection<LiveSocket>, BeforeApplicationShutdown {
  @WebSocketServer() private readonly server!: Namespace;
  #stop: (() => void)[] = [];

  constructor(
    @Inject(LiveFeed) private readonly feed: LiveFeed,
    @Inject(Identity) private readonly identity: Identity,
  ) {}

  afterInit(namespace: Namespace): void {
    namespace.use((socket, next) => {
      const { ticket } = socket.handshake.auth as { ticket?: unknown };
      const signedIn = typeof ticket === 'string' ? this.identity.tickets.redeem(ticket) : null;
      if (ticket !== undefined && signedIn === null) return next(new Error('ticket'));
      (socket as LiveSocket).data.viewer = viewerOf(signedIn);
      next();
    });
    this.#stop = [
      this.feed.start((audience, make) => this.#publish(audience, make)),
      this.identity.sessions.onRevoked(({ sessionId }) => this.#end(sessionId)),
    ];
  }

  handleConnection(socket: LiveSocket): void {
    const { session } = socket.data.viewer;
    if (session) void socket.join(`session:${session.sessionId}`);
  }

  /** What was missed, then the rooms, in one turn of the loop: nothing is published in between, and nothing new can overtake the old. */
  @SubscribeMessage('follow')
  follow(@ConnectedSocket() socket: LiveSocket, @MessageBody() body: unknown): Following {
    const asked = Follow.safeParse(body ?? {});
    if (!asked.success) return { ok: false };
    const { tokens } = socket.data.viewer;
    let { position } = this.feed;
    let { after } = asked.data;
    for (let sent = 0; after !== undefined && sent < CATCH_UP_MESSAGES; sent++) {
      const { message, more } = this.feed.since(tokens, after);
      socket.emit('activity', message);
      ({ position } = message);
      after = more ? position : undefined;
    }
    // The rooms are in this process: joining is done when the call returns.
    if (after === undefined) void socket.join([...tokens].map((token) => `audience:${token}`));
    return { ok: true, position, more: after !== undefined };
  }

  /** The one place from which acts are sent to sockets; it takes the audience. */
  #publish(audience: readonly string[], make: () => LiveMessage): void {
    const rooms = audience.map((token) => `audience:${token}`).filter((room) => this.server.adapter.rooms.has(room));
    if (rooms.length === 0) return;
    this.#dropSlow();
    this.server.to(rooms).emit('activity', make());
  }

  #dropSlow(): void {
    for (const socket of this.server.sockets.values()) {
      const transport = socket.conn.transport as unknown as { socket?: { bufferedAmount?: number } };
      if ((transport.socket?.bufferedAmount ?? 0) > MAX_BACKLOG) socket.conn.close();
    }
  }

  #end(sessionId: string): void {
    const room = this.server.in(`session:${sessionId}`);
    room.emit('ended', {});
    room.disconnectSockets(true);
  }

  /** The sockets are told that the server goes, so that they come back at different moments; once it closes there is no socket left to tell. */
  beforeApplicationShutdown(): void {
    for (const stop of this.#stop) stop();
    this.server?.emit('bye', { reconnectWithinMs: 5000 });
    this.server?.disconnectSockets(true);
  }
}
