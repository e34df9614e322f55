import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import { type Content, type Element, isElement } from './tree.js';

/** What XML 1.0 cannot hold, escaped or not: controls, halves of surrogate pairs, U+FFFE and U+FFFF (production 2, Char). */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** A text holds a character that no XML can hold. */
export class NotWritable extends Error {
  constructor(
    /** `U+0001` */
    readonly character: string,
    /** Name of the element. */
    readonly at: string,
  ) {
    super(`${character} in ${at}`);
  }
}

/** The first character that XML cannot hold, as `U+0001`; null where there is none. */
export function notXml(text: string): string | null {
  const found = NOT_XML.exec(text)?.[0];
  return found === undefined ? null : `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The builder leaves `&lt;` and `&#13;` in a text as it stands, so that it would be read as `<`; and no reader keeps a bare CR, or LF and TAB in attributes (XML 1.0, 2.11 and 3.3.3). */
const escaped = (text: string, at: string, literal: RegExp): string => {
  const wrong = notXml(text);
  if (wrong !== null) throw new NotWritable(wrong, at);
  return text.replaceAll('&', '&amp;').replaceAll(literal, (c) => `&#${c.codePointAt(0)!};`);
};

function put(parent: XMLBuilder, content: Content, at: string): void {
  if (!isElement(content)) {
    parent.txt(escaped(content, at, /\r/g));
    return;
  }
  const attributes = Object.fromEntries(Object.entries(content.attributes).map(([name, value]) => [name, escaped(value, `${content.name}/@${name}`, /[\r\n\t]/g)]));
  const made = parent.ele(content.name, attributes);
  for (const child of content.children) put(made, child, content.name);
}

/** UTF-8, no spaces but those that are given. `doctype`: system identifier of the root's, where a format wants one. @throws NotWritable */
export function writeXml(root: Element, doctype?: string): string {
  const document = create({ version: '1.0', encoding: 'UTF-8' });
  put(document, root, root.name);
  if (doctype !== undefined) document.dtd({ name: root.name, sysID: doctype });
  return `${document.end({ prettyPrint: false })}\n`;
}
