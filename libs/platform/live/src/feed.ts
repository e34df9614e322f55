import { type Activity, type Projected, References, sortable, type ViewReader, type ViewRunner, type ViewStore } from '#platform/views';
import type { Registry } from '#platform/event-store';
import { audienceOf, type AudienceToken, type Label, type Multilingual, type Row } from '#kernel';

/** What a client is told: acts it may read, in order, and what the things in them are called. Language-neutral. */
export interface LiveMessage {
  /** Place in the record up to which this audience has now been told; what a client that returns sends back. */
  readonly position: string;
  readonly entries: readonly Row<Activity>[];
  readonly names: Readonly<Record<string, Multilingual>>;
}
/** One message for the readers of one set of audience tokens; it is made only where somebody is there to be told. */
export type Publish = (audience: readonly AudienceToken[], message: () => LiveMessage) => void;

const CATCH_UP = 200;

/** Turns committed changes of the activity view into messages by audience, encoded once for each audience. */
export class LiveFeed {
  readonly #references: References;

  constructor(
    registry: Registry,
    private readonly views: ViewStore,
    private readonly runner: ViewRunner,
  ) {
    this.#references = new References(registry);
  }

  /** Up to here the views stand, and so everything that has been published. */
  get position(): string {
    return this.runner.position;
  }

  /** Publishes from now on; the returned function ends it. */
  start(publish: Publish): () => void {
    return this.runner.onProjected((projected) => this.#publish(projected, publish));
  }

  #publish({ changes }: Projected, publish: Publish): void {
    const byAudience = new Map<string, { label: Label; rows: Row<Activity>[] }>();
    for (const { view, after } of changes) {
      if (view !== 'activity' || after === null) continue;
      const key = audienceOf(after.label).toSorted().join(' ');
      const group = byAudience.get(key) ?? { label: after.label, rows: [] };
      group.rows.push(after as Row<Activity>);
      byAudience.set(key, group);
    }
    for (const { label, rows } of byAudience.values()) {
      const audience = audienceOf(label);
      publish(audience, () => {
        // Whoever reads anything above CLEAR is of the network, or is named; so names of the network may stand in it.
        const reader = this.views.reader(new Set(['public', ...(label.tlp === 'CLEAR' ? [] : ['network']), ...audience]));
        return { position: rows.at(-1)!.position, entries: rows, names: this.names(reader, rows) };
      });
    }
  }

  /** What the streams in these acts are called, for this reader. */
  names(reader: ViewReader, rows: readonly Row<Activity>[]): Record<string, Multilingual> {
    const streams = rows.flatMap(({ doc }) => {
      const { actor } = doc;
      const body = actor.onBehalfOf === undefined ? [] : ['group', 'partner', 'network'].map((c) => `${c}-${actor.onBehalfOf}`);
      return [doc.stream, `person-${actor.personId}`, ...body, ...this.#references.streamsIn(doc.type, doc.data)];
    });
    return reader.titles(streams);
  }

  /** What this reader may read after a position, oldest first; `more` when there is more than one message holds. */
  since(tokens: ReadonlySet<AudienceToken>, position: string): { message: LiveMessage; more: boolean } {
    const reader = this.views.reader(tokens);
    const rows = reader.after<Activity>('activity', sortable(position), CATCH_UP + 1);
    const entries = rows.slice(0, CATCH_UP);
    const more = rows.length > CATCH_UP;
    const last = more ? entries.at(-1)!.position : this.runner.position;
    return { message: { position: last, entries, names: this.names(reader, entries) }, more };
  }
}
