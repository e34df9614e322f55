import { deflateSync } from 'node:zlib';
import { isRefusal } from '#kernel';
import { type PDFDict, PDFDocument, PDFName, type PDFObject, PDFRawStream, PDFString } from '@cantoo/pdf-lib';
import { JPEG_PICTURE, jpeg, PLANTED, tells } from './samples.contract.js';
import type { Stripped } from './images/stripped.js';
import { stripPdf } from './pdf.js';

/** All that a PDF holds, object by object, with what is compressed in it. */
async function said(bytes: Uint8Array): Promise<string> {
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false });
  const all = context.enumerateIndirectObjects().map(([, object]) => (object instanceof PDFRawStream ? `${object.dict.toString()} ${Buffer.from(object.getContents()).toString('latin1')}` : object.toString()));
  return [...all, JSON.stringify(Object.keys(context.trailerInfo))].join('\n');
}
async function stripped(bytes: Uint8Array): Promise<Stripped> {
  const result = await stripPdf(bytes);
  if (isRefusal(result)) throw new Error(JSON.stringify(result));
  return result;
}
type Build = (document: PDFDocument, catalog: PDFDict) => void | Promise<void>;
/** One page with a line, a link and what the test plants. */
async function pdf(build: Build = () => {}, save: Parameters<PDFDocument['save']>[0] = {}): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.addPage([200, 200]).drawText('Urges restraint.', { x: 10, y: 100, size: 12 });
  await build(document, document.catalog);
  return document.save({ ...save });
}
const annotated = (document: PDFDocument, annotation: Record<string, unknown>): void => {
  const ref = document.context.register(document.context.obj({ Type: 'Annot', Rect: [0, 0, 10, 10], ...annotation } as never));
  document.getPage(0).node.set(PDFName.of('Annots'), document.context.obj([ref]));
};

const PLANTS: readonly (readonly [string, Build])[] = [
  ['properties', (d) => {
    d.setAuthor(PLANTED);
    d.setProducer(PLANTED);
  }],
  ['xmp', (d, catalog) => catalog.set(PDFName.of('Metadata'), d.context.register(d.context.stream(`<x:xmpmeta>${PLANTED}</x:xmpmeta>`, { Type: 'Metadata', Subtype: 'XML' })))],
  ['script', (d) => d.addJavaScript('main', `app.alert('${PLANTED}')`)],
  ['embedded-files', (d) => d.attach(Buffer.from(PLANTED), 'a.txt', { description: PLANTED })],
  ['actions', (d, catalog) => catalog.set(PDFName.of('OpenAction'), d.context.obj({ Type: 'Action', S: 'Launch', F: PDFString.of(PLANTED) }))],
  ['actions', (d) => annotated(d, { Subtype: 'Link', A: { S: 'URI', URI: PDFString.of(`https://example.org/${PLANTED}`) } })],
  ['script', (d) => annotated(d, { Subtype: 'Link', A: d.context.register(d.context.obj({ S: 'JavaScript', JS: d.context.register(d.context.stream(PLANTED)) })) })],
  ['authors', (d) => annotated(d, { Subtype: 'Text', T: PDFString.of(PLANTED), Contents: PDFString.of('Agreed.') })],
  ['private-data', (d) => d.getPage(0).node.set(PDFName.of('PieceInfo'), d.context.obj({ A: { Private: PDFString.of(PLANTED) } }))],
  ['older-versions', (d) => {
    d.context.register(d.context.obj({ Was: PDFString.of(PLANTED) }));
  }],
  ['exif', async (d) => {
    const image = d.context.register(PDFRawStream.of(d.context.obj({ Type: 'XObject', Subtype: 'Image', Width: 8, Height: 8, ColorSpace: 'DeviceGray', BitsPerComponent: 8, Filter: 'DCTDecode' }), jpeg()));
    d.getPage(0).node.set(PDFName.of('Resources'), d.context.obj({ XObject: { I1: image } }));
    await d.flush();
  }],
];

