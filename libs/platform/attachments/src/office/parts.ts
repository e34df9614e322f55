import { XmlDocument } from 'libxml2-wasm';
import { stripJpeg } from '../images/jpeg.js';
import { stripPng } from '../images/png.js';
import type { Stripped, StrippedKind } from '../images/stripped.js';
import { stripWebp } from '../images/webp.js';
import { fail } from './zip.js';

/** A part as text: UTF-8 without a document type, whose entities could be anything. @throws Refused */
export function xmlOf(bytes: Uint8Array, type: string): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fail('attachment.damaged', { type });
  }
  const said = /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']/.exec(text)?.[1]?.toLowerCase() ?? 'utf-8';
  if ((said !== 'utf-8' && said !== 'utf8') || /<!DOCTYPE/i.test(text)) fail('attachment.uncleanable', { type });
  return text;
}

/** What was rewritten is XML as before. @throws Refused */
export function bytesOf(text: string, type: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  try {
    XmlDocument.fromBuffer(bytes).dispose();
  } catch {
    fail('attachment.damaged', { type });
  }
  return bytes;
}

/** The rewriting of one part, with what was found in it. */
export class Rewriting {
  constructor(
    public text: string,
    private readonly found: Set<StrippedKind>,
  ) {}

  replace(pattern: RegExp, by: string, kind: StrippedKind): this {
    const next = this.text.replaceAll(pattern, by);
    if (next !== this.text) this.found.add(kind);
    this.text = next;
    return this;
  }
}

/** A picture in a document, cleaned like one that stands alone. @throws Refused, Broken */
export function pictureOf(bytes: Uint8Array, name: string, found: Set<StrippedKind>): Uint8Array {
  const strip: ((bytes: Uint8Array) => Stripped) | undefined =
    bytes[0] === 0xff && bytes[1] === 0xd8 ? stripJpeg : bytes[0] === 0x89 && bytes[1] === 0x50 ? stripPng : bytes[0] === 0x52 && bytes[1] === 0x49 ? stripWebp : undefined;
  if (strip === undefined) return fail('attachment.picture-inside', { name: name.split('/').at(-1)!.slice(0, 80) });
  const { bytes: clean, stripped } = strip(bytes);
  for (const kind of stripped) found.add(kind);
  return clean;
}
