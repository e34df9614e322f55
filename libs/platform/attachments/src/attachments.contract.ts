import { isRefusal } from '#kernel';
import type { Database } from '#platform/database';
import { Attachments, type Kept, NotTheBytes } from './attachments.js';
import { jpeg, png, tells } from './samples.contract.js';

export interface Place {
  /** Another instance over the same, new database of this test. */
  open(): Promise<Database>;
  dispose(): Promise<void>;
}

/** What both engines do alike. */
export function attachmentsContract(name: string, start: () => Promise<Place>): void {
  describe(`attachments in ${name}`, () => {
    let place: Place;
    let database: Database;
    let attachments: Attachments;
    beforeEach(async () => {
      place = await start();
      database = await place.open();
      attachments = await Attachments.open(database);
    });
    afterEach(() => place.dispose());

    const kept = async (bytes: Uint8Array, where = attachments): Promise<Kept> => {
      const result = await where.put(bytes);
      if (isRefusal(result)) throw new Error(JSON.stringify(result));
      return result;
    };

    it('are kept clean under their digest, with that of what was sent', async () => {
      const photograph = jpeg();
      const result = await kept(photograph);
      expect(result).toMatchObject({ mediaType: 'image/jpeg', stripped: ['exif', 'xmp', 'iptc', 'comment'] });
      expect(result.originalDigest).not.toBe(result.digest);
      const found = await attachments.get(result.digest);
      expect(found?.mediaType).toBe('image/jpeg');
      expect(found?.bytes).toHaveLength(result.size);
      expect(tells(found!.bytes)).toBe(false);
      expect(await attachments.get(result.originalDigest)).toBeNull();
    });
    it('are kept once, whoever brings the same, also at once and from several nodes', async () => {
      const other = await Attachments.open(await place.open());
      const all = await Promise.all([kept(jpeg()), kept(jpeg(), other), kept(jpeg({ planted: false })), kept(png(), other)]);
      expect(new Set(all.map(({ digest }) => digest)).size).toBe(2);
      expect(await attachments.digests()).toHaveLength(2);
    });
    it('keep nothing of what is refused', async () => {
      expect(await attachments.put(Buffer.from('MZ\x90\0\x03'))).toMatchObject({ refused: 'attachment.unknown-type' });
      expect(await attachments.digests()).toEqual([]);
    });
    it('are proved when they are read', async () => {
      const { digest } = await kept(png());
      await database.run('UPDATE attachments SET bytes = ? WHERE digest = ?', [Buffer.from('something else'), digest]);
      await expect(attachments.get(digest)).rejects.toThrow(NotTheBytes);
    });
    it('keep ten megabytes', async () => {
      const text = Buffer.alloc(10 * 1024 * 1024, 'a line of text\n');
      const { digest, size, mediaType } = await kept(text);
      expect([size, mediaType]).toEqual([text.length, 'text/plain']);
      expect(Buffer.compare(Buffer.from((await attachments.get(digest))!.bytes), text)).toBe(0);
    });
  });
}
