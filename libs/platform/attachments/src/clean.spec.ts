import { isRefusal } from '#kernel';
import { clean, type Clean, MOST_BYTES } from './clean.js';
import { docx, jpeg, odt, partsOf, PLANTED, png, tells, zip } from './samples.contract.js';

const cleaned = async (bytes: Uint8Array): Promise<Clean> => {
  const result = await clean(bytes);
  if (isRefusal(result)) throw new Error(JSON.stringify(result));
  return result;
};
const refused = async (bytes: Uint8Array | string): Promise<string> => {
  const result = await clean(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  return isRefusal(result) ? result.refused : `taken as ${result.mediaType}`;
};

describe('a DOCX', () => {
  it('is kept without properties, authors, times, revision marks, templates and data of programs', async () => {
    const { bytes, mediaType, stripped } = await cleaned(await docx());
    expect(mediaType).toBe('application/vnd.openxmlformats-officedocument.wordprocessingml.document');
    expect(stripped.toSorted()).toEqual(['authors', 'comment', 'exif', 'iptc', 'private-data', 'properties', 'revision-ids', 'time', 'xmp']);
    const parts = await partsOf(bytes);
    expect(Object.keys(parts)).not.toContain('customXml/item1.xml');
    expect(JSON.stringify(parts)).not.toMatch(new RegExp(`${PLANTED}|00AB12CD|customXml|attachedTemplate|2026-11-01`));
    expect(parts['word/document.xml']).toMatch(/<w:ins w:id="1" w:author="Author"><w:r><w:t>Urges restraint\.<\/w:t>/);
    expect(parts['word/comments.xml']).toContain('Agreed.');
    // No times of entries either: the same file gives the same bytes.
    expect(Buffer.from((await cleaned(await docx())).bytes)).toEqual(Buffer.from(bytes));
    expect(tells(bytes)).toBe(false);
  });
  it.each([
    ['attachment.macros', { 'word/vbaProject.bin': 'x' }],
    ['attachment.files-inside', { 'word/embeddings/oleObject1.xlsx': 'x' }],
    ['attachment.signed', { '_xmlsignatures/sig1.xml': '<a/>' }],
    ['attachment.picture-inside', { 'word/media/image2.emf': 'x' }],
    ['attachment.damaged', { 'word/comments.xml': '<w:comments' }],
    ['attachment.uncleanable', { 'word/comments.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }],
    ['attachment.files-inside', { 'word/_rels/document.xml.rels': '<Relationships><Relationship Id="r1" Type="http://x/image" Target="https://example.org/pixel.png" TargetMode="External"/></Relationships>' }],
  ])('is refused with %s (%#)', async (code, more) => expect(await refused(await docx(more as never))).toBe(code));
  it('is refused where much is packed in little', async () => {
    expect(await refused(await docx({ 'word/huge.xml': new Uint8Array(31 * 1024 * 1024) }))).toBe('attachment.too-large-inside');
  });
});

describe('an ODT', () => {
  it('is kept without properties, authors, times, revision marks and settings', async () => {
    const { bytes, mediaType, stripped } = await cleaned(await odt());
    expect(mediaType).toBe('application/vnd.oasis.opendocument.text');
    expect(stripped.toSorted()).toEqual(['authors', 'properties', 'revision-ids', 'thumbnail', 'time']);
    const parts = await partsOf(bytes);
    expect(Object.keys(parts)[0]).toBe('mimetype');
    expect(JSON.stringify(parts)).not.toMatch(new RegExp(`${PLANTED}|001a2b3c|Thumbnails|>KG<|2026-11-01`));
    expect(parts['content.xml']).toContain('Urges restraint.');
    expect(parts['content.xml']).toContain('<dc:creator></dc:creator>');
    expect(await cleaned(bytes)).toMatchObject({ mediaType });
  });
  it.each([
    ['attachment.macros', { 'Basic/Standard/Module1.xml': '<a/>' }],
    ['attachment.files-inside', { 'Object 1/content.xml': '<a/>' }],
    ['attachment.signed', { 'META-INF/documentsignatures.xml': '<a/>' }],
    ['attachment.encrypted', { 'META-INF/manifest.xml': '<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>' }],
  ])('is refused with %s (%#)', async (code, more) => expect(await refused(await odt(more as never))).toBe(code));
});

describe('what a file is', () => {
  it.each([
    ['text/plain', 'Mr Speaker, the committee met twice.\nIt heard évidence.'],
    ['text/plain', '\uFEFFWith a byte order mark'],
    ['text/csv', 'name,seats\nXA,12\nXB,9\n'],
    ['text/csv', 'nom;sièges\nXA;12\n'],
  ])('shows in its content: %s (%#)', async (mediaType, text) => expect(await clean(Buffer.from(text))).toMatchObject({ mediaType, stripped: [], bytes: Buffer.from(text) }));
  it.each([
    ['HTML', '<!DOCTYPE html><p>x'],
    ['HTML behind spaces', '  \n<html><body>x'],
    ['HTML within text', 'a text with <script>alert(1)</script>'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['XML', '<?xml version="1.0"?><a/>'],
    ['a script', '#!/bin/sh\nrm -rf /'],
    ['a program', 'MZ\x90\0\x03\0\0\0'],
    ['ELF', '\x7fELF\x02\x01\x01'],
    ['a picture of another kind', 'GIF89a\x01\0\x01\0\0\0\0;'],
    ['controls', 'text\0text'],
    ['nothing', '  \n '],
  ])('%s is refused', async (_, text) => expect(await refused(Buffer.from(text, 'latin1'))).toBe('attachment.unknown-type'));
  it('other encodings, archives and other documents are refused', async () => {
    expect(await refused(Buffer.from('évidence', 'latin1'))).toBe('attachment.unknown-type');
    expect(await refused(await zip({ 'a.txt': 'x' }))).toBe('attachment.unknown-type');
    expect(await refused(await zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<a/>' }))).toBe('attachment.unknown-type');
    expect(await refused(Buffer.from('d0cf11e0a1b11ae1' + '00'.repeat(600), 'hex'))).toBe('attachment.old-or-encrypted');
  });
  it('is not what its first bytes say where it cannot be read as that', async () => {
    expect(await refused(Buffer.concat([jpeg().subarray(0, 30), Buffer.from('<script>')]))).toBe('attachment.damaged');
    expect(await refused(Buffer.concat([png().subarray(0, 40), Buffer.from('%PDF-1.7')]))).toBe('attachment.damaged');
    // A picture that is also an archive is kept as a picture alone.
    expect((await cleaned(Buffer.concat([jpeg(), await zip({ 'a.txt': PLANTED })]))).bytes).toEqual((await cleaned(jpeg())).bytes);
  });
  it('is at most ten megabytes', async () => expect(await refused(Buffer.alloc(MOST_BYTES + 1, 'a'))).toBe('attachment.too-large'));
});
