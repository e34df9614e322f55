import { isRefusal, type Refusal, refuse } from '#kernel';
import { readXml } from '../xml/read.js';
import { descendants, el, type Element, elements, first, textOf } from '../xml/tree.js';
import { notXml, writeXml } from '../xml/write.js';
import { type ExchangedConcept, type ExchangedDesignation, gathered, MOST_CONCEPTS } from './model.js';

/** TBX-Basic of 2008 (`martif`, as the Translate Toolkit and OmegaT read it) out; that and ISO 30042:2019 (`tbx`, style dca) in. */
const STATUS = { preferred: 'preferredTerm-admn-sts', admitted: 'admittedTerm-admn-sts', avoid: 'deprecatedTerm-admn-sts' } as const;
const statusOf = (written: string): ExchangedDesignation['status'] =>
  /^(deprecated|superseded|notRecommended)/.test(written) ? 'avoid' : written.startsWith('admitted') ? 'admitted' : 'preferred';
/** Ids of XML begin with no digit; the ids of concepts may. */
const PREFIX = 'comity.';
const PROTECTED = 'protected';

export function termsToTbx(concepts: readonly ExchangedConcept[]): string | Refusal {
  for (const { id, domain, definition, designations } of concepts)
    for (const text of [id, domain ?? '', ...Object.values(definition), ...designations.flatMap((d) => [d.term, d.source])]) {
      const character = notXml(text);
      if (character !== null) return refuse('exchange.unwritable', { character, segment: id });
    }
  const langSet = ({ definition, designations }: ExchangedConcept, lang: string): Element =>
    el('langSet', { 'xml:lang': lang },
      definition[lang] === undefined ? null : el('descripGrp', {}, el('descrip', { type: 'definition' }, definition[lang])),
      designations.filter((d) => d.lang === lang).map(({ term, status, source }) =>
        el('tig', {}, el('term', {}, term), el('termNote', { type: 'administrativeStatus' }, STATUS[status]), source === '' ? null : el('admin', { type: 'source' }, source))));
  const entry = (concept: ExchangedConcept): Element => {
    const { id, domain, protected: isProtected, definition, designations } = concept;
    return el('termEntry', { id: `${PREFIX}${id}` },
      domain === null ? null : el('descrip', { type: 'subjectField' }, domain),
      isProtected ? el('admin', { type: 'projectSubset' }, PROTECTED) : null,
      [...new Set([...designations.map((d) => d.lang), ...Object.keys(definition)])].map((lang) => langSet(concept, lang)));
  };
  return writeXml(
    el('martif', { type: 'TBX-Basic', 'xml:lang': 'en' },
      el('martifHeader', {},
        el('fileDesc', {}, el('sourceDesc', {}, el('p', {}, 'comity'))),
        el('encodingDesc', {}, el('p', { type: 'XCSURI' }, 'TBXBasicXCSV02.xcs'))),
      el('text', {}, el('body', {}, concepts.map(entry)))),
  );
}

/** Of whichever generation: `termEntry/langSet/(tig|ntig)`, `conceptEntry/langSec/termSec`. */
export function termsFromTbx(bytes: Uint8Array): ExchangedConcept[] | Refusal {
  const root = readXml(bytes);
  if (isRefusal(root)) return root;
  if (root.name !== 'martif' && root.name !== 'tbx') return refuse('exchange.not-tbx', { root: root.name.slice(0, 40) });
  const entries = descendants(root, root.name === 'tbx' ? 'conceptEntry' : 'termEntry');
  if (entries.length === 0) return refuse('exchange.no-terms');
  if (entries.length > MOST_CONCEPTS) return refuse('exchange.too-many', { most: MOST_CONCEPTS });
  const typed = (parent: Element, name: string, type: string) => textOf(descendants(parent, name).find((e) => e.attributes['type'] === type));
  const parts: ExchangedConcept[] = [];
  for (const [i, entry] of entries.entries()) {
    const written = entry.attributes['id'] ?? '';
    const id = written.startsWith(PREFIX) ? written.slice(PREFIX.length) : written;
    if (id === '') return refuse('exchange.no-concept', { entry: i + 1 });
    const sections = [...elements(entry, 'langSet'), ...elements(entry, 'langSec')].filter((s) => s.attributes['xml:lang'] !== undefined);
    // What is said of the concept as a whole stands outside the languages.
    const own: Element = { ...entry, children: elements(entry).filter((e) => e.name !== 'langSet' && e.name !== 'langSec') };
    parts.push({
      id, domain: typed(own, 'descrip', 'subjectField') || null,
      protected: descendants(own, 'admin').some((a) => a.attributes['type'] === 'projectSubset' && textOf(a) === PROTECTED),
      definition: Object.fromEntries(sections.flatMap((s) => {
        const definition = typed(s, 'descrip', 'definition');
        return definition === '' ? [] : [[s.attributes['xml:lang']!, definition]];
      })),
      designations: sections.flatMap((s) =>
        [...elements(s, 'tig'), ...elements(s, 'ntig'), ...elements(s, 'termSec')].flatMap((group): ExchangedDesignation[] => {
          const term = textOf(first(group, 'term') ?? descendants(group, 'term')[0]);
          return term.trim() === '' ? [] : [{ lang: s.attributes['xml:lang']!, term, status: statusOf(typed(group, 'termNote', 'administrativeStatus')), source: typed(group, 'admin', 'source') }];
        })),
    });
  }
  return gathered(parts);
}

/** By its first sign: XML is TBX, everything else a table. */
export const isTbx = (bytes: Uint8Array): boolean => /^[\uFEFF\s]*</.test(new TextDecoder(bytes[0] === 0xff || bytes[0] === 0xfe ? 'utf-16' : 'utf-8').decode(bytes.subarray(0, 256)));
