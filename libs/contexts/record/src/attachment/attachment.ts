import { defineAggregate, type Label, refuse, rowsFor } from '#kernel';
import { AttachmentEvents, type AttachmentSchemas, type Subject } from './events.js';

export interface Attachment {
  readonly status: 'none' | 'attached' | 'withdrawn';
  readonly subject: Subject | null;
  readonly attachedBy: string;
  readonly label: Label;
}
/** The subject's label; null where the actor may not read it, where it belongs to another mode, or is not there: one answer (G6). */
export interface AttachmentEvidence {
  readonly label: Label | null;
}

const { command, event } = rowsFor<Attachment, AttachmentSchemas, AttachmentEvidence | undefined>(AttachmentEvents);
const schema = AttachmentEvents.schema.bind(AttachmentEvents) as typeof AttachmentEvents.schema;
/** The strictest that names nobody, for an import that knows nothing more of the subject (security, rule 1). */
const UNKNOWN: Label = { tlp: 'AMBER', groups: [] };
const notThere = ({ collection, id }: Subject) => refuse('attachment.unknown-subject', { subject: `${collection}/${id}` }, 'ATT-1');

export const attachment = defineAggregate<Attachment, AttachmentSchemas, AttachmentEvidence | undefined>({
  name: 'Attachment',
  category: 'attachment',
  events: AttachmentEvents,
  states: ['none', 'attached', 'withdrawn'],
  terminal: ['withdrawn'],
  initial: { status: 'none', subject: null, attachedBy: '', label: UNKNOWN },
  invariants: {
    'ATT-1': 'A file is attached by who may read the thing it belongs to, and read by those who may read that thing.',
    'ATT-2': 'A file that is attached is never deleted nor replaced; withdrawn, it is shown as withdrawn with its reason.',
  },

  commands: {
    AttachFile: command({
      by: ['Member', 'GroupSec', 'NetSec'], from: ['none'], to: 'attached', emits: ['FileAttached'], guards: ['ATT-1'],
      input: schema('FileAttached').omit({ by: true, label: true }),
      guard: ({ subject }, _, { evidence }) => (evidence?.label ? undefined : notThere(subject)),
      decide: (input, _, { actor, evidence }) => [event('FileAttached', { ...input, by: actor.personId, label: evidence?.label ?? UNKNOWN })],
    }),
    WithdrawAttachment: command({
      by: ['Proposer', 'NetSec'], from: ['attached'], to: 'withdrawn', emits: ['AttachmentWithdrawn'], guards: ['ATT-1', 'ATT-2'],
      input: schema('AttachmentWithdrawn').omit({ by: true }),
      guard: (_, { subject }, { evidence }) => (evidence?.label || subject === null ? undefined : notThere(subject)),
      decide: ({ reason }, _, { actor }) => [event('AttachmentWithdrawn', { by: actor.personId, reason })],
    }),
  },

  evolve: {
    FileAttached: (_, d) => ({ status: 'attached', subject: d.subject, attachedBy: d.by, label: d.label }),
    AttachmentWithdrawn: (state) => ({ ...state, status: 'withdrawn' }),
  },

  groups: () => [],
  // Staff of a group attaches for the group of which it is; who may read the subject is asked by the guard.
  roles: (actor, state) => [
    ...(actor.capacity === 'group-secretariat' && actor.onBehalfOf !== undefined ? (['GroupSec'] as const) : []),
    ...(state.attachedBy === actor.personId ? (['Proposer'] as const) : []),
  ],
  label: (state) => state.label,
});
