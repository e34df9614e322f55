import type { BoundedContext } from '#kernel';
import { Registry } from '#platform/event-store';
import { activityOf, ViewRunner } from '#platform/views';
import type { Storage } from '../storage.js';
import { type Copied, copyEvents } from './copy.js';
import { digestOfEvents, digestOfViews, type EventsDigest } from './digest.js';

export { NotTheSameRecord, replaceRows } from './copy.js';
export { digestOfEvents, digestOfViews } from './digest.js';

export interface Digests extends EventsDigest {
  /** SHA-256 by view. */
  readonly views: Readonly<Record<string, string>>;
}
export interface Migrated {
  readonly copied: Copied;
  readonly source: Digests;
  readonly target: Digests;
  /** Every digest is the same on both sides. */
  readonly equal: boolean;
}

/** All views of the product over these contexts. */
export const viewsOf = (contexts: readonly BoundedContext[]) => [...contexts.flatMap((c) => c.views), activityOf(contexts)];

/**
 * Moves a record with its rules' memory from one storage to another and proves it: the views are folded on both sides and compared by
 * their digests. Nobody else may have either storage open. @throws NotTheSameRecord
 */
export async function migrate(source: Storage, target: Storage, contexts: readonly BoundedContext[], told?: (events: number) => void): Promise<Migrated> {
  const marks = [...new Set((await source.processes.checkpoints()).values())];
  const copied = await copyEvents(source.events, target.events, marks, told);
  await target.processes.takeOver(source.processes, (position) => copied.positions.get(position) ?? position);
  const [ofSource, ofTarget] = [await digestsOf(source, contexts), await digestsOf(target, contexts)];
  const names = new Set([...Object.keys(ofSource.views), ...Object.keys(ofTarget.views)]);
  const equal = ofSource.events === ofTarget.events && ofSource.digest === ofTarget.digest && [...names].every((name) => ofSource.views[name] === ofTarget.views[name]);
  return { copied, source: ofSource, target: ofTarget, equal };
}

/** Brings the views up to the record, and takes the digests of both. No rule runs, no deadline fires. */
export async function digestsOf({ events, views, signals }: Storage, contexts: readonly BoundedContext[]): Promise<Digests> {
  let failed: Error | undefined;
  const runner = new ViewRunner(events, new Registry(contexts), views, signals, (error) => (failed = error instanceof Error ? error : new Error('the views could not be folded', { cause: error })));
  await runner.startProjecting();
  await runner.stop();
  if (failed !== undefined) throw failed;
  return { ...(await digestOfEvents(events)), views: await digestOfViews(views) };
}
