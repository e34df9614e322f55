import type { Refusal } from '#kernel';
import type { FieldIssue } from '#platform/event-store';

/** Something is refused over HTTP; the filter turns it into problem+json (RFC 9457) in the caller's language. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly refusal: Refusal & { readonly fields?: readonly FieldIssue[] },
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(refusal.refused);
  }
}

export const problem = (status: number, code: string, params: Refusal['params'] = {}, headers?: Record<string, string>): Problem =>
  new Problem(status, { refused: code, params }, headers);

const STATUS: Readonly<Record<string, number>> = {
  'invalid-input': 422,
  'import-needs-source': 422,
  'not-permitted': 403,
  'authority.personal-act': 403,
  'exercise-on-real': 403,
  'real-on-exercise': 403,
  'revision-conflict': 412,
  'unknown-aggregate': 404,
  'unknown-command': 404,
  'unknown-subject': 404,
};

/** 409 where the state of the thing or a rule forbids it; the others by what is wrong with the request itself. */
export const statusOf = (refusal: Refusal): number => STATUS[refusal.refused] ?? 409;
