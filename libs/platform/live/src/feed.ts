import { type Activity, References, sortable, type ViewReader, type ViewRunner, type ViewStore } from '#platform/views';
import { comparePositions, type Registry } from '#platform/event-store';
import { audienceOf, type AudienceToken, type Multilingual, type Row } from '#kernel';

/** What a client is told: acts it may read, in order, and what the things in them are called. Language-neutral. */
export interface LiveMessage {
  /** Place in the record up to which this audience has now been told; what a client that returns sends back. */
  readonly position: string;
  readonly entries: readonly Row<Activity>[];
  readonly names: Readonly<Record<string, Multilingual>>;
}
/** One message for the readers of one set of audience tokens; it is made only where somebody is there to be told. */
export type Publish = (audience: readonly AudienceToken[], message: () => Promise<LiveMessage>) => Promise<void>;

const CATCH_UP = 200;
const PAGE = 500;
const RETRY_AFTER = 250;

/**
 * Turns the activity view into messages by audience, encoded once for each audience. Every node that holds sockets reads the view itself,
 * from where it last published: so nothing has to travel between nodes but the news that the views have moved, and that may be lost.
 */
export class LiveFeed {
  readonly #references: References;
  #published: string | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #due = false;

  constructor(
    registry: Registry,
    private readonly views: ViewStore,
    private readonly runner: ViewRunner,
    private readonly onError: (error: unknown) => void = () => {},
  ) {
    this.#references = new References(registry);
  }

  /** Up to here everything has been published. */
  get position(): string {
    return this.#published ?? this.runner.position;
  }

  /** Publishes from now on, as long as anybody is there; the returned function ends it. */
  start(publish: Publish, anybody: () => boolean): () => void {
    this.#published = this.runner.position;
    let ended = false;
    const moved = () => {
      if (this.#due || ended) return;
      this.#due = true;
      void this.alone(async () => {
        this.#due = false;
        if (!ended && anybody()) await this.#publish(publish);
        else if (!ended) this.#published = this.runner.position;
      }).catch((error: unknown) => {
        this.onError(error);
        setTimeout(moved, RETRY_AFTER).unref();
      });
    };
    const stop = this.runner.onMoved(moved);
    return () => {
      ended = true;
      stop();
    };
  }

  /** While this runs nothing is published. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #publish(publish: Publish): Promise<void> {
    const target = this.runner.position;
    while (comparePositions(this.position, target) < 0) {
      const found = await this.views.reader(null).after<Activity>('activity', sortable(this.position), PAGE);
      const rows = found.filter((row) => comparePositions(row.position, target) <= 0);
      for (const group of byAudience(rows)) {
        await publish(group.audience, () => this.#message(group.rows));
        this.#published = group.rows.at(-1)!.position;
      }
      if (found.length < PAGE || rows.length < found.length) this.#published = target;
    }
  }

  async #message(rows: readonly Row<Activity>[]): Promise<LiveMessage> {
    const { label } = rows[0]!;
    // Whoever reads anything above CLEAR is of the network, or is named; so names of the network may stand in it.
    const reader = this.views.reader(new Set(['public', ...(label.tlp === 'CLEAR' ? [] : ['network']), ...audienceOf(label)]));
    return { position: rows.at(-1)!.position, entries: rows, names: await this.names(reader, rows) };
  }

  /** What the streams in these acts are called, for this reader. */
  names(reader: ViewReader, rows: readonly Row<Activity>[]): Promise<Record<string, Multilingual>> {
    const streams = rows.flatMap(({ doc }) => {
      const { actor } = doc;
      const body = actor.onBehalfOf === undefined ? [] : ['group', 'partner', 'network'].map((c) => `${c}-${actor.onBehalfOf}`);
      return [doc.stream, `person-${actor.personId}`, ...body, ...this.#references.streamsIn(doc.type, doc.data)];
    });
    return reader.titles(streams);
  }

  /** What this reader may read of what was published after a position, oldest first; `more` when there is more than one message holds. */
  async since(tokens: ReadonlySet<AudienceToken>, after: string): Promise<{ message: LiveMessage; more: boolean }> {
    const until = this.position;
    const reader = this.views.reader(tokens);
    const found = await reader.after<Activity>('activity', sortable(after), CATCH_UP + 1);
    const rows = found.filter((row) => comparePositions(row.position, until) <= 0);
    const entries = rows.slice(0, CATCH_UP);
    const more = rows.length > CATCH_UP;
    return { message: { position: more ? entries.at(-1)!.position : until, entries, names: await this.names(reader, entries) }, more };
  }
}

/** Neighbours with the same readers go in one message; the order of the record is kept, so that no position is told before an earlier one. */
function byAudience(rows: readonly Row<Activity>[]): { audience: readonly AudienceToken[]; rows: Row<Activity>[] }[] {
  const groups: { key: string; audience: readonly AudienceToken[]; rows: Row<Activity>[] }[] = [];
  for (const row of rows) {
    const audience = audienceOf(row.label);
    const key = audience.toSorted().join(' ');
    const last = groups.at(-1);
    if (last?.key === key) last.rows.push(row);
    else groups.push({ key, audience, rows: [row] });
  }
  return groups;
}
