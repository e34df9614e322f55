import { comparePositions, type EventStore, START, type StoredEvent } from '#platform/event-store';

const PAGE = 1000;

/** The events behind a position, in the order of the record, without holding them all. */
export async function* eventsAfter(events: EventStore, after = START): AsyncGenerator<StoredEvent> {
  for (let position = after; ; ) {
    const page = await events.readAll({ after: position, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    position = last.position;
  }
}

/** The events of one stream behind a position. */
export async function* eventsOf(events: EventStore, stream: string, after = START): AsyncGenerator<StoredEvent> {
  for (let revision = 0; ; ) {
    const page = await events.readStream(stream, revision, PAGE);
    for (const event of page) if (comparePositions(event.position, after) > 0) yield event;
    const last = page.at(-1);
    if (last === undefined) return;
    revision = last.revision;
  }
}
