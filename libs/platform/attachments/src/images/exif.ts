import { ascii, joined } from './bytes.js';

const ORIENTATION = 0x0112;
const SHORT = 3;

/** How a picture is to be turned (Exif 2.3, 4.6.4 A: 2 to 8); 1 where it stands as it is, or nothing can be read. @param tiff from its byte order mark */
export function orientationOf(tiff: Uint8Array): number {
  const order = ascii(tiff, 0, 2);
  if (order !== 'II' && order !== 'MM') return 1;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = order === 'II';
  try {
    const directory = view.getUint32(4, little);
    const entries = view.getUint16(directory, little);
    for (let i = 0; i < entries; i++) {
      const at = directory + 2 + i * 12;
      if (view.getUint16(at, little) !== ORIENTATION || view.getUint16(at + 2, little) !== SHORT) continue;
      const value = view.getUint16(at + 8, little);
      return value >= 1 && value <= 8 ? value : 1;
    }
  } catch {
    // It ends before what it speaks of: then it says nothing.
  }
  return 1;
}

/** A directory with the orientation and nothing else. */
export function onlyOrientation(orientation: number): Uint8Array {
  return joined([
    Buffer.from('MM\0*\0\0\0\x08', 'latin1'),
    Uint8Array.of(0, 1, ORIENTATION >> 8, ORIENTATION & 0xff, 0, SHORT, 0, 0, 0, 1, 0, orientation, 0, 0),
    Uint8Array.of(0, 0, 0, 0),
  ]);
}
