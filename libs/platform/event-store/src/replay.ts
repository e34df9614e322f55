import { type Aggregate, evolve, type Mode } from '#kernel';
import { START, type StoredEvent } from './event-store.js';

/** The answer that a command was given, and what it was. */
interface Given {
  readonly personId: string;
  readonly type: string;
  readonly revision: number;
  readonly position: string;
}
/** A stream as far as it was read: the state, and what has been answered. */
export interface Loaded {
  readonly state: { readonly status: string };
  readonly revision: number;
  readonly position: string;
  readonly mode: Mode | null;
  /** The latest commands of the stream by their ids. */
  readonly given: Map<string, Given>;
}

/** So many commands of a stream are remembered: one that comes again is answered as before. */
const REMEMBERED = 1_000;

export function replay(aggregate: Aggregate, known: Loaded | undefined, events: readonly StoredEvent[]): Loaded {
  if (known && events.length === 0) return known;
  let { state, revision, position, mode, given } = known ?? {
    state: aggregate.initial as Loaded['state'], revision: 0, position: START, mode: null, given: new Map<string, Given>(),
  };
  for (const stored of events) {
    const event = aggregate.events.decode(stored.type, stored.data);
    state = evolve(aggregate, state, event) as Loaded['state'];
    ({ revision, position } = stored);
    mode ??= stored.meta.mode;
    const { commandId, actor } = stored.meta;
    const type = given.get(commandId)?.type ?? event.type;
    given = remember(given, commandId, { personId: actor.personId, type, revision, position });
  }
  return { state, revision, position, mode, given };
}

export function remember(given: Map<string, Given>, commandId: string, answer: Given): Map<string, Given> {
  given.delete(commandId);
  given.set(commandId, { personId: answer.personId, type: answer.type, revision: answer.revision, position: answer.position });
  if (given.size > REMEMBERED) {
    const [oldest] = given.keys();
    given.delete(oldest!);
  }
  return given;
}
