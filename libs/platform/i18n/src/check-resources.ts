import { IntlMessageFormat } from 'intl-messageformat';
import { icuLocale } from './format-icu.js';
import { FALLBACK, LANGUAGE_TAGS } from './languages.js';
import { flatten, loadResources, type Messages, MissingWords, type NamespaceSource } from './resources.js';

export interface ResourceIssue {
  readonly namespace: string;
  readonly lang: string;
  readonly key: string;
  /** In English, for the log of the build. */
  readonly problem: string;
}

/** A part of a parsed message, as intl-messageformat holds it (formatjs, icu-messageformat-parser/types.ts). */
interface Part {
  readonly type: number;
  readonly value: string;
  readonly options?: Readonly<Record<string, { readonly value: readonly Part[] }>>;
  readonly pluralType?: Intl.PluralRuleType;
}
const TYPE = { literal: 0, argument: 1, number: 2, date: 3, time: 4, select: 5, plural: 6, pound: 7 } as const;

/** Names that i18next takes for its own options. */
const RESERVED = new Set([
  'ns',
  'lng',
  'lngs',
  'fallbackLng',
  'defaultValue',
  'returnObjects',
  'returnDetails',
  'joinArrays',
  'postProcess',
  'interpolation',
  'keySeparator',
  'nsSeparator',
]);

/** All that would show a reader a wrong sentence, or one of another language; empty when every language is complete. */
export function checkResources(sources: readonly NamespaceSource[]): ResourceIssue[] {
  return sources.flatMap((source) => {
    try {
      const resources = loadResources([source]);
      return checkNamespace(source.namespace, (lang) => resources[lang]![source.namespace]!);
    } catch (error) {
      if (error instanceof MissingWords) return [{ namespace: source.namespace, lang: '*', key: '*', problem: error.message }];
      throw error;
    }
  });
}

export function checkNamespace(namespace: string, messagesOf: (lang: string) => Messages): ResourceIssue[] {
  const english = new Map(flatten(messagesOf(FALLBACK)));
  return LANGUAGE_TAGS.flatMap((lang) => {
    const own = new Map(flatten(messagesOf(lang)));
    const issue = (key: string, problem: string): ResourceIssue => ({ namespace, lang, key, problem });
    return [
      ...[...english.keys()].filter((key) => !own.has(key)).map((key) => issue(key, 'missing')),
      ...[...own.keys()].filter((key) => !english.has(key)).map((key) => issue(key, 'not in English')),
      ...[...own].flatMap(([key, message]) =>
        checkMessage(message, lang, english.get(key)).map((problem) => issue(key, problem)),
      ),
    ];
  });
}

/** What is in a message: which values it names, and what is wrong with it by itself. */
interface Findings {
  readonly printed: Set<string>;
  readonly named: Set<string>;
  readonly problems: string[];
}

/** What is wrong with a message of this language, beside the English one. */
export function checkMessage(message: string, lang: string, english = message): string[] {
  if (message.trim() === '') return ['empty'];
  const own = examine(message, lang);
  if (typeof own === 'string') return [`does not parse: ${own}`];
  const reference = examine(english, FALLBACK);
  if (typeof reference === 'string') return own.problems;
  return [
    ...own.problems,
    ...difference(reference.printed, own.printed, own.named).map((name) => `does not print {${name}}`),
    ...difference(own.named, reference.named, reference.named).map((name) => `names {${name}}, which English does not`),
    ...[...own.named].filter((name) => RESERVED.has(name)).map((name) => `{${name}} is an option of i18next`),
  ];
}

/** Names in the first that are not in the second; `onKind` beside `on` is no difference: languages choose prepositions by it. */
const difference = (first: ReadonlySet<string>, second: ReadonlySet<string>, beside: ReadonlySet<string>): string[] =>
  [...first].filter(
    (name) => !second.has(name) && !(/(Kind|Count|Value)$/.test(name) && beside.has(name.replace(/(Kind|Count|Value)$/, ''))),
  );

function examine(message: string, lang: string): Findings | string {
  try {
    const findings: Findings = { printed: new Set(), named: new Set(), problems: [] };
    const parsed = new IntlMessageFormat(message, icuLocale(lang), undefined, {
      ignoreTag: true,
      requiresOtherClause: true,
    }).getAst();
    walk(parsed as unknown as readonly Part[], lang, findings, 'none');
    return findings;
  } catch (error) {
    return (error as Error).message;
  }
}

/** `within`: is a `#` here the number of a plural, or has a select come between, behind which it is none? */
function walk(elements: readonly Part[], lang: string, findings: Findings, within: 'none' | 'plural' | 'select'): void {
  const { printed, named, problems } = findings;
  for (const element of elements) {
    if (element.type === TYPE.literal) {
      // The parser takes it for the sign itself there.
      if (within === 'select' && element.value.includes('#'))
        problems.push('# stands in a select within a plural, where it is no number');
      continue;
    }
    if (element.type === TYPE.pound) continue;
    named.add(element.value);
    if (element.type === TYPE.argument || element.type === TYPE.number) printed.add(element.value);
    if (element.type === TYPE.date || element.type === TYPE.time)
      problems.push(`{${element.value}} is formatted here; dates come formatted`);
    if (element.type !== TYPE.plural && element.type !== TYPE.select) continue;
    if (element.type === TYPE.plural) {
      printed.add(element.value);
      const rules = new Intl.PluralRules(icuLocale(lang), { type: element.pluralType ?? 'cardinal' });
      for (const category of rules.resolvedOptions().pluralCategories)
        if (!(category in (element.options ?? {}))) problems.push(`{${element.value}} has no plural “${category}”`);
    }
    const inside = element.type === TYPE.plural ? 'plural' : within === 'none' ? 'none' : 'select';
    for (const { value } of Object.values(element.options ?? {})) walk(value, lang, findings, inside);
  }
}
