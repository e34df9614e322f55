import { refuse } from '#kernel';
import { z } from 'zod';
import { crossParty, parliamentsOf } from './cross-party.js';
import { publicClauses } from './correcting.js';
import { embargoHolds } from './embargo.js';
import { StatementEvents } from './events.js';
import { inLanguageOrder, inLanguages } from './language-versions.js';
import { tellOthers } from './leaving.js';
import { releaseObstacles } from './obstacles.js';
import { event, part, when } from './rules.js';
import { imported } from './schemas.js';
import { isSealed } from './sealing.js';
import { standing } from './state.js';
import { complete } from './text.js';

const schema = StatementEvents.schema.bind(StatementEvents) as typeof StatementEvents.schema;
const Dated = z.object({ at: imported.at });
const importOnly = (at: string | undefined, mode: string) => (at !== undefined && mode !== 'import' ? refuse('statement.import-only', {}, 'G3') : undefined);

/** Every figure is computed from the signatures that stand (STM-1, STM-7). */
export const Publish = part({
  input: Dated,
  guard: (_, state, { now }) => [
    embargoHolds(state.embargo, now) && refuse('statement.embargo-holds', { until: state.embargo!.until }, 'STM-8'),
    ...releaseObstacles(state),
  ],
  decide: (input, state, ctx) => {
    const { frozen, languages, leadLanguage, signatures, kind, embargo, versions, corrections } = state;
    const untimely = importOnly(input.at, ctx.mode);
    if (untimely) return untimely;
    if (frozen === null) return refuse('statement.no-whole-text', { lang: leadLanguage }, 'STM-5');
    const authentic = languages.filter((lang) => frozen.digests[lang] !== undefined);
    // Under crisis urgency the others follow: until they do, what is there is marked provisional (STM-12). A source tells of what was so.
    const status = isSealed(state) || (ctx.mode === 'import' && authentic.length === languages.length) ? 'authentic' : 'provisional';
    const beside = versions.filter((v) => v.status !== 'authentic' && complete(state, v.lang)).map((v) => ({ tag: v.lang, status: v.status }));
    const published = inLanguageOrder([...authentic.map((tag) => ({ tag, status }) as const), ...beside], state);
    const tags = published.map((l) => l.tag);
    const snapshots = standing(signatures).map((s) => s.snapshot);
    return [
      event('StatementPublished', {
        at: when(input, ctx), revision: frozen.revision, digests: frozen.digests, languages: published,
        signatoryCount: snapshots.length, parliamentCount: parliamentsOf(snapshots).length, crossParty: crossParty(snapshots),
        digest: frozen.digest, committed: embargo?.digest, corrections: corrections.length > 0 ? corrections.length : undefined, kind, leadLanguage,
        title: inLanguages(state.subject, tags), clauses: publicClauses(state, tags),
      }),
    ];
  },
});

export const CloseForSignature = part({
  input: Dated,
  decide: (input, { signatures }, ctx) =>
    importOnly(input.at, ctx.mode) ?? [event('StatementClosedForSignature', { at: when(input, ctx), finalCount: standing(signatures).length })],
});

export const LinkFollowUp = part({
  input: schema('FollowUpLinked'),
  decide: (input, { id, followUps }) => {
    if (input.ref.type === 'statement' && input.ref.id === id) return refuse('statement.follows-itself');
    return followUps.includes(`${input.ref.type}:${input.ref.id}`) ? [] : [event('FollowUpLinked', input)];
  },
});

/** The page stays, with the notice on top; only a statement that the public can read takes its place (STM-14). */
export const Supersede = part({
  input: schema('StatementSuperseded'),
  guard: (_, __, { evidence }) =>
    ['published', 'closed'].includes(evidence?.successor ?? '') ? undefined : refuse('statement.successor-not-published', {}, 'STM-14'),
  decide: (input, { id, supersededBy }) => {
    if (input.byStatementId === id) return refuse('statement.supersedes-itself', {}, 'STM-14');
    return supersededBy === input.byStatementId ? [] : [event('StatementSuperseded', input)];
  },
});

export const Retract = part({
  input: schema('StatementRetracted').pick({ decisionRef: true, reason: true }),
  decide: (input, state) =>
    input.reason[state.leadLanguage] === undefined
      ? refuse('statement.lead-language-missing', { lang: state.leadLanguage }, 'STM-14')
      : [event('StatementRetracted', { decisionRef: input.decisionRef, reason: input.reason, ...tellOthers(state) })],
});

export const AbandonStatement = part({
  input: schema('StatementAbandoned'),
  decide: (input) => [event('StatementAbandoned', input)],
});
