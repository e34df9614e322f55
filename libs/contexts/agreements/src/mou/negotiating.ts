import { canonicalParagraph, type Decision, GroupId, refuse } from '#kernel';
import { z } from 'zod';
import { type MouEvent, MouEvents } from './events.js';
import { asParticipant, beingWritten, type Ctx, event, onBehalf, part } from './rules.js';
import { Alternative, Initials } from './schemas.js';
import { type Clause, clauseOf, isAgreed, type Mou } from './state.js';
import { behind, digestsOf, gaps, standing } from './text.js';

const unknownClause = (clause: string) => refuse('mou.unknown-clause', { clause });
const sameText = (a: Clause['text'], b: Clause['text']) =>
  Object.keys({ ...a, ...b }).every((lang) => canonicalParagraph(a[lang] ?? '') === canonicalParagraph(b[lang] ?? ''));
const openOn = (state: Mou, clauseId: string) => state.brackets.filter((b) => b.clauseId === clauseId).length;

/** Goes on with the clause and the participant for which this is done. */
const onClause = (
  said: { clauseId: string; groupId?: string | undefined },
  state: Mou,
  ctx: Ctx,
  then: (clause: Clause, by: string) => Decision<MouEvent>,
): Decision<MouEvent> => {
  const clause = clauseOf(state, said.clauseId);
  return clause ? asParticipant({ groupId: said.groupId }, state, ctx, (by) => then(clause, by)) : unknownClause(said.clauseId);
};

/** At its position; the clauses from there on move back by one. */
export const ProposeClause = part({
  input: MouEvents.schema('MouClauseProposed').omit({ clauseId: true, by: true }).extend({ position: z.int().positive().optional(), ...onBehalf }),
  decide: (input, state, ctx) =>
    asParticipant(input, state, ctx, (by) => {
      const { kind, text } = input;
      const same = state.clauses.find((c) => c.kind === kind && sameText(c.text, text));
      if (same) return refuse('mou.clause-exists', { clause: same.id });
      const end = state.clauses.length + 1;
      return [event('MouClauseProposed', { clauseId: ctx.newId(0), kind, position: Math.min(input.position ?? end, end), text, by })];
    }),
});

/** The languages that are named; those that are not keep their text. Treaty words are marked by the view, not refused (MOU-12). */
export const ReviseClause = part({
  input: MouEvents.schema('MouClauseRevised').omit({ revision: true, by: true }).extend(onBehalf),
  decide: (input, state, ctx) =>
    onClause(input, state, ctx, (clause, by) => {
      const { clauseId, text, inReplyTo } = input;
      // Words that stay as they were say of a language that is behind that it needs no change.
      const confirms = Object.keys(text).some((lang) => clause.stale.includes(lang));
      if (!clause.dropped && !confirms && sameText(clause.text, { ...clause.text, ...text })) return [];
      return [event('MouClauseRevised', { clauseId, revision: clause.revision + 1, text, by, inReplyTo })];
    }),
});

export const BracketText = part({
  input: MouEvents.schema('MouTextBracketed')
    .omit({ bracketId: true, revision: true })
    .extend({ by: z.array(GroupId).optional(), alternatives: z.array(Alternative).max(50).default([]), ...onBehalf }),
  decide: (input, state, ctx) =>
    onClause(input, state, ctx, (clause, own) => {
      const { clauseId, range, alternatives } = input;
      const by = [...new Set([own, ...(input.by ?? [])])];
      const stranger = [...by, ...alternatives.map((a) => a.by)].find((g) => !state.participants.includes(g));
      if (stranger !== undefined) return refuse('mou.not-a-participant', { group: stranger }, 'MOU-1');
      if (clause.dropped) return refuse('mou.clause-dropped', { clause: clauseId });
      const length = range ? canonicalParagraph(clause.text[range.lang] ?? '').length : 0;
      if (range && (range.from >= range.to || range.to > length)) return refuse('mou.range-outside-text', { length }, 'MOU-3');
      const held = state.brackets.some(
        (b) =>
          b.clauseId === clauseId && b.by.includes(own) && b.range?.lang === range?.lang && b.range?.from === range?.from && b.range?.to === range?.to,
      );
      if (held) return refuse('mou.already-bracketed', {}, 'MOU-3');
      return [event('MouTextBracketed', { bracketId: ctx.newId(0), clauseId, revision: clause.revision, range, by, alternatives })];
    }),
});

