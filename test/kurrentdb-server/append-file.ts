import { closeSync, existsSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

const HEADER = 8;
const CHUNK = 4 * 1024 * 1024;

/** Frames of bytes (length, checksum, content) at the end of one file. A frame counts once it was synced to the disk. */
export class AppendFile {
  readonly #handle: FileHandle;
  #end: number;
  #queue: { frame: Buffer; resolve: () => void; reject: (error: unknown) => void }[] = [];
  #writing: Promise<void> | undefined;
  #failed: unknown;

  private constructor(handle: FileHandle, end: number) {
    this.#handle = handle;
    this.#end = end;
  }

  /** Opens the file, hands over each frame with its place, and drops what a killed process left half-written at the end. */
  static async open(folder: string, onFrame: (content: Buffer, offset: number) => void): Promise<AppendFile> {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, 'events.log');
    const end = existsSync(path) ? recover(path, onFrame) : 0;
    return new AppendFile(await open(path, end === 0 ? 'w+' : 'r+'), end);
  }

  /** Takes a frame; what comes while others are being synced shares the next sync. */
  append(content: Buffer): { offset: number; written: Promise<void> } {
    const header = Buffer.alloc(HEADER);
    header.writeUInt32LE(content.length, 0);
    header.writeUInt32LE(crc32(content), 4);
    const offset = this.#end + HEADER;
    this.#end = offset + content.length;
    const written = new Promise<void>((resolve, reject) =>
      this.#queue.push({ frame: Buffer.concat([header, content]), resolve, reject }),
    );
    this.#writing ??= this.#write(offset - HEADER);
    return { offset, written };
  }

  read(offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafeSlow(length);
    for (let got = 0; got < length;) {
      const read = readSync(this.#handle.fd, bytes, got, length - got, offset + got);
      if (read === 0) throw new Error(`the file ends before ${offset + length}`);
      got += read;
    }
    return bytes;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#handle.close();
  }

  async #write(start: number): Promise<void> {
    // A turn of the loop, so that what arrives together is written together.
    await new Promise((resolve) => setImmediate(resolve));
    for (let at = start; this.#queue.length > 0;) {
      const group = this.#queue;
      this.#queue = [];
      try {
        if (this.#failed !== undefined) throw this.#failed;
        const bytes = group.length === 1 ? group[0]!.frame : Buffer.concat(group.map(({ frame }) => frame));
        for (let done = 0; done < bytes.length;)
          done += (await this.#handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
        await this.#handle.datasync();
        at += bytes.length;
        for (const { resolve } of group) resolve();
      } catch (error) {
        this.#failed = error;
        for (const { reject } of group) reject(error);
      }
    }
    this.#writing = undefined;
  }
}

function recover(path: string, onFrame: (content: Buffer, offset: number) => void): number {
  const fd = openSync(path, 'r+');
  try {
    const { size } = fstatSync(fd);
    let held = Buffer.alloc(0);
    let at = 0;
    const hold = (length: number): boolean => {
      if (at + length > size) return false;
      if (held.length >= length) return true;
      const more = Buffer.allocUnsafeSlow(Math.min(Math.max(length - held.length, CHUNK), size - at - held.length));
      readSync(fd, more, 0, more.length, at + held.length);
      held = Buffer.concat([held, more]);
      return true;
    };
    while (hold(HEADER)) {
      const length = held.readUInt32LE(0);
      const sum = held.readUInt32LE(4);
      if (!hold(HEADER + length)) break;
      const content = held.subarray(HEADER, HEADER + length);
      if (crc32(content) !== sum) break;
      onFrame(content, at + HEADER);
      held = held.subarray(HEADER + length);
      at += HEADER + length;
    }
    if (at < size) ftruncateSync(fd, at);
    return at;
  } finally {
    closeSync(fd);
  }
}
