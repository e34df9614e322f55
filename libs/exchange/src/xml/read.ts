import { isRefusal, type Refusal, refuse } from '#kernel';
import { ParseOption, XmlCData, XmlDocument, XmlElement, XmlEntityReference, type XmlNode, XmlParseError, XmlText, XmlTreeNode } from 'libxml2-wasm';
import type { Content, Element } from './tree.js';

/** In bytes: as much as an upload may have. */
export const XML_LIMIT = 10 * 1024 * 1024;
/** Elements in elements; libxml2 itself stops at 256. */
const DEPTH = 200;

/** UTF-8, or UTF-16 with a byte order mark; whatever else a file says it is in is refused, not guessed. */
function decode(bytes: Uint8Array): string | Refusal {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    const said = /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']/.exec(text)?.[1]?.toLowerCase() ?? encoding;
    return (encoding === 'utf-8' ? ['utf-8', 'utf8', 'us-ascii'] : ['utf-16', encoding]).includes(said) ? text : refuse('exchange.encoding', { encoding: said.slice(0, 40) });
  } catch {
    return refuse('exchange.encoding', { encoding });
  }
}

/** Before the root: declaration, comments, instructions. A document type there declares entities: no file of ours or of translators' tools needs its own. */
const PROLOGUE = /^(?:\s|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/;
/** The one that TMX itself names (TMX 1.4b): no subset of its own, and it is never fetched. */
const TMX_DOCTYPE = /^<!DOCTYPE\s+tmx\s+(?:SYSTEM|PUBLIC\s+(?:"[^"<>]*"|'[^'<>]*'))\s+(?:"[^"<>]*"|'[^'<>]*')\s*>/;

/** The text without a harmless document type, or why not. */
function withoutDoctype(text: string): string | Refusal {
  const before = PROLOGUE.exec(text)![0];
  const rest = text.slice(before.length);
  if (!/^<!DOCTYPE/i.test(rest)) return text;
  const harmless = TMX_DOCTYPE.exec(rest)?.[0];
  return harmless === undefined ? refuse('exchange.doctype') : before + rest.slice(harmless.length);
}

/** Thrown within, told as a refusal. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.refused);
  }
}

/** An instruction knows nothing of what follows it; then all are asked for at once. */
function nodesIn(element: XmlElement): XmlNode[] {
  const nodes: XmlNode[] = [];
  for (let node: XmlNode | null = element.firstChild; node !== null; node = node.next) {
    if (!(node instanceof XmlTreeNode)) return element.find('node()');
    nodes.push(node);
  }
  return nodes;
}

function plain(element: XmlElement, depth: number): Element {
  if (depth > DEPTH) throw new Refused(refuse('exchange.not-xml', { line: element.line }));
  const children: Content[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') children.push(text);
    text = '';
  };
  for (const node of nodesIn(element)) {
    if (node instanceof XmlElement) {
      flush();
      children.push(plain(node, depth + 1));
    } else if (node instanceof XmlText || node instanceof XmlCData) text += node.content;
    else if (node instanceof XmlEntityReference) throw new Refused(refuse('exchange.doctype'));
  }
  flush();
  const attributes = Object.fromEntries(element.attrs.map((a) => [a.prefix === '' ? a.name : `${a.prefix}:${a.name}`, a.value]));
  const { name, prefix, namespaceUri } = element;
  return { name: prefix === '' ? name : `${prefix}:${name}`, ...(namespaceUri === '' ? {} : { namespace: namespaceUri }), attributes, children };
}

/** A document as a tree. Nothing is fetched, no entity is replaced, document types are refused (that of TMX is passed over). */
export function readXml(bytes: Uint8Array): Element | Refusal {
  if (bytes.length > XML_LIMIT) return refuse('exchange.too-large', { megabytes: XML_LIMIT / 2 ** 20 });
  const decoded = decode(bytes);
  const text = isRefusal(decoded) ? decoded : withoutDoctype(decoded);
  if (isRefusal(text)) return text;
  let document: XmlDocument | undefined;
  try {
    document = XmlDocument.fromString(text, { option: ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NOWARNING | ParseOption.XML_PARSE_IGNORE_ENC });
    return document.dtd === null ? plain(document.root, 0) : refuse('exchange.doctype');
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    return refuse('exchange.not-xml', { line: error instanceof XmlParseError ? (error.details[0]?.line ?? 1) : 1 });
  } finally {
    document?.dispose();
  }
}
