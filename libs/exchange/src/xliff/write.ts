import { type Refusal, refuse } from '#kernel';
import { designationOf, termsIn } from '#text';
import { type Content, el, type Element } from '../xml/tree.js';
import { notXml, writeXml } from '../xml/write.js';
import { G, marked, PC } from './inline.js';
import type { ExchangedSegment, ExchangedTranslation } from './model.js';

export const XLIFF_12 = 'urn:oasis:names:tc:xliff:document:1.2';
export const XLIFF_2 = 'urn:oasis:names:tc:xliff:document:2.0';
const GLOSSARY = 'urn:oasis:names:tc:xliff:glossary:2.0';
const METADATA = 'urn:oasis:names:tc:xliff:metadata:2.0';

/** Version 1.2 has no word for a draft: tools take it as to be looked at, and are told where it comes from. */
function state12({ state, target, draftOf }: ExchangedSegment): { readonly state: string; readonly 'state-qualifier'?: string } {
  if (target === null || state === 'missing') return { state: 'needs-translation' };
  if (state === 'draft') return { state: 'needs-review-translation', ...(draftOf ? { 'state-qualifier': draftOf === 'mt' ? 'leveraged-mt' : 'leveraged-tm' } : {}) };
  if (state === 'stale') return { state: 'needs-review-translation', 'state-qualifier': 'leveraged-inherited' };
  return { state: { translated: 'translated', reviewed: 'signed-off', attested: 'final' }[state] };
}

/** The first character that cannot be written, with the clause that holds it. */
function unwritable({ segments, title }: ExchangedTranslation): Refusal | null {
  for (const { id, text } of [{ id: 'title', text: title }, ...segments.flatMap(({ id, label, source, target }) => [source, target ?? '', label].map((text) => ({ id, text })))]) {
    const character = notXml(text);
    if (character !== null) return refuse('exchange.unwritable', { character, segment: id });
  }
  return null;
}

/**
 * XLIFF 1.2, the working format (workspace.md 2.3): OmegaT passes over units without a target, and the Translate Toolkit takes for translated what is approved;
 * so that a target always stands there, and `approved` only from the revision on.
 */
export function writeXliff12(translation: ExchangedTranslation): string | Refusal {
  const wrong = unwritable(translation);
  if (wrong !== null) return wrong;
  const { document, sourceLang, targetLang, segments, title, sourceRevision } = translation;
  const unit = (segment: ExchangedSegment): Element => {
    const { id, label, source, sourceDigest, target, state } = segment;
    return el('group', { id },
      el('trans-unit', { id: `${id}.s1`, approved: state === 'reviewed' || state === 'attested' ? 'yes' : 'no', 'xml:space': 'preserve', extradata: sourceDigest },
        el('source', { 'xml:lang': sourceLang }, marked(source, G)),
        el('target', { 'xml:lang': targetLang, ...state12(segment) }, marked(target ?? source, G)),
        label === '' ? null : el('note', {}, label)));
  };
  return writeXml(
    el('xliff', { version: '1.2', xmlns: XLIFF_12 },
      el('file', { original: `${document.type}/${document.id}`, 'source-language': sourceLang, 'target-language': targetLang, datatype: 'plaintext', 'product-name': 'comity', 'product-version': sourceRevision },
        el('header', {}, el('note', {}, title)),
        el('body', {}, segments.map(unit)))),
  );
}

/** Characters that XML cannot hold have an element in this version. */
const codePoints = (text: string): Content[] =>
  Array.from(text).map((c) => (notXml(c) === null ? c : el('cp', { hex: c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0') })));
const withCodePoints = (content: Content): Content[] =>
  typeof content === 'string' ? (notXml(content) === null ? [content] : codePoints(content)) : [{ ...content, children: content.children.flatMap(withCodePoints) }];
const text21 = (text: string): Content[] => marked(text, PC).flatMap(withCodePoints);

const meta = (category: string, values: Readonly<Record<string, string | number | null>>): Element =>
  el('mda:metadata', {}, el('mda:metaGroup', { category }, Object.entries(values).flatMap(([type, value]) => (value === null ? [] : [el('mda:meta', { type }, String(value))]))));

/** The concepts that a clause names, with what they are to be called. */
function glossary({ source }: ExchangedSegment, { sourceLang, targetLang, terms }: ExchangedTranslation): Element | null {
  const entries = termsIn(source, sourceLang, terms).flatMap(({ term, agreed, avoided }) => {
    const [word] = [...agreed, ...avoided];
    const wanted = designationOf(term, targetLang);
    if (word === undefined || [word, wanted ?? '', term.concept].some((t) => notXml(t) !== null)) return [];
    return [el('gls:glossEntry', {}, el('gls:term', { source: 'comity' }, word), wanted === null ? null : el('gls:translation', { source: 'comity' }, wanted),
      el('gls:definition', {}, term.protected ? `${term.concept} (protected)` : term.concept))];
  });
  return entries.length === 0 ? null : el('gls:glossary', {}, entries);
}

/** XLIFF 2.1, for export: states of segments, the glossary of each clause, what a translation is for as metadata. */
export function writeXliff21(translation: ExchangedTranslation): string | Refusal {
  const { document, sourceLang, targetLang, legalStatus, sourceRevision, segments, title } = translation;
  const wrong = [title, ...segments.map((s) => s.label)].map(notXml).find((c) => c !== null);
  if (wrong !== undefined) return refuse('exchange.unwritable', { character: wrong!, segment: 'title' });
  const unit = (segment: ExchangedSegment): Element => {
    const { id, label, source, sourceDigest, target, state } = segment;
    const states = { missing: 'initial', draft: 'initial', stale: 'initial', translated: 'translated', reviewed: 'reviewed', attested: 'final' } as const;
    return el('unit', { id, name: label === '' ? id : label, 'xml:space': 'preserve' },
      meta('comity', { 'source-digest': sourceDigest, state }),
      glossary(segment, translation),
      label === '' ? null : el('notes', {}, el('note', { category: 'label' }, label)),
      el('segment', { id: 's1', state: states[state], subState: states[state] === 'initial' ? `comity:${state}` : undefined },
        el('source', { 'xml:space': 'preserve' }, text21(source)),
        target === null ? null : el('target', { 'xml:space': 'preserve' }, text21(target))));
  };
  return writeXml(
    el('xliff', { version: '2.1', xmlns: XLIFF_2, 'xmlns:gls': GLOSSARY, 'xmlns:mda': METADATA, srcLang: sourceLang, trgLang: targetLang },
      el('file', { id: 'f1', original: `${document.type}/${document.id}` },
        meta('comity', { 'legal-status': legalStatus, 'source-revision': sourceRevision }),
        el('notes', {}, el('note', { category: 'title' }, title)),
        segments.map(unit))),
  );
}
