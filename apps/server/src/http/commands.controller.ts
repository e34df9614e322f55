import { Body, Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Confidence, Edtf, isRefusal, LanguageTag, Sources } from '#kernel';
import { type Appended, type CommandRefusal, uuidv7 } from '#platform/event-store';
import type { Viewer } from '#platform/identity';
import type { CommandBinding } from '#platform/runtime';
import { z } from 'zod';
import { SERVICES, type Services } from '../services.js';
import { Catalogue } from './catalogue.js';
import { Problem, problem, statusOf } from './problem.js';
import { Asking } from './viewer.js';

export const COMMANDS = Symbol('commands');

/** What goes round a command: its own fields stand in `input`. */
export const CommandBody = z.strictObject({
  input: z.record(z.string(), z.unknown()).default({}),
  /** The revision that the sender saw; another one there is refused with 412. */
  expectedRevision: z.int().nonnegative().optional(),
  /** For which group, partner or network, where the account may act for several. */
  actingFor: z.string().max(64).optional(),
  validTime: Edtf.optional(),
  /** `import` records history from sources and is the network secretariat's. */
  mode: z.enum(['live', 'import']).optional(),
  sources: Sources.optional(),
  confidence: Confidence.optional(),
  lang: LanguageTag.optional(),
});
const CommandId = z.uuid();
/** They tell of bytes that this server has read and kept; nobody gives them by themselves, or another's bytes could be claimed by their digest. */
const OF_UPLOADS: ReadonlySet<string> = new Set(['AttachFile']);
/** What is wrong with the request itself, whatever it is about. */
const OF_THE_REQUEST: ReadonlySet<string> = new Set(['invalid-input', 'unknown-aggregate', 'unknown-command']);

@Controller('api/v1')
export class CommandsController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(COMMANDS) private readonly bindings: ReadonlyMap<string, CommandBinding>,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(SERVICES) private readonly services: Services,
  ) {}

  /** Every command of every aggregate: `POST /api/v1/mous/<id>/sign-first`. */
  @Post(':collection/:id/:command')
  @HttpCode(200)
  command(
    @Param('collection') collection: string,
    @Param('id') id: string,
    @Param('command') path: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: CommandBody }) body: z.output<typeof CommandBody>,
    @Asking() viewer: Viewer,
  ): Promise<Appended> {
    if (viewer.account !== null && OF_UPLOADS.has(this.catalogue.command(collection, path)?.command ?? '')) throw problem(403, 'attachment.bytes-first');
    return this.give(collection, id, path, key, body, viewer);
  }

  /** What a route of its own gives in the name of the viewer. @throws Problem */
  async give(collection: string, id: string, path: string, key: string | undefined, body: z.output<typeof CommandBody>, viewer: Viewer): Promise<Appended> {
    const { account } = viewer;
    if (account === null) throw problem(401, 'unauthenticated');
    const found = this.catalogue.command(collection, path);
    if (found === undefined) throw problem(404, 'unknown-command', { aggregate: collection, command: path });
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id)) throw problem(422, 'invalid-id', { id: id.slice(0, 64) });
    const { aggregate, command } = found;
    const { mode = 'live', actingFor, ...envelope } = body;
    const commandId = key === undefined ? uuidv7() : CommandId.safeParse(key).data;
    if (commandId === undefined) throw problem(422, 'invalid-idempotency-key');

    const actors = viewer.actors.filter((a) => actingFor === undefined || a.onBehalfOf === actingFor);
    const ownMode = account.exercise ? 'exercise' : mode;
    const [actor, ...otherwise] = actors;
    if (actor === undefined) throw problem(403, 'not-permitted', { command, roles: aggregate.commands[command]?.by.join(', ') ?? '' });
    // Staff acts in others' names only on what he or she may read: a link that was passed on opens nothing (AUT-1).
    const staff = ownMode !== 'import' && actors.some((a) => a.capacity === 'group-secretariat');
    const delegable = staff && (aggregate.commands[command]!.from.includes('none') || (await this.#mayRead(viewer, collection, id)));
    const binding = this.bindings.get(aggregate.name)!;
    const given = Object.fromEntries(Object.entries(envelope).filter(([, v]) => v !== undefined)) as typeof envelope;
    const outcome = await this.bus.execute<InstanceType<typeof binding.Command>, Appended | CommandRefusal>(
      new binding.Command({ ...(given as { input: unknown }), aggregate: aggregate.name, id, command, actor, otherwise, delegable, mode: ownMode, commandId }),
    );
    if (!isRefusal(outcome)) return outcome;
    const there = (await this.services.platform.executor.stateToShow(aggregate, id)).status !== 'none';
    const tell =
      OF_THE_REQUEST.has(outcome.refused) ||
      (there ? await this.#mayRead(viewer, collection, id) : (aggregate.commands[command]?.from.includes('none') ?? false));
    // Why it is refused tells that the thing is there, and how it stands: not there and not for you are one answer (G6).
    throw tell ? new Problem(statusOf(outcome), outcome) : problem(404, 'not-found');
  }

  async #mayRead(viewer: Viewer, collection: string, id: string): Promise<boolean> {
    const { events, runner, views } = this.services.platform;
    const read = () => views.reader(viewer.tokens).row(collection, id);
    if ((await read()) !== null) return true;
    // It may have been made a moment ago.
    await runner.waitFor(await events.head());
    return (await read()) !== null;
  }
}
