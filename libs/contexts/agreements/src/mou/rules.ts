import type { Authorisation as Granted } from '#contexts/directory';
import { canonicalParagraph, type Circumstances, type CommandRow, type Decision, GroupId, PersonId, refuse, type Refusal } from '#kernel';
import type { z } from 'zod';
import type { DataOf, MouEvent } from './events.js';
import type { Digests, Mou } from './state.js';
import { sameDigests } from './text.js';

/** A body that is, or would be, a participant. */
export interface Body {
  readonly kind: 'group' | 'network' | 'parliament' | 'unknown';
  readonly status: string;
  /** May anything be signed for it now (GRP-8)? */
  readonly active: boolean;
  /** A parliament only where its rules profile permits (MOU-1). */
  readonly mayParticipate: boolean;
}
/** What a group has granted, as far as this instrument is concerned. */
export interface Authorisation extends Omit<Granted, 'subject'> {
  readonly groupId: string;
  /** Was it granted for this instrument? */
  readonly forThis: boolean;
}
export interface MouEvidence {
  /** Articles that are being typed, as their live text has them (`drafting`); asked for where the text is agreed. */
  readonly live: readonly { readonly clauseId: string; readonly lang: string; readonly text: string }[];
  readonly bodies: Readonly<Record<string, Body>>;
  readonly authorisations: Readonly<Record<string, Authorisation>>;
  /** The instrument that is said to replace this one. */
  readonly successor?: { readonly status: string; readonly participants: readonly string[]; readonly supersedes: readonly string[] };
  /** This instrument's own id. */
  readonly id: string;
}
export type Ctx = Circumstances<MouEvidence | undefined>;

/** What a row of the table does; who may, from where and to where stands in the table. */
export type Part<I> = Pick<CommandRow<Mou, MouEvent, I, MouEvidence | undefined>, 'input' | 'guard' | 'decide'>;
export const part = <I>(row: { input: z.ZodType<I> } & Omit<Part<I>, 'input'>): Part<I> => row;
export const event = <K extends MouEvent['type']>(type: K, data: DataOf<K>): MouEvent => ({ type, data: known(data) }) as MouEvent;
/** Without the fields of which nothing is said. */
export const known = <T extends object>(data: T): T =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as T;

/** In a historical import the source says for whom and by whom; elsewhere the actor is both (G2, G3). */
export const forImport = {
  groupId: GroupId.optional().meta({ import: true }),
  personId: PersonId.optional().meta({ import: true }),
};
export const onBehalf = { groupId: forImport.groupId };
interface Said {
  readonly groupId?: string | undefined;
  readonly personId?: string | undefined;
}

export const actingGroup = (said: Said, ctx: Ctx): string | undefined =>
  speaksForOthers(ctx) ? (said.groupId ?? ctx.actor.onBehalfOf) : ctx.actor.onBehalfOf;
/** A source, or a rule that says for whom it fires. */
const speaksForOthers = ({ mode, actor }: Ctx): boolean => mode === 'import' || actor.capacity === 'system';

/** Goes on with the participant for which this is done; nobody but an import speaks for others. */
export function asParticipant(said: Said, state: Mou, ctx: Ctx, then: (group: string) => Decision<MouEvent>): Decision<MouEvent> {
  const group = actingGroup(said, ctx);
  const strange = notForOthers(said, ctx);
  if (strange) return strange;
  if (group === undefined || !state.participants.includes(group)) return refuse('mou.not-a-participant', { group: group ?? '' }, 'MOU-1');
  return then(group);
}
export function notForOthers(said: Said, ctx: Ctx): Refusal | undefined {
  if (speaksForOthers(ctx)) return undefined;
  const { groupId, personId } = said;
  const others = (groupId !== undefined && groupId !== ctx.actor.onBehalfOf) || (personId !== undefined && personId !== ctx.actor.personId);
  return others ? refuse('mou.not-for-others', {}, 'G2') : undefined;
}

export const bodyOf = (id: string, ctx: Ctx): Body =>
  ctx.evidence?.bodies[id] ?? { kind: 'unknown', status: 'unknown', active: false, mayParticipate: false };

/** Nothing is signed for a group that does not stand (GRP-8). */
export function mayAct(group: string | undefined, ctx: Ctx): Refusal | undefined {
  const body = bodyOf(group ?? '', ctx);
  return body.active ? undefined : refuse('mou.group-may-not-act', { group: group ?? '', status: body.status }, 'GRP-8');
}

/** Why this authorisation does not carry this act of this group for exactly this text, by any of its names; undefined where it does (MOU-4). */
export function authorisationProblem(
  id: string,
  { group, act, holder, texts }: { group: string | undefined; act: string; holder?: string; texts: readonly Digests[] },
  ctx: Ctx,
): Refusal | undefined {
  const granted = ctx.evidence?.authorisations[id];
  const no = (code: string, params: Refusal['params'] = {}) => refuse(code, { authorisation: id, ...params }, 'MOU-4');
  if (granted === undefined || granted.groupId !== group) return no('mou.authorisation-unknown');
  if (!granted.forThis || granted.act !== act) return no('mou.authorisation-for-other', { act });
  if (granted.expiresAt <= ctx.now) return no('mou.authorisation-expired', { expiresAt: granted.expiresAt });
  if (holder !== undefined && granted.holder !== holder) return no('mou.not-the-authorised', { holder: granted.holder });
  const { digests } = granted;
  const covered = digests === null ? granted.latitude !== 'none' : texts.some((text) => sameDigests(digests, text));
  return covered ? undefined : no('mou.authorisation-other-text');
}

export function participantsProblem(participants: readonly string[]): Refusal | undefined {
  const distinct = new Set(participants).size;
  if (distinct !== participants.length) return refuse('mou.participant-twice', {}, 'MOU-1');
  return distinct < 2 ? refuse('mou.too-few-participants', { participants: distinct }, 'MOU-1') : undefined;
}

/** How many must consent to an amendment, of so many participants (MOU-7). */
export const consentsNeeded = (rule: 'all' | 'two-thirds' | 'majority', participants: number): number =>
  rule === 'all' ? participants : rule === 'two-thirds' ? Math.ceil((participants * 2) / 3) : Math.floor(participants / 2) + 1;

/** What is being typed in an article and is no revision of it yet: nobody agrees to words that are still moving. */
export function beingWritten(clause: { readonly id: string; readonly text: Readonly<Record<string, string>> }, { evidence }: Ctx): Refusal | undefined {
  const live = evidence?.live.find((l) => l.clauseId === clause.id && canonicalParagraph(clause.text[l.lang] ?? '') !== canonicalParagraph(l.text));
  return live && refuse('mou.clause-being-written', { lang: live.lang }, 'MOU-2');
}
