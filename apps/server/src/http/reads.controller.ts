import { Controller, Get, Header, Inject, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Multilingual, Row } from '#kernel';
import type { Viewer } from '#platform/identity';
import { LiveFeed } from '#platform/live';
import { readerFor, type Reading, ReadQuery, ReadRow, ReadRows, ViewsBehind } from '#platform/runtime';
import { type Activity, type Hit, type OpenDuty, UnknownColumn, type ViewReader } from '#platform/views';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { SERVICES, type Services } from '../services.js';
import { type Action, actionsOn } from './actions.js';
import { Catalogue } from './catalogue.js';
import { problem } from './problem.js';
import { readingOf } from './reading.js';
import { Asking, Lang } from './viewer.js';

type Names = Readonly<Record<string, Multilingual>>;
type Asked = Readonly<Record<string, unknown>>;

@Controller('api/v1')
export class ReadsController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(LiveFeed) private readonly feed: LiveFeed,
    @Inject(SERVICES) private readonly services: Services,
  ) {}

  /** The activity stream, newest first; `after` goes back in time. */
  @Get('activity')
  activity(@Query() query: Asked, @Asking() viewer: Viewer) {
    return this.#acts(query, viewer, {});
  }

  /** What waits for the reader, by deadline. */
  @Get('inbox')
  async inbox(@Query() query: Asked, @Asking() viewer: Viewer): Promise<{ duties: OpenDuty[] }> {
    if (viewer.account === null) throw problem(401, 'unauthenticated');
    const { reading } = readingOf(query, viewer);
    return { duties: await this.#ask(reading, (reader) => reader.duties(viewer.holders)) };
  }

  @Get('search')
  async search(@Query('q') q: unknown, @Asking() viewer: Viewer, @Lang() lang: string): Promise<{ hits: Hit[] }> {
    if (typeof q !== 'string' || q.trim() === '' || q.length > 200) throw problem(422, 'invalid-search');
    return { hits: await this.#ask({ tokens: viewer.tokens }, (reader) => reader.search(q, { lang })) };
  }

  /** What streams are called: `?of=group-<id>&of=person-<id>`. */
  @Get('names')
  async names(@Query('of') of: unknown, @Asking() viewer: Viewer): Promise<{ names: Names }> {
    const streams = [of].flat().filter((s): s is string => typeof s === 'string').slice(0, 500);
    return { names: await this.#ask({ tokens: viewer.tokens }, (reader) => reader.titles(streams)) };
  }

  /** What the fields of each event mean, as JSON Schema: from it the reader's sentence of an act is made. */
  @Get('event-shapes')
  @Header('cache-control', 'no-cache')
  shapes(): Record<string, unknown> {
    return (this.#shapes ??= Object.fromEntries(
      this.services.platform.registry.aggregates.flatMap(({ events }) =>
        events.names.map((name) => [name, z.toJSONSchema(events.schema(name) as z.ZodType, { io: 'output', unrepresentable: 'any' })]),
      ),
    ));
  }
  #shapes: Record<string, unknown> | undefined;

  @Get(':collection')
  async list(@Param('collection') collection: string, @Query() query: Asked, @Asking() viewer: Viewer) {
    const composed = this.catalogue.query(collection);
    const { reading, page, where } = readingOf(query, viewer);
    if (composed) return this.#ask(reading, (reader) => composed.read(reader, where as Record<string, string>));
    this.#collection(collection);
    return this.#guard(this.queries.execute(new ReadRows(reading, collection, where, page)));
  }

  /** What may be given to a thing that is not there yet: the creations. */
  @Get(':collection/new/actions')
  async newActions(@Param('collection') collection: string, @Asking() viewer: Viewer): Promise<{ actions: Action[] }> {
    const aggregate = this.catalogue.aggregate(collection);
    if (aggregate === undefined) throw problem(404, 'not-found');
    const mode = viewer.account?.exercise ? 'exercise' : 'live';
    const delegations = await this.services.platform.executor.delegations(viewer.actors, mode);
    return { actions: actionsOn(aggregate, aggregate.initial as { status: string }, viewer.actors, mode, delegations).filter((a) => a.from.includes('none')) };
  }

  @Get(':collection/:id')
  async one(
    @Param('collection') collection: string,
    @Param('id') id: string,
    @Query() query: Asked,
    @Asking() viewer: Viewer,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Row> {
    const row = await this.#row(collection, id, query, viewer);
    void reply.header('etag', `"${row.revision}"`);
    return row;
  }

  /** What this reader may do with it now, and why not the rest. */
  @Get(':collection/:id/actions')
  async actions(@Param('collection') collection: string, @Param('id') id: string, @Asking() viewer: Viewer): Promise<{ actions: Action[] }> {
    const row = await this.#row(collection, id, {}, viewer);
    const aggregate = this.catalogue.aggregate(collection);
    if (aggregate === undefined) return { actions: [] };
    const state = await this.services.platform.executor.stateToShow(aggregate, id);
    const mode = viewer.account?.exercise ? 'exercise' : 'live';
    // An account of the exercise acts in exercises only, and nobody else does (G4).
    const here = (row.mode === 'exercise') === (mode === 'exercise') ? viewer.actors : [];
    return { actions: actionsOn(aggregate, state, here, mode, await this.services.platform.executor.delegations(here, mode)) };
  }

  /** Who did what, when, for whom and by what authority, newest first. */
  @Get(':collection/:id/history')
  history(@Param('collection') collection: string, @Param('id') id: string, @Query() query: Asked, @Asking() viewer: Viewer) {
    const category = this.#collection(collection).category;
    if (category === undefined) throw problem(404, 'not-found');
    return this.#acts(query, viewer, { stream: `${category}-${id}` });
  }

  /** The acts on one thing that the reader may read, as JSON Lines, oldest first. */
  @Get(':collection/:id/export')
  @Header('content-type', 'application/jsonl; charset=utf-8')
  async export(@Param('collection') collection: string, @Param('id') id: string, @Asking() viewer: Viewer): Promise<string> {
    const stream = `${this.#collection(collection).category ?? ''}-${id}`;
    const lines: string[] = [];
    const reader = await readerFor(this.services.platform, { tokens: viewer.tokens });
    for (let after: string | null | undefined; after !== null; ) {
      const page = await reader.list<Activity>('activity', { stream }, { limit: 500, ...(after === undefined ? {} : { after }) });
      lines.push(...page.rows.map(({ doc, label, position }) => JSON.stringify({ position, label, ...doc })));
      after = page.next;
    }
    if (lines.length === 0) throw problem(404, 'not-found');
    return `${lines.join('\n')}\n`;
  }

  async #acts(query: Asked, viewer: Viewer, where: Record<string, string>) {
    const asked = readingOf(query, viewer);
    const { valid: _valid, ...moment } = asked.reading.moment ?? {};
    // Acts are listed as they were recorded; the clock of the record applies, that of the world does not.
    const known = moment.known;
    const { moment: _moment, ...reading } = asked.reading;
    return this.#ask(reading, async (reader) => {
      const page = await reader.list<Activity>('activity', { ...asked.where, ...where }, { sort: '-key', ...asked.page });
      const entries = known === undefined ? page.rows : page.rows.filter((r) => r.recordedAt <= known);
      return { entries, next: page.next, names: await this.feed.names(reader, entries) };
    });
  }

  async #row(collection: string, id: string, query: Asked, viewer: Viewer): Promise<Row> {
    this.#collection(collection);
    const { reading } = readingOf(query, viewer);
    const row = await this.#guard(this.queries.execute(new ReadRow(reading, collection, id)));
    // Not there and not for you are one answer (G6).
    if (row === null) throw problem(404, 'not-found');
    return row;
  }

  #collection(name: string) {
    const view = this.catalogue.view(name);
    if (view === undefined) throw problem(404, 'not-found');
    return view;
  }

  #ask<T>(reading: Reading, read: (reader: ViewReader) => T | Promise<T>): Promise<T> {
    return this.#guard(this.queries.execute(new ReadQuery<T>(reading, read)));
  }

  async #guard<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof UnknownColumn) throw problem(422, 'unknown-column', { column: error.column });
      if (error instanceof ViewsBehind) throw problem(503, 'views-behind', {}, { 'retry-after': '1' });
      throw error;
    }
  }
}
