import { Digests, NonEmpty, PersonId, refuse, type Refusal } from '#kernel';
import { z } from 'zod';
import { MouEvents } from './events.js';
import { actingGroup, asParticipant, authorisationProblem, type Ctx, event, forImport, mayAct, notForOthers, onBehalf, part } from './rules.js';
import { SigningMethod, When } from './schemas.js';
import { type Mou, namesOf, turnOf, unsigned } from './state.js';
import { sameDigests } from './text.js';

/** The reader may say which text was before his or her eyes; it must then be the text that is frozen (MOU-5). */
const seen = { digests: Digests.optional() };
const otherText = (given: Readonly<Record<string, string>> | undefined, state: Mou): Refusal | undefined =>
  given !== undefined && state.digests !== null && !sameDigests(given, state.digests) ? refuse('mou.other-text', {}, 'MOU-5') : undefined;

/** The chair lodges the authorisation by which the group lets a person sign exactly this text (MOU-4). */
export const RecordPartyAuthorisation = part({
  input: z.object({ authorisationId: NonEmpty, ...seen, ...onBehalf }),
  guard: (input, state, ctx) => {
    const group = actingGroup(input, ctx);
    return authorisationProblem(input.authorisationId, { group, act: 'sign', texts: namesOf(state) }, ctx);
  },
  decide: (input, state, ctx) =>
    asParticipant(input, state, ctx, (groupId) => {
      const other = otherText(input.digests, state);
      if (other) return { ...other, rule: 'MOU-4' };
      const digests = state.digests ?? {};
      const { authorisationId } = input;
      const lodged = state.authorisations.some((a) => a.groupId === groupId && a.authorisationId === authorisationId && sameDigests(a.digests, digests));
      return lodged ? [] : [event('MouPartyAuthorised', { groupId, authorisationId, digests })];
    }),
});

/** In one ceremony, at its place; in counterparts, each its own copy of the same text; or one after the other, in the order that is named here. */
export const OpenForSignature = part({
  input: MouEvents.schema('MouOpenedForSignature').extend({ from: MouEvents.schema('MouOpenedForSignature').shape.from.optional() }),
  guard: ({ mode, place }, state) => [
    mode === 'ceremony' && place === undefined && refuse('mou.ceremony-without-place', {}),
    state.digests === null && refuse('mou.text-not-frozen', {}, 'MOU-2'),
    state.authorisations.length === 0 && refuse('mou.nobody-authorised', {}, 'MOU-4'),
  ],
  decide: (input, { participants }, ctx) => {
    const from = input.from ?? ctx.now;
    const sequential = input.mode === 'sequential';
    if (!sequential && input.order !== undefined) return refuse('mou.order-only-sequential', {}, 'MOU-5');
    const order = input.order ?? participants;
    if (order.length !== participants.length || participants.some((g) => !order.includes(g))) return refuse('mou.order-incomplete', {}, 'MOU-5');
    if (input.until !== undefined && (input.until <= from || input.until <= ctx.now)) return refuse('mou.until-too-early', { until: input.until });
    return [event('MouOpenedForSignature', { ...input, from, order: sequential ? [...order] : undefined })];
  },
});

const SignInput = z.object({
  capacity: z.enum(['for-group', 'ad-referendum']).default('for-group'),
  ...seen,
  place: NonEmpty.optional(),
  /** Name and title as they are to stand under the text. */
  asPrinted: NonEmpty.optional(),
  ...forImport,
  at: When.optional().meta({ import: true }),
  method: SigningMethod.optional().meta({ import: true }),
  evidenceRef: NonEmpty.optional().meta({ import: true }),
});
type SignInput = z.output<typeof SignInput>;

const lodgedBy = (state: Mou, group: string | undefined) =>
  state.authorisations.find((a) => a.groupId === group && namesOf(state).some((digests) => sameDigests(a.digests, digests)));

/** Whose signature it is: the actor’s own, or that of the person for whom he or she stands in as a proxy (AUT-1). */
const signatoryOf = ({ actor }: Ctx): string => (actor.authorityId === undefined ? actor.personId : (actor.grantedBy ?? actor.personId));

function maySign(input: SignInput, state: Mou, ctx: Ctx): (Refusal | false | undefined)[] {
  const group = actingGroup(input, ctx);
  const { opened } = state;
  const turn = turnOf(state);
  const lodged = lodgedBy(state, group);
  const forGroup = input.capacity === 'for-group';
  return [
    mayAct(group, ctx),
    opened !== null && opened.from > ctx.now && refuse('mou.not-open-yet', { from: opened.from }),
    opened?.until != null && opened.until <= ctx.now && refuse('mou.signature-closed', { until: opened.until }),
    turn !== null && turn !== group && unsigned(state).includes(group ?? '') && refuse('mou.not-your-turn', { group: turn }, 'MOU-5'),
    opened?.mode === 'ceremony' && input.place !== undefined && input.place !== opened.place && refuse('mou.elsewhere', { place: opened.place ?? '' }, 'MOU-5'),
    state.digests === null && refuse('mou.text-not-frozen', {}, 'MOU-5'),
    forGroup && lodged === undefined && refuse('mou.not-authorised', { group: group ?? '' }, 'MOU-4'),
    forGroup &&
      lodged !== undefined &&
      authorisationProblem(lodged.authorisationId, { group, act: 'sign', holder: signatoryOf(ctx), texts: namesOf(state) }, ctx),
  ];
}

