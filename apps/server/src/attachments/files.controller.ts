import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import type { AttachmentDoc } from '#contexts/record';
import type { Viewer } from '#platform/identity';
import { readerFor } from '#platform/runtime';
import type { FastifyReply } from 'fastify';
import { problem } from '../http/problem.js';
import { Asking } from '../http/viewer.js';
import { SERVICES, type Services } from '../services.js';

/** Nothing in a file runs, loads or is shown within a page of the product. */
const HEADERS = {
  'content-security-policy': "sandbox; default-src 'none'", 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, no-store', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer',
} as const;

/** The address of files: always a download, and asked for anew each time whether the reader may have it. */
@Controller('files')
export class FilesController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  /** The name in the address is for people; what is sent is told by the id alone. */
  @Get(':id/:name')
  async file(@Param('id') id: string, @Asking() viewer: Viewer, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
    const { platform, attachments } = this.services;
    const reader = await readerFor(platform, { tokens: viewer.tokens });
    const row = await reader.row<AttachmentDoc>('attachments', id);
    // Whoever lost the thing has lost its files, whatever was attached when.
    if (row === null || (await reader.row(row.doc.subject.collection, row.doc.subject.id)) === null) throw problem(404, 'not-found');
    const kept = await attachments.get(row.doc.digest);
    if (kept === null) throw problem(404, 'not-found');
    const type = kept.mediaType.startsWith('text/') ? `${kept.mediaType}; charset=utf-8` : kept.mediaType;
    void reply.headers({ ...HEADERS, 'content-type': type, 'content-disposition': disposition(row.doc.name) });
    return Buffer.from(kept.bytes);
  }
}

/** A download under its name: in ASCII for old programs, in UTF-8 for others (RFC 6266, RFC 8187). */
export function disposition(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
