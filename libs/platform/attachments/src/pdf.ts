import { createInflate } from 'node:zlib';
import { refuse, type Refusal } from '#kernel';
import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFObject, PDFRawStream, PDFRef, PDFStream } from '@cantoo/pdf-lib';
import { stripJpeg } from './images/jpeg.js';
import { Broken, type Stripped, type StrippedKind } from './images/stripped.js';

/** In bytes: how large all that is compressed within may become. */
const INFLATED = 300 * 1024 * 1024;
const STREAMS = 50_000;

/** Keys that speak of the document's making, or that make it act, wherever they stand (ISO 32000-2). */
const TAKEN: Readonly<Record<string, StrippedKind>> = {
  Metadata: 'xmp', PieceInfo: 'private-data', LastModified: 'time', OpenAction: 'actions', AA: 'actions', JS: 'script', JavaScript: 'script', XFA: 'script',
  EmbeddedFiles: 'embedded-files', EF: 'embedded-files', AF: 'embedded-files', Collection: 'embedded-files', RichMediaContent: 'embedded-files', RichMediaSettings: 'embedded-files',
  '3DD': 'embedded-files', Movie: 'embedded-files', URI: 'actions', Legal: 'private-data', DSS: 'private-data', SpiderInfo: 'private-data',
};
/** What stays of actions: to go to a place in the document. */
const HARMLESS = new Set(['GoTo', 'Named']);
const ACTIONS = new Set([
  'URI', 'Launch', 'JavaScript', 'SubmitForm', 'ResetForm', 'ImportData', 'GoToR', 'GoToE', 'Thread', 'Sound', 'Movie', 'Hide', 'SetOCGState', 'Rendition', 'Trans', 'GoTo3DView', 'RichMediaExecute', 'GoToDp',
]);
/** Notes on a page: who wrote them stands in `T`, which elsewhere is the name of a field. */
const MARKUP = new Set([
  'Text', 'FreeText', 'Line', 'Square', 'Circle', 'Polygon', 'PolyLine', 'Highlight', 'Underline', 'Squiggly', 'StrikeOut', 'Stamp', 'Caret', 'Ink', 'Popup', 'FileAttachment', 'Sound', 'Redact', 'Projection',
]);
const AUTHORS = ['T', 'M', 'CreationDate', 'NM'];

const name = (dict: PDFDict, key: string): string | undefined => {
  const value = dict.lookup(PDFName.of(key));
  return value instanceof PDFName ? value.decodeText() : undefined;
};

/**
 * A PDF without its properties, identifiers, earlier versions, files within, scripts and actions. Nothing is drawn anew.
 * Refusals: `attachment.encrypted`, `attachment.signed`, `attachment.damaged`, `attachment.too-large-inside`, `attachment.uncleanable`.
 */
export async function stripPdf(bytes: Uint8Array): Promise<Stripped | Refusal> {
  const bomb = await refuseBomb(bytes);
  if (bomb !== undefined) return bomb;
  let document: PDFDocument;
  try {
    document = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true, ignoreEncryption: true, parseSpeed: 1500 });
    if (document.context.trailerInfo.Encrypt !== undefined) return refuse('attachment.encrypted');
    if (document.getPageCount() === 0) return refuse('attachment.damaged', { type: 'PDF' });
  } catch {
    // What is encrypted cannot even be parsed where its objects are packed.
    return Buffer.from(bytes).includes('/Encrypt') ? refuse('attachment.encrypted') : refuse('attachment.damaged', { type: 'PDF' });
  }
  const { context } = document;
  const found = new Set<StrippedKind>();
  const before = reachable(context);
  if (context.trailerInfo.Info !== undefined) found.add('properties');
  if (context.trailerInfo.ID !== undefined) found.add('document-ids');
  delete context.trailerInfo.Info;
  delete context.trailerInfo.ID;
  try {
    for (const [, object] of context.enumerateIndirectObjects()) for (const dict of dictsIn(object)) if (cleaned(dict, found)) return refuse('attachment.signed');
    const used = reachable(context);
    for (const [ref, object] of context.enumerateIndirectObjects()) {
      if (used.has(ref)) cleanImage(object, found);
      // To what nothing led in the first place is of an earlier version; the rest belonged to what was taken out.
      else if (context.delete(ref) && !before.has(ref) && !isStructure(object)) found.add('older-versions');
    }
    return { bytes: await document.save({ addDefaultPage: false, updateFieldAppearances: false }), stripped: [...found] };
  } catch (error) {
    return error instanceof Broken ? refuse('attachment.uncleanable', { type: 'PDF' }) : refuse('attachment.damaged', { type: 'PDF' });
  }
}

/** The object's own dictionaries, those within them too; not those that it refers to. */
function* dictsIn(object: PDFObject): Generator<PDFDict> {
  const open: PDFObject[] = [object];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next instanceof PDFStream) open.push(next.dict);
    else if (next instanceof PDFArray) open.push(...next.asArray());
    else if (next instanceof PDFDict) {
      yield next;
      open.push(...next.values());
    }
  }
}

