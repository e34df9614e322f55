import { useCallback, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Action, command, get, Refused } from '../api.js';
import { useMe, useMoment, useWords } from '../context.js';

export type Act = (name: string, input: unknown) => Promise<boolean>;

/** Gives commands to one thing and says what stood in the way, in the reader's language. */
export function useActOn(collection: string, id: string) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Refused['problem'] | null>(null);
  const [busy, setBusy] = useState(false);
  const act: Act = useCallback(async (name, input) => {
    setBusy(true);
    setProblem(null);
    try {
      await command(collection, id, name, input);
      await queries.invalidateQueries({ predicate: (q) => q.queryKey[0] === 'read' || q.queryKey[0] === 'inbox' });
      return true;
    } catch (error) {
      setProblem(error instanceof Refused ? error.problem : { title: t('unreachable'), code: 'unreachable' });
      return false;
    } finally {
      setBusy(false);
    }
  }, [collection, id, queries, t]);
  return { act, problem, busy, clear: () => setProblem(null) };
}

/** Names of the commands that this reader may give to a thing now. */
export function useAllowed(collection: string, id: string, revision: number | undefined): ReadonlySet<string> {
  const me = useMe();
  const past = useMoment();
  const path = `/api/v1/${collection}/${encodeURIComponent(id)}/actions`;
  const { data } = useQuery({
    queryKey: ['read', path, me?.account?.email, revision], queryFn: () => get<{ actions: Action[] }>(path), enabled: me?.account != null && past === undefined && revision !== undefined,
  });
  return new Set((data?.actions ?? []).filter((a) => a.allowed).map((a) => a.command));
}
