import type { Refusal } from '#kernel';
import type { FieldIssue } from '#platform/event-store';
import { formatEdtf } from './edtf.js';
import type { Formatters } from './format.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const WORD = /^[a-z]+(-[a-z]+)*$/;

/** A refusal in the reader's language; where several conditions are unmet, each of them. */
export function refusalSentence(refusal: Refusal, formatters: Formatters): string {
  const { say } = formatters;
  const params = refusalParams(refusal, formatters);
  const sentence =
    say(`refusal.${refusal.refused}`, params) ?? say('refusal.unknown', { code: refusal.refused }) ?? refusal.refused;
  return [sentence, ...(refusal.unmet ?? []).map((each) => refusalSentence(each, formatters))].join(' ');
}

/** Commands, aggregates, states, roles, dates and words of enumerations become those of the reader; all else stays. */
function refusalParams({ refused, params }: Refusal, formatters: Formatters): Record<string, string | number> {
  const { say, list } = formatters;
  const state = (name: string) => say(`state.${String(params['aggregate'])}.${name}`) ?? name;
  const text = (name: string, value: string): string => {
    if (name === 'command') return say(`command.${value}`) ?? value;
    if (name === 'aggregate') return say(`aggregate.${value}`) ?? value;
    if (name === 'state') return state(value);
    if (name === 'roles')
      return list(
        value.split(', ').map((role) => say(`role.${role}`) ?? role),
        'or',
      );
    if (name === 'from' && refused === 'illegal-transition') return list(value.split(', ').map(state), 'or');
    if (DAY.test(value)) return formatEdtf(value, formatters);
    if (INSTANT.test(value)) return formatters.instant(value);
    return (WORD.test(value) ? say(`value.${name}.${value}`) : undefined) ?? value;
  };
  const spoken = Object.entries(params).map(([name, value]) => {
    if (typeof value === 'number') return [name, value];
    return [name, typeof value === 'boolean' ? String(value) : value === '' ? 'none' : text(name, value)];
  });
  return Object.fromEntries(spoken) as Record<string, string | number>;
}

/** Why a field does not fit. Possible values are told as the form shows them, by the last name of the path. */
export function issueSentence({ path, code, params }: FieldIssue, formatters: Formatters): string {
  const { say, list } = formatters;
  const field = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
  const spoken: Record<string, string | number> = { ...params };
  const { values, keys } = params;
  if (typeof values === 'string')
    spoken['values'] = list(
      values.split(', ').map((v) => say(`value.${field}.${v}`) ?? v),
      'or',
    );
  if (typeof keys === 'string') spoken['keys'] = list(keys.split(', '));
  return say(`issue.${code}`, spoken) ?? say('issue.invalid') ?? code;
}