/** Does it something else than going to a place? A structure element has an S of its own, and says what it is. */
function isAction(dict: PDFDict): boolean {
  const [type, action] = [name(dict, 'Type'), name(dict, 'S')];
  return type !== 'StructElem' && action !== undefined && (ACTIONS.has(action) || (type === 'Action' && !HARMLESS.has(action)));
}

/** Is it a signature, which would be broken by the cleaning? */
function cleaned(dict: PDFDict, found: Set<StrippedKind>): boolean {
  if (dict.has(PDFName.of('ByteRange')) && dict.has(PDFName.of('Contents'))) return true;
  const [type, subtype] = ['Type', 'Subtype'].map((key) => name(dict, key));
  const take = (key: string, kind: StrippedKind) => {
    if (dict.delete(PDFName.of(key))) found.add(kind);
  };
  if (isAction(dict)) {
    found.add(name(dict, 'S') === 'JavaScript' ? 'script' : 'actions');
    // Without its kind an action does nothing; what it pointed to goes with it.
    for (const key of dict.keys()) dict.delete(key);
    return false;
  }
  for (const key of ['A', 'PA', 'Next']) {
    const value = dict.lookup(PDFName.of(key));
    if (value instanceof PDFDict && isAction(value)) take(key, name(value, 'S') === 'JavaScript' ? 'script' : 'actions');
  }
  for (const [key, kind] of Object.entries(TAKEN)) take(key, kind);
  if (subtype !== undefined && MARKUP.has(subtype) && dict.has(PDFName.of('Rect'))) for (const key of AUTHORS) take(key, 'authors');
  // A path of somebody's machine.
  if (type === 'Filespec' || type === 'F') for (const key of ['F', 'UF', 'DOS', 'Mac', 'Unix', 'Desc']) take(key, 'embedded-files');
  return false;
}

function reachable(context: PDFDocument['context']): ReadonlySet<PDFRef> {
  const seen = new Set<PDFRef>();
  const open: (PDFObject | undefined)[] = [context.trailerInfo.Root, context.trailerInfo.Info];
  while (open.length > 0) {
    const next = open.pop();
    if (next instanceof PDFRef) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(context.lookup(next));
    } else if (next instanceof PDFStream) open.push(next.dict);
    else if (next instanceof PDFArray) open.push(...next.asArray());
    else if (next instanceof PDFDict) open.push(...next.values());
  }
  return seen;
}
const isStructure = (object: PDFObject): boolean => object instanceof PDFStream && ['ObjStm', 'XRef', 'Metadata'].includes(name(object.dict, 'Type') ?? '');

/** A photograph within a PDF is a JPEG as the camera wrote it. @throws Broken */
function cleanImage(object: PDFObject, found: Set<StrippedKind>): void {
  if (!(object instanceof PDFRawStream)) return;
  const filter = object.dict.lookup(PDFName.of('Filter'));
  const filters = (filter instanceof PDFArray ? filter.asArray().map((f) => object.dict.context.lookup(f)) : [filter]).map((f) => (f instanceof PDFName ? f.decodeText() : ''));
  if (filters.includes('JPXDecode') || (filters.length > 1 && (filters.includes('DCTDecode') || filters.includes('DCT')))) throw new Broken('pdf');
  if (filters[0] !== 'DCTDecode' && filters[0] !== 'DCT') return;
  const { bytes, stripped } = stripJpeg(object.getContents(), { endless: true });
  if (stripped.length === 0) return;
  for (const kind of stripped) found.add(kind);
  object.updateContents(bytes);
}

/** The library inflates what it must read whole: before it does, all is inflated here piece by piece and counted. */
async function refuseBomb(bytes: Uint8Array): Promise<Refusal | undefined> {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const text = raw.replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  // Objects packed in another way than any writer packs them, so that they cannot be counted.
  if (/ObjStm|\/XRef/.test(text) && /LZWDecode|RunLengthDecode|ASCII85Decode|ASCIIHexDecode|\/(LZW|RL|A85|AHx)\b|Fl(ateDecode)?[\s[\]]*\/Fl(ateDecode)?\b/.test(text)) return refuse('attachment.uncleanable', { type: 'PDF' });
  let left = INFLATED;
  let streams = 0;
  for (const { index } of raw.matchAll(/(?<!end)stream/g)) {
    if (++streams > STREAMS) return refuse('attachment.too-large-inside');
    let start = index + 'stream'.length;
    while (raw[start] === '\r' || raw[start] === '\n' || raw[start] === ' ') start++;
    // The head of zlib: deflate, and a multiple of 31 (RFC 1950, 2.2).
    if ((bytes[start]! & 0x0f) !== 8 || (bytes[start]! * 256 + bytes[start + 1]!) % 31 !== 0) continue;
    left -= await inflatedSize(bytes.subarray(start), left);
    if (left < 0) return refuse('attachment.too-large-inside');
  }
  return undefined;
}

/** How much comes out of it, up to a little more than the limit; what follows its end is not read. */
function inflatedSize(bytes: Uint8Array, limit: number): Promise<number> {
  return new Promise((resolve) => {
    let size = 0;
    const inflate = createInflate({ chunkSize: 256 * 1024 });
    const done = () => {
      resolve(size);
      inflate.destroy();
    };
    inflate.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size > limit) done();
    });
    inflate.on('end', done).on('error', done);
    inflate.end(bytes);
  });
}
