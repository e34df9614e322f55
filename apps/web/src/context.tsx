import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useRouterState } from '@tanstack/react-router';
import type { Formatters } from '#platform/i18n/browser';
import { type Acts, type Duty, get, type Me, type Names, type Page, type Row, setCsrf } from './api.js';
import { formattersOf } from './i18n.js';
import { Live, type LiveState, type Present } from './live.js';

const LiveContext = createContext<Live | null>(null);

export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const live = useMemo(() => new Live(queries), [queries]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
export const useLive = (): Live => use(LiveContext)!;
export function useLiveState(): LiveState {
  const live = useLive();
  return useSyncExternalStore(live.subscribe, () => live.state);
}

/** Who else looks at a thing now; says for as long that one does so too. */
export function usePresence(at: string): readonly Present[] {
  const live = useLive();
  const me = useMe()?.account?.personId;
  useEffect(() => {
    live.look(at);
    return () => live.look(null);
  }, [live, at]);
  const here = useSyncExternalStore(live.subscribe, () => live.here);
  return useMemo(() => here.filter(({ personId }) => personId !== me), [here, me]);
}

export function useMe(): Me | undefined {
  return useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      const me = await get<Me>('/api/v1/session');
      setCsrf(me.csrf);
      return me;
    },
    staleTime: Infinity,
  }).data;
}

/** What waits for the reader, by deadline. */
export function useInbox() {
  const me = useMe();
  return useQuery({ queryKey: ['inbox', me?.account?.email], queryFn: () => get<{ duties: Duty[] }>('/api/v1/inbox'), enabled: me?.account != null });
}

/** Words and formats of the reader's language. */
export function useWords(): Formatters & { t: (key: string, params?: Record<string, unknown>) => string } {
  const { t, i18n } = useTranslation();
  const formatters = formattersOf(i18n.language);
  const say = useCallback((key: string, params?: Record<string, unknown>) => t(key, { ...params }), [t]);
  return { ...formatters, t: say };
}

/** The past moment that the address asks for: `?asOf=2015-04-15`. */
export function useMoment(): string | undefined {
  return useRouterState({ select: (s) => (s.location.search as { asOf?: string }).asOf });
}

const withMoment = (path: string, asOf: string | undefined) => (asOf === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}asOf=${asOf}`);

export function useList<D>(path: string, enabled = true): UseQueryResult<Page<D>> {
  const asOf = useMoment();
  const whole = withMoment(`/api/v1/${path}`, asOf);
  return useQuery({ queryKey: ['read', whole], queryFn: () => get<Page<D>>(whole), enabled });
}
export function useOne<D>(collection: string, id: string | undefined): UseQueryResult<Row<D>> {
  const asOf = useMoment();
  const whole = withMoment(`/api/v1/${collection}/${encodeURIComponent(id ?? '')}`, asOf);
  return useQuery({ queryKey: ['read', whole], queryFn: () => get<Row<D>>(whole), enabled: id !== undefined, retry: false });
}
export function useActs(path: string, key: readonly unknown[]): UseQueryResult<Acts> {
  return useQuery({ queryKey: key, queryFn: () => get<Acts>(`/api/v1/${path}`) });
}

/** What streams are called, asked for together and kept. */
export function useNames(streams: readonly string[]): Names {
  const wanted = [...new Set(streams)].toSorted();
  const { data } = useQuery({
    queryKey: ['read', 'names', wanted.join(',')],
    queryFn: () => get<{ names: Names }>(`/api/v1/names?${wanted.map((s) => `of=${encodeURIComponent(s)}`).join('&')}`),
    enabled: wanted.length > 0,
    staleTime: 60_000,
  });
  return data?.names ?? {};
}
