import { Actor, Confidence, Edtf, isRefusal, Sources } from '#kernel';
import { type CommandRefusal, derivedId } from '#platform/event-store';
import { z } from 'zod';
import type { Platform } from './platform.js';

/** One act of a record file: a command as people give it, with what the source says of it. */
const Step = z.strictObject({
  aggregate: z.string(),
  id: z.string(),
  command: z.string(),
  input: z.record(z.string(), z.unknown()).default({}),
  actor: Actor.optional(),
  validTime: Edtf.optional(),
  sources: Sources.optional(),
  confidence: Confidence.optional(),
  /** Why it stands here; for readers of the file. */
  note: z.string().optional(),
});

/** A file of history or of an exercise: acts in order. Steps inherit what they do not say. */
export const RecordFile = z.strictObject({
  /** Part of the ids of its commands: the same file imported twice changes nothing. */
  name: z.string().regex(/^[a-z0-9-]{1,64}$/),
  title: z.string(),
  mode: z.enum(['import', 'exercise']),
  actor: Actor,
  sources: Sources.default([]),
  confidence: Confidence.optional(),
  steps: z.array(Step),
});
export type RecordFile = z.output<typeof RecordFile>;

export interface Imported {
  readonly steps: number;
  readonly position: string;
}

/** A step was refused; those before it stand, and the import can be run again once its cause is mended. */
export class ImportRefused extends Error {
  constructor(
    readonly step: number,
    readonly command: string,
    readonly refusal: CommandRefusal,
  ) {
    super(`step ${step} (${command}) was refused: ${JSON.stringify(refusal)}`);
  }
}

/**
 * Imports a record file through the same commands that people use. What process managers do because of a step is awaited
 * before the next, as it would have happened. @throws ImportRefused
 */
export async function importRecord(platform: Platform, file: RecordFile): Promise<Imported> {
  let position = '0';
  for (const [i, step] of file.steps.entries()) {
    const { note: _note, actor, sources, confidence, ...command } = step;
    const outcome = await platform.executor.execute({
      ...(command as Omit<typeof command, 'validTime'>),
      ...(command.validTime === undefined ? {} : { validTime: command.validTime }),
      actor: actor ?? file.actor,
      mode: file.mode,
      commandId: derivedId('record', file.name, i, step.aggregate, step.id, step.command),
      correlationId: derivedId('record', file.name),
      ...(file.mode === 'import' || sources ? { sources: sources ?? file.sources } : {}),
      ...((confidence ?? file.confidence) ? { confidence: confidence ?? file.confidence! } : {}),
    });
    if (isRefusal(outcome)) throw new ImportRefused(i + 1, `${step.aggregate}.${step.command}`, outcome);
    position = outcome.position;
    await platform.processes.settled();
  }
  await platform.runner.waitFor(await platform.events.head(), 30_000);
  return { steps: file.steps.length, position };
}
