import { Edtf, GroupId, NonEmpty, refuse, type Refusal } from '#kernel';
import { z } from 'zod';
import { dayOf } from './days.js';
import { MouEvents } from './events.js';
import { actingGroup, asParticipant, authorisationProblem, bodyOf, type Ctx, event, mayAct, notForOthers, onBehalf, part } from './rules.js';
import { type Applicant, type Mou, namesOf } from './state.js';

const applicantOf = (state: Mou, group: string): Applicant | undefined => state.applicants.find((a) => a.groupId === group);

/** Participants whose consent is still wanting by the accession clause (MOU-8). */
export function accessionConsentsMissing(state: Mou, applicant: Applicant): number {
  const given = state.participants.filter((g) => applicant.consents.includes(g)).length;
  if (state.terms.accession === 'unanimous') return state.participants.length - given;
  return state.terms.accession === 'by-invitation' ? Math.max(0, 1 - given) : 0;
}

/** An instrument is open to others only by a clause of its own (MOU-8); what is not known to be there is not there. */
const clauseProblem = ({ terms }: Mou): Refusal | undefined =>
  terms.accession === undefined || terms.accession === 'closed' ? refuse('mou.closed-to-accession', {}, 'MOU-8') : undefined;

export const RequestAccession = part({
  input: z.object({ letterRef: NonEmpty, ...onBehalf }),
  guard: (input, state, ctx) => {
    const group = actingGroup(input, ctx);
    const invited = applicantOf(state, group ?? '')?.consents.some((g) => state.participants.includes(g)) ?? false;
    const closed = clauseProblem(state);
    if (closed) return closed;
    return [
      mayAct(group, ctx),
      !bodyOf(group ?? '', ctx).mayParticipate && refuse('mou.not-a-group', { participant: group ?? '', kind: bodyOf(group ?? '', ctx).kind }, 'MOU-1'),
      state.terms.accession === 'by-invitation' && !invited && refuse('mou.not-invited', {}, 'MOU-8'),
    ];
  },
  decide: (input, state, ctx) => {
    const group = actingGroup(input, ctx);
    const strange = notForOthers(input, ctx);
    if (strange) return strange;
    if (group === undefined) return refuse('mou.not-a-group', { participant: '', kind: 'unknown' }, 'MOU-1');
    if (state.participants.includes(group)) return refuse('mou.already-a-participant', {}, 'MOU-8');
    if (applicantOf(state, group)?.requested) return refuse('mou.accession-already-requested', {}, 'MOU-8');
    return [event('MouAccessionRequested', { groupId: group, letterRef: input.letterRef })];
  },
});

/** Before the request it is the invitation, where the clause is by invitation. */
export const ConsentToAccession = part({
  input: MouEvents.schema('MouAccessionConsented').omit({ byGroupId: true }).extend(onBehalf),
  guard: (input, state, ctx) => clauseProblem(state) ?? mayAct(actingGroup(input, ctx), ctx),
  decide: (input, state, ctx) =>
    asParticipant(input, state, ctx, (byGroupId) => {
      const { applicantId } = input;
      const applicant = applicantOf(state, applicantId);
      if (state.participants.includes(applicantId)) return refuse('mou.already-a-participant', {}, 'MOU-8');
      if (!applicant?.requested && state.terms.accession !== 'by-invitation') return refuse('mou.accession-not-requested', {}, 'MOU-8');
      return applicant?.consents.includes(byGroupId) ? [] : [event('MouAccessionConsented', { applicantId, byGroupId })];
    }),
});

/** Only where the clause asks for the consent of all; a consent given later takes the refusal back. */
export const RefuseAccession = part({
  input: MouEvents.schema('MouAccessionRefused').omit({ byGroupId: true }).extend(onBehalf),
  guard: (input, state, ctx) => [
    clauseProblem(state),
    mayAct(actingGroup(input, ctx), ctx),
    state.terms.accession !== undefined && state.terms.accession !== 'unanimous' && refuse('mou.consent-not-asked', {}, 'MOU-8'),
  ],
  decide: (input, state, ctx) =>
    asParticipant(input, state, ctx, (byGroupId) => {
      const { applicantId, reason } = input;
      const applicant = applicantOf(state, applicantId);
      if (state.participants.includes(applicantId)) return refuse('mou.already-a-participant', {}, 'MOU-8');
      if (!applicant?.requested) return refuse('mou.accession-not-requested', {}, 'MOU-8');
      return applicant.refusals.includes(byGroupId) ? [] : [event('MouAccessionRefused', { applicantId, byGroupId, reason })];
    }),
});

/** The newcomer takes on the same text: the digests of the one in effect stand in the event. */
export const DepositAccession = part({
  input: z.object({
    groupId: GroupId,
    instrumentRef: NonEmpty,
    /** The group’s own authorisation to accede to exactly this text, where it cites one. */
    authorisationId: NonEmpty.optional(),
    on: Edtf.optional().meta({ import: true }),
  }),
  guard: (input, state, ctx) => {
    const applicant = applicantOf(state, input.groupId);
    const missing = applicant ? accessionConsentsMissing(state, applicant) : 0;
    const refusals = applicant?.refusals.filter((g) => state.participants.includes(g)).length ?? 0;
    return [
      clauseProblem(state),
      mayAct(input.groupId, ctx),
      input.on !== undefined && refuse('mou.computed-not-typed', {}, 'MOU-8'),
      missing > 0 && refuse('mou.consents-missing', { missing }, 'MOU-8'),
      refusals > 0 && refuse('mou.accession-refused', { refusals }, 'MOU-8'),
      input.authorisationId !== undefined && authorisationProblem(input.authorisationId, { group: input.groupId, act: 'accede', texts: namesOf(state) }, ctx),
    ];
  },
  decide: ({ groupId, instrumentRef, on }, state, ctx) => {
    if (state.participants.includes(groupId)) return refuse('mou.already-a-participant', {}, 'MOU-8');
    if (!applicantOf(state, groupId)?.requested) return refuse('mou.accession-not-requested', {}, 'MOU-8');
    const effectiveOn = dayOrUnknown(on, ctx);
    return [event('MouAcceded', { groupId, instrumentRef, effectiveOn, digests: state.digests ?? {} })];
  },
});

const dayOrUnknown = (on: string | undefined, ctx: Ctx) => (ctx.mode === 'import' ? (on ?? 'XXXX') : dayOf(ctx.now));
