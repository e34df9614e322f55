import type { Database, Signals } from '#platform/database';

/** Somebody who looks at a thing now. */
export interface Present {
  readonly personId: string;
  readonly name: string;
  /** ISO 8601 UTC: since when. */
  readonly since: string;
}

const CHANNEL = 'presence';
const BEAT_EVERY = 5_000;
/** Who was not heard of for so long is gone: its node died, or its line. */
const GONE_AFTER = 15_000;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS presence (
  socket_id TEXT PRIMARY KEY, node TEXT NOT NULL, place TEXT NOT NULL, person_id TEXT NOT NULL, name TEXT NOT NULL, since TEXT NOT NULL, seen_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS presence_of_place ON presence (place);`;

/** Who looks at what, over all nodes. No part of the record: it is forgotten when they go. */
export class Presence {
  readonly #beat: NodeJS.Timeout;
  readonly #mine = new Set<string>();

  private constructor(
    private readonly database: Database,
    private readonly signals: Signals,
    private readonly node: string,
    private readonly onError: (error: unknown) => void,
    private readonly now: () => number,
  ) {
    this.#beat = setInterval(() => void this.beat().catch(onError), BEAT_EVERY).unref();
  }

  static async open({ database, signals, node, onError, now = Date.now }: {
    database: Database; signals: Signals; node: string; onError: (error: unknown) => void; now?: () => number;
  }): Promise<Presence> {
    await database.migrate('presence', [SCHEMA]);
    return new Presence(database, signals, node, onError, now);
  }

  /** A socket looks at a place, and so no longer at another. */
  async enter(socketId: string, place: string, { personId, name }: Pick<Present, 'personId' | 'name'>): Promise<void> {
    await this.leave(socketId);
    const now = this.#at();
    this.#mine.add(socketId);
    await this.database.run(
      'INSERT INTO presence (socket_id, node, place, person_id, name, since, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (socket_id) DO NOTHING',
      [socketId, this.node, place, personId, name, now, now],
    );
    await this.#tell([place]);
  }

  async leave(socketId: string): Promise<void> {
    if (!this.#mine.delete(socketId)) return;
    const left = await this.database.all<{ place: string }>('DELETE FROM presence WHERE socket_id = ? RETURNING place', [socketId]);
    await this.#tell(left.map(({ place }) => place));
  }

  /** Each person once, who came first before the rest. */
  async at(place: string): Promise<Present[]> {
    const rows = await this.database.all<{ person_id: string; name: string; since: string }>(
      'SELECT person_id, min(name) AS name, min(since) AS since FROM presence WHERE place = ? AND seen_at > ? GROUP BY person_id ORDER BY min(since), person_id',
      [place, this.#at(-GONE_AFTER)],
    );
    return rows.map(({ person_id: personId, name, since }) => ({ personId, name, since }));
  }

  /** Told, on every node, of a place where somebody has come or gone. Gives back how to stop listening. */
  onChanged(listener: (place: string) => void): () => void {
    return this.signals.listen(CHANNEL, listener);
  }

  /** Says that the sockets of this node are still there, and takes those away whose node has fallen silent. */
  async beat(): Promise<void> {
    await this.database.run('UPDATE presence SET seen_at = ? WHERE node = ?', [this.#at(), this.node]);
    const gone = await this.database.all<{ place: string }>('DELETE FROM presence WHERE seen_at <= ? RETURNING place', [this.#at(-GONE_AFTER)]);
    await this.#tell(gone.map(({ place }) => place));
  }

  async #tell(places: readonly string[]): Promise<void> {
    for (const place of new Set(places)) await this.signals.publish(CHANNEL, place);
  }
  #at(shift = 0): string {
    return new Date(this.now() + shift).toISOString();
  }

  /** Takes everybody of this node away. */
  async close(): Promise<void> {
    clearInterval(this.#beat);
    this.#mine.clear();
    const left = await this.database.all<{ place: string }>('DELETE FROM presence WHERE node = ? RETURNING place', [this.node]);
    await this.#tell(left.map(({ place }) => place));
  }
}
