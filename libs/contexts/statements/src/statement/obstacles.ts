import { refuse, type Refusal } from '#kernel';
import { characterises } from '../data/characterisation.js';
import { DEFAULT_THRESHOLDS } from '../data/thresholds.js';
import { crossParty, parliamentsOf } from './cross-party.js';
import type { Agreement, Snapshot, Thresholds } from './schemas.js';
import { sealProblem } from './sealing.js';
import { orderObstacles } from './signing-policy.js';
import { type Statement, standing } from './state.js';
import { inOrder, labels, type TextClause, type Written } from './text.js';

/** Each of these is both a refusal of the command and a line of what is still missing on the statement's page. */
type Obstacles = readonly Refusal[];
interface Negotiated extends Written {
  readonly clauses: readonly (TextClause & { readonly agreement: 'open' | Agreement; readonly characterisationBy?: string | null })[];
  readonly brackets: readonly { readonly clauseId: string }[];
  /** Amendments that are neither accepted nor gone. */
  readonly pending: number;
  readonly sources: readonly { readonly clauseId: string; readonly determinationBy: string | null }[];
}

/** Square brackets in the words themselves: not agreed either. */
const bracketed = (text: TextClause['text']): boolean => Object.values(text).some((words) => /[[\]]/.test(words));

export const noClauses = (clauses: readonly unknown[]): Obstacles => (clauses.length > 0 ? [] : [refuse('statement.no-clauses', {}, 'STM-2')]);

/**
 * What stands between the text and its freezing (STM-4): an open clause, a clause without its lead text or with one that is behind
 * what it says in another language; brackets; amendments that wait; a crime stated as a fact without a finding (STM-10). The other languages follow, certified, before the text is sealed (STM-12).
 */
export function freezeObstacles(text: Negotiated): Obstacles {
  const label = labels(text.clauses);
  const needed = [text.leadLanguage];
  const perClause = inOrder(text.clauses).flatMap((c) => {
    const clause = label[c.id] ?? c.id;
    return [
      ...(c.agreement === 'open' ? [refuse('statement.clause-open', { clause }, 'STM-4')] : []),
      ...(text.brackets.some((b) => b.clauseId === c.id) || bracketed(c.text) ? [refuse('statement.brackets-open', { clause }, 'STM-4')] : []),
      ...(uncharacterised(c, text) ? [refuse('statement.characterisation-without-finding', { clause }, 'STM-10')] : []),
      ...needed.filter((lang) => c.text[lang] === undefined).map((lang) => refuse('statement.language-missing', { clause, lang }, 'STM-5')),
      ...needed
        .filter((lang) => c.text[lang] !== undefined && c.stale.includes(lang))
        .map((lang) => refuse('statement.language-stale', { clause, lang }, 'STM-12')),
    ];
  });
  return [...noClauses(text.clauses), ...(text.pending > 0 ? [refuse('statement.amendments-pending', { count: text.pending }, 'STM-4')] : []), ...perClause];
}

/** States a clause as a fact, without a finding or a name behind it, that such a crime took place (STM-10)? */
export function uncharacterised(clause: Negotiated['clauses'][number], { sources }: Pick<Negotiated, 'sources'>): boolean {
  if ((clause.characterisationBy ?? null) !== null || sources.some((s) => s.clauseId === clause.id && s.determinationBy !== null)) return false;
  return Object.entries(clause.text).some(([lang, words]) => characterises(words, lang));
}

/** Marks of sources above CLEAR that nobody has cleared stand between the text and the public (STM-11). */
export function sourceObstacles(text: Pick<Written, 'clauses'>, sources: readonly { readonly clauseId: string; readonly tlp: string; readonly cleared: boolean }[]): Obstacles {
  const label = labels(text.clauses);
  const held = [...new Set(sources.filter((s) => !s.cleared && s.tlp !== 'CLEAR').map((s) => s.clauseId))].filter((id) => label[id] !== undefined);
  return held.map((id) => refuse('statement.source-not-cleared', { clause: label[id]! }, 'STM-11'));
}

export interface Standing {
  /** Those that count: not withdrawn. */
  readonly signatures: readonly { readonly groupId: string | null; readonly snapshot: Snapshot }[];
  readonly endorsements: readonly string[];
}

/** What stands between the signatures and publication (STM-7). */
export function publishObstacles(asked: Thresholds, { signatures, endorsements }: Standing): Obstacles {
  const snapshots = signatures.map((s) => s.snapshot);
  const parliaments = parliamentsOf(snapshots).length;
  const few = (code: string, have: number, need: number): Obstacles => (have >= need ? [] : [refuse(code, { have, need }, 'STM-7')]);
  const unsigned = endorsements.flatMap((group) => {
    const have = signatures.filter((s) => s.groupId === group).length;
    return have >= asked.signatoriesPerGroup
      ? []
      : [refuse('statement.group-without-signatory', { group, have, need: asked.signatoriesPerGroup }, 'STM-7')];
  });
  const oneSided = crossParty(snapshots).filter((p) => !p.mark);
  const marks: Obstacles = !asked.crossParty
    ? []
    : snapshots.length === 0
      ? [refuse('statement.no-signatory', {}, 'STM-7')]
      : oneSided.map((p) => refuse('statement.not-cross-party', { parliament: p.parliament, government: p.government, opposition: p.opposition }, 'STM-7'));
  return [
    ...few('statement.too-few-signatories', snapshots.length, asked.signatories),
    ...few('statement.too-few-parliaments', parliaments, asked.parliaments),
    ...few('statement.too-few-endorsements', endorsements.length, asked.endorsements),
    ...unsigned,
    ...marks,
  ];
}

/** All that stands between the text and the public but for an embargo's instant (STM-7, STM-11, STM-12). */
export const releaseObstacles = (state: Statement): (Refusal | undefined)[] => [
  sealProblem(state),
  ...publishObstacles(state.opening?.thresholds ?? DEFAULT_THRESHOLDS[state.kind], { signatures: standing(state.signatures), endorsements: state.endorsements }),
  ...sourceObstacles(state, state.sources),
  ...orderObstacles(state.opening?.policy ?? null, state.opening?.revealed ?? false, { signatures: standing(state.signatures), endorsements: state.endorsements }),
];
