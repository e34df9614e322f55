import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { Row } from '#kernel';
import type { GroupDoc } from '#contexts/directory';
import type { MouDoc } from '#contexts/agreements';
import type { NetworkDoc } from '#contexts/governance';
import type { AmendmentDoc, StatementDoc } from '#contexts/statements';
import type { ExchangedDocument } from '#exchange';
import type { Viewer } from '#platform/identity';
import { readerFor } from '#platform/runtime';
import type { ViewReader } from '#platform/views';
import type { FastifyReply } from 'fastify';
import { problem } from '../http/problem.js';
import { Asking, Lang } from '../http/viewer.js';
import { SERVICES, type Services } from '../services.js';
import { actsOf, historyOf, streamsOf } from './acts.js';
import { deadlinesOf } from './deadlines.js';
import { exchangedMou, exchangedStatement, namedIn, namedInMou } from './documents.js';
import { FORMATS } from './formats.js';
import { ExportVoice } from './voice.js';

const COLLECTIONS = { statements: 'statement', mous: 'mou' } as const;
type Collection = keyof typeof COLLECTIONS;
interface Found {
  readonly doc: ExchangedDocument;
  readonly row: Row<StatementDoc | MouDoc>;
}

/** Texts as files, with what the reader may see and nothing else. */
@Controller('api/v1/exports')
export class ExportsController {
  readonly #voice: ExportVoice;
  constructor(@Inject(SERVICES) private readonly services: Services) {
    this.#voice = new ExportVoice(services.i18n);
  }

  /** `<id>.<format>`; `lang`: one language, several with commas, or `all`; `amendments`: ids with commas, or `all`; `layout`: `columns` or `sequence`. */
  @Get(':collection/:file')
  async export(
    @Param('collection') collection: string, @Param('file') file: string, @Query() query: Readonly<Record<string, unknown>>, @Asking() viewer: Viewer, @Lang() own: string, @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const [, id, extension = ''] = /^([A-Za-z0-9][A-Za-z0-9_-]{0,63})\.([a-z0-9.]{1,12})$/.exec(file) ?? [];
    if (id === undefined || !(collection in COLLECTIONS)) throw problem(404, 'not-found');
    const format = Object.hasOwn(FORMATS, extension) ? FORMATS[extension] : undefined;
    if (format === undefined) throw problem(422, 'exchange.unknown-format', { format: extension, formats: Object.keys(FORMATS).join(', ') });
    const reader = await readerFor(this.services.platform, { tokens: viewer.tokens });
    const found = await this.#find(reader, collection as Collection, id, own);
    // Not there and not for you are one answer (G6): an embargoed text is readable by those whom its label names.
    if (found === null) throw problem(404, 'not-found');
    const langs = languagesOf(found.doc, query['lang'], own);
    const amendments = amendmentsOf(found.doc, query['amendments']);
    const doc = { ...found.doc, amendments: found.doc.amendments.filter((a) => amendments.includes(a.id)) };
    const used = format.single ? langs.slice(0, 1) : langs;
    const title = doc.title[used[0]!] ?? Object.values(doc.title)[0] ?? id;
    const written = await format.write({
      doc, langs: used, layout: query['layout'] === 'columns' ? 'columns' : 'sequence', amendments, voice: this.#voice, network: await this.#network(reader, used[0]!, doc.exercise),
      deadlines: deadlinesOf(collection as Collection, found.row, title, used[0]!, this.#voice), at: new Date().toISOString(), host: new URL(this.services.config.publicUrl).hostname,
    });
    const name = `${COLLECTIONS[collection as Collection]}-${id}${used.length === 1 ? `-${used[0]}` : ''}.${format.extension}`;
    void reply.headers({
      'content-type': format.type, 'content-language': used.join(', '), 'content-disposition': `attachment; filename="${name}"`, 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store',
    });
    return Buffer.from(written as Uint8Array);
  }

  async #find(reader: ViewReader, collection: Collection, id: string, lang: string): Promise<Found | null> {
    const row = await reader.row<StatementDoc | MouDoc>(collection, id);
    if (row === null) return null;
    const acts = await actsOf(reader, `${COLLECTIONS[collection]}-${id}`);
    const amendments = collection === 'statements' ? await reader.rows<AmendmentDoc>('amendments', { statement: id, status: 'open' }, { limit: 500 }) : [];
    const named = collection === 'statements' ? namedIn(row.doc as StatementDoc, amendments.map((a) => a.doc)) : namedInMou(row.doc as MouDoc);
    const groupIds = [...new Set(named.filter((stream) => stream.startsWith('group-')).map((stream) => stream.slice('group-'.length)))];
    const groups = await Promise.all(groupIds.map(async (g) => [g, (await reader.row<GroupDoc>('groups', g))?.doc.parliamentId ?? null] as const));
    const names = await reader.titles([...named, ...streamsOf(acts), ...groups.flatMap(([, p]) => (p === null ? [] : [`parliament-${p}`]))]);
    const around = { names, voice: this.#voice, history: historyOf(acts, names, lang), parliaments: Object.fromEntries(groups), origin: this.services.config.publicUrl.replace(/\/$/, '') };
    return { row, doc: collection === 'statements' ? exchangedStatement(row as Row<StatementDoc>, amendments, around) : exchangedMou(row as Row<MouDoc>, around) };
  }
  /** The network whose document it is: the one of the same mode that the reader may know. */
  async #network(reader: ViewReader, lang: string, exercise: boolean): Promise<{ id: string; name: string }> {
    const rows = await reader.rows<NetworkDoc>('networks', {}, { limit: 20 });
    const own = rows.find((row) => (row.mode === 'exercise') === exercise);
    return own === undefined ? { id: 'network', name: 'Network' } : { id: own.id, name: own.doc.names[lang] ?? own.doc.names['en'] ?? Object.values(own.doc.names)[0] ?? own.id };
  }
}

function languagesOf({ languages, title }: ExchangedDocument, asked: unknown, own: string): string[] {
  const tags = languages.length > 0 ? languages.map((l) => l.tag) : Object.keys(title);
  if (asked === 'all') return tags;
  if (asked === undefined || asked === '') return [tags.includes(own) ? own : (tags[0] ?? own)];
  const wanted = typeof asked === 'string' ? [...new Set(asked.split(',').slice(0, 20))] : [];
  // The tag itself is said only where it looks like one.
  const unknown = wanted.find((tag) => !tags.includes(tag));
  if (unknown !== undefined || wanted.length === 0) throw problem(422, 'exchange.unknown-language', { lang: /^[A-Za-z-]{2,20}$/.test(unknown ?? '') ? unknown! : '?' });
  return wanted;
}
function amendmentsOf({ amendments }: ExchangedDocument, asked: unknown): string[] {
  const ids = amendments.map((a) => a.id);
  if (asked === 'all') return ids;
  if (typeof asked !== 'string' || asked === '') return [];
  const wanted = asked.split(',').slice(0, 200);
  const unknown = wanted.find((id) => !ids.includes(id));
  if (unknown !== undefined) throw problem(404, 'exchange.unknown-amendment', { amendment: /^[A-Za-z0-9_-]{1,64}$/.test(unknown) ? unknown : '?' });
  return wanted;
}
