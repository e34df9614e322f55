import { defineAggregate, type Label, refuse, rowsFor } from '#kernel';
import { z } from 'zod';
import { CorrectionEvents, type CorrectionSchemas, type Target } from './events.js';
import { asOfTarget, type CorrectionEvidence, isBefore, notAsRecorded, sameTarget } from './rules.js';

export interface RecordCorrection {
  readonly status: 'none' | 'queried' | 'proposed' | 'objected' | 'executed' | 'rejected' | 'withdrawn';
  readonly id: string;
  readonly target: Target | null;
  readonly wrong: string;
  readonly right: string;
  /** Who asked for it: with the query, the proposal or both. */
  readonly askedBy: readonly string[];
  readonly label: Label;
  /** The target is part of a signed or published text. */
  readonly bound: boolean;
  /** When objections end; null until those who signed have been told. */
  readonly objectionsUntil: string | null;
}

const { command, event } = rowsFor<RecordCorrection, CorrectionSchemas, CorrectionEvidence | undefined>(CorrectionEvents);
const schema = CorrectionEvents.schema.bind(CorrectionEvents) as typeof CorrectionEvents.schema;
const OPEN = ['queried', 'proposed', 'objected'] as const;

export const recordCorrection = defineAggregate<RecordCorrection, CorrectionSchemas, CorrectionEvidence | undefined>({
  name: 'RecordCorrection',
  category: 'correction',
  events: CorrectionEvents,
  states: ['none', 'queried', 'proposed', 'objected', 'executed', 'rejected', 'withdrawn'],
  terminal: ['executed', 'rejected', 'withdrawn'],
  initial: {
    status: 'none', id: '', target: null, wrong: '', right: '', askedBy: [], label: { tlp: 'AMBER', groups: [] }, bound: false, objectionsUntil: null,
  },
  invariants: {
    'COR-1': 'The original event is never edited or deleted; the correction is a new event that points to stream, position and field and gives wrong and right readings.',
    'COR-2': 'For signed or published texts: notify all signatories, objection period, then a procès-verbal of rectification; the corrected text replaces the defective one from the beginning, and both stay readable.',
    'COR-3': 'A query without evidence stays a query: the as-printed reading is shown with the note “spelling queried”.',
    'COR-4': 'Nobody approves a correction they asked for on their own record.',
  },

  commands: {
    QueryRecord: command({
      by: ['Anyone'], from: ['none'], to: 'queried', emits: ['RecordQueried'], guards: ['COR-3'],
      input: schema('RecordQueried').omit({ by: true, label: true, bound: true }),
      guard: ({ target, reading }, _, ctx) => notAsRecorded(target, reading, ctx),
      decide: (input, _, ctx) => [event('RecordQueried', { ...input, by: ctx.actor.personId, ...asOfTarget(ctx) })],
    }),
    ProposeCorrection: command({
      by: ['NetSec', 'Member'], from: ['none', 'queried'], to: 'proposed', emits: ['CorrectionProposed'], guards: ['COR-1', 'COR-3'],
      // Without evidence the schema lets it pass as far as the rule, so that the answer is the rule's and not the form's.
      input: schema('CorrectionProposed').omit({ by: true, label: true, bound: true, evidence: true }).extend({
        evidence: z.array(schema('CorrectionProposed').shape.evidence.element).max(50),
      }),
      guard: ({ target, wrong }, _, ctx) => notAsRecorded(target, wrong, ctx),
      decide: (input, state, ctx) => {
        if (input.evidence.length === 0) return refuse('correction.no-evidence', {}, 'COR-3');
        if (state.target !== null && (input.correctionId !== state.id || !sameTarget(input.target, state.target)))
          return refuse('correction.other-target', { stream: state.target.stream, field: state.target.field }, 'COR-1');
        if (input.wrong === input.right) return refuse('correction.same-reading', {}, 'COR-1');
        return [event('CorrectionProposed', { ...input, by: ctx.actor.personId, ...asOfTarget(ctx) })];
      },
    }),
    NotifyCorrection: command({
      by: ['Depositary'], from: ['proposed'], to: 'same', emits: ['CorrectionNotified'], guards: ['COR-2'],
      input: schema('CorrectionNotified').partial({ to: true }),
      guard: ({ objectionsUntil }, _, { evidence }) =>
        evidence && isBefore(objectionsUntil.instant, evidence.objectionsNotBefore)
          ? refuse('correction.period-too-short', { least: evidence.objectionsNotBefore }, 'COR-2')
          : undefined,
      // All who signed are told; more may be.
      decide: ({ to = [], objectionsUntil }, state, { evidence }) =>
        state.objectionsUntil === objectionsUntil.instant
          ? []
          : [event('CorrectionNotified', { to: [...new Set([...(evidence?.target?.signatories ?? []), ...to])], objectionsUntil })],
    }),
    ObjectToCorrection: command({
      by: ['Member'], from: ['proposed'], to: 'objected', emits: ['CorrectionObjected'], guards: ['COR-2'],
      input: schema('CorrectionObjected').omit({ by: true }),
      guard: (_, { objectionsUntil }, { now }) =>
        objectionsUntil !== null && !isBefore(now, objectionsUntil)
          ? refuse('correction.objections-closed', { closedAt: objectionsUntil }, 'COR-2')
          : undefined,
      decide: ({ reason }, _, { actor }) => [event('CorrectionObjected', { by: actor.personId, reason })],
    }),
    ResolveCorrectionObjection: command({
      by: ['Depositary'], from: ['objected'], to: 'proposed', emits: ['CorrectionObjectionResolved'],
      input: schema('CorrectionObjectionResolved'),
      decide: (input) => [event('CorrectionObjectionResolved', input)],
    }),
    ExecuteProcesVerbal: command({
      by: ['Depositary'], from: ['proposed'], to: 'executed', emits: ['RecordRectified'], guards: ['COR-1', 'COR-2', 'COR-4'],
      input: schema('RecordRectified').omit({ target: true, wrong: true, right: true }),
      guard: (_, { askedBy, bound, objectionsUntil }, { actor, now, evidence }) => [
        askedBy.includes(actor.personId) && refuse('correction.own-request', {}, 'COR-4'),
        // Also where the text was signed or published since the correction was proposed.
        (bound || evidence?.target?.bound === true) && objectionsUntil === null && refuse('correction.not-notified', {}, 'COR-2'),
        // Whoever has been given time to object keeps it, whatever the text.
        objectionsUntil !== null && isBefore(now, objectionsUntil) && refuse('correction.objections-open', { until: objectionsUntil }, 'COR-2'),
      ],
      decide: ({ procesVerbalRef, effective, from }, { target, wrong, right, bound }, { evidence }) => {
        if (target === null) return refuse('correction.unknown-target', { stream: '' }, 'COR-1');
        // What is signed or published is corrected from the beginning: there was never a time at which the error held.
        if ((bound || evidence?.target?.bound === true) && effective !== 'ab-initio') return refuse('correction.ab-initio-only', {}, 'COR-2');
        if ((effective === 'from') !== (from !== undefined)) return refuse('correction.from-which-day', {}, 'COR-1');
        const data = { target, wrong, right, procesVerbalRef, effective };
        return [event('RecordRectified', from === undefined ? data : { ...data, from })];
      },
    }),
    RejectCorrection: command({
      by: ['Depositary'], from: OPEN, to: 'rejected', emits: ['CorrectionRejected'],
      input: schema('CorrectionRejected'),
      decide: (input) => [event('CorrectionRejected', input)],
    }),
    WithdrawCorrection: command({
      by: ['Proposer'], from: OPEN, to: 'withdrawn', emits: ['CorrectionWithdrawn'],
      input: schema('CorrectionWithdrawn'),
      decide: (input) => [event('CorrectionWithdrawn', input)],
    }),
  },

  evolve: {
    RecordQueried: (state, d) => ({
      ...state, status: 'queried', id: d.correctionId, target: d.target, wrong: d.reading, askedBy: [d.by], label: d.label, bound: d.bound,
    }),
    CorrectionProposed: (state, d) => ({
      ...state, status: 'proposed', id: d.correctionId, target: d.target, wrong: d.wrong, right: d.right, askedBy: [...new Set([...state.askedBy, d.by])],
      label: d.label, bound: d.bound, objectionsUntil: null,
    }),
    CorrectionNotified: (state, d) => ({ ...state, objectionsUntil: d.objectionsUntil.instant }),
    CorrectionObjected: (state) => ({ ...state, status: 'objected' }),
    CorrectionObjectionResolved: (state) => ({ ...state, status: 'proposed' }),
    RecordRectified: (state) => ({ ...state, status: 'executed' }),
    CorrectionRejected: (state) => ({ ...state, status: 'rejected' }),
    CorrectionWithdrawn: (state) => ({ ...state, status: 'withdrawn' }),
  },

  groups: () => [],
  roles: (actor, state) => (state.askedBy.includes(actor.personId) ? ['Proposer'] : []),
  label: (state) => state.label,
});
