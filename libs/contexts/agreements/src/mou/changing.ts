import { type Decision, Edtf, NonEmpty, refuse } from '#kernel';
import { z } from 'zod';
import { asDate, dayOf, latest } from './days.js';
import { type MouEvent, MouEvents } from './events.js';
import { actingGroup, asParticipant, consentsNeeded, type Ctx, event, mayAct, onBehalf, part } from './rules.js';
import type { Change } from './schemas.js';
import { type Amendment, clauseOf, fingerprint, type Mou } from './state.js';
import { consolidate, digestsOf, gaps } from './text.js';

const imported = { on: Edtf.optional().meta({ import: true }) };
const dayGiven = (input: { on?: string | undefined }, ctx: Ctx) => (ctx.mode === 'import' ? (input.on ?? 'XXXX') : dayOf(ctx.now));

function changeProblem(change: Change, state: Mou) {
  const { op, clauseId, kind, text } = change;
  if (op === 'insert') return kind === undefined || text === undefined ? refuse('mou.change-incomplete', { op }, 'MOU-7') : undefined;
  if (clauseId === undefined || !clauseOf(state, clauseId)) return refuse('mou.unknown-clause', { clause: clauseId ?? '' }, 'MOU-7');
  return op === 'replace' && text === undefined ? refuse('mou.change-incomplete', { op }, 'MOU-7') : undefined;
}
const consolidated = (state: Mou, changes: readonly Change[]) =>
  consolidate(state.clauses, changes, (c) => ({ id: c.clauseId ?? '', kind: c.kind ?? 'other', text: c.text ?? {}, revision: 1, agreed: {}, stale: [] }));

export const ProposeMouAmendment = part({
  input: MouEvents.schema('MouAmendmentProposed')
    .omit({ amendmentId: true, by: true, on: true })
    .extend({ kind: z.enum(['amendment', 'addendum']).default('amendment'), ...imported, ...onBehalf }),
  guard: (input, state, ctx) => [
    mayAct(actingGroup(input, ctx), ctx),
    input.kind === 'amendment' && state.digests === null && refuse('mou.text-unknown', {}, 'MOU-7'),
    input.kind === 'amendment' && input.changes.length === 0 && refuse('mou.nothing-changed', {}, 'MOU-7'),
  ],
  decide: (input, state, ctx) =>
    asParticipant(input, state, ctx, (by) => {
      const { kind, text, effectiveOn } = input;
      const problem = input.changes.map((c) => changeProblem(c, state)).find((p) => p !== undefined);
      if (problem) return problem;
      // The protocol itself is as authentic as the text that it changes.
      const untold = state.digests === null ? undefined : state.languages.find((lang) => text[lang] === undefined);
      if (untold !== undefined && ctx.mode !== 'import') return refuse('mou.language-incomplete', { language: untold, clauses: 1 }, 'MOU-7');
      const changes = kind === 'addendum' ? [] : input.changes.map((c, i) => (c.op === 'insert' ? { ...c, clauseId: ctx.newId(i + 1) } : c));
      const [gap] = gaps(consolidated(state, changes), state.languages);
      if (gap && changes.length > 0) return refuse('mou.language-incomplete', { language: gap.lang, clauses: 1 }, 'MOU-7');
      const same = fingerprint(kind, ...Object.entries(text).flat());
      if (state.amendments.some((a) => a.by === by && a.text === same)) return refuse('mou.amendment-exists', {}, 'MOU-7');
      return [event('MouAmendmentProposed', { amendmentId: ctx.newId(0), kind, text, by, changes, effectiveOn, on: dayGiven(input, ctx) })];
    }),
});

const onAmendment = (state: Mou, id: string, then: (amendment: Amendment) => Decision<MouEvent>): Decision<MouEvent> => {
  const amendment = state.amendments.find((a) => a.id === id);
  return amendment ? then(amendment) : refuse('mou.unknown-amendment', { amendment: id }, 'MOU-7');
};

export const ConsentToMouAmendment = part({
  input: z.object({ amendmentId: NonEmpty, ...imported, ...onBehalf }),
  guard: (input, _, ctx) => mayAct(actingGroup(input, ctx), ctx),
  decide: (input, state, ctx) =>
    onAmendment(state, input.amendmentId, (amendment) =>
      asParticipant(input, state, ctx, (groupId) =>
        amendment.consents[groupId] === undefined
          ? [event('MouAmendmentConsented', { amendmentId: amendment.id, groupId, on: dayGiven(input, ctx) })]
          : [],
      ),
    ),
});

/** The consents that are still wanting by the rule of the instrument; where the rule is not known, all are wanted. */
export function consentsMissing(state: Mou, amendment: Amendment): number {
  const given = state.participants.filter((g) => amendment.consents[g] !== undefined).length;
  return Math.max(0, consentsNeeded(state.terms.amendmentConsent ?? 'all', state.participants.length) - given);
}
const wanting = (state: Mou, amendment: Amendment, kind: Amendment['kind']) => {
  const missing = consentsMissing(state, amendment);
  if (amendment.kind !== kind) return refuse('mou.other-kind-of-change', { kind: amendment.kind }, 'MOU-7');
  return missing > 0 ? refuse('mou.consents-missing', { missing }, 'MOU-7') : undefined;
};

/** On the day of the last consent, or the later one that it names (computed); the original stays readable. */
export const BringAmendmentIntoEffect = part({
  input: z.object({ amendmentId: NonEmpty, ...imported }),
  guard: (input) => (input.on === undefined ? undefined : refuse('mou.computed-not-typed', {}, 'MOU-7')),
  decide: (input, state, ctx) =>
    onAmendment(state, input.amendmentId, (amendment) => {
      const problem = wanting(state, amendment, 'amendment');
      if (problem) return problem;
      const consented = latest(Object.values(amendment.consents)) ?? dayOf(ctx.now);
      const computed = amendment.effectiveOn === null ? asDate(consented) : (latest([amendment.effectiveOn, consented]) ?? amendment.effectiveOn);
      const effectiveOn = ctx.mode === 'import' ? (input.on ?? computed) : computed;
      if (ctx.mode !== 'import' && effectiveOn > dayOf(ctx.now)) return refuse('mou.effect-not-due', { on: effectiveOn }, 'MOU-7');
      const text = consolidated(state, amendment.changes);
      // Changes proposed side by side may each have been complete and not be so together.
      const [gap] = state.digests === null ? [] : gaps(text, state.languages);
      if (gap) return refuse('mou.language-incomplete', { language: gap.lang, clauses: 1 }, 'MOU-7');
      const consolidatedDigest = state.digests === null ? {} : digestsOf(text, state.languages, ctx.sha256);
      return [event('MouAmended', { amendmentId: amendment.id, effectiveOn, consolidatedDigest })];
    }),
});

/** The document of an addendum to which the participants have consented. */
export const AddAddendum = part({
  input: z.object({ amendmentId: NonEmpty, documentRef: NonEmpty, ...imported, ...onBehalf }),
  decide: (input, state, ctx) =>
    onAmendment(state, input.amendmentId, (amendment) =>
      asParticipant(input, state, ctx, () => {
        const { documentRef } = input;
        return wanting(state, amendment, 'addendum') ?? [event('MouAddendumAdded', { addendumId: amendment.id, documentRef, on: dayGiven(input, ctx) })];
      }),
    ),
});
