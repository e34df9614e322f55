import type { Multilingual, Refusal } from '#kernel';
import type { FieldIssue } from '#platform/event-store';
import i18next, { type i18n as I18next } from 'i18next';
import { cldrData, type NameOverrides } from './cldr.js';
import { type CldrData, type Formatters, makeFormatters, type Say } from './format.js';
import { icuFormat, type OnProblem } from './format-icu.js';
import { type Asked, FALLBACK, LANGUAGE_TAGS, negotiate } from './languages.js';
import { issueSentence, refusalSentence } from './refusals.js';
import { COMMON, loadResources, type Messages, type NamespaceSource, type Resources } from './resources.js';
import { type Act, sentenceParams, type Shape } from './sentence.js';

export interface I18nOptions {
  /** The words of the contexts; the platform's own are always there. */
  readonly namespaces?: readonly NamespaceSource[];
  readonly names?: NameOverrides;
  /** Told of a message that lacks a parameter or does not parse; nothing is told where left out. */
  readonly onProblem?: OnProblem;
}

/** Translates one key: the named namespaces first, then all others. The key itself where there is no such message. */
export type Translate = (
  key: string,
  params?: Readonly<Record<string, unknown>>,
  options?: { readonly ns?: readonly string[] },
) => string;

/** Words, sentences and formats in the six languages. The language is always said: the process's own never shows. */
export class I18n {
  readonly languages: readonly string[] = LANGUAGE_TAGS;
  readonly #resources: Resources;
  readonly #namespaces: readonly string[];
  readonly #i18next: I18next;
  readonly #cldr = new Map<string, CldrData>();
  readonly #formatters = new Map<string, Formatters>();

  /** @throws MissingWords where a file is not there; @throws MissingLocale where Node lacks a language. */
  constructor({ namespaces = [], names, onProblem }: I18nOptions = {}) {
    const sources = [...namespaces, COMMON];
    this.#namespaces = sources.map(({ namespace }) => namespace);
    this.#resources = loadResources(sources);
    this.#i18next = i18next.createInstance();
    this.#i18next.use(icuFormat(onProblem));
    void this.#i18next.init({
      lng: FALLBACK,
      fallbackLng: FALLBACK,
      supportedLngs: LANGUAGE_TAGS,
      resources: this.#resources,
      ns: this.#namespaces,
      defaultNS: this.#namespaces,
      nsSeparator: false,
      interpolation: { escapeValue: false },
      initAsync: false,
    });
    for (const lang of LANGUAGE_TAGS) {
      this.#cldr.set(lang, cldrData(lang, names));
      this.#formatters.set(lang, makeFormatters(this.cldr(lang), this.#say(lang)));
    }
  }

  /** Setting of the account, then `?lang`, the cookie, Accept-Language, English. */
  negotiate(asked: Asked): string {
    return negotiate(asked);
  }

  translator(lang: string): Translate {
    const say = this.#say(lang);
    return (key, params, options) => say(key, params, options?.ns) ?? key;
  }

  formatters(lang: string): Formatters {
    return this.#formatters.get(known(lang))!;
  }

  refusal(lang: string, refusal: Refusal): string {
    return refusalSentence(refusal, this.formatters(lang));
  }

  field(lang: string, issue: FieldIssue): string {
    return issueSentence(issue, this.formatters(lang));
  }

  /** The sentence of an entry of the activity stream: `shape` is the JSON Schema of the event, `names` what the reader may know. */
  activity(lang: string, act: Act, names: Readonly<Record<string, Multilingual>>, shape?: Shape, namespace?: string): string {
    const params = sentenceParams(act, shape, { formatters: this.formatters(lang), names });
    const say = this.#say(lang);
    return (
      say(`event.${act.type}`, params, namespace === undefined ? [] : [namespace]) ?? say('event.unknown', params) ?? act.type
    );
  }

  /** Every namespace of a language, for the browser. */
  messages(lang: string): Readonly<Record<string, Messages>> {
    return this.#resources[known(lang)]!;
  }

  cldr(lang: string): CldrData {
    return this.#cldr.get(known(lang))!;
  }

  #say(
    tag: string,
  ): Say & ((key: string, params?: Readonly<Record<string, unknown>>, first?: readonly string[]) => string | undefined) {
    const lang = known(tag);
    return (key: string, params: Readonly<Record<string, unknown>> = {}, first: readonly string[] = []) => {
      const namespaces = [...new Set([...first, ...this.#namespaces])];
      const ns =
        namespaces.find((name) => this.#has(lang, name, key)) ?? namespaces.find((name) => this.#has(FALLBACK, name, key));
      return ns === undefined ? undefined : this.#i18next.t(key, { ...params, lng: lang, ns });
    };
  }

  #has(lang: string, namespace: string, key: string): boolean {
    return typeof this.#i18next.getResource(lang, namespace, key) === 'string';
  }
}

const known = (lang: string): string => (LANGUAGE_TAGS.includes(lang) ? lang : FALLBACK);
