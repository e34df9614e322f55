import { createHash } from 'node:crypto';
import { isRefusal, type Refusal } from '#kernel';
import type { Database } from '#platform/database';
import { clean } from './clean.js';
import { attachmentSteps } from './database.js';
import type { StrippedKind } from './images/stripped.js';

export interface Kept {
  /** SHA-256 of what is kept, lower-case hexadecimal: its address. */
  readonly digest: string;
  /** Of what was sent. */
  readonly originalDigest: string;
  /** In bytes. */
  readonly size: number;
  readonly mediaType: string;
  readonly stripped: readonly StrippedKind[];
}
export interface Bytes {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** What stands under a digest is not what was put there: the disk is bad, or somebody changed it. */
export class NotTheBytes extends Error {
  constructor(readonly digest: string) {
    super(`what is kept as ${digest} has another digest`);
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * The bytes of attachments, by their content: the same twice are kept once, and nothing is ever changed or deleted. Who may read them is the record's to say;
 * here nobody is asked. (ADR 22)
 */
export class Attachments {
  private constructor(private readonly database: Database) {}

  /** @param database shared by all nodes, or `openAttachmentsDatabase`; whoever opened it closes it */
  static async open(database: Database): Promise<Attachments> {
    await database.migrate('attachments', attachmentSteps(database.dialect));
    return new Attachments(database);
  }

  /** Cleans a file and keeps what may be kept. Its refusals are those of `clean`. */
  async put(sent: Uint8Array): Promise<Kept | Refusal> {
    const cleaned = await clean(sent);
    if (isRefusal(cleaned)) return cleaned;
    const { bytes, mediaType, stripped } = cleaned;
    return { digest: await this.#keep(bytes, mediaType), originalDigest: sha256(sent), size: bytes.length, mediaType, stripped };
  }

  /** What stands under a digest; null where nothing does. @throws NotTheBytes */
  async get(digest: string): Promise<Bytes | null> {
    const found = await this.database.get<{ media_type: string; bytes: Uint8Array }>('SELECT media_type, bytes FROM attachments WHERE digest = ?', [digest]);
    if (found === undefined) return null;
    if (sha256(found.bytes) !== digest) throw new NotTheBytes(digest);
    return { bytes: found.bytes, mediaType: found.media_type };
  }

  /** Digests of all that is kept, in their order. */
  async digests(): Promise<readonly string[]> {
    return (await this.database.all<{ digest: string }>('SELECT digest FROM attachments ORDER BY digest')).map((row) => row.digest);
  }

  /** Takes over what another place keeps and this one does not; each is proved by its digest where it is read and again where it is written. @throws NotTheBytes */
  async takeOver(source: Attachments): Promise<{ readonly copied: number; readonly already: number }> {
    const here = new Set(await this.digests());
    const missing = (await source.digests()).filter((digest) => !here.has(digest));
    for (const digest of missing) {
      const found = await source.get(digest);
      if (found === null) throw new NotTheBytes(digest);
      await this.#keep(found.bytes, found.mediaType);
      await this.get(digest);
    }
    return { copied: missing.length, already: here.size };
  }

  async #keep(bytes: Uint8Array, mediaType: string): Promise<string> {
    const digest = sha256(bytes);
    await this.database.run('INSERT INTO attachments (digest, media_type, size, bytes) VALUES (?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING', [digest, mediaType, bytes.length, bytes]);
    return digest;
  }
}
