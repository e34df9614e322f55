import type { FollowUp, Reaction, RecordedEvent, World } from '#kernel';
import { tooSensitive } from '../translation/translating.js';
import { translation } from '../translation/translation.js';
import { type Segment, stateOf, type Translation } from '../translation/state.js';
import type { MemoryDoc } from '../views/memory.view.js';

/** A machine that translates, as a deployment may plug one in; none is part of the product. */
export interface MachineTranslation {
  /** As it is marked in every segment that it made. */
  readonly name: string;
  /** Does the text leave this deployment? Then nothing above TLP:GREEN is sent (TRN-7). */
  readonly external: boolean;
  /** In the order of the segments; null where it has nothing to offer. */
  readonly translate: (segments: readonly string[], from: string, to: string) => Promise<readonly (string | null)[]>;
}

const missing = (t: Translation): Segment[] => t.segments.filter((s) => stateOf(s) === 'missing');
const offer = (id: string, s: Segment, more: object): FollowUp => ({ aggregate: 'Translation', id, command: 'PretranslateSegment', input: { segmentId: s.id, sourceDigest: s.sourceDigest, ...more } });

/** Clauses that were translated before, word for word, are offered from memory: of texts that the whole network may read. */
async function fromMemory(id: string, t: Translation, world: World): Promise<FollowUp[]> {
  const wanted = missing(t);
  if (wanted.length === 0) return [];
  const rows = await world.rows<MemoryDoc>('memory', { sourceLang: t.sourceLang, targetLang: t.targetLang });
  const known = rows.filter(({ doc, label }) => doc.at !== null && !doc.provisional && (label.tlp === 'GREEN' || label.tlp === 'CLEAR')).toSorted((a, b) => (b.doc.at ?? '').localeCompare(a.doc.at ?? ''));
  return wanted.flatMap((s) => {
    const hit = known.flatMap(({ doc }) => doc.segments.filter((m) => m.sourceHash === s.sourceDigest && m.source === s.source).map((m) => ({ target: m.target, ref: doc.doc.id })))[0];
    return hit ? [offer(id, s, { origin: 'tm', target: hit.target, score: 1, ref: hit.ref })] : [];
  });
}
export const whenTranslatorAssigned: Reaction = {
  name: 'when-translator-assigned',
  on: { TranslatorAssigned: async ({ streamId }, world) => fromMemory(streamId, await world.state(translation, streamId), world) },
};

/** What memory leaves open a machine drafts, if a deployment has one. The text is sent only where it may be. */
export const machineTranslation = (engine: MachineTranslation): Reaction => ({
  name: 'when-translator-assigned-machine',
  on: {
    TranslatorAssigned: async ({ streamId }: RecordedEvent, world: World): Promise<FollowUp[]> => {
      const t = await world.state(translation, streamId);
      if (tooSensitive(t, engine.external)) return [];
      const known = new Set((await fromMemory(streamId, t, world)).map(({ input }) => (input as { segmentId: string }).segmentId));
      const wanted = missing(t).filter((s) => !known.has(s.id));
      if (wanted.length === 0) return [];
      const targets = await engine.translate(wanted.map((s) => s.source), t.sourceLang, t.targetLang);
      return wanted.flatMap((s, n) => (targets[n] == null || targets[n] === '' ? [] : [offer(streamId, s, { origin: 'mt', engine: engine.name, external: engine.external, target: targets[n] })]));
    },
  },
});
