import type { StrippedKind, Stripped } from '../images/stripped.js';
import { bytesOf, pictureOf, Rewriting, xmlOf } from './parts.js';
import { fail, unzip, zipped } from './zip.js';

const TYPE = 'ODT';
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"';
/** Properties, and settings of a program and its printer. */
const EMPTY: Readonly<Record<string, string>> = {
  'meta.xml': `<office:document-meta ${OFFICE}><office:meta/></office:document-meta>`,
  'settings.xml': `<office:document-settings ${OFFICE}><office:settings/></office:document-settings>`,
};
const TEXT = new Set(['content.xml', 'styles.xml', 'META-INF/manifest.xml']);

/** An ODT without its properties, authors, times and revision marks. Refusals are thrown: macros, files and objects within, signatures. @throws Refused, Broken */
export async function stripOdt(bytes: Uint8Array): Promise<Stripped> {
  const parts = await unzip(bytes, TYPE);
  if (Buffer.from(parts.get('mimetype') ?? []).toString('latin1').trim() !== 'application/vnd.oasis.opendocument.text' || !parts.has('content.xml')) fail('attachment.damaged', { type: TYPE });
  const found = new Set<StrippedKind>();
  const out = new Map<string, Uint8Array>();
  for (const [name, part] of parts) {
    if (/^(?:Basic|Scripts|Dialogs)\//i.test(name)) fail('attachment.macros');
    if (/^META-INF\/.*signatures/i.test(name)) fail('attachment.signed');
    if (name === 'mimetype') out.set(name, part);
    else if (Object.hasOwn(EMPTY, name)) {
      found.add('properties');
      out.set(name, Buffer.from(HEAD + EMPTY[name]!));
    } else if (TEXT.has(name)) out.set(name, bytesOf(rewritten(name, xmlOf(part, TYPE), found), TYPE));
    else if (name.startsWith('Pictures/')) out.set(name, pictureOf(part, name, found));
    else if (name.startsWith('Thumbnails/')) found.add('thumbnail');
    else if (/^(?:Configurations2\/|layout-cache$|manifest\.rdf$)/.test(name)) found.add('private-data');
    else fail('attachment.files-inside');
  }
  return { bytes: await zipped(out, 'mimetype'), stripped: [...found] };
}

function rewritten(name: string, text: string, found: Set<StrippedKind>): string {
  const part = new Rewriting(text, found);
  if (name === 'META-INF/manifest.xml') {
    if (/encryption-data/.test(text)) fail('attachment.encrypted');
    part.text = text.replaceAll(/<(?:\w+:)?file-entry\s[^>]*full-path\s*=\s*["'](?:Thumbnails|Configurations2|layout-cache|manifest\.rdf)[^>]*>/g, '');
    return part.text;
  }
  if (/<script:event-listener|<office:script[\s>]/.test(text)) fail('attachment.macros');
  if (/<draw:(?:object|object-ole|plugin|applet|floating-frame)[\s>]|<text:section-source\s/.test(text)) fail('attachment.files-inside');
  if (/<draw:image\s[^>]*xlink:href\s*=\s*["'](?!Pictures\/|\.\/Pictures\/)/.test(text)) fail('attachment.files-inside');
  return part
    .replace(/<((?:dc:creator|meta:creator-initials|text:author-name|text:author-initials|text:sender-[\w-]+|text:initial-creator|text:creator|text:printed-by|loext:sender-initials|dc:contributor)\b[^>/]*)>[^<]*(<\/)/g, '<$1>$2', 'authors')
    .replace(/<dc:date>[^<]*<\/dc:date>/g, '<dc:date>1970-01-01T00:00:00</dc:date>', 'time')
    .replace(/\sofficeooo:(?:[\w-]*rsid)\s*=\s*(?:"[^"]*"|'[^']*')/g, '', 'revision-ids').text;
}
