import { type Multilingual, parseEdtf } from '#kernel';
import type { ExportWords } from '#exchange';
import { formatEdtf, type I18n, LANGUAGE_TAGS } from '#platform/i18n';
import type { Attribution } from '#contexts/statements';

export type Names = Readonly<Record<string, Multilingual>>;

/** The words of exports. A language that the product does not speak gets the English words beside its text. */
export class ExportVoice {
  constructor(private readonly i18n: I18n) {}

  say(lang: string, key: string, params: Readonly<Record<string, unknown>> = {}, context = 'exchange'): string {
    return this.i18n.translator(lang)(key, params, { ns: [context] });
  }
  date(lang: string, at: string): string {
    const day = /T\d/.test(at) ? at.slice(0, 10) : at;
    return parseEdtf(day) === null ? at : formatEdtf(day, this.i18n.formatters(lang));
  }
  /** The same sentence in every language of the product. */
  inAll(make: (lang: string) => string): Multilingual {
    return Object.fromEntries(LANGUAGE_TAGS.map((lang) => [lang, make(lang)]));
  }
  /** Who is said to speak, in every language: computed (STM-1). */
  attribution({ kind, counts, groups }: Attribution, names: Names): Multilingual {
    return this.inAll((lang) => {
      const f = this.i18n.formatters(lang);
      const called = (id: string) => names[`group-${id}`]?.[lang] ?? Object.values(names[`group-${id}`] ?? {})[0] ?? id;
      return this.say(lang, `attribution.${kind}`, { parliamentarians: counts.parliamentarians, parliaments: counts.parliaments, groupsCount: counts.groups, groups: f.list(groups.map(called)) }, 'statements');
    });
  }
  words = (lang: string): ExportWords => ({
    signatures: this.say(lang, 'export.signatures'),
    reservations: this.say(lang, 'export.reservations'),
    verify: this.say(lang, 'export.verify'),
    amendment: (number, by) => this.say(lang, 'export.amendment', { number: String(number), by }),
    withdrawn: (date) => this.say(lang, 'export.withdrawn', { date }),
    later: this.say(lang, 'export.later'),
    status: (status) => (status === 'authentic' ? '' : this.say(lang, `export.status.${status}`)),
    authentic: this.say(lang, 'export.status.authentic'),
    kind: (kind) => this.say(lang, `value.kind.${kind}`, {}, 'statements'),
    exercise: this.say(lang, 'export.exercise'),
    draft: (revision) => this.say(lang, 'export.draft', { revision: String(revision) }),
    date: (at) => this.date(lang, at),
    capacity: (capacity) => {
      const key = `value.capacity.${capacity}`;
      const found = [this.say(lang, key, {}, 'statements'), this.say(lang, key, {}, 'agreements')].find((word) => word !== key);
      return found ?? capacity;
    },
  });
}