describe('a PDF', () => {
  it.each(PLANTS)('is kept without its %s (%#)', async (kind, build) => {
    for (const useObjectStreams of [true, false]) {
      const planted = await pdf(build, { useObjectStreams });
      const hexed = PLANTED.split('').map((c) => c.charCodeAt(0).toString(16).padStart(4, '0')).join('').toUpperCase();
      const holds = (text: string) => text.includes(PLANTED) || text.toUpperCase().includes(hexed) || text.includes(Buffer.from(PLANTED).toString('latin1'));
      if (kind !== 'embedded-files') expect(holds(await said(planted))).toBe(true);
      const result = await stripped(planted);
      expect(result.stripped).toContain(kind);
      expect(holds(await said(result.bytes))).toBe(false);
      expect(await said(result.bytes)).not.toMatch(/\/(?:EmbeddedFile|EF|JS|JavaScript|Launch|URI|OpenAction|Metadata|PieceInfo)\b/);
      expect((await PDFDocument.load(result.bytes)).getPageCount()).toBe(1);
    }
  });
  it('is written without identifiers, so that the same file gives the same bytes, and cleaned twice stays clean', async () => {
    const planted = await pdf((d) => d.setTitle('A title'));
    const [one, two] = [await stripped(planted), await stripped(planted)];
    expect(Buffer.from(one.bytes)).toEqual(Buffer.from(two.bytes));
    expect((await stripped(one.bytes)).stripped).toEqual([]);
  });
  it('keeps its links to places within, its notes and its pictures', async () => {
    const { bytes } = await stripped(await pdf((d) => annotated(d, { Subtype: 'Link', A: { S: 'GoTo', D: [d.getPage(0).ref, 'Fit'] }, Contents: PDFString.of('To the top') })));
    expect(await said(bytes)).toMatch(/\/S \/GoTo[\s\S]*To the top|To the top[\s\S]*\/S \/GoTo/);
    const [, image] = PLANTS.find(([kind]) => kind === 'exif')!;
    const clean = await stripped(await pdf(image));
    const { context } = await PDFDocument.load(clean.bytes);
    const pictures = context.enumerateIndirectObjects().map(([, o]) => o).filter((o: PDFObject): o is PDFRawStream => o instanceof PDFRawStream && o.dict.get(PDFName.of('Subtype')) === PDFName.of('Image'));
    expect(pictures).toHaveLength(1);
    expect(Buffer.from(pictures[0]!.getContents()).includes(Buffer.from(JPEG_PICTURE))).toBe(true);
    expect(tells(clean.bytes)).toBe(false);
  });
  it('loses earlier versions that were written over', async () => {
    const first = await PDFDocument.load(await pdf((d) => annotated(d, { Subtype: 'Text', Contents: PDFString.of(PLANTED) }), { useObjectStreams: false }), { forIncrementalUpdate: true });
    first.getPage(0).node.delete(PDFName.of('Annots'));
    const second = Buffer.concat([await first.save({ useObjectStreams: false })]);
    const result = await stripped(second);
    expect(result.stripped).toContain('older-versions');
    expect(await said(result.bytes)).not.toContain(PLANTED);
  });

  const refusal = async (bytes: Uint8Array) => (await stripPdf(bytes)) as { refused?: string };
  it('is refused where it is encrypted, signed, broken or not one', async () => {
    expect(await refusal(await pdf((d) => d.encrypt({ userPassword: 'a', ownerPassword: 'b' })))).toMatchObject({ refused: 'attachment.encrypted' });
    const signature: Build = (d, catalog) => catalog.set(PDFName.of('AcroForm'), d.context.obj({ Fields: [{ FT: 'Sig', V: { Type: 'Sig', ByteRange: [0, 1, 2, 3], Contents: PDFString.of('x') } }] }));
    expect(await refusal(await pdf(signature))).toMatchObject({ refused: 'attachment.signed' });
    for (const bytes of [Buffer.from('%PDF-1.7\nnothing'), Buffer.from('%PDF-1.7\n<html><script>alert(1)</script>'), (await pdf()).subarray(0, 300)]) expect(await refusal(bytes)).toMatchObject({ refused: 'attachment.damaged' });
  });
  it('is refused where much is packed in little, before it is unpacked', async () => {
    const nulls = deflateSync(Buffer.alloc(200 * 1024 * 1024));
    const bomb = (dict: string) => Buffer.concat([Buffer.from('%PDF-1.5\n'), ...[1, 2].flatMap((n) => [Buffer.from(`${n} 0 obj\n<<${dict}/Length ${nulls.length}>>stream\n`), nulls, Buffer.from('\nendstream\nendobj\n')])]);
    expect(await refusal(bomb('/Type/ObjStm/N 1/First 5/Filter/FlateDecode'))).toMatchObject({ refused: 'attachment.too-large-inside' });
    for (const chain of ['[/LZWDecode/FlateDecode]', '[/FlateDecode /FlateDecode]', '[/Fl#61teDecode/FlateDecode]', '/ASCII85Decode']) expect(await refusal(bomb(`/Type/Obj#53tm/N 1/First 5/Filter${chain}`))).toMatchObject({ refused: 'attachment.uncleanable' });
  }, 30_000);
  it('is refused where a picture in it cannot be cleaned', async () => {
    const jpx: Build = (d) => {
      const image = d.context.register(PDFRawStream.of(d.context.obj({ Subtype: 'Image', Filter: 'JPXDecode' }), Buffer.from('jp2')));
      d.getPage(0).node.set(PDFName.of('Resources'), d.context.obj({ XObject: { I1: image } }));
    };
    expect(await refusal(await pdf(jpx))).toMatchObject({ refused: 'attachment.uncleanable' });
  });
});
