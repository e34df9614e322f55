import type { Actor } from '#kernel';
import type { DataOf } from './events.js';

/** Why nobody writes a text now. */
export type Shut = 'not-there' | 'not-begun' | 'by-amendment' | 'agreed' | 'frozen' | 'over' | 'resting';
/** What one may do with a text: write it, comment on it, read it. */
export type CellRole = 'write' | 'comment' | 'read';

/** How the document stands round one clause in one language: all that decides who may write there. */
export interface Writing {
  readonly document: DataOf<'ClauseTextOpened'>['document'];
  readonly clauseId: string;
  readonly lang: string;
  readonly draft: DataOf<'ClauseTextOpened'>['draft'] | null;
  /** The clause in this language as the document has it now; empty where it has none yet. */
  readonly text: string;
  readonly reach: 'groups' | 'network';
  readonly groups: readonly string[];
  /** Persons who hold the pen. */
  readonly pens: readonly string[];
  /** Groups whose chairs and officers write. */
  readonly writers: readonly string[];
  /** Nobody writes, and why; null: who may, does. */
  readonly shut: Shut | null;
}

const OF_A_GROUP: ReadonlySet<string> = new Set(['chair', 'officer', 'member', 'group-secretariat']);
const LEADS: ReadonlySet<string> = new Set(['chair', 'officer', 'group-secretariat', 'network-chair', 'network-secretariat']);

/** Role by capacity, phase, clause and language (workspace.md 1, “Permissions”); computed on the server, and again at every change of the document. */
export function roleOf(writing: Writing, { capacity, onBehalfOf = '', personId }: Actor): CellRole {
  const { draft, shut, pens, writers, reach, groups } = writing;
  if (draft) return shut === null && onBehalfOf === draft.groupId && OF_A_GROUP.has(capacity) ? 'write' : 'read';
  if (shut === null && (pens.includes(personId) || (writers.includes(onBehalfOf) && LEADS.has(capacity)))) return 'write';
  const takesPart = capacity === 'network-secretariat' || capacity === 'network-chair' || (OF_A_GROUP.has(capacity) && (reach === 'network' || groups.includes(onBehalfOf)));
  return takesPart && shut !== 'over' ? 'comment' : 'read';
}
