import { refuse } from '#kernel';
import { z } from 'zod';
import { DEFAULT_THRESHOLDS } from '../data/thresholds.js';
import { crossParty, parliamentsOf } from './cross-party.js';
import { StatementEvents } from './events.js';
import { publishObstacles, sourceObstacles } from './obstacles.js';
import { event, part, when } from './rules.js';
import { imported } from './schemas.js';
import { standing } from './state.js';

const schema = StatementEvents.schema.bind(StatementEvents) as typeof StatementEvents.schema;
const Dated = z.object({ at: imported.at });
const importOnly = (at: string | undefined, mode: string) => (at !== undefined && mode !== 'import' ? refuse('statement.import-only', {}, 'G3') : undefined);

/** Every figure is computed from the signatures that stand (STM-1, STM-7). */
export const Publish = part({
  input: Dated,
  guard: (_, { opening, kind, signatures, endorsements, clauses, sources }) => [
    ...publishObstacles(opening?.thresholds ?? DEFAULT_THRESHOLDS[kind], { signatures: standing(signatures), endorsements }),
    ...sourceObstacles({ clauses }, sources),
  ],
  decide: (input, { frozen, languages, leadLanguage, signatures }, ctx) => {
    const untimely = importOnly(input.at, ctx.mode);
    if (untimely) return untimely;
    if (frozen === null) return refuse('statement.no-whole-text', { lang: leadLanguage }, 'STM-5');
    const tags = languages.filter((lang) => frozen.digests[lang] !== undefined);
    // Under crisis urgency some authentic text may still be missing: until it follows, what is there is marked provisional (STM-12).
    const status = tags.length === languages.length ? 'authentic' : 'provisional';
    const snapshots = standing(signatures).map((s) => s.snapshot);
    return [
      event('StatementPublished', {
        at: when(input, ctx), revision: frozen.revision, digests: frozen.digests, languages: tags.map((tag) => ({ tag, status })),
        signatoryCount: snapshots.length, parliamentCount: parliamentsOf(snapshots).length, crossParty: crossParty(snapshots),
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
  input: schema('StatementRetracted'),
  decide: (input, { leadLanguage }) =>
    input.reason[leadLanguage] === undefined
      ? refuse('statement.lead-language-missing', { lang: leadLanguage }, 'STM-14')
      : [event('StatementRetracted', input)],
});

export const AbandonStatement = part({
  input: schema('StatementAbandoned'),
  decide: (input) => [event('StatementAbandoned', input)],
});
