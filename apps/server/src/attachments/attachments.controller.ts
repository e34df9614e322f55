import { Controller, Headers, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { type Subject, SUBJECTS, type SubjectCollection } from '#contexts/record';
import { isRefusal } from '#kernel';
import { EXTENSIONS, type Kept } from '#platform/attachments';
import { type Appended, uuidv7 } from '#platform/event-store';
import type { Viewer } from '#platform/identity';
import { readerFor } from '#platform/runtime';
import { z } from 'zod';
import { CommandsController } from '../http/commands.controller.js';
import { Problem, problem } from '../http/problem.js';
import { RawBody, type UploadedFile } from '../http/uploads.js';
import { Asking } from '../http/viewer.js';
import { SERVICES, type Services } from '../services.js';

interface Attached extends Appended, Kept {
  /** Of the attachment. */
  readonly id: string;
  readonly name: string;
  /** Where it is read. */
  readonly href: string;
}
const CommandId = z.uuid();

@Controller('api/v1/attachments')
export class AttachmentsController {
  constructor(
    @Inject(CommandsController) private readonly commands: CommandsController,
    @Inject(SERVICES) private readonly services: Services,
  ) {}

  /**
   * One file for one thing: `subject` is `<collection>/<id>`, or its stream. First the bytes are kept, then it is recorded that they are; what breaks off between leaves
   * bytes that nobody sees.
   */
  @Post()
  @HttpCode(200)
  async attach(@RawBody() { bytes, name }: UploadedFile, @Query('subject') asked: unknown, @Query('actingFor') actingFor: unknown, @Headers('idempotency-key') key: string | undefined, @Asking() viewer: Viewer): Promise<Attached> {
    if (viewer.account === null) throw problem(401, 'unauthenticated');
    if (key !== undefined && !CommandId.safeParse(key).success) throw problem(422, 'invalid-idempotency-key');
    const subject = subjectOf(asked);
    const reader = await readerFor(this.services.platform, { tokens: viewer.tokens });
    // Not there and not for you are one answer (G6); nothing is kept for who may not read the thing.
    if (subject === null || (await reader.row(subject.collection, subject.id)) === null) throw problem(404, 'not-found');
    const kept = await this.services.attachments.put(bytes);
    if (isRefusal(kept)) throw new Problem(kept.refused === 'attachment.too-large' ? 413 : 422, kept);
    // The same request again is the same attachment.
    const id = key ?? uuidv7();
    const called = nameFor(name, kept);
    const { digest, originalDigest, size, mediaType, stripped } = kept;
    const input = { attachmentId: id, subject, name: called, mediaType, size, digest, originalDigest, stripped };
    const appended = await this.commands.give('attachments', id, 'attach-file', key, { input, ...(typeof actingFor === 'string' ? { actingFor } : {}) }, viewer);
    return { ...appended, id, name: called, href: `/files/${id}/${encodeURIComponent(called)}`, digest, originalDigest, size, mediaType, stripped };
  }
}

/** `statements/<id>`, or `statement-<id>` as its stream is called; null for anything else. */
export function subjectOf(asked: unknown): Subject | null {
  if (typeof asked !== 'string') return null;
  for (const [collection, category] of Object.entries(SUBJECTS)) {
    const begins = [`${collection}/`, `${category}-`].find((prefix) => asked.startsWith(prefix));
    const id = begins === undefined ? '' : asked.slice(begins.length);
    if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id)) return { collection: collection as SubjectCollection, id };
  }
  return null;
}

/** As its owner calls it, with an end that says what it really is. */
export function nameFor(name: string | null, { mediaType, digest }: Pick<Kept, 'mediaType' | 'digest'>): string {
  const ends = EXTENSIONS[mediaType] ?? [];
  const base = name ?? digest.slice(0, 16);
  const given = /\.([^.]+)$/.exec(base)?.[1]?.toLowerCase();
  return given !== undefined && ends.includes(given) ? base : `${base.slice(0, 190)}.${ends[0] ?? 'bin'}`;
}
