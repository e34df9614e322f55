import type { Multilingual } from '#kernel';
import { directionOf, type Direction, formatEdtf, type Formatters, type I18n, languageIn } from '#platform/i18n';
import { html, type Html } from './html.js';

/** Text of the record in the language in which it is there. */
export interface Said {
  readonly lang: string;
  readonly dir: Direction;
  readonly text: string;
}
type Params = Readonly<Record<string, unknown>>;

/** Everything of a page that depends on the language of the interface. */
export class Voice {
  readonly dir: Direction;
  readonly f: Formatters;
  readonly #t: ReturnType<I18n['translator']>;

  constructor(
    i18n: I18n,
    readonly lang: string,
  ) {
    this.dir = directionOf(lang);
    this.f = i18n.formatters(lang);
    this.#t = i18n.translator(lang);
  }

  /** A sentence of the public site: `site.<key>`. */
  say(key: string, params?: Params): string {
    return this.#t(`site.${key}`, params, { ns: ['public'] });
  }
  /** A word of a context: state, value, attribution. */
  word(key: string, context: string, params?: Params): string {
    const found = this.#t(key, params, { ns: [context] });
    return found === key ? (key.split('.').at(-1) ?? key) : found;
  }

  /** An instant with its clock time, or a partial date as it is known. */
  when(at: string): string {
    return /T\d/.test(at) ? this.f.instant(at) : formatEdtf(at, this.f);
  }
  /** The day of an instant, UTC. */
  day(at: string): string {
    return formatEdtf(/T\d/.test(at) ? at.slice(0, 10) : at, this.f);
  }
  time(at: string): Html {
    return /^\d{4}(-\d\d(-\d\dT[\d:.]+Z)?)?/.test(at) && !/[[?~%/]/.test(at) ? html`<time datetime="${at}">${this.when(at)}</time>` : html`<span>${this.when(at)}</span>`;
  }
  date(at: string): Html {
    return /^\d{4}-\d\d-\d\d/.test(at) && !/[[?~%/]/.test(at) ? html`<time datetime="${at}">${this.day(at)}</time>` : html`<span>${this.day(at)}</span>`;
  }

  /** In the reader's language; where it is not there in the lead language, then in whichever there is. */
  said(text: Multilingual | null | undefined, lead?: string): Said {
    const own = Object.keys(text ?? {}).find((tag) => tag.split('-')[0] === this.lang);
    const lang = own ?? (lead !== undefined && text?.[lead] !== undefined ? lead : languageIn(text ?? {}, this.lang)) ?? this.lang;
    return { lang, dir: directionOf(lang), text: text?.[lang] ?? '' };
  }
  /** The same as an element, marked with its language where that is another one. */
  span(text: Multilingual | null | undefined, lead?: string): Html {
    return this.mark(this.said(text, lead));
  }
  mark({ lang, dir, text }: Said): Html {
    return lang === this.lang ? html`<bdi>${text}</bdi>` : html`<bdi lang="${lang}" dir="${dir}">${text}</bdi>`;
  }
}
