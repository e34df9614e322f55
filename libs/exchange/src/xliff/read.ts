import { isRefusal, type Refusal, refuse } from '#kernel';
import { readXml } from '../xml/read.js';
import { descendants, type Element, elements, first, textOf } from '../xml/tree.js';
import { readText } from './inline.js';
import type { ReadText, ReadTranslation, ReadUnit } from './model.js';
import { XLIFF_12, XLIFF_2 } from './write.js';

/** Clauses and their words; more than any text has. */
const MOST_UNITS = 20_000;

function unit12(unit: Element): ReadUnit | null {
  const { id = '', approved, extradata } = unit.attributes;
  const source = first(unit, 'source');
  if (source === undefined) return null;
  const target = first(unit, 'target');
  const state = target?.attributes['state'] ?? null;
  const [read, translated] = [readText(source), target && readText(target)];
  // The copy of the source that an export puts there, for tools that pass over units without a target.
  const untouched = translated === undefined || translated.text.trim() === '' || ((state === 'needs-translation' || state === 'new') && translated.text === read.text);
  return {
    segmentId: id.replace(/\.s1$/, ''), label: textOf(first(unit, 'note')) || null, sourceDigest: extradata ?? null,
    source: read, target: untouched ? null : translated, state, approved: approved === 'yes',
  };
}

/** Segments of a unit, and what stands between them, one after another. */
function joined(parts: readonly (Element | undefined)[]): ReadText {
  const texts = parts.flatMap((part) => (part === undefined ? [] : [readText(part)]));
  return { text: texts.map((t) => t.text).join(''), content: texts.flatMap((t) => t.content), foreign: [...new Set(texts.flatMap((t) => t.foreign))] };
}
function unit2(unit: Element): ReadUnit | null {
  const parts = elements(unit).filter(({ name }) => name === 'segment' || name === 'ignorable');
  const segments = parts.filter(({ name }) => name === 'segment');
  if (segments.length === 0 || segments.some((s) => first(s, 'source') === undefined)) return null;
  const whole = segments.every((s) => first(s, 'target') !== undefined);
  const target = joined(parts.map((part) => first(part, 'target') ?? (part.name === 'ignorable' ? first(part, 'source') : undefined)));
  const states = [...new Set(segments.map((s) => s.attributes['state'] ?? 'initial'))];
  const about = (type: string) => textOf(descendants(unit, 'mda:meta').find((m) => m.attributes['type'] === type)) || null;
  return {
    segmentId: unit.attributes['id'] ?? '', label: textOf(descendants(unit, 'note').find((n) => n.attributes['category'] === 'label')) || null, sourceDigest: about('source-digest'),
    source: joined(parts.map((part) => first(part, 'source'))), target: whole && target.text.trim() !== '' ? target : null,
    state: states.length === 1 ? states[0]! : 'initial', approved: states.every((s) => s === 'reviewed' || s === 'final'),
  };
}

/** One document of a file, as our exports have it: `statement/<id>`. */
function documentOf(original: string | undefined): ReadTranslation['document'] | Refusal {
  const found = /^([a-z]+)\/([A-Za-z0-9][A-Za-z0-9_-]{0,63})$/.exec(original ?? '');
  return found === null ? refuse('exchange.not-ours', { original: (original ?? '').slice(0, 80) }) : { type: found[1]!, id: found[2]! };
}

/** A file of XLIFF 1.2, 2.0 or 2.1 that was exported here. Nothing in it is lost: what cannot be understood refuses the file. */
export function readXliff(bytes: Uint8Array): ReadTranslation | Refusal {
  const root = readXml(bytes);
  if (isRefusal(root)) return root;
  if (root.name !== 'xliff') return refuse('exchange.not-xliff', { root: root.name.slice(0, 40) });
  const version = root.attributes['version'] ?? '';
  const is12 = version === '1.2' && (root.namespace === XLIFF_12 || root.namespace === undefined);
  if (!is12 && !(['2.0', '2.1'].includes(version) && root.namespace === XLIFF_2)) return refuse('exchange.wrong-version', { version: version.slice(0, 20) });
  const files = elements(root, 'file');
  const [file] = files;
  if (file === undefined || files.length > 1) return refuse('exchange.one-document', { files: files.length });
  const document = documentOf(file.attributes['original']);
  if (isRefusal(document)) return document;
  const found = is12 ? descendants(first(file, 'body') ?? file, 'trans-unit') : descendants(file, 'unit');
  if (found.length === 0 || found.length > MOST_UNITS) return refuse('exchange.no-segments', { segments: found.length });
  const units: ReadUnit[] = [];
  const ids = new Set<string>();
  for (const element of found) {
    const unit = is12 ? unit12(element) : unit2(element);
    if (unit === null) return refuse('exchange.no-source', { segment: (element.attributes['id'] ?? '').slice(0, 80) });
    if (ids.has(unit.segmentId)) return refuse('exchange.duplicate-segment', { segment: unit.segmentId.slice(0, 80) });
    ids.add(unit.segmentId);
    units.push(unit);
  }
  const { attributes } = is12 ? file : root;
  return { version, document, sourceLang: attributes[is12 ? 'source-language' : 'srcLang'] ?? '', targetLang: attributes[is12 ? 'target-language' : 'trgLang'] ?? null, units };
}
