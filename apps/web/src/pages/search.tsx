import { useQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { get } from '../api.js';
import { useWords } from '../context.js';
import { Title } from '../ui/page.js';
import { Ref } from '../ui/text.js';

const CATEGORY: Record<string, string> = { groups: 'group', persons: 'person', mous: 'mou', statements: 'statement', parliaments: 'parliament', partners: 'partner', networks: 'network', decisions: 'decision', meetings: 'meeting', minutes: 'meeting', corrections: 'correction' };

export function SearchPage() {
  const { t } = useWords();
  const q = useRouterState({ select: (s) => (s.location.search as { q?: string }).q ?? '' });
  const { data } = useQuery({ queryKey: ['read', 'search', q], queryFn: () => get<{ hits: { view: string; id: string }[] }>(`/api/v1/search?q=${encodeURIComponent(q)}`), enabled: q !== '' });
  return (
    <>
      <Title>{t('search.for')} <bdi>“{q}”</bdi></Title>
      {data?.hits.length === 0 && <p>{t('search.none')}</p>}
      <ul className="plain hits">{data?.hits.map((h) => <li key={`${h.view}/${h.id}`}><Ref category={CATEGORY[h.view] ?? h.view} id={h.id} /> <span className="muted">{t(`collection.${h.view}`)}</span></li>)}</ul>
    </>
  );
}