/** Only by a participant that holds them. The clause must then be agreed anew by all. */
export const LiftBrackets = part({
  input: MouEvents.schema('MouBracketsLifted').omit({ clauseId: true, revision: true, by: true }).extend(onBehalf),
  decide: (input, state, ctx) => {
    const { bracketId, resolution, text } = input;
    const bracket = state.brackets.find((b) => b.id === bracketId);
    if (bracket === undefined) return refuse('mou.unknown-bracket', { bracket: bracketId }, 'MOU-3');
    return onClause({ clauseId: bracket.clauseId, groupId: input.groupId }, state, ctx, (clause, by) => {
      if (!bracket.by.includes(by)) return refuse('mou.not-your-bracket', {}, 'MOU-3');
      const whole = bracket.range === null;
      if (resolution === 'compromise' && text === undefined) return refuse('mou.resolution-needs-text', {}, 'MOU-3');
      if (resolution === 'dropped' && text === undefined && !whole) return refuse('mou.resolution-needs-text', {}, 'MOU-3');
      if (resolution === 'dropped' && whole && openOn(state, clause.id) > 1) return refuse('mou.open-brackets', { open: openOn(state, clause.id) - 1 }, 'MOU-3');
      const changed = text !== undefined || resolution === 'dropped';
      const revision = clause.revision + (changed ? 1 : 0);
      return [event('MouBracketsLifted', { bracketId, clauseId: clause.id, resolution, text, revision, by })];
    });
  },
});

/** To the revision that was read; agreement ad referendum is not yet agreement. */
export const AgreeClause = part({
  input: MouEvents.schema('MouClauseAgreed').extend({ groupId: onBehalf.groupId }),
  decide: (input, state, ctx) =>
    onClause(input, state, ctx, (clause, groupId) => {
      const { clauseId, revision, mode } = input;
      if (revision !== clause.revision) return refuse('mou.clause-changed', { revision: clause.revision });
      const open = openOn(state, clauseId);
      if (open > 0) return refuse('mou.open-brackets', { open }, 'MOU-3');
      const typed = beingWritten(clause, ctx);
      if (typed) return typed;
      if (clause.agreed[groupId] === mode) return [];
      return [event('MouClauseAgreed', { clauseId, revision, mode, groupId })];
    }),
});

/** Each chair initials for his or her participant; with the last the text is initialled and nobody can change it alone (MOU-2). */
export const InitialText = part({
  input: z.object({ initials: Initials.optional().meta({ import: true }), ...onBehalf }),
  guard: (_, state, ctx) => {
    const open = state.brackets.length;
    const stale = behind(state.clauses, state.languages);
    const [late] = stale;
    const disagreed = state.clauses.filter((c) => !isAgreed(state, c)).length;
    return [
      open > 0 && refuse('mou.open-brackets', { open }, 'MOU-3'),
      disagreed > 0 && refuse('mou.clauses-not-agreed', { clauses: disagreed }, 'MOU-2'),
      late !== undefined && refuse('mou.language-behind', { language: late.lang, clauses: stale.filter((g) => g.lang === late.lang).length }, 'MOU-2'),
      ...state.clauses.map((c) => beingWritten(c, ctx)),
    ];
  },
  decide: (input, state, ctx) => {
    if (standing(state.clauses).length === 0) return refuse('mou.no-clauses', {}, 'MOU-2');
    const lacking = gaps(state.clauses, state.languages);
    const [first] = lacking;
    if (first) return refuse('mou.language-incomplete', { language: first.lang, clauses: lacking.filter((g) => g.lang === first.lang).length }, 'MOU-2');
    const digests = digestsOf(state.clauses, state.languages, ctx.sha256);
    if (ctx.mode === 'import' && input.initials !== undefined && input.initials.length > 0) {
      const known = input.initials.every((i) => state.initials.some((s) => s.groupId === i.groupId && s.personId === i.personId && s.at === i.at));
      return known ? [] : [event('MouTextInitialled', { digests, initials: input.initials })];
    }
    return asParticipant(input, state, ctx, (groupId) => {
      if (state.initials.some((i) => i.groupId === groupId)) return [];
      const initials = [...state.initials, { personId: ctx.actor.personId, groupId, at: ctx.now }];
      return [event('MouTextInitialled', { digests, initials })];
    });
  },
});

/** The initials and the authorisations lapse with it: they were given for that text. */
export const ReopenText = part({
  input: MouEvents.schema('MouTextReopened').omit({ by: true }).extend(onBehalf),
  decide: ({ groupId, reason }, state, ctx) => asParticipant({ groupId }, state, ctx, (by) => [event('MouTextReopened', { reason, by })]),
});
