import { inflateRawSync } from 'node:zlib';

/** A file holds no text that is read here; `reason` says why. */
export class NotText extends Error {
  constructor(readonly reason: 'kind' | 'damaged' | 'large') {
    super(reason);
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', shy: '', laquo: '«', raquo: '»', rsquo: '’', lsquo: '‘', ldquo: '“', rdquo: '”', ndash: '–', mdash: '—' };
const point = (code: number): string => (code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '');
const decoded = (text: string): string =>
  text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));/gi, (whole, hex?: string, decimal?: string, name?: string) =>
    hex ? point(Number.parseInt(hex, 16)) : decimal ? point(Number(decimal)) : (ENTITIES[name!] ?? whole),
  );

/** Elements that end a line of text; the rest of markup stands within one. */
const BREAKS = /<\/?(?:[\w.-]+:)?(?:p|div|li|ul|ol|h[1-6]|tr|td|th|table|section|article|header|footer|main|nav|aside|blockquote|br|hr|title|clause|paragraph|num|heading|content|intro|point|list|recital|recitals|preamble|body|docTitle)\b[^<>]*>/gi;

/** The words of a page or of an XML document, one block a line. Scripts, styles and comments are not words. */
export function textOfMarkup(markup: string): string {
  const bare = markup
    .replaceAll(/<!--[^]*?(?:-->|$)/g, ' ')
    .replaceAll(/<(script|style|template|del|meta|head)\b[^]*?(?:<\/\1\s*>|$)/gi, ' ');
  return decoded(bare.replaceAll(BREAKS, '\n').replaceAll(/<[^<>]*>/g, ''));
}

const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const MOST_XML = 12_000_000;

/** One member of a ZIP archive by its central directory (APPNOTE 4.3); null where there is none of that name. @throws NotText */
function member(zip: Buffer, wanted: string): Buffer | null {
  let end = zip.length - 22;
  while (end >= 0 && end > zip.length - 66_000 && zip.readUInt32LE(end) !== END) end--;
  if (end < 0 || zip.readUInt32LE(end) !== END) throw new NotText('damaged');
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0 && at + 46 <= zip.length && zip.readUInt32LE(at) === CENTRAL; left--) {
    const [method, size, name, extra, note, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)];
    if (zip.toString('utf8', at + 46, at + 46 + name) === wanted && local + 30 <= zip.length) {
      const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      return unpacked(zip.subarray(data, data + size), method);
    }
    at += 46 + name + extra + note;
  }
  return null;
}
function unpacked(bytes: Buffer, method: number): Buffer {
  if (method === 0) return bytes;
  if (method !== 8) throw new NotText('kind');
  try {
    return inflateRawSync(bytes, { maxOutputLength: MOST_XML });
  } catch (error) {
    throw new NotText((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'large' : 'damaged');
  }
}

/** Paragraphs of a Word document as they read with every tracked change accepted (ISO/IEC 29500, `w:t`; `w:delText` is none). @throws NotText */
function textOfWord(zip: Buffer): string {
  const xml = member(zip, 'word/document.xml')?.toString('utf8');
  if (xml === undefined) throw new NotText('kind');
  const marked = xml.replaceAll(/<w:(?:tab|br|cr)\b[^<>]*>/g, ' ').replaceAll(/<\/w:p>/g, '\n');
  const words = [...marked.matchAll(/<w:t(?: [^<>]*)?>([^<]*)<\/w:t>|(\n)|( )(?=<)/g)].map(([, text, line, space]) => text ?? line ?? space ?? '');
  return decoded(words.join(''));
}

/** The text of a file by what it holds, not by its name: plain text, HTML, XML (Akoma Ntoso too), DOCX. @throws NotText */
export function textOf(bytes: Buffer): string {
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === 0x04034b50) return textOfWord(bytes);
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') throw new NotText('kind');
  let text: string;
  try {
    const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
    text = new TextDecoder(wide, { fatal: true }).decode(bytes);
  } catch {
    throw new NotText('kind');
  }
  if (text.includes('\0')) throw new NotText('kind');
  return /^\s*(?:<\?xml|<!doctype|<html|<akomaNtoso|<[a-z][\w:-]*[\s>])/i.test(text) ? textOfMarkup(text) : text;
}
