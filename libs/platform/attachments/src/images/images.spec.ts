import { fileTypeFromBuffer } from 'file-type';
import { jpeg, JPEG_PICTURE, png, tells, tiff, webp } from '../samples.contract.js';
import { orientationOf } from './exif.js';
import { stripJpeg } from './jpeg.js';
import { stripPng } from './png.js';
import { Broken, type Stripped } from './stripped.js';
import { stripWebp } from './webp.js';

const FORMATS: readonly (readonly [string, (more?: { orientation?: number; planted?: boolean }) => Uint8Array, (bytes: Uint8Array) => Stripped])[] = [
  ['JPEG', jpeg, stripJpeg],
  ['PNG', png, stripPng],
  ['WebP', webp, stripWebp],
];

describe.each(FORMATS)('a photograph as %s', (_, make, strip) => {
  it('says no more where it was taken, and is the same picture', async () => {
    expect(tells(make())).toBe(true);
    const { bytes, stripped } = strip(make());
    expect(tells(bytes)).toBe(false);
    expect(Buffer.from(bytes).includes('Exif')).toBe(false);
    expect(stripped).toContain('exif');
    expect(bytes).toEqual(make({ planted: false }));
    expect((await fileTypeFromBuffer(bytes))?.mime).toBe((await fileTypeFromBuffer(make()))?.mime);
    // Cleaned twice it stays as it is.
    expect(strip(bytes)).toEqual({ bytes, stripped: [] });
  });
  it.each([2, 3, 6, 8])('keeps how it is turned (%i), and nothing else of it', (orientation) => {
    const { bytes } = strip(make({ orientation }));
    const buffer = Buffer.from(bytes);
    expect(tells(bytes)).toBe(false);
    const at = buffer.indexOf('MM\0*');
    expect(orientationOf(bytes.subarray(at))).toBe(orientation);
    expect(buffer.includes(Buffer.from([0x88, 0x25]))).toBe(false);
    expect(buffer.includes(Buffer.from([0x25, 0x88]))).toBe(false);
  });
  it('is refused where it breaks off, at whatever place', () => {
    const whole = make();
    for (let end = 12; end < whole.length - 2; end += 7) expect(() => strip(whole.subarray(0, end))).toThrow(Broken);
  });
  it('loses what stands behind its end', () => {
    const { bytes, stripped } = strip(Buffer.concat([make(), Buffer.from('PK\x03\x04 an archive')]));
    expect(stripped).toContain('trailing');
    expect(Buffer.from(bytes).includes('archive')).toBe(false);
  });
});

it('the scan of a JPEG stays byte for byte', () => {
  expect(Buffer.from(stripJpeg(jpeg()).bytes).includes(Buffer.from(JPEG_PICTURE))).toBe(true);
});
it('a JPEG of a PDF may lack its end', () => {
  const cut = jpeg().subarray(0, -2);
  expect(() => stripJpeg(cut)).toThrow(Broken);
  expect(stripJpeg(cut, { endless: true }).bytes).toEqual(jpeg({ planted: false }));
});
it('a changed byte of a PNG chunk is noticed', () => {
  const bytes = Uint8Array.from(png());
  bytes[20]! ^= 1;
  expect(() => stripPng(bytes)).toThrow(Broken);
});
it('an Exif directory that leads nowhere says nothing', () => {
  expect(orientationOf(tiff(6))).toBe(6);
  expect(orientationOf(tiff(9))).toBe(1);
  for (let end = 0; end < 30; end++) expect(orientationOf(tiff(6).subarray(0, end))).toBe(1);
  expect(orientationOf(new TextEncoder().encode('MM\0*\xff\xff\xff\xff'))).toBe(1);
});
