import type { Actor, BoundedContext, EventMeta, RecordedEvent, View } from '#kernel';

/** One act of the record, language-neutral: the sentence `event.<type>` is made where it is shown. */
export interface Activity {
  readonly type: string;
  readonly stream: string;
  readonly category: string;
  readonly streamId: string;
  readonly revision: number;
  readonly data: unknown;
  readonly actor: Actor;
  readonly mode: EventMeta['mode'];
  readonly recordedAt: string;
  readonly validTime: string | null;
  readonly basis: EventMeta['basis'];
  readonly sources: EventMeta['sources'];
  readonly confidence: EventMeta['confidence'];
  readonly eventId: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string | null;
}

/** Positions are sorted as text where columns sort: fixed width makes both orders one. */
export const sortable = (position: string): string => position.padStart(20, '0');

/** Every event that is an act is an entry under its own label: the activity stream, the History tab and the export read it. */
export function activityOf(contexts: readonly BoundedContext[]): View<Activity> {
  const quiet = new Set(contexts.flatMap((c) => c.aggregates.flatMap((a) => a.quiet ?? [])));
  return { ...entries, key: (event) => (quiet.has(event.type) ? undefined : entries.key!(event)) };
}

const entries: View<Activity> = {
  name: 'activity',
  version: 2,
  key: (event) => sortable(event.position),
  on: {
    '*': (_doc: Activity | null, data: unknown, event: RecordedEvent): Activity => ({
      type: event.type,
      stream: event.stream,
      category: event.category,
      streamId: event.streamId,
      revision: event.revision,
      data,
      actor: event.meta.actor,
      mode: event.meta.mode,
      recordedAt: event.meta.recordedAt,
      validTime: event.meta.validTime ?? null,
      basis: event.meta.basis,
      sources: event.meta.sources,
      confidence: event.meta.confidence,
      eventId: event.id,
      commandId: event.meta.commandId,
      correlationId: event.meta.correlationId,
      causationId: event.meta.causationId ?? null,
    }),
  } as View<Activity>['on'],
  belongs: { column: 'stream' },
  columns: {
    stream: (doc) => doc.stream,
    actor: (doc) => doc.actor.personId,
    group: (doc) => doc.actor.onBehalfOf ?? null,
    type: (doc) => doc.type,
    correlation: (doc) => doc.correlationId,
  },
};