/** By count each signature is the first, the last or one between: `last` says which this command is for. */
const signs = (last: boolean) =>
  part({
    input: SignInput,
    guard: maySign,
    decide: (input, state, ctx) =>
      asParticipant(input, state, ctx, (groupId) => {
        const imported = ctx.mode === 'import';
        const personId = imported ? input.personId : signatoryOf(ctx);
        const proxyBy = imported || personId === ctx.actor.personId ? undefined : ctx.actor.personId;
        if (!unsigned(state).includes(groupId)) return refuse('mou.already-signed', { group: groupId }, 'MOU-5');
        const isLast = unsigned(state).length === 1;
        if (isLast !== last) return refuse(last ? 'mou.others-have-yet-to-sign' : 'mou.is-the-last-signature', { remaining: unsigned(state).length });
        if (personId === undefined && input.asPrinted === undefined) return refuse('mou.signatory-unnamed', {}, 'MOU-11');
        if (personId !== undefined && state.witnesses.some((w) => w.personId === personId || w.personId === proxyBy))
          return refuse('mou.witness-cannot-sign', {}, 'MOU-10');
        if (personId === undefined && state.witnesses.some((w) => w.asPrinted !== null && w.asPrinted === input.asPrinted))
          return refuse('mou.witness-cannot-sign', {}, 'MOU-10');
        const other = otherText(input.digests, state);
        if (other) return other;
        const method = imported ? (input.method ?? 'unknown') : proxyBy === undefined ? 'account' : 'proxy';
        if (imported && (method === 'passkey' || method === 'account')) return refuse('mou.method-not-in-import', { method }, 'G3');
        const strange = !imported && (input.method ?? 'account') !== 'account';
        if (strange) return refuse('mou.method-not-available', { method: input.method ?? '' });
        const at = imported ? (input.at ?? 'XXXX') : ctx.now;
        const { capacity, asPrinted } = input;
        const place = input.place ?? (imported || state.opened?.mode !== 'ceremony' ? undefined : (state.opened.place ?? undefined));
        const evidenceRef = imported ? input.evidenceRef : capacity === 'for-group' ? lodgedBy(state, groupId)?.authorisationId : undefined;
        const signed = event('MouSigned', {
          personId, asPrinted, groupId, capacity, digests: state.digests ?? {}, at, place, method, evidenceRef, proxyBy,
        });
        return last ? [signed, event('MouSignaturesCompleted', { at })] : [signed];
      }),
  });
export const SignFirst = signs(false);
export const SignFurther = signs(false);
export const SignLast = signs(true);

export const ConfirmAdReferendum = part({
  input: z.object({ authorisationId: NonEmpty, ...onBehalf, at: When.optional().meta({ import: true }) }),
  guard: (input, state, ctx) => {
    const group = actingGroup(input, ctx);
    return [mayAct(group, ctx), authorisationProblem(input.authorisationId, { group, act: 'sign', texts: namesOf(state) }, ctx)];
  },
  decide: (input, state, ctx) =>
    asParticipant(input, state, ctx, (groupId) => {
      const signature = state.signatures.find((s) => s.groupId === groupId);
      if (signature === undefined) return refuse('mou.no-such-signature', {}, 'MOU-4');
      if (signature.effective) return refuse('mou.nothing-to-confirm', {}, 'MOU-4');
      const at = ctx.mode === 'import' ? (input.at ?? 'XXXX') : ctx.now;
      return [event('MouSignatureConfirmed', { groupId, authorisationId: input.authorisationId, at })];
    }),
});

/** A witness attests to have been present, and becomes nothing by it (MOU-10). */
export const AttestSignature = part({
  input: z.object({ ofSignatureBy: PersonId.optional(), asPrinted: NonEmpty.optional(), personId: forImport.personId }),
  guard: (input) => (input.ofSignatureBy === undefined ? refuse('mou.whose-signature', {}, 'MOU-10') : undefined),
  decide: (input, state, ctx) => {
    const strange = notForOthers(input, ctx);
    if (strange) return strange;
    const { ofSignatureBy, asPrinted } = input;
    const personId = ctx.mode === 'import' ? input.personId : ctx.actor.personId;
    if (personId === undefined && asPrinted === undefined) return refuse('mou.witness-unnamed', {}, 'MOU-11');
    const signedBy = (s: Mou['signatures'][number]) =>
      personId !== undefined && s.personId !== null ? s.personId === personId : asPrinted !== undefined && s.asPrinted === asPrinted;
    const stoodIn = personId !== undefined && state.signatures.some((s) => s.proxyBy === personId);
    if (stoodIn || state.signatures.some(signedBy)) return refuse('mou.signatory-cannot-witness', {}, 'MOU-10');
    if (ofSignatureBy !== undefined && !state.signatures.some((s) => s.personId === ofSignatureBy))
      return refuse('mou.no-such-signature', {}, 'MOU-10');
    const attested = state.witnesses.some(
      (w) => w.personId === (personId ?? null) && w.of === (ofSignatureBy ?? null) && (personId !== undefined || w.asPrinted === asPrinted),
    );
    return attested ? [] : [event('MouSignatureWitnessed', { personId, ofSignatureBy, asPrinted })];
  },
});
