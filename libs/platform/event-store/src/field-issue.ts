import type { z } from 'zod';

/** A field that does not fit, by its path in the input, and why: a zod issue code and its parameters. */
export interface FieldIssue {
  readonly path: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

const RULE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Why a field does not fit, for a sentence in the reader's language: a rule of ours by its name (`edtf`, `m49`), everything else by zod's code. */
export function fieldIssue(issue: z.core.$ZodIssue): FieldIssue {
  const params: Record<string, string | number> = {};
  for (const key of ['minimum', 'maximum', 'expected', 'format', 'origin', 'values', 'keys'] as const) {
    const value = (issue as unknown as Record<string, unknown>)[key];
    if (typeof value === 'string' || typeof value === 'number') params[key] = value;
    else if (Array.isArray(value)) params[key] = value.join(', ');
  }
  // Refinements and patterns of ours carry the name of the rule as their message.
  const ours = (issue.code === 'custom' || issue.code === 'invalid_format') && RULE.test(issue.message);
  return { path: issue.path.map(String).join('.'), code: ours ? issue.message : issue.code, params };
}
