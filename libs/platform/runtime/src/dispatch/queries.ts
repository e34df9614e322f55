import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Row } from '#kernel';
import type { AudienceToken, Page, Where } from '#kernel';
import type { Moment, ViewReader } from '#platform/views';
import type { Platform } from '../platform.js';

/** What every read is asked with: as whom, and as of when. */
export interface Reading {
  readonly tokens: ReadonlySet<AudienceToken>;
  /** Past moment; now where left out. */
  readonly moment?: Moment;
  /** Read your own write: wait until the views show this position. */
  readonly minPosition?: string;
}

/** The views do not show the position in time; the same read may be tried again. */
export class ViewsBehind extends Error {}

/** One read of the views, whatever it is; the permission filter and the clocks are applied here and nowhere else. */
export class ReadQuery<T> extends Query<T> {
  constructor(
    readonly reading: Reading,
    readonly read: (reader: ViewReader) => T | Promise<T>,
  ) {
    super();
  }
}

export class ReadRow extends ReadQuery<Row | null> {
  constructor(reading: Reading, view: string, id: string) {
    super(reading, (reader) => reader.row(view, id));
  }
}
export class ReadRows extends ReadQuery<{ rows: Row[]; next: string | null; total: number }> {
  constructor(reading: Reading, view: string, where: Where, page: Page) {
    super(reading, async (reader) => {
      const [list, total] = await Promise.all([reader.list(view, where, page), reader.count(view, where)]);
      return { ...list, total };
    });
  }
}

export async function readerFor(platform: Platform, { tokens, moment, minPosition }: Reading): Promise<ViewReader> {
  if (minPosition !== undefined && !(await platform.runner.waitFor(minPosition))) throw new ViewsBehind();
  return moment ? platform.asOf.reader(moment, tokens) : platform.views.reader(tokens);
}

/** The query handlers over one platform, for the QueryBus. */
export function bindQueries(platform: Platform) {
  const handle = async <T>({ reading, read }: ReadQuery<T>): Promise<T> => read(await readerFor(platform, reading));
  return [ReadQuery, ReadRow, ReadRows].map((query) => {
    class Handler implements IQueryHandler<ReadQuery<unknown>> {
      execute(asked: ReadQuery<unknown>) {
        return handle(asked);
      }
    }
    Object.defineProperty(Handler, 'name', { value: `${query.name}Handler` });
    QueryHandler(query as never)(Handler);
    return Handler;
  });
}
