import { Digest, Id, LanguageTag, refuse, type Refusal } from '#kernel';
import { z } from 'zod';
import { nameOf } from '../data/chamber-profiles.js';
import { DEFAULT_THRESHOLDS } from '../data/thresholds.js';
import { type DataOf, StatementEvents } from './events.js';
import { type Authorisation, bindsFrozen, type Ctx, event, forGroup, forPerson, inStanding, isBefore, known, part, when, actingGroup } from './rules.js';
import { formObstacles } from './motion-forms.js';
import { Eligibility, imported, Snapshot, Thresholds } from './schemas.js';
import { sealProblem } from './sealing.js';
import { policyProblems, revealDue, stageFor, turnProblem } from './signing-policy.js';
import { SigningPolicy } from './signing-schemas.js';
import { clauseOf, isSecret, type Signature, type Statement, standing } from './state.js';
import { labels, sameText } from './text.js';

const schema = StatementEvents.schema.bind(StatementEvents) as typeof StatementEvents.schema;
const otherText = () => refuse('statement.not-the-frozen-text', {}, 'STM-5');

export const OpenSignature = part({
  input: z.object({
    closesAt: schema('StatementOpenedForSignature').shape.closesAt,
    /** What is left out holds as usual for the kind. */
    thresholds: Thresholds.partial().optional(),
    eligibility: Eligibility.optional(),
    policy: SigningPolicy.optional(),
    at: imported.at,
  }),
  guard: ({ closesAt, policy }, state, { now }) => [
    // The network speaks by its decisions: a text that is only frozen is not its text (STM-1).
    state.kind === 'network-statement' && state.status === 'frozen' && refuse('statement.decision-needed', {}, 'STM-1'),
    ...[closesAt, policy?.addUntil, policy?.withdrawUntil].map((d) => d !== undefined && !isBefore(now, d.instant) && refuse('statement.deadline-past', { deadline: d.instant }, 'G7')),
    ...policyProblems(policy),
    ...formObstacles(state.variants, now.slice(0, 10)),
    sealProblem(state),
  ],
  decide: ({ closesAt, thresholds = {}, eligibility = 'network', policy, at }, { kind }, ctx) => {
    const asked = Object.fromEntries(Object.entries(thresholds).filter(([, value]) => value !== undefined));
    const from = ctx.mode === 'import' ? when({ at }, ctx) : ctx.now;
    return [event('StatementOpenedForSignature', { from, closesAt, thresholds: { ...DEFAULT_THRESHOLDS[kind], ...asked }, eligibility, policy })];
  },
});

/** Why this authorisation does not carry the endorsement of exactly this text; undefined where it does (GRP-7). */
function authorisationProblem(granted: Authorisation | undefined, id: string, { frozen }: Statement, { actor, now }: Ctx): Refusal | undefined {
  const no = (code: string) => refuse(code, { authorisation: id }, 'STM-6');
  if (!granted || !granted.forThis || granted.act !== 'endorse') return no('statement.authorisation-unknown');
  if (granted.holder !== actor.personId) return no('statement.not-the-authorised');
  if (!isBefore(now, granted.expiresAt)) return no('statement.authorisation-expired');
  const named = granted.digests;
  const same = named !== null && Object.entries(named).every(([lang, digest]) => frozen?.digests[lang] === digest);
  return granted.latitude === 'none' && !same ? no('statement.authorisation-other-text') : undefined;
}

export const EndorseAsGroup = part({
  input: z.object({ authorisationId: Id.optional(), digest: Digest, groupId: imported.groupId }),
  guard: ({ authorisationId = '' }, state, ctx) => {
    const group = ctx.evidence?.group;
    return [
      inStanding(ctx),
      group?.status === 'active' ? undefined : refuse('statement.group-may-not-act', { status: group?.status ?? 'unknown' }, 'STM-6'),
      closed(state, ctx),
      turnProblem(state.opening?.policy ?? null, { groupId: ctx.actor.onBehalfOf }, signedIn(state)),
      authorisationProblem(group?.authorisations.find((a) => a.id === authorisationId), authorisationId, state, ctx),
    ];
  },
  decide: ({ authorisationId, digest, groupId }, { frozen, endorsements }, ctx) =>
    forGroup({ groupId }, ctx, (group) => {
      if (endorsements.includes(group)) return [];
      if (frozen === null || !bindsFrozen(frozen, digest)) return otherText();
      return [event('GroupEndorsed', { groupId: group, authorisationId, digest: frozen.digest })];
    }),
});

/** Names are added until the list closes, or earlier where the policy says so. */
function closed({ opening }: Statement, { now }: Ctx): Refusal | undefined {
  const past = [opening?.closesAt, opening?.policy?.addUntil?.instant].find((end) => end != null && !isBefore(now, end));
  return past == null ? undefined : refuse('statement.signature-closed', { closedAt: past }, 'STM-9');
}
const signedIn = ({ signatures, endorsements }: Statement) => ({ signatures: standing(signatures), endorsements });

