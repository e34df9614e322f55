import { type CellRole, type ClauseText, clauseText, type DataOf, gatherForText, roleOf, type Shut, type TextDoc } from '#contexts/drafting';
import { type Actor, mayRead, type RecordedEvent, type World } from '#kernel';
import type { Viewer } from '#platform/identity';
import type { Platform } from '#platform/runtime';
import { cellFromText, type CellRef, cellId } from '#text';
import type { CommitMessage, Opened } from './protocol.js';

/** What one reader may do with one text, and as whom. */
export interface Standing {
  readonly role: CellRole;
  readonly shut: Shut | null;
  /** As whom he writes or comments; null where he only reads. */
  readonly actor: Actor | null;
  readonly text: string;
}
const RANK: readonly CellRole[] = ['read', 'comment', 'write'];

/** Reads of live texts for the gateway: who may do what, what a text is now, what came since. No rule of its own: roles are the context's. */
export class Cells {
  constructor(private readonly platform: Pick<Platform, 'executor' | 'views' | 'events' | 'registry'>) {}

  /**
   * Null where there is no such text, or it is not this reader's to see.
   * @param once what was read for this reader already: a room of hundreds of texts asks for its document once
   */
  async standing(ref: CellRef, viewer: Viewer, once: Once = new Map()): Promise<Standing | null> {
    if (!(await remembered(once, `read ${ref.document.type} ${ref.document.id} ${ref.draft?.groupId ?? ''}`, () => this.#mayRead(ref, viewer)))) return null;
    const { executor } = this.platform;
    const state = (await executor.stateToShow(clauseText, cellId(ref))) as ClauseText;
    // The id of a text names neither its document nor the group of a draft: what was asked for must be what stands there.
    if (state.status !== 'none' && !sameText(ref, state)) return null;
    const world = remembering(executor.world, once);
    let best: Standing | null = null;
    for (const actor of viewer.actors.length > 0 ? viewer.actors : [NOBODY]) {
      const writing = await gatherForText(world, { command: 'OpenText', id: cellId(ref), input: ref, state, actor, mode: 'live', now: new Date().toISOString() });
      if (writing === null) return null;
      const role = roleOf(writing, actor);
      if (best === null || RANK.indexOf(role) > RANK.indexOf(best.role)) best = { role, shut: writing.shut, actor: role === 'read' ? null : actor, text: writing.text };
    }
    return best;
  }

  async #mayRead({ document, draft }: CellRef, { tokens }: Viewer): Promise<boolean> {
    // A group's own copy is the group's alone, and an auditor's.
    if (draft && !tokens.has(`group:${draft.groupId}`) && !tokens.has('auditor')) return false;
    return (await this.platform.views.reader(tokens).row(`${document.type}s`, document.id)) !== null;
  }

  /** The text as it is now, whole or since a version. */
  async opened(ref: CellRef & { readonly version?: number | undefined }, standing: Standing): Promise<Opened> {
    const cell = cellId(ref);
    const state = (await this.platform.executor.stateToShow(clauseText, cell)) as ClauseText;
    const { role, shut } = standing;
    const known = { cell, ok: true as const, status: state.status, version: state.version, role, shut };
    if (state.status !== 'open') return { ...known, doc: cellFromText(standing.text).toJSON() };
    if (ref.version === undefined || ref.version < state.openedAt || ref.version > state.version) return { ...known, doc: state.doc.toJSON() };
    return { ...known, since: await this.since(cell, ref.version) };
  }

  /** Commits after a version, as they were broadcast. */
  async since(cell: string, version: number): Promise<CommitMessage[]> {
    const { events, registry } = this.platform;
    // A version never stands before the revision of its event.
    const stored = await events.readStream(`text-${cell}`, version);
    return stored.map((e) => registry.decode(e)).flatMap((e) => (e.type === 'ClauseTextCommitted' && (e.data as DataOf<'ClauseTextCommitted'>).version > version ? [commitMessage(e)] : []));
  }

  /** The whole life of a text for who may read it, for the slider and for export. */
  async history(cell: string, { tokens }: Viewer): Promise<readonly RecordedEvent[] | null> {
    if ((await this.platform.views.reader(tokens).row<TextDoc>('texts', cell)) === null) return null;
    const stored = await this.platform.events.readStream(`text-${cell}`);
    // Each act by its own label: what was typed among the sponsors is not the network's once it reads the text.
    return stored.filter((e) => mayRead(tokens, e.meta.label)).map((e) => this.platform.registry.decode(e));
  }
}

/** Answers of one reading, by question. */
export type Once = Map<string, Promise<unknown>>;
function remembered<T>(once: Once, key: string, ask: () => Promise<T>): Promise<T> {
  const known = once.get(key) as Promise<T> | undefined;
  if (known) return known;
  const asked = ask();
  once.set(key, asked);
  return asked;
}
const remembering = (world: World, once: Once): World => ({
  row: (view, id) => remembered(once, `row ${view} ${id}`, () => world.row(view, id)),
  rows: (view, where, page) => remembered(once, `rows ${view} ${JSON.stringify([where, page])}`, () => world.rows(view, where, page)),
  state: (aggregate, id) => remembered(once, `state ${aggregate.name} ${id}`, () => world.state(aggregate, id)),
});

const NOBODY: Actor = { personId: '', capacity: 'observer' };

const sameText = (ref: CellRef, { document, clauseId, lang, draft }: ClauseText): boolean =>
  document?.type === ref.document.type && document.id === ref.document.id && clauseId === ref.clauseId && lang === ref.lang &&
  draft?.draftId === ref.draft?.draftId && draft?.groupId === ref.draft?.groupId;

export function commitMessage({ streamId, data, meta }: RecordedEvent): CommitMessage {
  const { version, steps, dropped, textHash } = data as DataOf<'ClauseTextCommitted'>;
  const { personId, onBehalfOf = null } = meta.actor;
  return { cell: streamId, commitId: meta.commandId, version, steps, dropped, textHash, by: { personId, onBehalfOf }, at: meta.recordedAt };
}
