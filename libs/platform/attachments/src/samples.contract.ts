import JSZip from 'jszip';
import { deflateSync } from 'node:zlib';
import { be32, joined, le32 } from './images/bytes.js';
import { chunk } from './images/png.js';
import { chunk as webpChunk } from './images/webp.js';

/** Files with planted data: where the photograph was taken, with which camera, by whom. */
export const PLANTED = 'Kigali-1.9441S-30.0619E';
const text = (value: string): Uint8Array => Buffer.from(value, 'latin1');
/** Whether anything of it still tells the place. */
export const tells = (bytes: Uint8Array, what = PLANTED): boolean => Buffer.from(bytes).includes(what) || Buffer.from(bytes).includes(Buffer.from(what, 'utf16le'));

/** Exif with camera, orientation and a GPS directory whose coordinates are rationals, little-endian. */
export function tiff(orientation: number): Uint8Array {
  const le16 = (value: number) => Uint8Array.of(value & 0xff, value >> 8);
  const entry = (tag: number, type: number, count: number, value: Uint8Array) => joined([le16(tag), le16(type), le32(count), value, new Uint8Array(4 - value.length)]);
  const make = `${PLANTED}\0`;
  // Header 8, directory 2 + 3 · 12 + 4 = 42, then the GPS directory 2 + 2 · 12 + 4 = 30, then what they point to.
  const gps = 50;
  const data = gps + 30;
  return joined([
    text('II*\0'), le32(8),
    le16(3), entry(0x010f, 2, make.length, le32(data)), entry(0x0112, 3, 1, le16(orientation)), entry(0x8825, 4, 1, le32(gps)), le32(0),
    le16(2), entry(1, 2, 2, text('S\0')), entry(2, 5, 3, le32(data + make.length)), le32(0),
    text(make), le32(1), le32(1), le32(56), le32(1), le32(38), le32(1),
  ]);
}

