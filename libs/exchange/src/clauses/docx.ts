import { canonicalParagraph, isRefusal, refuse, type Refusal } from '#kernel';
import type { XmlElement } from 'libxml2-wasm';
import { BRACKET, STYLE } from '../docx/styles.js';
import { attributeOf, childOf, childrenOf, elementsOf, UnreadableXml, withXml } from '../markup.js';
import { Numbers } from './numbering.js';
import { type ImportWarning, type Line, type ProposedText, recognise, type VerbOfClause } from './recognise.js';
import { openParts, type Parts } from './zip.js';

/**
 * Reads WordprocessingML itself, over jszip and libxml2: mammoth gives up computed numbers, the names of styles and the difference between what was put in and
 * what was there, and inflates without a limit.
 */

const MAIN = 'word/document.xml';
const OWN_ROLES = new Map<string, Line['role']>([[STYLE.preambular, 'preambular'], [STYLE.operative, 'operative'], [STYLE.annex, 'annex'], [STYLE.article, 'article'], [STYLE.unnumbered, 'article'], [STYLE.title, 'title']]);
const BESIDE = new Set<string>([STYLE.beside, STYLE.signatory]);

interface Style {
  readonly name: string;
  readonly basedOn: string | undefined;
  readonly outline: boolean;
  readonly list: string | undefined;
  readonly level: number;
}
const val = (element: XmlElement | undefined): string | undefined => element && attributeOf(element, 'val');

function stylesOf(root: XmlElement): Map<string, Style> {
  return new Map(elementsOf(root).filter((e) => e.name === 'style').map((e) => {
    const own = childOf(e, 'pPr');
    const num = childOf(own, 'numPr');
    return [attributeOf(e, 'styleId') ?? '', { name: val(childOf(e, 'name')) ?? '', basedOn: val(childOf(e, 'basedOn')), outline: childOf(own, 'outlineLvl') !== undefined, list: val(childOf(num, 'numId')), level: Number(val(childOf(num, 'ilvl')) ?? 0) }];
  }));
}

class Reading {
  readonly lines: Line[] = [];
  readonly #warned = new Set<ImportWarning['code']>();
  #carried = '';
  #titles = 0;
  #beside = false;
  constructor(private readonly styles: ReadonlyMap<string, Style>, private readonly numbers: Numbers) {}

  get warnings(): ImportWarning[] {
    return [...this.#warned].map((code) => ({ code }));
  }
  warn(code: ImportWarning['code']): void {
    this.#warned.add(code);
  }

  /** Words of a paragraph with all tracked changes accepted. */
  #words(element: XmlElement): string {
    let text = '';
    for (const child of childrenOf(element)) {
      if (typeof child === 'string') continue;
      switch (child.name) {
        case 'r': text += this.#run(child); break;
        case 'ins': case 'moveTo': this.warn('tracked-changes'); text += this.#words(child); break;
        case 'del': case 'moveFrom': this.warn('tracked-changes'); break;
        case 'hyperlink': case 'smartTag': case 'fldSimple': case 'bdo': case 'dir': case 'customXml': text += this.#words(child); break;
        case 'sdt': { const content = childOf(child, 'sdtContent'); if (content !== undefined) text += this.#words(content); break; }
        case 'commentRangeStart': this.warn('comments'); break;
        default:
      }
    }
    return text;
  }
  #run(run: XmlElement): string {
    const properties = childOf(run, 'rPr');
    if (val(childOf(properties, 'rStyle')) === BRACKET) return '';
    if (childOf(properties, 'vanish') !== undefined && val(childOf(properties, 'vanish')) !== '0') {
      this.warn('hidden');
      return '';
    }
    let text = '';
    for (const e of elementsOf(run)) {
      switch (e.name) {
        case 't': text += e.content; break;
        case 'tab': text += '\t'; break;
        case 'br': case 'cr': if (attributeOf(e, 'type') !== 'page') text += '\n'; break;
        case 'noBreakHyphen': text += '\u2011'; break;
        case 'softHyphen': text += '\u00AD'; break;
        case 'footnoteReference': case 'endnoteReference': this.warn('footnotes'); break;
        case 'drawing': case 'pict': case 'object': case 'AlternateContent': this.warn('pictures'); break;
        default:
      }
    }
    return text;
  }

