import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { AmendmentDoc, CompromiseDoc, RevisionDoc, StatementDoc } from '#contexts/statements';
import type { GroupDoc, PersonDoc } from '#contexts/directory';
import { type AmendableClause, applyOperations, type CellRef, type Change, compareRevisions, type Operation, resultText } from '#text';
import { digestOf } from '../../drafting/unsent.js';
import { type Action, get, type Page, type Row } from '../../api.js';
import { useList, useMe, useMoment, useOne } from '../../context.js';
import { useActOn } from '../../ui/use-act.js';

export type Amendment = AmendmentDoc & { readonly id: string };
export type Compromise = CompromiseDoc & { readonly id: string };
export type { Act } from '../../ui/use-act.js';
export const cellOf = (id: string, clauseId: string, lang: string): CellRef => ({ document: { type: 'statement', id }, clauseId, lang });
export type Attributed = Change<RevisionDoc>;

const withId = <D extends object>(rows: readonly Row<D>[] | undefined): (D & { id: string })[] => (rows ?? []).map(({ id, doc }) => ({ ...doc, id }));

/** A whole list, page by page: a text with a thousand revisions is compared as a whole or not at all. */
function useAll<D>(list: string) {
  const asOf = useMoment();
  const path = asOf === undefined ? list : `${list}&asOf=${asOf}`;
  return useQuery({
    queryKey: ['read', 'all', path],
    queryFn: async () => {
      const rows: Row<D>[] = [];
      for (let after: string | null = ''; after !== null; ) {
        const page: Page<D> = await get<Page<D>>(`/api/v1/${path}&limit=500${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`);
        rows.push(...page.rows);
        after = page.next;
      }
      return { rows };
    },
  });
}

/** Everything that the room of a statement shows; the live feed brings it up to date. */
export function useRoom(id: string) {
  const statement = useOne<StatementDoc>('statements', id);
  const amendments = useAll<AmendmentDoc>(`amendments?statement=${id}&sort=number`);
  const compromises = useAll<CompromiseDoc>(`compromises?statement=${id}`);
  const revisions = useAll<RevisionDoc>(`revisions?statement=${id}`);
  const me = useMe();
  const past = useMoment();
  const path = `/api/v1/statements/${id}/actions`;
  const actions = useQuery({
    queryKey: ['read', path, me?.account?.email, statement.data?.revision], queryFn: () => get<{ actions: Action[] }>(path), enabled: me?.account != null && past === undefined,
  });
  return useMemo(() => {
    // Keys are in the order of the record: the n-th change makes revision n.
    const changes: Attributed[] = (revisions.data?.rows ?? []).map(({ doc }, i) => ({ revision: i + 1, operations: doc.operations, by: doc }));
    return {
      statement, amendments: withId(amendments.data?.rows), compromises: withId(compromises.data?.rows), changes,
      allowed: new Set((actions.data?.actions ?? []).filter((a) => a.allowed).map((a) => a.command)),
      groups: (me?.account?.grants ?? []).flatMap((g) => (g.onBehalfOf === undefined || !['chair', 'officer', 'member', 'group-secretariat'].includes(g.capacity) ? [] : [g.onBehalfOf])),
      person: me?.account?.personId ?? '',
    };
  }, [statement, amendments.data, compromises.data, revisions.data, actions.data, me]);
}
export type RoomData = ReturnType<typeof useRoom>;

export const useAct = (id: string) => useActOn('statements', id);

/** The clauses that operations touch, as they are and as they would read; null where they do not fit any more. */
export function wouldRead(clauses: readonly AmendableClause[], operations: readonly Operation[]) {
  const after = applyOperations<AmendableClause>(clauses, operations, (o) => ({ id: o.clauseId, section: o.section, text: o.text }));
  if (after === null) return null;
  const touched = [...new Set(operations.map((o) => o.clauseId))];
  return touched.flatMap((clauseId) => {
    const [old, now] = [clauses.find((c) => c.id === clauseId), after.find((c) => c.id === clauseId)];
    const langs = [...new Set(operations.filter((o) => o.clauseId === clauseId).flatMap((o) => ('lang' in o ? [o.lang] : o.op === 'insert-clause' ? Object.keys(o.text) : [])))];
    const kind = operations.find((o) => o.clauseId === clauseId && !('lang' in o))?.op ?? null;
    return [{ clauseId, kind, texts: langs.map((lang) => ({ lang, before: old?.text[lang] ?? '', after: now?.text[lang] ?? '' })) }];
  });
}

/** SHA-256 of the words that an acceptance would leave: what was seen is what is accepted. */
export async function seenHash(clauses: readonly AmendableClause[], operations: readonly Operation[]): Promise<string | undefined> {
  const text = resultText(clauses, operations);
  return text === null ? undefined : digestOf(text);
}

/** Who stands behind an amendment, by parliament and party. */
export function useBackers() {
  const groups = useList<GroupDoc>('groups?limit=500').data?.rows;
  const persons = useList<PersonDoc>('persons?limit=500').data?.rows;
  return useMemo(() => {
    const parliament = new Map((groups ?? []).map(({ id, doc }) => [id, doc.parliamentId as string | null]));
    const party = new Map((persons ?? []).map(({ id, doc }) => [id, doc.affiliations.at(-1)?.party.name ?? null]));
    return { parliamentOf: (group: string) => parliament.get(group) ?? null, partyOf: (person: string | null) => (person === null ? null : (party.get(person) ?? null)) };
  }, [groups, persons]);
}

/** A comparison never ends a page: a record whose changes do not follow on each other is said so. */
export function compared(changes: readonly Attributed[], from: number, to: number, lang: string) {
  try {
    return compareRevisions(changes, from, to, lang);
  } catch {
    return null;
  }
}
