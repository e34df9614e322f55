import { ascii, joined, le32, u32le } from './bytes.js';
import { onlyOrientation, orientationOf } from './exif.js';
import { Broken, type Stripped, type StrippedKind } from './stripped.js';

const KEPT = new Set(['VP8 ', 'VP8L', 'ALPH', 'ICCP', 'ANIM']);
/** Bits of VP8X (RFC 9649, 2.7). */
const [HAS_XMP, HAS_EXIF] = [0x04, 0x08];
const FRAME = 16;

export function chunk(name: string, data: Uint8Array): Uint8Array {
  return joined([Buffer.from(name, 'latin1'), le32(data.length), data, new Uint8Array(data.length % 2)]);
}
function* chunksOf(bytes: Uint8Array): Generator<readonly [name: string, data: Uint8Array]> {
  for (let at = 0; at < bytes.length; ) {
    const length = u32le(bytes, at + 4);
    if (at + 8 + length > bytes.length) throw new Broken('webp');
    yield [ascii(bytes, at, 4), bytes.subarray(at + 8, at + 8 + length)];
    at += 8 + length + (length % 2);
  }
}

/** A WebP without what it tells beside the picture; what stands behind it is left out. @throws Broken */
export function stripWebp(bytes: Uint8Array): Stripped {
  const size = u32le(bytes, 4) + 8;
  if (ascii(bytes, 0, 4) !== 'RIFF' || ascii(bytes, 8, 4) !== 'WEBP' || size > bytes.length) throw new Broken('webp');
  const found = new Set<StrippedKind>(size < bytes.length ? ['trailing'] : []);
  const kept: (readonly [name: string, data: Uint8Array])[] = [];
  let orientation = 1;
  for (const [name, data] of chunksOf(bytes.subarray(12, size))) {
    if (KEPT.has(name)) kept.push([name, data]);
    else if (name === 'VP8X' && data.length >= 10 && kept.length === 0) kept.push([name, data]);
    else if (name === 'ANMF') kept.push([name, frame(data, found)]);
    else if (name === 'EXIF') {
      found.add('exif');
      orientation = orientationOf(ascii(data, 0, 6) === 'Exif\0\0' ? data.subarray(6) : data);
    } else found.add(name === 'XMP ' ? 'xmp' : 'other');
  }
  if (!kept.some(([name]) => name === 'VP8 ' || name === 'VP8L' || name === 'ANMF')) throw new Broken('webp');
  const [first] = kept;
  if (first?.[0] === 'VP8X') {
    const flags = Uint8Array.from(first[1]);
    flags[0] = (flags[0]! & ~(HAS_XMP | HAS_EXIF)) | (orientation === 1 ? 0 : HAS_EXIF);
    kept[0] = ['VP8X', flags];
    if (orientation !== 1) kept.push(['EXIF', onlyOrientation(orientation)]);
  }
  const body = joined(kept.map(([name, data]) => chunk(name, data)));
  return { bytes: joined([Buffer.from('RIFF'), le32(body.length + 4), Buffer.from('WEBP'), body]), stripped: [...found] };
}

/** One picture of a moving one: its place and time, and its own chunks. */
function frame(data: Uint8Array, found: Set<StrippedKind>): Uint8Array {
  const chunks = [...chunksOf(data.subarray(FRAME))];
  if (chunks.some(([name]) => !KEPT.has(name))) found.add('other');
  return joined([data.subarray(0, FRAME), ...chunks.filter(([name]) => KEPT.has(name)).map(([name, inner]) => chunk(name, inner))]);
}
