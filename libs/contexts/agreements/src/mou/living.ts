import { Edtf, isRefusal, NonEmpty, refuse } from '#kernel';
import { z } from 'zod';
import { addMonths, dayOf } from './days.js';
import { entryIntoEffect, expiryFrom } from './effect.js';
import { MouEvents } from './events.js';
import { asParticipant, event, onBehalf, part } from './rules.js';
import { EffectRule, Notifications } from './schemas.js';
import { fingerprint } from './state.js';

/** In an import the source may state the day; where it states none, effect on signature is assumed and said to be assumed (MOU-11). */
export const RecordEntryIntoEffect = part({
  input: z.object({
    notifications: Notifications.optional(),
    on: Edtf.optional().meta({ import: true }),
    byRule: EffectRule.optional().meta({ import: true }),
  }),
  guard: (input) => (input.on !== undefined || input.byRule !== undefined ? refuse('mou.computed-not-typed', {}, 'MOU-6') : undefined),
  decide: (input, state, ctx) => {
    const sourced = ctx.mode === 'import' && (input.on !== undefined || input.byRule !== undefined || state.terms.effect === undefined);
    if (sourced) {
      const on = input.on ?? state.signedOn ?? 'XXXX';
      const byRule = input.byRule ?? (input.on === undefined ? 'assumed-on-signature' : 'unknown');
      return [event('MouEnteredIntoEffect', { on, byRule, expiresOn: expiryFrom(on, state.terms) })];
    }
    const effect = entryIntoEffect(state, ctx.now, input.notifications);
    return isRefusal(effect) ? effect : [event('MouEnteredIntoEffect', effect)];
  },
});

/** Of the text in effect, in one authentic language. */
export const IssueCertifiedCopy = part({
  input: MouEvents.schema('MouCertifiedCopyIssued').omit({ digest: true }),
  decide: ({ to, lang }, state) => {
    if (state.digests === null) return refuse('mou.text-unknown', {}, 'MOU-11');
    const digest = state.digests[lang];
    if (digest === undefined) return refuse('mou.language-not-authentic', { language: lang }, 'MOU-2');
    return state.said.includes(fingerprint('copy', to, lang, digest)) ? [] : [event('MouCertifiedCopyIssued', { to, digest, lang })];
  },
});

export const RecordJointActivity = part({
  input: MouEvents.schema('MouActivityRecorded'),
  decide: (input, state) =>
    state.said.includes(fingerprint('activity', input.kind, input.ref, input.on)) ? [] : [event('MouActivityRecorded', input)],
});

export const ReviewMou = part({
  input: MouEvents.schema('MouReviewHeld').extend(onBehalf),
  decide: ({ groupId, ...input }, state, ctx) =>
    asParticipant({ groupId }, state, ctx, () =>
      state.said.includes(fingerprint('review', input.on, input.findings)) ? [] : [event('MouReviewHeld', input)],
    ),
});

/**
 * Tacit: the term has run out, nobody gave notice, and a chair records that it runs on, by the months of the clause.
 * Express: to the day that the participants have set in an exchange of letters or the like.
 */
export const RenewMou = part({
  input: z.object({ until: MouEvents.schema('MouRenewed').shape.until.optional(), instrumentRef: NonEmpty.optional(), ...onBehalf }),
  guard: (_, { terms }) => (terms.renewal === 'none' ? refuse('mou.no-renewal-clause', {}, 'MOU-6') : undefined),
  decide: (input, state, ctx) =>
    asParticipant(input, state, ctx, () => {
      const { until, instrumentRef } = input;
      const { terms, expiresOn } = state;
      const imported = ctx.mode === 'import';
      if (expiresOn === null && !imported) return refuse('mou.without-term', {}, 'MOU-6');
      const tacit = instrumentRef === undefined && terms.renewal === 'tacit' && terms.renewalMonths !== undefined;
      if (tacit && expiresOn !== null && !imported) {
        if (dayOf(ctx.now) <= expiresOn) return refuse('mou.renewal-not-due', { on: expiresOn }, 'MOU-6');
        return [event('MouRenewed', { until: addMonths(expiresOn, terms.renewalMonths ?? 0), basis: 'tacit' })];
      }
      // The source of an import gives the day, and a renewal without an instrument was a tacit one.
      if (until === undefined || (instrumentRef === undefined && !imported)) return refuse('mou.renewal-needs-instrument', {}, 'MOU-6');
      if (expiresOn !== null && until <= expiresOn) return refuse('mou.renewal-too-short', { on: expiresOn }, 'MOU-6');
      return [event('MouRenewed', { until, basis: instrumentRef === undefined ? 'tacit' : 'express', instrumentRef })];
    }),
});
