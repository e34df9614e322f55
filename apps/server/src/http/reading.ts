import { z } from 'zod';
import { type Page, parseEdtf, type Where } from '#kernel';
import { fieldIssue } from '#platform/event-store';
import type { Reading } from '#platform/runtime';
import type { Viewer } from '#platform/identity';
import { Problem } from './problem.js';

/** Parameters of every read; what else stands in the query filters by a column of the view. */
const Asked = z.object({
  /** Day in the world, YYYY-MM-DD. */
  asOf: z.iso.date().optional(),
  /** Instant of the record. */
  known: z.iso.datetime().optional(),
  minPosition: z.string().regex(/^\d{1,19}$/, { error: 'position' }).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
  sort: z.string().max(64).optional(),
  after: z.string().max(512).optional(),
});

export interface AskedReading {
  readonly reading: Reading;
  readonly page: Page;
  readonly where: Where;
}

const one = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** @throws Problem 422 naming the parameter that does not fit. */
export function readingOf(query: Readonly<Record<string, unknown>>, viewer: Viewer): AskedReading {
  const parsed = Asked.safeParse(query);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(fieldIssue);
    throw new Problem(422, { refused: 'invalid-input', params: { command: 'query' }, fields });
  }
  const { asOf, known, minPosition, ...page } = parsed.data;
  const where = Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => {
      if (name in Asked.shape || name === 'lang') return [];
      const text = one(value);
      return [[name, text === undefined ? (value as string[]) : text === 'null' ? null : text]];
    }),
  );
  const moment = asOf !== undefined && parseEdtf(asOf) ? { valid: asOf } : {};
  const both = { ...moment, ...(known === undefined ? {} : { known }) };
  const reading: Reading = {
    tokens: viewer.tokens,
    ...(Object.keys(both).length > 0 ? { moment: both } : {}),
    ...(minPosition === undefined ? {} : { minPosition }),
  };
  return { reading, page: Object.fromEntries(Object.entries(page).filter(([, v]) => v !== undefined)), where };
}
