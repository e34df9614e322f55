import { crc32 } from 'node:zlib';
import { ascii, be32, joined, u32 } from './bytes.js';
import { onlyOrientation, orientationOf } from './exif.js';
import { Broken, type Stripped, type StrippedKind } from './stripped.js';

const SIGNATURE = '\x89PNG\r\n\x1a\n';
/** Chunks that make the picture what it looks like (PNG, third edition, 11). */
const KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB', 'cICP', 'mDCV', 'cLLI', 'bKGD', 'pHYs']);
const KIND: Readonly<Record<string, StrippedKind>> = { tEXt: 'text', zTXt: 'text', iTXt: 'text', eXIf: 'exif', tIME: 'time' };

export function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = joined([Buffer.from(type, 'latin1'), data]);
  return joined([be32(data.length), named, be32(crc32(named))]);
}

/** A PNG without what it tells beside the picture. Every chunk is checked; what stands behind the last is left out. @throws Broken */
export function stripPng(bytes: Uint8Array): Stripped {
  if (ascii(bytes, 0, 8) !== SIGNATURE) throw new Broken('png');
  const found = new Set<StrippedKind>();
  const kept: Uint8Array[] = [];
  const types: string[] = [];
  let orientation = 1;
  let at = 8;
  while (types.at(-1) !== 'IEND') {
    const length = u32(bytes, at);
    const end = at + 12 + length;
    if (end > bytes.length) throw new Broken('png');
    const type = ascii(bytes, at + 4, 4);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== u32(bytes, at + 8 + length)) throw new Broken('png');
    if (types.length === 0 && type !== 'IHDR') throw new Broken('png');
    types.push(type);
    if (KEPT.has(type)) kept.push(bytes.subarray(at, end));
    // Upper case: nobody who does not know it can show the picture.
    else if (/^[A-Z]/.test(type)) throw new Broken('png');
    else found.add(KIND[type] ?? 'other');
    if (type === 'eXIf') orientation = orientationOf(data);
    at = end;
  }
  if (!types.includes('IDAT')) throw new Broken('png');
  if (at < bytes.length) found.add('trailing');
  const turned = orientation === 1 ? [] : [chunk('eXIf', onlyOrientation(orientation))];
  return { bytes: joined([bytes.subarray(0, 8), kept[0]!, ...turned, ...kept.slice(1)]), stripped: [...found] };
}