const segment = (marker: number, body: Uint8Array): Uint8Array => joined([Uint8Array.of(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff), body]);
/** A grey picture of 8 by 8, baseline (ITU-T T.81): one block, whose coefficients are all the first code. */
export const JPEG_PICTURE = joined([
  segment(0xdb, joined([Uint8Array.of(0), new Uint8Array(64).fill(1)])),
  segment(0xc0, Uint8Array.of(8, 0, 8, 0, 8, 1, 1, 0x11, 0)),
  segment(0xc4, Uint8Array.of(0x00, 1, ...new Uint8Array(15), 0)),
  segment(0xc4, Uint8Array.of(0x10, 1, ...new Uint8Array(15), 0)),
  segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0)),
  Uint8Array.of(0x3f),
]);
export function jpeg({ orientation = 1, planted = true, behind = '' }: { orientation?: number; planted?: boolean; behind?: string } = {}): Uint8Array {
  const extra = [
    segment(0xe1, joined([text('Exif\0\0'), tiff(orientation)])),
    segment(0xe1, text(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${PLANTED}</x:xmpmeta>`)),
    segment(0xed, text(`Photoshop 3.0\0${PLANTED}`)),
    segment(0xfe, text(PLANTED)),
  ];
  return joined([Uint8Array.of(0xff, 0xd8), segment(0xe0, text('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')), ...(planted ? extra : []), JPEG_PICTURE, Uint8Array.of(0xff, 0xd9), text(behind)]);
}

export function png({ orientation = 1, planted = true }: { orientation?: number; planted?: boolean } = {}): Uint8Array {
  const extra = [chunk('tEXt', text(`Author\0${PLANTED}`)), chunk('iTXt', text(`XML:com.adobe.xmp\0\0\0\0\0${PLANTED}`)), chunk('eXIf', tiff(orientation)), chunk('tIME', Uint8Array.of(7, 0xea, 11, 30, 1, 2, 3))];
  return joined([
    text('\x89PNG\r\n\x1a\n'), chunk('IHDR', joined([be32(1), be32(1), Uint8Array.of(8, 0, 0, 0, 0)])), ...(planted ? extra : []), chunk('IDAT', deflateSync(Uint8Array.of(0, 128))), chunk('IEND', new Uint8Array()),
  ]);
}

/** A lossless picture of 1 by 1: its head, then what a coder writes for one colour (RFC 9649, 3). */
const VP8L = Uint8Array.of(0x2f, 0, 0, 0, 0, 0x07, 0x10, 0x11, 0x11, 0x88, 0x88, 0xfe, 0x07, 0);
export function webp({ orientation = 1, planted = true }: { orientation?: number; planted?: boolean } = {}): Uint8Array {
  const extra = planted ? [webpChunk('EXIF', tiff(orientation)), webpChunk('XMP ', text(`<x:xmpmeta>${PLANTED}</x:xmpmeta>`))] : [];
  const body = joined([webpChunk('VP8X', Uint8Array.of(planted ? 0x0c : 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), webpChunk('VP8L', VP8L), ...extra]);
  return joined([text('RIFF'), le32(body.length + 4), text('WEBP'), body]);
}

type Parts = Readonly<Record<string, string | Uint8Array>>;
export async function zip(parts: Parts): Promise<Uint8Array> {
  const file = new JSZip();
  for (const [name, part] of Object.entries(parts)) file.file(name, part, name === 'mimetype' ? { compression: 'STORE' } : {});
  return file.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}
export async function partsOf(bytes: Uint8Array): Promise<Record<string, string>> {
  const { files } = await JSZip.loadAsync(bytes);
  return Object.fromEntries(await Promise.all(Object.values(files).filter((file) => !file.dir).map(async (file) => [file.name, await file.async('string')] as const)));
}

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
export const docx = (more: Parts = {}): Promise<Uint8Array> =>
  zip({
    '[Content_Types].xml':
      '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/customXml/item1.xml" ContentType="application/xml"/></Types>',
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${REL}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${REL}/customXml" Target="customXml/item1.xml"/></Relationships>`,
    'docProps/core.xml': `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"><cp:lastModifiedBy>${PLANTED}</cp:lastModifiedBy></cp:coreProperties>`,
    'customXml/item1.xml': `<a>${PLANTED}</a>`,
    'word/_rels/settings.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${REL}/attachedTemplate" Target="file:///C:/Users/${PLANTED}/a.dotx" TargetMode="External"/></Relationships>`,
    'word/settings.xml': `<w:settings ${W}><w:attachedTemplate r:id="rId1"/><w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids></w:settings>`,
    'word/document.xml': `<w:document ${W}><w:body><w:p w:rsidR="00AB12CD"><w:ins w:id="1" w:author="${PLANTED}" w:date="2026-11-01T10:00:00Z"><w:r><w:t>Urges restraint.</w:t></w:r></w:ins></w:p></w:body></w:document>`,
    'word/comments.xml': `<w:comments ${W}><w:comment w:id="0" w:author='${PLANTED}' w:initials="KG"><w:p><w:r><w:t>Agreed.</w:t></w:r></w:p></w:comment></w:comments>`,
    'word/media/image1.jpeg': jpeg(),
    ...more,
  });

const ODF = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:officeooo="http://openoffice.org/2009/office" xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"';
export const odt = (more: Parts = {}): Promise<Uint8Array> =>
  zip({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'META-INF/manifest.xml': '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png" manifest:media-type="image/png"/></manifest:manifest>',
    'content.xml': `<office:document-content ${ODF}><office:body><office:text><text:p><office:annotation><dc:creator>${PLANTED}</dc:creator><dc:date>2026-11-01T10:00:00</dc:date><meta:creator-initials>KG</meta:creator-initials><text:p>Agreed.</text:p></office:annotation><text:span officeooo:rsid="001a2b3c">Urges restraint.</text:span></text:p></office:text></office:body></office:document-content>`,
    'meta.xml': `<office:document-meta ${ODF}><office:meta><dc:creator>${PLANTED}</dc:creator></office:meta></office:document-meta>`,
    'settings.xml': `<office:document-settings ${ODF}><office:settings><a>${PLANTED}</a></office:settings></office:document-settings>`,
    'Thumbnails/thumbnail.png': png(),
    ...more,
  });
