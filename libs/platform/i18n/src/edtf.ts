import { type PartialDate, parseEdtf } from '#kernel/edtf';
import type { Formatters } from './format.js';

/** Browser-safe. The calendar is always Gregorian: a legal date has one number everywhere. */

/** How exact a date is: messages choose their preposition by it (`le 17 juin`, `en 2014`). */
export type DateKind = PartialDate['kind'] | 'none';
export const dateKind = (edtf: string | null | undefined): DateKind =>
  edtf == null ? 'none' : (parseEdtf(edtf)?.kind ?? 'none');

/** A partial date as a reader says it; what is not in our part of EDTF stays as it stands. */
export function formatEdtf(edtf: string, formatters: Formatters): string {
  const date = parseEdtf(edtf);
  if (date === null) return edtf;
  const { say } = formatters;
  const words = (key: string, params: Record<string, string> = {}): string => say(`edtf.${key}`, params) ?? edtf;
  if (date.kind === 'unknown') return words('unknown');
  if (date.kind !== 'one-of' && date.kind !== 'interval') return point(edtf, date, formatters);

  const [from, to] = [end(date.from, formatters), end(date.to, formatters)];
  const params = { from: from?.text ?? '', fromKind: from?.kind ?? 'none', to: to?.text ?? '', toKind: to?.kind ?? 'none' };
  if (date.kind === 'one-of') return words(from === null ? 'onOrBefore' : to === null ? 'onOrAfter' : 'between', params);
  return words(from === null ? 'until' : to === null ? 'since' : 'interval', params);
}

function end(edtf: string | null | undefined, formatters: Formatters): { text: string; kind: DateKind } | null {
  const date = edtf == null ? null : parseEdtf(edtf);
  return date === null
    ? null
    : { text: point(edtf!, date, formatters), kind: date.uncertain || date.approximate ? 'none' : date.kind };
}

function point(edtf: string, { kind, uncertain, approximate }: PartialDate, formatters: Formatters): string {
  const [year, month, day] = edtf
    .replace(/[?~%]$/, '')
    .split('-')
    .map(Number);
  const date = formatters.date(year!, month, day);
  const key = uncertain && approximate ? 'both' : uncertain ? 'uncertain' : approximate ? 'approximate' : null;
  return key === null ? date : (formatters.say(`edtf.${key}`, { date, dateKind: kind }) ?? date);
}
