import { isRefusal, refuse, type Refusal } from '#kernel';
import JSZip from 'jszip';

/** Parts of an Office file, opened within limits: entries, bytes of each part and of all that is read. */
export const LIMITS = { entries: 2_000, part: 20 * 1024 * 1024, all: 40 * 1024 * 1024 };
export interface Parts {
  readonly names: readonly string[];
  /** A part's bytes; null where there is none of that name. */
  read(name: string): Promise<Uint8Array | Refusal | null>;
}

const at = (bytes: Uint8Array, i: number): number => bytes[i]! | (bytes[i + 1]! << 8);
/** Number of entries by the end record of the directory; null where it is no ZIP, or is cut off. */
function entriesOf(bytes: Uint8Array): number | null {
  for (let i = bytes.length - 22; i >= Math.max(0, bytes.length - 22 - 65_535); i--)
    if (bytes[i] === 0x50 && bytes[i + 1] === 0x4b && bytes[i + 2] === 5 && bytes[i + 3] === 6) return at(bytes, i + 10);
  return null;
}

/** Refusals: `exchange.not-docx`, `exchange.encrypted`, `exchange.too-large-inside`. Nothing is inflated yet. */
export async function openParts(bytes: Uint8Array): Promise<Parts | Refusal> {
  // The compound file of old Office formats, and of a new one behind a password.
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0) return refuse('exchange.encrypted');
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return refuse('exchange.not-docx');
  const entries = entriesOf(bytes);
  if (entries === null) return refuse('exchange.not-docx');
  if (entries > LIMITS.entries) return refuse('exchange.too-large-inside', { entries });
  let zip: JSZip;
  try {
    zip = await JSZip.loadAsync(bytes, { createFolders: false });
  } catch {
    return refuse('exchange.not-docx');
  }
  let all = 0;
  return {
    names: Object.keys(zip.files),
    async read(name) {
      const file = zip.file(name);
      if (file === null) return null;
      const result = await inflated(file, Math.min(LIMITS.part, LIMITS.all - all));
      if (!isRefusal(result)) all += result.length;
      return result;
    },
  };
}

/** Inflates piece by piece, and stops as soon as there is more than allowed: the sizes that the directory claims may be lies. */
function inflated(file: JSZip.JSZipObject, limit: number): Promise<Uint8Array | Refusal> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const stream = (file as unknown as { internalStream(type: 'uint8array'): JSZip.JSZipStreamHelper<Uint8Array> }).internalStream('uint8array');
    stream.on('data', (chunk) => {
      size += chunk.length;
      if (size > limit) {
        stream.pause();
        resolve(refuse('exchange.too-large-inside', { bytes: limit }));
      } else chunks.push(chunk);
    });
    stream.on('error', () => resolve(refuse('exchange.not-docx')));
    stream.on('end', () => {
      const bytes = new Uint8Array(size);
      let offset = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, offset);
        offset += chunk.length;
      }
      resolve(bytes);
    });
    stream.resume();
  });
}
