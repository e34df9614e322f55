import type { XmlElement } from 'libxml2-wasm';
import type { ExchangedClause, ExchangedLanguage } from '../document.js';
import { attributeOf, childOf, childrenOf, elementsOf, withXml } from '../markup.js';
import { AKN } from './names.js';

/** What is read back from one expression. */
export interface ReadAkomaNtoso {
  readonly type: 'statement' | 'mou' | 'other';
  /** The document's `name`, such as `jointStatement`. */
  readonly name: string;
  readonly work: string | null;
  readonly lang: string;
  readonly title: string;
  readonly attribution: string | null;
  readonly clauses: readonly (Omit<ExchangedClause, 'text'> & { readonly text: string })[];
  readonly languages: readonly ExchangedLanguage[];
  readonly digest: string | null;
  readonly revision: number | null;
  /** Acts in their order; `at` as it was before the standard asked for a full date. */
  readonly history: readonly { readonly act: string; readonly at: string; readonly by: string | null; readonly outcome: string | null }[];
  readonly signatories: readonly { readonly name: string; readonly at: string | null; readonly withdrawn: boolean }[];
}

/** The file is XML, but no document of the standard. */
export class NotAkomaNtoso extends Error {
  readonly code = 'not-akoma-ntoso';
}

/** The words as they stand: line breaks are line feeds, proposed words are left out, words proposed to be deleted are still there. */
function textOf(element: XmlElement): string {
  let text = '';
  for (const child of childrenOf(element)) {
    if (typeof child === 'string') text += child;
    else if (child.name === 'br' || child.name === 'eol') text += '\n';
    else if (child.name !== 'ins' && child.name !== 'noteRef' && child.name !== 'authorialNote') text += textOf(child);
  }
  return text;
}
function* within(element: XmlElement): Generator<XmlElement> {
  for (const child of elementsOf(element)) {
    yield child;
    yield* within(child);
  }
}
const find = (element: XmlElement | undefined, name: string): XmlElement | undefined => (element === undefined ? undefined : [...within(element)].find((e) => e.name === name));
const bare = (reference: string | undefined, prefix: string): string | null => (reference?.startsWith(`#${prefix}_`) ? reference.slice(prefix.length + 2) : null);

const SECTIONS: Readonly<Record<string, ExchangedClause['section']>> = { recital: 'preambular', clause: 'operative', article: 'article', paragraph: 'operative', hcontainer: 'annex' };

function* clausesOf(element: XmlElement): Generator<Omit<ExchangedClause, 'text'> & { text: string }> {
  for (const e of elementsOf(element)) {
    const numberless = e.name === 'block' && attributeOf(e, 'GUID') !== undefined;
    const section = SECTIONS[e.name];
    if (numberless || (section !== undefined && (e.name !== 'hcontainer' || attributeOf(e, 'name') === 'annex'))) {
      if (attributeOf(e, 'class') === 'proposed') continue;
      const num = childOf(e, 'num');
      const paragraphs = numberless ? [e] : [...within(e)].filter((p) => p.name === 'p');
      const kind = attributeOf(e, numberless ? 'name' : 'class');
      yield {
        id: attributeOf(e, 'GUID') ?? attributeOf(e, 'eId') ?? '', section: section ?? 'article', label: num === undefined ? '' : textOf(num),
        verb: bare(attributeOf(e, 'refersTo'), 'verb'), text: paragraphs.map(textOf).join('\n'), ...(kind === undefined ? {} : { kind }),
      };
    } else yield* clausesOf(e);
  }
}

/**
 * Reads one expression. @throws UnreadableXml where it is not XML or has a document type; NotAkomaNtoso where it is something else.
 */
export function fromAkomaNtoso(xml: string | Uint8Array): ReadAkomaNtoso {
  return withXml(xml, (root) => {
    const doc = root.name === 'akomaNtoso' && root.namespaceUri === AKN ? elementsOf(root)[0] : undefined;
    if (doc === undefined) throw new NotAkomaNtoso('no document of Akoma Ntoso 3.0');
    const meta = childOf(doc, 'meta');
    const expression = find(meta, 'FRBRExpression');
    const own = find(meta, 'proprietary');
    const document = childOf(own, 'document');
    const names = new Map((childOf(meta, 'references') ? elementsOf(childOf(meta, 'references')!) : []).map((r) => [`#${attributeOf(r, 'eId') ?? ''}`, attributeOf(r, 'showAs') ?? null]));
    const partial = new Map((own ? elementsOf(own) : []).flatMap((e) => (e.name === 'date' ? [[attributeOf(e, 'step') ?? '', attributeOf(e, 'edtf') ?? '']] : [])));
    const steps = childOf(meta, 'workflow');
    const value = (e: XmlElement | undefined) => (e === undefined ? null : (attributeOf(e, 'value') ?? null));
    const preface = childOf(doc, 'preface');
    const parts = ['preface', 'preamble', 'mainBody', 'conclusions'].flatMap((name) => childOf(doc, name) ?? []);
    const revision = Number(attributeOf(document ?? doc, 'revision'));
    const authority = find(preface, 'docAuthority');
    return {
      type: doc.name === 'statement' ? 'statement' : attributeOf(doc, 'name') === 'memorandumOfUnderstanding' ? 'mou' : 'other',
      name: attributeOf(doc, 'name') ?? doc.name,
      work: value(childOf(find(meta, 'FRBRWork'), 'FRBRuri')),
      lang: attributeOf(childOf(expression, 'FRBRlanguage') ?? doc, 'language') ?? 'und',
      title: textOf(find(preface, 'docTitle') ?? find(preface, 'longTitle') ?? preface ?? doc),
      attribution: authority === undefined ? null : textOf(authority),
      clauses: parts.flatMap((part) => [...clausesOf(part)]),
      languages: (own ? elementsOf(own) : []).filter((e) => e.name === 'language').map((e) => ({ tag: attributeOf(e, 'tag') ?? 'und', status: (attributeOf(e, 'status') ?? 'courtesy') as ExchangedLanguage['status'], digest: attributeOf(e, 'digest') ?? null })),
      digest: (document && attributeOf(document, 'digest')) ?? null,
      revision: Number.isInteger(revision) ? revision : null,
      history: (steps ? elementsOf(steps) : []).map((s) => {
        const by = attributeOf(s, 'by');
        return {
          act: bare(attributeOf(s, 'refersTo'), 'act') ?? '', at: partial.get(`#${attributeOf(s, 'eId') ?? ''}`) ?? attributeOf(s, 'date') ?? '', by: by === undefined || by === '#network' ? null : (names.get(by) ?? null),
          outcome: bare(attributeOf(s, 'outcome'), 'outcome'),
        };
      }),
      signatories: [...within(doc)].filter((e) => e.name === 'signature').map((e) => ({
        name: textOf(find(e, 'person') ?? e), at: find(e, 'date') ? textOf(find(e, 'date')!) : null, withdrawn: e.parent !== null && attributeOf(e.parent, 'class') === 'withdrawn',
      })),
    };
  });
}