/** May this person sign today (STM-6)? All that is unmet is told at once. */
export function eligibility(state: Statement, ctx: Ctx): (Refusal | undefined)[] {
  const { candidate } = ctx.evidence ?? {};
  const { onBehalfOf, capacity } = ctx.actor;
  const no = (code: string, params: Refusal['params'] = {}) => refuse(code, params, 'STM-6');
  return [
    inStanding(ctx),
    candidate?.serving ? undefined : no('statement.not-serving'),
    candidate?.office && !candidate.ministersMaySign ? no('statement.minister-may-not-sign', { office: candidate.office, profile: candidate.profile ? nameOf(candidate.profile) : 'none' }) : undefined,
    state.opening?.eligibility === 'sponsor-groups' && !state.sponsors.includes(onBehalfOf ?? '') ? no('statement.sponsors-only') : undefined,
    state.kind === 'chairs-statement' && capacity !== 'chair' ? no('statement.chairs-only') : undefined,
  ];
}

/** With the signature that reaches the threshold everybody sees who has signed, each with the time of his own signature; it stays so. */
function revealed(state: Statement, own: Omit<Signature, 'withdrawn'>) {
  const all = [...standing(state.signatures), own];
  const { privateUntil } = state.opening?.policy ?? {};
  if (!isSecret(state) || privateUntil === undefined || !revealDue(privateUntil, all.map((s) => s.snapshot))) return [];
  const signatories = all.map(({ personId, groupId, capacity, snapshot, languageSeen, at, method }) =>
    known({ personId, groupId: groupId ?? undefined, capacity, snapshot, languageSeen, at, method }));
  return [event('SignaturesRevealed', { signatories })];
}

export const SignStatement = part({
  input: z.object({
    /** Of the text that the signatory has seen: in the language seen, or over all languages. */
    digest: Digest,
    languageSeen: LanguageTag,
    capacity: schema('StatementSigned').shape.capacity.optional(),
    snapshot: Snapshot.optional().meta({ import: true }),
    ...imported,
  }),
  guard: (_, state, ctx) => {
    const { personId, onBehalfOf: groupId } = ctx.actor;
    // Who has signed is told nothing about turns: signing again changes nothing.
    if (standing(state.signatures).some((s) => s.personId === personId)) return [];
    return [
      ...eligibility(state, ctx),
      closed(state, ctx),
      turnProblem(state.opening?.policy ?? null, { personId, groupId }, signedIn(state)),
      state.motionAmendments.some((a) => a.chamber === ctx.evidence?.candidate?.snapshot?.chamber && a.signatories.includes(personId)) && refuse('statement.signed-an-amendment', {}, 'SCR-1'),
    ];
  },
  decide: (input, state, ctx) =>
    forPerson(input, ctx, (personId) => {
      const { frozen, signatures, opening } = state;
      if (standing(signatures).some((s) => s.personId === personId)) return [];
      if (frozen === null || !bindsFrozen(frozen, input.digest, input.languageSeen)) return otherText();
      if (frozen.digests[input.languageSeen] === undefined) return refuse('statement.language-not-frozen', { lang: input.languageSeen }, 'STM-5');
      if (input.snapshot !== undefined && ctx.mode !== 'import') return refuse('statement.import-only', {}, 'G3');
      const snapshot = input.snapshot ?? ctx.evidence?.candidate?.snapshot;
      if (!snapshot) return refuse('statement.no-snapshot', {}, 'STM-6');
      const capacity = input.capacity ?? 'individual';
      if (capacity === 'officer' && ctx.mode !== 'import' && !['chair', 'officer'].includes(ctx.actor.capacity)) return refuse('statement.not-an-officer', {}, 'STM-6');
      // A source can tell of a signature; it can never become one by passkey (G3).
      const method = ctx.mode === 'import' ? 'source' : 'account';
      const data: DataOf<'StatementSigned'> = {
        personId, capacity, snapshot, digest: frozen.digest, languageSeen: input.languageSeen, at: when(input, ctx), method,
      };
      const groupId = actingGroup(input, ctx);
      const policy = opening?.policy ?? null;
      const stage = policy === null ? undefined : stageFor(policy, { personId, groupId });
      const signed = event('StatementSigned', { ...data, groupId, stage, private: isSecret(state) || undefined });
      return [signed, ...revealed(state, { ...data, groupId: groupId ?? null })];
    }),
});

export const EnterStatementReservation = part({
  input: schema('StatementReservationEntered').omit({ groupId: true }).partial({ clauses: true }).extend({ groupId: imported.groupId }),
  // It stands beside the text in the same languages, so it is there in each of them before it is entered (STM-13).
  guard: ({ text }, { frozen }, ctx) => [
    inStanding(ctx),
    ...Object.keys(frozen?.digests ?? {})
      .filter((lang) => text[lang] === undefined)
      .map((lang) => refuse('statement.reservation-language-missing', { lang }, 'STM-13')),
  ],
  decide: ({ clauses = [], text, groupId }, state, ctx) =>
    forGroup({ groupId }, ctx, (group) => {
      const unknown = clauses.find((id) => !clauseOf(state, id));
      if (unknown !== undefined) return refuse('statement.unknown-clause', { clause: unknown }, 'STM-2');
      const known = labels(state.clauses);
      const ordered = clauses.toSorted((a, b) => (known[a] ?? a).localeCompare(known[b] ?? b, 'en', { numeric: true }));
      const said = state.reservations.some(
        (r) => r.groupId === group && r.clauses.join() === ordered.join() && Object.entries(text).every(([lang, t]) => sameText(r.text[lang], t)),
      );
      return said ? [] : [event('StatementReservationEntered', { groupId: group, clauses: ordered, text })];
    }),
});
