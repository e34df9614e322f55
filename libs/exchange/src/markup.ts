import { ParseOption, XmlDocument, XmlElement, type XmlNode, XmlText, XmlCData } from 'libxml2-wasm';

/** XML written by hand and read by libxml2, without a network, a document type or entities of its own. */

/** What XML 1.0 cannot hold becomes U+FFFD; a carriage return is written so that no parser turns it into a line feed. */
export const writable = (text: string): string => text.toWellFormed().replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
const escapeXml = (text: string): string => writable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\r', '&#13;');
/** Within an attribute a parser would also turn line feeds and tabs into spaces. */
const escapeAttribute = (text: string): string => escapeXml(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');

/** Markup that is not escaped again. */
export class Xml {
  constructor(readonly markup: string) {}
}
type Content = Xml | string | null | undefined | readonly Content[];
const written = (content: Content): string =>
  content === null || content === undefined ? '' : content instanceof Xml ? content.markup : typeof content === 'string' ? escapeXml(content) : content.map(written).join('');

/** One element; attributes that are null or undefined are left out, strings among the content are escaped. */
export function el(name: string, attributes: Readonly<Record<string, string | number | boolean | null | undefined>> = {}, ...content: readonly Content[]): Xml {
  const own = Object.entries(attributes).flatMap(([key, value]) => (value === null || value === undefined ? [] : [` ${key}="${escapeAttribute(String(value))}"`]));
  const inner = content.map(written).join('');
  return new Xml(inner === '' ? `<${name}${own.join('')}/>` : `<${name}${own.join('')}>${inner}</${name}>`);
}
/** A whole document, UTF-8. */
export const xmlDocument = (root: Xml): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root.markup}\n`;

const HEAD = 4096;
/** The file is not the XML that was asked for; `code` says why. */
export class UnreadableXml extends Error {
  constructor(readonly code: 'not-xml' | 'document-type') {
    super(code);
  }
}

/**
 * Reads XML and lets go of its memory. A document type is refused: it could define entities that grow, or name files to be read.
 * @throws UnreadableXml
 */
export function withXml<T>(source: string | Uint8Array, read: (root: XmlElement, doc: XmlDocument) => T): T {
  const option = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NO_SYS_CATALOG | ParseOption.XML_PARSE_NOERROR | ParseOption.XML_PARSE_NOWARNING;
  // Looked for before anything is parsed; without the zero bytes of UTF-16. One that stands further behind is found once it is parsed, without its entities.
  const head = typeof source === 'string' ? source.slice(0, HEAD) : String.fromCharCode(...source.subarray(0, HEAD).filter((b) => b !== 0));
  if (/<!DOCTYPE/i.test(head)) throw new UnreadableXml('document-type');
  let doc: XmlDocument;
  try {
    doc = typeof source === 'string' ? XmlDocument.fromString(source, { option }) : XmlDocument.fromBuffer(source, { option });
  } catch {
    throw new UnreadableXml('not-xml');
  }
  try {
    if (doc.dtd !== null) throw new UnreadableXml('document-type');
    return read(doc.root, doc);
  } finally {
    doc.dispose();
  }
}

/** Children in their order; comments and processing instructions are passed over. */
export function* childrenOf(element: XmlElement): Generator<XmlElement | string> {
  for (let node: XmlNode | null = element.firstChild; node !== null; node = (node as XmlElement).next) {
    if (node instanceof XmlElement) yield node;
    else if (node instanceof XmlText || node instanceof XmlCData) yield node.content;
  }
}
export const elementsOf = (element: XmlElement): XmlElement[] => [...childrenOf(element)].filter((c) => typeof c !== 'string');
export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined => element && elementsOf(element).find((c) => c.name === name);
/** An attribute by its local name and, where it has one, the prefix of the document. */
export const attributeOf = (element: XmlElement, name: string): string | undefined => element.attrs.find((a) => a.name === name)?.value;
