import { ascii, joined, u16 } from './bytes.js';
import { onlyOrientation, orientationOf } from './exif.js';
import { Broken, type Stripped } from './stripped.js';

const EXIF = 'Exif\0\0';
/** Colour stays: without its profile, or Adobe's word on the transformation, a picture looks otherwise. */
const PROFILE = 'ICC_PROFILE\0';

interface Segment {
  readonly marker: number;
  /** From the marker to the end of its data. */
  readonly bytes: Uint8Array;
  readonly body: Uint8Array;
}

/**
 * Segments of a JPEG (ITU-T T.81, B.1.1); what a scan holds is a segment with the marker 0, the end one with what stands behind it.
 * @param endless also one that breaks off after a scan, as they stand in PDFs @throws Broken
 */
function* segmentsOf(bytes: Uint8Array, endless: boolean): Generator<Segment> {
  if (u16(bytes, 0) !== 0xffd8) throw new Broken('jpeg');
  let at = 2;
  let scanned = false;
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) throw new Broken('jpeg');
    // A marker may have any number of fill bytes before it.
    while (bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) {
      if (!scanned) throw new Broken('jpeg');
      yield { marker, bytes: bytes.subarray(at + 2), body: bytes.subarray(at + 2) };
      return;
    }
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8)) throw new Broken('jpeg');
    const length = u16(bytes, at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) throw new Broken('jpeg');
    yield { marker, bytes: bytes.subarray(at, end), body: bytes.subarray(at + 4, end) };
    at = end;
    if (marker !== 0xda) continue;
    let next = at;
    for (; next < bytes.length; next++) {
      if (bytes[next] !== 0xff) continue;
      const after = bytes[next + 1] ?? 0;
      if (after !== 0 && after !== 0xff && !(after >= 0xd0 && after <= 0xd7)) break;
    }
    scanned = true;
    yield { marker: 0, bytes: bytes.subarray(at, next), body: bytes.subarray(at, next) };
    at = next;
  }
  if (!endless || !scanned) throw new Broken('jpeg');
}

/** A JPEG without what it tells beside the picture, whose own bytes stay as they are. @throws Broken */
export function stripJpeg(bytes: Uint8Array, { endless = false }: { readonly endless?: boolean } = {}): Stripped {
  const found = new Set<Stripped['stripped'][number]>();
  const kept: Uint8Array[] = [];
  let orientation = 1;
  let framed = false;
  for (const { marker, bytes: segment, body } of segmentsOf(bytes, endless)) {
    const starts = (text: string) => ascii(body, 0, text.length) === text;
    if (marker === 0xe0 && starts('JFIF\0')) {
      // Version, unit and density; without the small picture that may follow.
      if (body.length > 14) found.add('thumbnail');
      if (body.length >= 14) kept.push(joined([Uint8Array.of(0xff, 0xe0, 0, 16), body.subarray(0, 12), Uint8Array.of(0, 0)]));
    } else if (marker === 0xe0) found.add('thumbnail');
    else if (marker === 0xe1 && starts(EXIF)) {
      found.add('exif');
      if (orientation === 1) orientation = orientationOf(body.subarray(EXIF.length));
    } else if (marker === 0xe1) found.add('xmp');
    else if ((marker === 0xe2 && starts(PROFILE)) || (marker === 0xee && starts('Adobe'))) kept.push(segment);
    else if (marker === 0xed) found.add('iptc');
    else if (marker >= 0xe0 && marker <= 0xef) found.add('other');
    else if (marker === 0xfe) found.add('comment');
    else if (marker === 0xd9) {
      // Something stands behind the end: another picture, a film, an archive.
      if (segment.some((byte) => byte !== 0)) found.add('trailing');
    }
    else {
      if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) framed = true;
      kept.push(segment);
    }
  }
  if (!framed) throw new Broken('jpeg');
  const exif = joined([Buffer.from(EXIF, 'latin1'), onlyOrientation(orientation)]);
  const turned = orientation === 1 ? [] : [Uint8Array.of(0xff, 0xe1, 0, exif.length + 2), exif];
  return { bytes: joined([Uint8Array.of(0xff, 0xd8), ...turned, ...kept, Uint8Array.of(0xff, 0xd9)]), stripped: [...found] };
}
