import { isRefusal, type Refusal, refuse } from '#kernel';
import { readXml } from '../xml/read.js';
import { type Content, el, type Element, elements, first, isElement, textOf } from '../xml/tree.js';
import { notXml, writeXml } from '../xml/write.js';
import { marked } from '../xliff/inline.js';

/** A translation memory as it is exchanged: TMX 1.4b (LISA OSCAR). */
export interface ExchangedMemory {
  /** BCP 47 */
  readonly sourceLang: string;
  readonly units: readonly ExchangedUnit[];
}
export interface ExchangedUnit {
  readonly id: string | null;
  /** By language tag; the source's among them. */
  readonly texts: Readonly<Record<string, string>>;
  /** Instant, ISO 8601 UTC, to the second. */
  readonly at: string | null;
  /** Title of the text in which it stands. */
  readonly origin: string | null;
}
export interface TmxOptions {
  /** `codes`: brackets stand in codes that OmegaT takes for the tags of our XLIFF, so that clauses with brackets are found; else they are signs of the text. */
  readonly brackets?: 'signs' | 'codes';
}

/** In bytes, of the names of languages of a unit and of units: more than any memory of texts has. */
const MOST_UNITS = 100_000;
const stamp = (at: string): string => at.replaceAll(/[-:]|\.\d+/g, '');
const instant = (text: string | undefined): string | null => {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '');
  return found === null ? null : `${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:${found[6]}Z`;
};

const codes = (content: Content): Content[] => {
  if (!isElement(content)) return [content];
  const id = content.attributes['id']!;
  return [el('bpt', { i: id, x: id, type: 'x-bracket' }, `<g${id}>`), ...content.children.flatMap(codes), el('ept', { i: id }, `</g${id}>`)];
};
const G = (id: number, children: readonly Content[]): Element => el('g', { id }, children);

export function writeTmx({ sourceLang, units }: ExchangedMemory, { brackets = 'signs' }: TmxOptions = {}): string | Refusal {
  for (const { id, texts, origin } of units)
    for (const text of [...Object.values(texts), origin ?? '', id ?? '']) {
      const character = notXml(text);
      if (character !== null) return refuse('exchange.unwritable', { character, segment: id ?? '' });
    }
  const seg = (text: string) => (brackets === 'codes' ? marked(text, G).flatMap(codes) : [text]);
  return writeXml(
    el('tmx', { version: '1.4' },
      el('header', { creationtool: 'comity', creationtoolversion: '1', segtype: 'paragraph', 'o-tmf': 'comity', adminlang: 'en', srclang: sourceLang, datatype: 'plaintext' }),
      el('body', {}, units.map(({ id, texts, at, origin }) =>
        el('tu', { tuid: id, changedate: at === null ? null : stamp(at) },
          origin === null ? null : el('prop', { type: 'x-origin' }, origin),
          Object.entries(texts).map(([lang, text]) => el('tuv', { 'xml:lang': lang }, el('seg', {}, seg(text)))))))),
    'tmx14.dtd',
  );
}

/** Codes that only repeat our brackets are no text; every other code is kept with its characters. */
function plain({ children }: Element): string {
  const own = new Set(children.flatMap((c) => (isElement(c) && c.name === 'bpt' && c.attributes['type'] === 'x-bracket' ? [c.attributes['i']] : [])));
  return children.map((c) => (isElement(c) ? ((c.name === 'bpt' || c.name === 'ept') && own.has(c.attributes['i']) ? '' : plain(c)) : c)).join('');
}

/** A memory of TMX 1.1 to 1.4. The last of several texts in one language of a unit stands. */
export function readTmx(bytes: Uint8Array): ExchangedMemory | Refusal {
  const root = readXml(bytes);
  if (isRefusal(root)) return root;
  if (root.name !== 'tmx') return refuse('exchange.not-tmx', { root: root.name.slice(0, 40) });
  const version = root.attributes['version'] ?? '';
  if (!/^1\.[1-4]b?$/.test(version)) return refuse('exchange.wrong-version', { version: version.slice(0, 20) });
  const found = elements(first(root, 'body') ?? root, 'tu');
  if (found.length > MOST_UNITS) return refuse('exchange.too-many', { most: MOST_UNITS });
  const units = found.map((tu): ExchangedUnit => ({
    id: tu.attributes['tuid'] ?? null,
    texts: Object.fromEntries(elements(tu, 'tuv').flatMap((tuv) => {
      const lang = tuv.attributes['xml:lang'] ?? tuv.attributes['lang'];
      const seg = first(tuv, 'seg');
      return lang === undefined || seg === undefined || lang === '__proto__' ? [] : [[lang, plain(seg)]];
    })),
    at: instant(tu.attributes['changedate'] ?? tu.attributes['creationdate']),
    origin: textOf(elements(tu, 'prop').find((p) => p.attributes['type'] === 'x-origin')) || null,
  }));
  return { sourceLang: first(root, 'header')?.attributes['srclang'] ?? '', units };
}
