import { createHash } from 'node:crypto';
import { Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import type { MemoryDoc, TranslationDoc } from '#contexts/languages';
import { type ComparedSegment, compareTranslation, type ExchangedTranslation, type ExchangedUnit, readXliff, refuseOther, writeTmx, writeXliff12, writeXliff21 } from '#exchange';
import { isRefusal, type Refusal, type Row } from '#kernel';
import type { Appended } from '#platform/event-store';
import type { Viewer } from '#platform/identity';
import { readerFor } from '#platform/runtime';
import type { ViewReader } from '#platform/views';
import type { FastifyReply } from 'fastify';
import { CommandsController } from '../http/commands.controller.js';
import { Problem, problem } from '../http/problem.js';
import { RawBody, type UploadedFile } from '../http/uploads.js';
import { Asking } from '../http/viewer.js';
import { SERVICES, type Services } from '../services.js';
import { allRows, exchangedTranslation, toTheSecond, unitsOf } from './translations.js';

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
/** @throws Problem 422 with the refusal */
export function accepted<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Problem(422, value);
  return value;
}
/** A file for its reader alone, under a name. */
export function asFile(reply: FastifyReply, type: string, name: string, text: string): Buffer {
  void reply.headers({ 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' });
  return Buffer.from(text, 'utf8');
}
/** In a memory for one tool. */
const MOST_UNITS = 20_000;

interface Compared {
  readonly fileDigest: string;
  readonly fileName: string | null;
  readonly version: string;
  readonly segments: readonly ComparedSegment[];
}

/** Language versions out to translators' tools and back in. What is imported is one command of the languages context, by whoever brings the file. */
@Controller('api/v1/translations')
export class ExchangeController {
  constructor(
    @Inject(CommandsController) private readonly commands: CommandsController,
    @Inject(SERVICES) private readonly services: Services,
  ) {}

  /** `version`: 1.2, the working format, or 2.1. */
  @Get(':id/xliff')
  async xliff(@Param('id') id: string, @Query('version') version: unknown, @Asking() viewer: Viewer, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
    if (version !== undefined && version !== '1.2' && version !== '2.1') throw problem(422, 'exchange.wrong-version', { version: typeof version === 'string' ? version.slice(0, 20) : '' });
    const { translation } = await this.#find(id, viewer);
    const written = accepted(version === '2.1' ? writeXliff21(translation) : writeXliff12(translation));
    return asFile(reply, 'application/xliff+xml; charset=utf-8', `${id}.xlf`, written);
  }

  /** `scope`: what is translated in it (`own`), or with that all certified texts in these languages (`memory`). `brackets`: `codes` for OmegaT, else `signs`. */
  @Get(':id/tmx')
  async tmx(@Param('id') id: string, @Query('scope') scope: unknown, @Query('brackets') brackets: unknown, @Asking() viewer: Viewer, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
    const { translation, row, reader } = await this.#find(id, viewer);
    const units = [...unitsOf(row), ...(scope === 'memory' ? await this.#certified(reader, translation, row) : [])].slice(0, MOST_UNITS);
    const written = accepted(writeTmx({ sourceLang: translation.sourceLang, units }, { brackets: brackets === 'codes' ? 'codes' : 'signs' }));
    return asFile(reply, 'application/x-tmx+xml; charset=utf-8', `${id}.tmx`, written);
  }

  /** A file beside what stands, clause by clause. Nothing is written. */
  @Post(':id/compare')
  @HttpCode(200)
  async compare(@Param('id') id: string, @RawBody() file: UploadedFile, @Asking() viewer: Viewer): Promise<Compared> {
    return this.#compared(file, (await this.#find(id, viewer)).translation);
  }

  /** Header `x-segments`: ids with commas between them, or `all`. */
  @Post(':id/import')
  @HttpCode(200)
  async import(@Param('id') id: string, @RawBody() file: UploadedFile, @Headers('x-segments') asked: string | undefined, @Headers('idempotency-key') key: string | undefined, @Asking() viewer: Viewer): Promise<Appended> {
    const { translation } = await this.#find(id, viewer);
    const { segments, fileDigest, fileName } = this.#compared(file, translation);
    const ids = asked === undefined || asked.trim() === 'all' ? null : new Set(asked.split(',').map((s) => s.trim()).filter((s) => s !== ''));
    const missing = [...(ids ?? [])].filter((one) => !segments.some((s) => s.segmentId === one));
    const chosen = segments.filter((s) => s.incoming !== null && s.status !== 'same' && (ids === null || ids.has(s.segmentId)));
    const unknown = [...missing, ...chosen.filter((s) => s.status === 'unknown').map((s) => s.segmentId)];
    if (unknown.length > 0) throw problem(422, 'exchange.unknown-segments', { segments: unknown.join(', ').slice(0, 200) });
    const unpaired = chosen.filter((s) => s.findings.some((f) => f.kind === 'brackets')).map((s) => s.label ?? s.segmentId);
    if (unpaired.length > 0) throw problem(422, 'exchange.brackets-differ', { segments: unpaired.join(', ').slice(0, 200) });
    if (chosen.length === 0) throw problem(422, 'exchange.nothing-to-import');
    const input = { fileDigest, fileName: fileName ?? `${id}.xlf`, segments: chosen.map((s) => ({ segmentId: s.segmentId, sourceDigest: s.madeFrom, target: s.incoming!, approved: s.approved })) };
    return this.commands.command('translations', id, 'import-xliff', key, { input }, viewer);
  }

  async #find(id: string, viewer: Viewer): Promise<{ readonly row: Row<TranslationDoc>; readonly translation: ExchangedTranslation; readonly reader: ViewReader }> {
    const reader = await readerFor(this.services.platform, { tokens: viewer.tokens });
    const row = await reader.row<TranslationDoc>('translations', id);
    if (row === null) throw problem(404, 'not-found');
    return { row, translation: await exchangedTranslation(reader, row), reader };
  }

  #compared({ bytes, name }: UploadedFile, translation: ExchangedTranslation): Compared {
    const read = accepted(readXliff(bytes));
    const other = refuseOther(read, translation);
    if (other !== null) throw new Problem(422, other);
    return { fileDigest: sha256(bytes), fileName: name, version: read.version, segments: compareTranslation(read, translation, sha256) };
  }

  /** Of other texts, as far as the reader may see them. */
  async #certified(reader: ViewReader, { sourceLang, targetLang, document }: ExchangedTranslation, { mode }: Row): Promise<ExchangedUnit[]> {
    const rows = await allRows<MemoryDoc>(reader, 'memory', { sourceLang, targetLang });
    return rows.filter((row) => row.doc.at !== null && row.doc.doc.id !== document.id && (row.mode !== 'exercise' || mode === 'exercise')).flatMap(({ doc }) =>
      doc.segments.map((s) => ({ id: `${doc.doc.id}.${s.segmentId}`, texts: { [sourceLang]: s.source, [targetLang]: s.target }, at: toTheSecond(doc.at!), origin: doc.title[sourceLang] ?? null })));
  }
}