  /** Looks through the styles on which one is based. */
  #styled<T>(id: string | undefined, read: (style: Style) => T | undefined): T | undefined {
    for (let at = id, depth = 0; at !== undefined && depth < 20; depth++) {
      const style = this.styles.get(at);
      const found = style && read(style);
      if (found !== undefined) return found;
      at = style?.basedOn;
    }
    return undefined;
  }

  paragraph(p: XmlElement): void {
    const properties = childOf(p, 'pPr');
    const marks = childOf(properties, 'rPr');
    const text = this.#carried + this.#words(p);
    // The end of the paragraph is deleted: what is left of it stands at the beginning of the next.
    if (childOf(marks, 'del') !== undefined || childOf(marks, 'moveFrom') !== undefined) {
      this.warn('tracked-changes');
      this.#carried = text;
      return;
    }
    this.#carried = '';
    if (childOf(marks, 'ins') !== undefined) this.warn('tracked-changes');
    const style = val(childOf(properties, 'pStyle'));
    const own = style === undefined ? undefined : OWN_ROLES.get(style);
    if (own === 'title' && ++this.#titles > 1) this.warn('several-languages');
    if (style === STYLE.heading) this.#beside = true;
    if (own === 'title') this.#beside = false;
    // In a file of ours the second title begins another language, and what stands beside the text is none of it.
    if (this.#titles > 1 || this.#beside || (style !== undefined && BESIDE.has(style))) return;
    const num = childOf(properties, 'numPr');
    const list = val(childOf(num, 'numId')) ?? this.#styled(style, (s) => s.list);
    const level = Number(val(childOf(num, 'ilvl')) ?? this.#styled(style, (s) => (s.list === undefined ? undefined : s.level)) ?? 0);
    const number = list === undefined || list === '0' ? null : this.numbers.next(list, level);
    const canonical = canonicalParagraph(text);
    if (canonical === '') return;
    const named = this.#styled(style, (s) => (/^(title|heading \d)$/i.test(s.name) ? s.name.toLowerCase() : s.outline ? 'heading' : undefined));
    const role = own ?? (named === 'title' ? 'title' : named !== undefined || childOf(properties, 'outlineLvl') !== undefined ? 'heading' : null);
    const label = number === null ? null : number.replace(own === undefined ? /^$/ : /\.$/, '');
    this.lines.push({ text: canonical, label: label === '' ? null : label, role, level });
  }
  block(parent: XmlElement, depth = 0): void {
    if (depth > 50) return;
    for (const e of elementsOf(parent)) {
      if (e.name === 'p') this.paragraph(e);
      else if (e.name === 'tbl') this.table(e, depth);
      else if (e.name === 'sdt' || e.name === 'sdtContent' || e.name === 'customXml' || e.name === 'ins' || e.name === 'moveTo') this.block(e, depth + 1);
    }
  }
  /** Languages side by side: the first column is read. */
  table(table: XmlElement, depth: number): void {
    this.warn('table');
    for (const row of elementsOf(table).filter((e) => e.name === 'tr')) {
      const cell = elementsOf(row).find((e) => e.name === 'tc');
      if (cell !== undefined) this.block(cell, depth + 1);
    }
  }
}

async function part<T>(parts: Parts, name: string, read: (root: XmlElement) => T): Promise<T | Refusal | null> {
  const bytes = await parts.read(name);
  if (bytes === null || isRefusal(bytes)) return bytes;
  try {
    return withXml(bytes, read);
  } catch (error) {
    if (error instanceof UnreadableXml) return refuse(error.code === 'document-type' ? 'exchange.doctype' : 'exchange.not-docx');
    throw error;
  }
}

/**
 * Proposes clauses from a DOCX. Tracked changes are read as accepted, macros and what the file names elsewhere are never touched, and said in `warnings`.
 * Refusals: `exchange.not-docx`, `exchange.encrypted`, `exchange.too-large-inside`, `exchange.doctype`.
 */
export async function clausesFromDocx(bytes: Uint8Array, verbs: readonly VerbOfClause[], lang?: string): Promise<ProposedText | Refusal> {
  const parts = await openParts(bytes);
  if (isRefusal(parts)) return parts;
  const styles = await part(parts, 'word/styles.xml', stylesOf);
  if (styles !== null && isRefusal(styles)) return styles;
  const outside = await part(parts, 'word/_rels/document.xml.rels', (root) => elementsOf(root).some((r) => attributeOf(r, 'TargetMode') === 'External' && !(attributeOf(r, 'Type') ?? '').endsWith('/hyperlink')));
  if (outside !== null && isRefusal(outside)) return outside;
  const numbers = await part(parts, 'word/numbering.xml', (root) => new Numbers(root));
  if (numbers !== null && isRefusal(numbers)) return numbers;
  const found = await part(parts, MAIN, (root) => {
    const body = root.name === 'document' ? childOf(root, 'body') : undefined;
    if (body === undefined) return refuse('exchange.not-docx');
    const reading = new Reading(styles ?? new Map(), numbers ?? new Numbers(null));
    if (parts.names.some((n) => /vbaProject|vbaData/i.test(n))) reading.warn('macros');
    if (outside === true) reading.warn('external');
    reading.block(body);
    const proposed = recognise(reading.lines, verbs, lang);
    return { ...proposed, warnings: [...reading.warnings, ...proposed.warnings] };
  });
  return found ?? refuse('exchange.not-docx');
}
