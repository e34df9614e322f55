import { LanguageTag, refuse } from '#kernel';
import { z } from 'zod';
import { chamberProfile, nameOf } from '../data/chamber-profiles.js';
import { wordsIn } from '../data/motion-form.js';
import { withdrawn } from './leaving.js';
import { actingGroup, type Ctx, event, forPerson, part, when } from './rules.js';
import { imported } from './schemas.js';
import { Chamber, MotionAmendmentId, MotionText, MotionTitle } from './signing-schemas.js';
import { eligibility } from './signing.js';
import type { MotionAmendment, Statement } from './state.js';

const notAMotion = ({ kind }: Statement) => (kind === 'harmonised-motion' ? undefined : refuse('statement.not-a-motion', {}, 'STM-1'));

/** The model text in the form of one chamber. It may break the form while it is written; the opening for signature asks that it keeps to it. */
export const SetMotionVariant = part({
  input: z.object({ chamber: Chamber, lang: LanguageTag, title: MotionTitle, text: MotionText }),
  decide: ({ chamber, lang, title, text }, state, { now }) => {
    const profile = chamberProfile(chamber, state.kind, now.slice(0, 10));
    const strange = notAMotion(state) ?? (profile ? undefined : refuse('statement.no-profile', { chamber }, 'SCR-1'));
    if (strange || !profile) return strange!;
    const old = state.variants.find((v) => v.chamber === chamber);
    if (old?.lang === lang && old.title === title && old.text === text) return [];
    return [event('MotionVariantSet', { chamber, lang, title, text, profile: { profileId: profile.profileId, version: profile.version } })];
  },
});

/** Who signs an amendment leaves the motion where the chamber says so, in the same breath. */
function leavesMotion(state: Statement, chamber: string, personId: string, at: string, { now }: Ctx) {
  const profile = chamberProfile(chamber, state.kind, now.slice(0, 10));
  return profile?.amendments.withdrawsName ? withdrawn(state, personId, at, 'signed-amendment') : [];
}

const ofChamber = (chamber: string | undefined, { evidence }: Ctx) =>
  evidence?.candidate?.snapshot?.chamber === chamber ? undefined : refuse('statement.other-chamber', { chamber: chamber ?? '' }, 'STM-6');
const amendment = (state: Statement, id: string): MotionAmendment | undefined => state.motionAmendments.find((a) => a.id === id);

export const TableMotionAmendment = part({
  input: z.object({ chamber: Chamber, amendmentId: MotionAmendmentId.optional(), text: MotionText, ...imported }),
  guard: ({ chamber, text }, state, ctx) => {
    const profile = chamberProfile(chamber, state.kind, ctx.now.slice(0, 10));
    const have = state.motionAmendments.filter((a) => a.chamber === chamber).reduce((sum, a) => sum + a.words, wordsIn(text));
    const need = profile?.amendments.maxWords ?? null;
    return [
      ...eligibility(state, ctx),
      ofChamber(chamber, ctx),
      need !== null && have > need && refuse('statement.motion-amendments-too-long', { have, need, profile: nameOf(profile!) }, 'SCR-1'),
    ];
  },
  decide: (input, state, ctx) =>
    forPerson(input, ctx, (personId) => {
      const { chamber, text, amendmentId = ctx.newId(0) } = input;
      const strange = notAMotion(state) ?? (state.variants.some((v) => v.chamber === chamber) ? undefined : refuse('statement.no-variant', { chamber }, 'SCR-1'));
      if (strange) return strange;
      if (amendment(state, amendmentId)) return refuse('statement.motion-amendment-exists', {}, 'SCR-1');
      const at = when(input, ctx);
      const words = wordsIn(text);
      return [event('MotionAmendmentTabled', { amendmentId, chamber, text, words, personId, groupId: actingGroup(input, ctx), at }), ...leavesMotion(state, chamber, personId, at, ctx)];
    }),
});

export const SignMotionAmendment = part({
  input: z.object({ amendmentId: MotionAmendmentId, ...imported }),
  guard: ({ amendmentId }, state, ctx) => [...eligibility(state, ctx), amendment(state, amendmentId) && ofChamber(amendment(state, amendmentId)?.chamber, ctx)],
  decide: (input, state, ctx) =>
    forPerson(input, ctx, (personId) => {
      const found = amendment(state, input.amendmentId);
      if (!found) return refuse('statement.unknown-motion-amendment', {}, 'SCR-1');
      if (found.signatories.includes(personId)) return [];
      const at = when(input, ctx);
      return [event('MotionAmendmentSigned', { amendmentId: found.id, personId, groupId: actingGroup(input, ctx), at }), ...leavesMotion(state, found.chamber, personId, at, ctx)];
    }),
});
