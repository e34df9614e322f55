import { canonicalWords } from '../cell/schema.js';
import { endingFault } from './endings.js';
import { baseOf, type Figure, figuresIn } from './numbers.js';
import { referencesIn } from './references.js';
import { designationOf, type Term, termsIn } from './terms.js';

export type FindingKind = 'brackets' | 'numbers' | 'dates' | 'references' | 'terms' | 'forbidden-variant' | 'ending' | 'tlp' | 'empty' | 'untranslated';
/** What differs between a clause and its translation. `blocks`: it cannot become final (TRN-6 and what is signed alike); `warns`: somebody should look. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: 'blocks' | 'warns';
  /** For the sentence: `missing` and `extra` are lists joined by commas, absent where there is none. */
  readonly params: Readonly<Record<string, string | number>>;
}
export interface Checked {
  readonly source: string;
  readonly target: string;
  /** BCP 47 */
  readonly sourceLang: string;
  readonly targetLang: string;
  readonly terms: readonly Term[];
}

/** What one list holds and the other does not, each as often as it does. */
function without<T>(list: readonly T[], others: readonly T[], same: (a: T, b: T) => boolean): T[] {
  const left = [...others];
  return list.filter((one) => {
    const at = left.findIndex((other) => same(one, other));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
/** What is to be said of it; null where nothing is. */
function told(missing: readonly string[], extra: readonly string[]): Finding['params'] | null {
  if (missing.length === 0 && extra.length === 0) return null;
  return { ...(missing.length > 0 ? { missing: missing.join(', ') } : {}), ...(extra.length > 0 ? { extra: extra.join(', ') } : {}) };
}
const differ = (a: readonly string[], b: readonly string[]) => {
  const equal = (x: string, y: string) => x === y;
  return told(without(a, b, equal), without(b, a, equal));
};

/** How deep each bracket lies, in any order: languages may put them elsewhere in the sentence. Null where they do not pair. */
function bracketsOf(text: string): string | null {
  const depths: number[] = [];
  let depth = 0;
  for (const c of text) {
    if (c === '[') depths.push(++depth);
    else if (c === ']' && --depth < 0) return null;
  }
  return depth === 0 ? depths.toSorted((a, b) => a - b).join(' ') : null;
}
const count = (text: string, sign: string): number => text.split(sign).length - 1;

/** A figure may be a word in the other language: that is said, and does not block. One figure in place of another does. */
function figures(source: readonly Figure[], target: readonly Figure[]): Finding[] {
  const same = (a: Figure, b: Figure) => a.value === b.value;
  const missing = without(source, target, same);
  const extra = without(target, source, same);
  const severity = missing.length > 0 && extra.length > 0 ? 'blocks' : 'warns';
  return (['article', 'date', 'number'] as const).flatMap((role): Finding[] => {
    const of = (list: readonly Figure[]) => list.filter((f) => f.role === role).map((f) => f.value);
    const params = told(of(missing), of(extra));
    const kind = ({ article: 'references', date: 'dates', number: 'numbers' } as const)[role];
    return params === null ? [] : [{ kind, severity, params }];
  });
}

function terminology({ source, target, sourceLang, targetLang, terms }: Checked): Finding[] {
  const named = termsIn(source, sourceLang, terms);
  const used = new Map(termsIn(target, targetLang, terms).map((use) => [use.term, use]));
  const findings: Finding[] = [];
  for (const { term, agreed, avoided } of named) {
    const expected = designationOf(term, targetLang);
    if (expected === null || (used.get(term)?.agreed.length ?? 0) > 0) continue;
    findings.push({ kind: 'terms', severity: term.protected ? 'blocks' : 'warns', params: { concept: term.concept, term: agreed[0] ?? avoided[0]!, expected } });
  }
  for (const [term, { avoided }] of used)
    for (const found of avoided) {
      const meant = named.some((n) => n.term === term);
      findings.push({ kind: 'forbidden-variant', severity: term.protected && meant ? 'blocks' : 'warns', params: { concept: term.concept, found, expected: designationOf(term, targetLang) ?? '' } });
    }
  return findings;
}

/** Everything by which a translation differs in structure from its source; runs at every key. What blocks stands first. */
export function checkSegment(checked: Checked): readonly Finding[] {
  const { source, target, sourceLang, targetLang } = checked;
  if (target.trim() === '') return source.trim() === '' ? [] : [{ kind: 'empty', severity: 'blocks', params: {} }];
  const findings: Finding[] = [];
  const [brackets, own] = [bracketsOf(source), bracketsOf(target)];
  if (brackets !== own || own === null) findings.push({ kind: 'brackets', severity: 'blocks', params: { source: count(source, '['), target: count(target, '[') } });
  const [cited, cites] = [referencesIn(source), referencesIn(target)];
  const tlp = differ(cited.tlp, cites.tlp);
  if (tlp !== null) findings.push({ kind: 'tlp', severity: 'blocks', params: tlp });
  const symbols = differ(cited.symbols, cites.symbols);
  if (symbols !== null) findings.push({ kind: 'references', severity: 'blocks', params: symbols });
  // A page of a site may be another one in another language.
  const addresses = differ(cited.addresses, cites.addresses);
  if (addresses !== null) findings.push({ kind: 'references', severity: 'warns', params: addresses });
  findings.push(...figures(figuresIn(cited.rest, sourceLang), figuresIn(cites.rest, targetLang)), ...terminology(checked));
  const ending = endingFault(source, sourceLang, target, targetLang);
  if (ending !== null) findings.push({ kind: 'ending', severity: 'warns', params: ending });
  const words = canonicalWords(source);
  if (baseOf(sourceLang) !== baseOf(targetLang) && words === canonicalWords(target) && /\p{L}{2,}\P{L}+\p{L}{2,}/u.test(words)) findings.push({ kind: 'untranslated', severity: 'warns', params: {} });
  return findings.toSorted((a, b) => Number(a.severity === 'warns') - Number(b.severity === 'warns'));
}
