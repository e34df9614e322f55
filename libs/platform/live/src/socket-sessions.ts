import type { Signals } from '#platform/database';
import { type Identity, type Viewer, viewerOf } from '#platform/identity';
import type { Namespace, Socket } from 'socket.io';

/** That a session has ended is heard at once; this often, in ms, it is looked up all the same. */
const LOOK_UP_EVERY = 15_000;

/** Who sits at the sockets of one namespace: admitted by a single-use ticket, or as anyone; let go when their session ends, wherever it ended. */
export class SocketSessions {
  readonly #stop: (() => void)[];

  constructor(
    private readonly namespace: Namespace,
    private readonly identity: Identity,
    signals: Signals,
  ) {
    namespace.use((socket, next) => {
      void this.#admit(socket).then(next, () => next(new Error('unavailable')));
    });
    const lookUp = setInterval(() => void this.#endThoseThatHaveEnded(), LOOK_UP_EVERY).unref();
    this.#stop = [
      () => clearInterval(lookUp),
      identity.sessions.onRevoked(({ sessionId }) => this.#end(sessionId)),
      signals.onReconnected(() => void this.#endThoseThatHaveEnded()),
    ];
  }

  async #admit(socket: Socket): Promise<Error | undefined> {
    const { ticket } = socket.handshake.auth as { ticket?: unknown };
    const signedIn = typeof ticket === 'string' ? await this.identity.tickets.redeem(ticket) : null;
    if (ticket !== undefined && signedIn === null) return new Error('ticket');
    (socket.data as { viewer?: Viewer }).viewer = viewerOf(signedIn);
    return undefined;
  }

  /** A socket has come. */
  hold(socket: Socket, { session }: Viewer): void {
    if (session === null) return;
    void socket.join(`session:${session.sessionId}`);
    // It may have ended between the ticket and the room, when nobody heard it here.
    void this.#endThoseThatHaveEnded([session.sessionId]);
  }

  #end(sessionId: string): void {
    const room = this.namespace.in(`session:${sessionId}`);
    room.emit('ended', {});
    room.disconnectSockets(true);
  }

  /** What was said while nobody heard it. */
  async #endThoseThatHaveEnded(held = this.#sessions()): Promise<void> {
    if (held.length === 0) return;
    try {
      const open = await this.identity.sessions.stillOpen(held);
      for (const sessionId of held) if (!open.has(sessionId)) this.#end(sessionId);
    } catch {
      // The database is away; it is asked again.
    }
  }

  #sessions(): readonly string[] {
    return [...this.namespace.adapter.rooms.keys()].filter((room) => room.startsWith('session:')).map((room) => room.slice('session:'.length));
  }

  stop(): void {
    for (const stop of this.#stop) stop();
  }
}
