import { refuse, type Refusal } from '#kernel';
import JSZip from 'jszip';

/** Parts of a document, bytes of one part and of all. */
export const LIMITS = { parts: 2_000, part: 30 * 1024 * 1024, all: 60 * 1024 * 1024 };

/** A file with a password, a macro, a file within: thrown within, told as a refusal. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.refused);
  }
}
export const fail = (...args: Parameters<typeof refuse>): never => {
  throw new Refused(refuse(...args));
};

/** Parts of a ZIP by name, in its order. Inflated piece by piece: the sizes that its directory claims may be lies. @throws Refused */
export async function unzip(bytes: Uint8Array, type: string): Promise<Map<string, Uint8Array>> {
  let zip: JSZip;
  const entries = entriesOf(bytes);
  if (entries === null) return fail('attachment.damaged', { type });
  if (entries > LIMITS.parts) return fail('attachment.too-large-inside');
  try {
    zip = await JSZip.loadAsync(bytes, { createFolders: false });
  } catch {
    return fail('attachment.damaged', { type });
  }
  const files = Object.values(zip.files).filter((file) => !file.dir);
  if (files.length > LIMITS.parts) return fail('attachment.too-large-inside');
  const parts = new Map<string, Uint8Array>();
  let all = 0;
  for (const file of files) {
    const part = await inflated(file, Math.min(LIMITS.part, LIMITS.all - all), type);
    all += part.length;
    parts.set(file.name, part);
  }
  return parts;
}

/** How many entries the end record of the directory tells; null where it has none. */
function entriesOf(bytes: Uint8Array): number | null {
  for (let i = bytes.length - 22; i >= Math.max(0, bytes.length - 22 - 65_535); i--)
    if (bytes[i] === 0x50 && bytes[i + 1] === 0x4b && bytes[i + 2] === 5 && bytes[i + 3] === 6) return bytes[i + 10]! | (bytes[i + 11]! << 8);
  return null;
}

function inflated(file: JSZip.JSZipObject, limit: number, type: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const pieces: Uint8Array[] = [];
    let size = 0;
    // Of the library's own, not in its types: `async()` gives all at once.
    const stream = (file as unknown as { internalStream(type: 'uint8array'): JSZip.JSZipStreamHelper<Uint8Array> }).internalStream('uint8array');
    stream.on('data', (piece) => {
      size += piece.length;
      if (size <= limit) pieces.push(piece);
      else {
        stream.pause();
        reject(new Refused(refuse('attachment.too-large-inside')));
      }
    });
    stream.on('error', () => reject(new Refused(refuse('attachment.damaged', { type }))));
    stream.on('end', () => resolve(Buffer.concat(pieces)));
    stream.resume();
  });
}

/** The same parts always give the same bytes: without times, comments or owners. `stored` stands first and uncompressed. */
export function zipped(parts: ReadonlyMap<string, Uint8Array>, stored?: string): Promise<Uint8Array> {
  const zip = new JSZip();
  const options = { date: new Date(Date.UTC(1980, 0, 1)), createFolders: false };
  const names = [...parts.keys()].toSorted((a, b) => Number(b === stored) - Number(a === stored));
  for (const name of names) zip.file(name, parts.get(name)!, { ...options, compression: name === stored ? 'STORE' : 'DEFLATE' });
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE', platform: 'DOS' });
}
