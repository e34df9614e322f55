import { Digest, Instant, Prose, refuse, type Refusal } from '#kernel';
import { z } from 'zod';
import { SegmentId } from './events.js';
import { behind, type Ctx, event, fourEyes, mismatched, onSegment, part, unanswered, unattested, unreviewed, untranslated } from './rules.js';
import { nameOf, segmentOf, stateOf, type Translation, wholeText } from './state.js';

export const ReturnToTranslator = part({ input: z.object({ reason: Prose }), decide: ({ reason }) => [event('TranslationReturned', { reason })] });

export const SubmitForConcordance = part({
  input: z.object({}),
  guard: (_, state, { evidence }) => [...untranslated(state), ...unreviewed(state), ...mismatched(state, evidence?.terms ?? [])],
  decide: (_, __, { actor }) => [event('RevisionCompleted', { by: actor.personId })],
});

/** One clause as it stands in this language says what it says in the others. The digests are those that the one who attests has seen. */
/** Concordance is answered for by a linguist who is named for this language; another of the network's linguists does not read it (TRN-5). */
const named = ({ revisers, linguists }: Translation, { actor }: Ctx) =>
  [...revisers, ...linguists].includes(actor.personId) ? undefined : refuse('translation.not-named', {}, 'TRN-5');

export const AttestClause = part({
  input: z.object({ segmentId: SegmentId, sourceDigest: Digest, targetDigest: Digest }),
  guard: ({ segmentId }, state, ctx) => [named(state, ctx), fourEyes(state, segmentId, ctx)],
  decide: ({ segmentId, sourceDigest, targetDigest }, state, { actor }) =>
    onSegment(state, segmentId, sourceDigest, (segment) => {
      if (segment.targetDigest !== targetDigest) return refuse('translation.other-words', { segment: nameOf(segment) }, 'TRN-5');
      const now = stateOf(segment);
      if (now === 'attested') return [];
      if (now !== 'reviewed') return refuse('translation.segment-not-reviewed', { segment: nameOf(segment) }, 'TRN-2');
      return [event('SegmentAttested', { segmentId, sourceDigest, targetDigest, by: actor.personId })];
    }),
});

const textOf = (state: Translation): string => wholeText(state.docRef!.type, state.segments, (id) => segmentOf(state, id)?.target ?? '');
const sourceOf = ({ sourceRevision, sourceDigest }: Translation) => ({ sourceRevision, sourceDigest });

/** The other authentic languages of the document, as far as they are not where this one is (TRN-5). */
function discordant(state: Translation, { evidence }: Ctx): Refusal[] {
  if (state.legalStatus !== 'authentic') return [];
  return others(state, evidence?.document?.languages ?? [])
    .filter((lang) => !evidence?.versions.some((v) => v.lang === lang && v.legalStatus === 'authentic' && ['inConcordance', 'certified'].includes(v.status)))
    .map((lang) => refuse('translation.not-in-concordance', { lang }, 'TRN-5'));
}
const others = (state: Translation, languages: readonly string[]): string[] => languages.filter((lang) => lang !== state.sourceLang && lang !== state.targetLang);

/** Every unmet condition at once: what is missing, behind, unread or asked, in this language and in those that are to say the same. */
export function certifyObstacles(state: Translation, ctx: Ctx): Refusal[] {
  return [
    ...behind(state, ctx.evidence?.document ?? null, ctx), ...untranslated(state), ...unreviewed(state), ...unattested(state), ...unanswered(state),
    ...mismatched(state, ctx.evidence?.terms ?? []), ...discordant(state, ctx),
  ];
}

export const Certify = part({
  input: z.object({}),
  guard: (_, state, ctx) => [named(state, ctx), ...certifyObstacles(state, ctx)],
  decide: (_, state, { actor, sha256, evidence }) => {
    const languages = evidence?.document?.languages ?? [state.sourceLang];
    const concordantWith = state.legalStatus === 'authentic' ? [state.sourceLang, ...others(state, languages)] : [];
    return [event('TranslationCertified', { by: actor.personId, digest: sha256(textOf(state)), concordantWith, ...sourceOf(state) })];
  },
});

/** In a crisis one pair of eyes may do for the moment; the text says that it is provisional, and by when it is completed (TRN-3, STM-12). */
export const CertifyProvisionally = part({
  input: z.object({ reason: Prose, completeBy: Instant }),
  guard: (_, state, ctx) => {
    const document = ctx.evidence?.document ?? null;
    return [
      document?.crisis === false && refuse('translation.no-crisis', {}, 'TRN-3'),
      ...behind(state, document, ctx), ...untranslated(state), ...unanswered(state), ...mismatched(state, ctx.evidence?.terms ?? []),
    ];
  },
  decide: ({ reason, completeBy }, state, { actor, sha256, now }) => {
    if (completeBy.slice(0, -1) <= now.slice(0, -1)) return refuse('translation.complete-by-past', {}, 'TRN-3');
    return [event('TranslationReleasedProvisionally', { reason, completeBy, by: actor.personId, digest: sha256(textOf(state)), ...sourceOf(state) })];
  },
});
