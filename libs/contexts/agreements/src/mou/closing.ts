import { Edtf, NonEmpty, refuse } from '#kernel';
import { z } from 'zod';
import { dayOf } from './days.js';
import { MouEvents } from './events.js';
import { asParticipant, event, forImport, part } from './rules.js';
import { When } from './schemas.js';
import { clauseOf, fingerprint, tellOthers, unsigned } from './state.js';
import { digestsOf, rectified, sameDigests } from './text.js';

/** Only before it signs: who has signed does not reject. It may still think better of it and sign; all who have signed are told. */
export const DeclineMouSignature = part({
  input: MouEvents.schema('MouSignatureDeclined').pick({ reason: true }).extend({ ...forImport, at: When.optional().meta({ import: true }) }),
  decide: (input, state, ctx) =>
    asParticipant(input, state, ctx, (groupId) => {
      if (!unsigned(state).includes(groupId)) return refuse('mou.signed-cannot-reject', {}, 'MOU-5');
      if (state.declined.includes(groupId)) return [];
      const imported = ctx.mode === 'import';
      const personId = imported ? input.personId : ctx.actor.personId;
      const at = imported ? (input.at ?? 'XXXX') : ctx.now;
      return [event('MouSignatureDeclined', { groupId, personId, reason: input.reason, at, ...tellOthers(state, ctx.actor.personId) })];
    }),
});

/** By the timer, at the instant that the opening named; the signatures stay, and the depositary may set a later instant. */
export const CloseMouSignature = part({
  input: z.object({}),
  guard: (_, { opened }, { now }) => {
    if (opened?.until == null) return refuse('mou.signature-open-ended', {});
    return opened.until > now ? refuse('mou.signature-still-open', { until: opened.until }) : undefined;
  },
  decide: (_, state, ctx) =>
    state.opened === null || state.opened.closed
      ? []
      : [event('MouSignatureClosed', { at: state.opened.until ?? ctx.now, missing: unsigned(state), ...tellOthers(state, ctx.actor.personId) })],
});

export const ExtendMouSignature = part({
  input: MouEvents.schema('MouSignatureExtended'),
  decide: ({ until }, { opened }, { now }) => {
    if (opened?.until == null) return refuse('mou.signature-open-ended', {});
    return until <= opened.until || until <= now ? refuse('mou.until-not-later', { until }) : [event('MouSignatureExtended', { until })];
  },
});

/** The depositary has the copy of each and hands it to the others; each must be of exactly the text that was signed (MOU-5). */
export const ExchangeCounterparts = part({
  input: MouEvents.schema('MouCounterpartsExchanged').omit({ on: true }).extend({ on: Edtf.optional().meta({ import: true }) }),
  guard: (_, { opened }) => (opened?.mode === 'counterparts' ? undefined : refuse('mou.not-in-counterparts', {}, 'MOU-5')),
  decide: ({ counterparts, on }, { signatures, exchanged }, ctx) => {
    if (exchanged) return [];
    const missing = signatures.filter((s) => !counterparts.some((c) => c.groupId === s.groupId)).length;
    if (missing > 0) return refuse('mou.counterparts-missing', { missing }, 'MOU-5');
    const strange = counterparts.find((c) => !signatures.some((s) => s.groupId === c.groupId));
    if (strange) return refuse('mou.not-a-participant', { group: strange.groupId }, 'MOU-5');
    if (counterparts.some((c) => !signatures.some((s) => s.groupId === c.groupId && sameDigests(s.digests, c.digests)))) return refuse('mou.other-text', {}, 'MOU-5');
    return [event('MouCounterpartsExchanged', { counterparts, on: ctx.mode === 'import' ? (on ?? 'XXXX') : dayOf(ctx.now) })];
  },
});

/** What a procès-verbal corrects in the frozen text, word for word; it follows the execution of the correction in the record (COR-2). */
export const RectifyMouText = part({
  input: MouEvents.schema('MouTextRectified').pick({ correctionId: true, clauseId: true, lang: true, wrong: true, right: true, ref: true }).extend({ ref: NonEmpty }),
  decide: (input, state, ctx) => {
    const { correctionId, clauseId, lang, wrong } = input;
    if (state.said.includes(fingerprint('rectified', correctionId))) return [];
    const clause = clauseOf(state, clauseId);
    if (clause === undefined) return refuse('mou.unknown-clause', { clause: clauseId });
    const found = (clause.text[lang] ?? '').split(wrong).length - 1;
    if (found !== 1) return refuse(found === 0 ? 'mou.reading-not-in-text' : 'mou.reading-ambiguous', { clause: clauseId }, 'MOU-2');
    const clauses = state.clauses.map((c) => (c === clause ? { ...c, text: rectified(c.text, input) } : c));
    const digests = state.digests === null ? {} : digestsOf(clauses, Object.keys(state.digests), ctx.sha256);
    return [event('MouTextRectified', { ...input, before: state.digests ?? {}, digests, ...tellOthers(state, ctx.actor.personId) })];
  },
});
