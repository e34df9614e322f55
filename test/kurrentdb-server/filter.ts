import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { EventLog } from './event-log.ts';

/** KurrentDB considers so many events at a time where the client does not say. */
const DEFAULT_WINDOW = 32;

export interface Filter {
  matches(index: number): boolean;
  /** After so many considered events a subscription is told how far it is. */
  readonly checkpointEvery: number;
}

export function filterOf(log: EventLog, options: ReadReq.Options.FilterOptions): Filter {
  const byStream = options.hasStreamIdentifier();
  const expression = byStream ? options.getStreamIdentifier() : options.getEventType();
  const prefixes = expression?.getPrefixList() ?? [];
  const pattern = expression?.getRegex() ? new RegExp(expression.getRegex()) : undefined;
  const accepts = (value: string): boolean =>
    pattern ? pattern.test(value) : prefixes.some((prefix) => value.startsWith(prefix));
  // There are far fewer names than events.
  const known = new Map<number, boolean>();
  return {
    checkpointEvery:
      Math.max(1, options.getCheckpointintervalmultiplier()) *
      (options.hasMax() ? Math.max(1, options.getMax()) : DEFAULT_WINDOW),
    matches: (index) => {
      const number = byStream ? log.streamNumberOf(index) : log.typeNumberOf(index);
      let verdict = known.get(number);
      if (verdict === undefined) known.set(number, (verdict = accepts(byStream ? log.streamName(number) : log.typeName(number))));
      return verdict;
    },
  };
}
