import { Controller, Get, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import type { Designation, TermDoc } from '#contexts/languages';
import { type ExchangedConcept, isTbx, termsFromCsv, termsFromTbx, termsToCsv, termsToTbx } from '#exchange';
import { LanguageTag, type Row } from '#kernel';
import type { Viewer } from '#platform/identity';
import { readerFor } from '#platform/runtime';
import type { FastifyReply } from 'fastify';
import { CommandsController } from '../http/commands.controller.js';
import { Problem, problem } from '../http/problem.js';
import { RawBody, type UploadedFile } from '../http/uploads.js';
import { Asking, Lang } from '../http/viewer.js';
import { SERVICES, type Services } from '../services.js';
import { accepted, asFile, sha256 } from './exchange.controller.js';
import { TranslationMemory, type MemoryAnswer } from './memory.js';
import { allRows, conceptOf, termsInForce } from './translations.js';

/** A concept of a file beside the termbase. */
export interface ComparedConcept {
  readonly conceptId: string;
  /** Of its entry in the termbase, or as it would be. */
  readonly id: string;
  /** `closed`: proposed and not yet approved, or deprecated, so that it cannot be revised. `unfit`: its id or a language is none. */
  readonly status: 'new' | 'same' | 'changed' | 'closed' | 'unfit';
  readonly protected: boolean;
  readonly domain: string | null;
  readonly current: readonly Designation[];
  /** As it would stand: what the file says put over what is there; nothing is taken away. */
  readonly merged: readonly Designation[];
}
interface Compared {
  readonly fileDigest: string;
  readonly concepts: readonly ComparedConcept[];
}
/** What became of each concept: every one is an entry of its own, with its own command. */
interface Imported {
  readonly fileDigest: string;
  readonly concepts: readonly { readonly conceptId: string; readonly command: string; readonly code: string | null; readonly title: string | null }[];
}
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const MOST = 500;

@Controller('api/v1')
export class TermsController {
  constructor(
    @Inject(CommandsController) private readonly commands: CommandsController,
    @Inject(TranslationMemory) private readonly memory: TranslationMemory,
    @Inject(SERVICES) private readonly services: Services,
  ) {}

  /** Approved terms. `format`: `csv` or `tbx`. */
  @Get('terms/export')
  async export(@Query('format') format: unknown, @Asking() viewer: Viewer, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
    if (format !== undefined && format !== 'csv' && format !== 'tbx') throw problem(422, 'exchange.unknown-format', { format: typeof format === 'string' ? format.slice(0, 20) : '', formats: 'csv, tbx' });
    const reader = await readerFor(this.services.platform, { tokens: viewer.tokens });
    const concepts = (await termsInForce(reader, viewer.account?.exercise === true)).map((row) => conceptOf(row.doc));
    if (format === 'tbx') return asFile(reply, 'application/x-tbx+xml; charset=utf-8', 'terms.tbx', accepted(termsToTbx(concepts)));
    return asFile(reply, 'text/csv; charset=utf-8; header=present', 'terms.csv', termsToCsv(concepts));
  }

  /** A table or TBX beside the termbase. Nothing is written. */
  @Post('terms/compare')
  @HttpCode(200)
  compare(@RawBody() file: UploadedFile, @Asking() viewer: Viewer): Promise<Compared> {
    return this.#compared(file, viewer);
  }

  /** New concepts are proposed, changed ones revised; what stands only here stays. */
  @Post('terms/import')
  @HttpCode(200)
  async import(@RawBody() file: UploadedFile, @Asking() viewer: Viewer, @Lang() lang: string): Promise<Imported> {
    const { fileDigest, concepts } = await this.#compared(file, viewer);
    const changed = concepts.filter((c) => c.status === 'new' || c.status === 'changed');
    if (changed.length === 0) throw problem(422, 'exchange.nothing-to-import');
    if (changed.length > MOST) throw problem(422, 'exchange.too-many', { most: MOST });
    const read = new Map(this.#read(file).map((c) => [c.id, c]));
    const outcomes: Imported['concepts'][number][] = [];
    for (const { conceptId, id, status, protected: isProtected, domain, merged } of changed) {
      const definition = read.get(conceptId)?.definition ?? {};
      const command = status === 'new' ? 'propose-term' : 'revise-term';
      const input = status === 'new'
        ? { conceptId, designations: merged, protected: isProtected, ...(domain === null ? {} : { domain }), ...(Object.keys(definition).length === 0 ? {} : { definition }) }
        : { designations: merged };
      try {
        await this.commands.command('terms', id, command, undefined, { input }, viewer);
        outcomes.push({ conceptId, command, code: null, title: null });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        // Where the very first is not permitted, none is.
        if (outcomes.length === 0 && error.status === 403) throw error;
        outcomes.push({ conceptId, command, code: error.refusal.refused, title: this.services.i18n.refusal(lang, error.refusal) });
      }
    }
    return { fileDigest, concepts: outcomes };
  }

  /** Earlier translations of a text, the same and similar ones, with where they stand. */
  @Get('memory')
  async lookUp(@Query('source') source: unknown, @Query('from') from: unknown, @Query('to') to: unknown, @Asking() viewer: Viewer): Promise<MemoryAnswer> {
    const langs = [from, to].map((lang) => LanguageTag.safeParse(lang).data);
    if (typeof source !== 'string' || source.trim() === '' || source.length > 20_000 || langs[0] === undefined || langs[1] === undefined) throw problem(422, 'exchange.invalid-look-up');
    return this.memory.find(viewer, source, langs[0], langs[1]);
  }

  #read = ({ bytes }: UploadedFile): ExchangedConcept[] => accepted(isTbx(bytes) ? termsFromTbx(bytes) : termsFromCsv(bytes));

  async #compared(file: UploadedFile, viewer: Viewer): Promise<Compared> {
    const concepts = this.#read(file);
    const reader = await readerFor(this.services.platform, { tokens: viewer.tokens });
    // An exercise has concepts of its own beside the real ones.
    const own = (row: Row): boolean => (row.mode === 'exercise') === (viewer.account?.exercise === true);
    const known = new Map((await allRows<TermDoc>(reader, 'terms')).toSorted((a, b) => Number(own(a)) - Number(own(b))).map((row) => [row.doc.conceptId, row]));
    return { fileDigest: sha256(file.bytes), concepts: concepts.map((concept) => comparedConcept(concept, known.get(concept.id), file.name ?? sha256(file.bytes).slice(0, 16))) };
  }
}

function comparedConcept({ id, protected: isProtected, domain, designations }: ExchangedConcept, row: Row<TermDoc> | undefined, fileName: string): ComparedConcept {
  const current = row?.doc.designations ?? [];
  const same = (a: Designation) => (b: { readonly lang: string; readonly term: string }) => a.lang === b.lang && a.term.normalize('NFC') === b.term.normalize('NFC');
  // What the file does not say where it is from is from the file.
  const incoming = designations.map((d): Designation => ({ ...d, term: d.term.normalize('NFC').trim(), source: d.source.trim() || fileName }));
  const merged = [
    ...current.map((d) => {
      const found = incoming.find(same(d));
      return found === undefined ? d : { ...d, status: found.status, source: designations.find(same(d))?.source.trim() || d.source };
    }),
    ...incoming.filter((d) => !current.some(same(d))),
  ];
  const fits = ID.test(id) && (domain === null || ID.test(domain)) && incoming.every((d) => LanguageTag.safeParse(d.lang).success) && merged.length > 0;
  const changed = JSON.stringify(merged.map((d) => [d.lang, d.term, d.status, d.source])) !== JSON.stringify(current.map((d) => [d.lang, d.term, d.status, d.source]));
  const status = !fits ? 'unfit' : row === undefined ? 'new' : !changed ? 'same' : row.doc.status === 'approved' ? 'changed' : 'closed';
  return { conceptId: id, id: row?.id ?? id, status, protected: row?.doc.protected ?? isProtected, domain: row?.doc.domain ?? domain, current, merged };
}
