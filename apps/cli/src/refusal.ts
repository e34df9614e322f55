import type { CommandRefusal } from '#platform/event-store';
import type { I18n } from '#platform/i18n';

/** The sentence of a refusal, and under it each field that does not fit, by the name under which it was given. */
export function refusalIn(i18n: I18n, lang: string, refusal: CommandRefusal, names: Readonly<Record<string, string>> = {}): string {
  const fields = (refusal.fields ?? []).map((issue) => `\n  ${names[issue.path] ?? issue.path}: ${i18n.field(lang, issue)}`);
  return `${i18n.refusal(lang, refusal)}${fields.join('')}`;
}
