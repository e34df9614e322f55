import { isRefusal, refuse, type Refusal } from '#kernel';
import { fileTypeFromBuffer } from 'file-type';
import { stripJpeg } from './images/jpeg.js';
import { stripPng } from './images/png.js';
import { Broken, type Stripped } from './images/stripped.js';
import { stripWebp } from './images/webp.js';
import { stripDocx } from './office/docx.js';
import { stripOdt } from './office/odt.js';
import { Refused } from './office/zip.js';
import { stripPdf } from './pdf.js';
import { textType } from './text.js';

/** In bytes, as it is sent. */
export const MOST_BYTES = 10 * 1024 * 1024;

export interface Clean extends Stripped {
  readonly mediaType: string;
}
type Strip = (bytes: Uint8Array) => Stripped | Refusal | Promise<Stripped | Refusal>;

const BY_TYPE: ReadonlyMap<string, Strip> = new Map<string, Strip>([
  ['image/jpeg', stripJpeg],
  ['image/png', stripPng],
  ['image/webp', stripWebp],
  ['application/pdf', stripPdf],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', stripDocx],
  ['application/vnd.oasis.opendocument.text', stripOdt],
]);
/** Names of files end like this, by media type; the first where another end would mislead. */
export const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  'image/jpeg': ['jpg', 'jpeg'], 'image/png': ['png'], 'image/webp': ['webp'], 'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'], 'application/vnd.oasis.opendocument.text': ['odt'],
  'text/plain': ['txt', 'text', 'md'], 'text/csv': ['csv', 'txt', 'tsv'],
};

/**
 * What may be kept of a file: its type by its content, never by its name; without what tells of places, devices and authors.
 * Refusals: `attachment.unknown-type`, `attachment.too-large`, `attachment.damaged`, `attachment.encrypted`, `attachment.signed`, `attachment.macros`,
 * `attachment.files-inside`, `attachment.picture-inside`, `attachment.too-large-inside`, `attachment.uncleanable`.
 */
export async function clean(bytes: Uint8Array): Promise<Clean | Refusal> {
  if (bytes.length > MOST_BYTES) return refuse('attachment.too-large', { megabytes: MOST_BYTES / 1024 / 1024 });
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const mediaType = type?.mime ?? textType(bytes);
  if (mediaType === 'text/plain' || mediaType === 'text/csv') return { bytes, mediaType, stripped: [] };
  // A compound file: old Office formats, and new ones behind a password.
  if (type?.ext === 'cfb') return refuse('attachment.old-or-encrypted');
  if (mediaType !== null && /macroenabled/i.test(mediaType)) return refuse('attachment.macros');
  const strip = mediaType === null ? undefined : BY_TYPE.get(mediaType);
  if (mediaType === null || strip === undefined) return refuse('attachment.unknown-type');
  try {
    const stripped = await strip(bytes);
    return isRefusal(stripped) ? stripped : { ...stripped, mediaType };
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    if (error instanceof Broken) return refuse('attachment.damaged', { type: EXTENSIONS[mediaType]![0]!.toUpperCase() });
    throw error;
  }
}
