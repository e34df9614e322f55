import { useEffect, useState } from 'react';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { send } from '../api.js';
import { useInbox, useLive, useLiveState, useMe, useMoment, useWords } from '../context.js';
import { changeLanguage, LANGUAGES } from '../i18n.js';
import { When } from './text.js';

const PLACES = [
  ['/', 'home'], ['/network', 'network'], ['/groups', 'groups'], ['/people', 'people'], ['/joining', 'joining'], ['/decisions', 'decisions'], ['/mous', 'mous'],
  ['/statements', 'statements'], ['/translate', 'translate'], ['/activity', 'activity'],
] as const;

/** What stands round every page: where one is, who one is, whether the page is live, and as of when it is read. */
export function Shell() {
  const { t, lang } = useWords();
  const me = useMe();
  const live = useLive();
  const [menu, setMenu] = useState(false);
  const path = useRouterState({ select: (s) => s.location.pathname });
  useEffect(() => live.start(me?.account != null), [live, me?.account?.email]);
  useEffect(() => setMenu(false), [path]);
  return (
    <>
      <a className="skip" href="#main">{t('skip')}</a>
      <header className="top">
        <button type="button" className="menu-button quiet" aria-expanded={menu} aria-controls="places" onClick={() => setMenu(!menu)}>☰ <span className="visually-hidden">{t('menu')}</span></button>
        <Link to="/" className="brand"><img src="/icon.svg" alt="" width="28" height="28" /> Comity</Link>
        <SearchBox />
        <LiveSign />
        <Languages />
        <Account />
      </header>
      <div className="frame">
        <nav id="places" className={menu ? 'places open' : 'places'} aria-label={t('places')}>
          <ul>
            {PLACES.map(([to, key]) => (
              <li key={to}><Link to={to} activeOptions={{ exact: to === '/' }} activeProps={{ 'aria-current': 'page' }}>{t(`place.${key}`)}</Link></li>
            ))}
            {me?.account && <li><InboxLink /></li>}
          </ul>
        </nav>
        <main id="main" tabIndex={-1}>
          {me?.account?.exercise && <p className="banner exercise">{t('exerciseBanner')}</p>}
          <PastBanner />
          <Outlet />
        </main>
      </div>
      <footer className="foot">
        <AsOf />
        <p><a href={`/public/${lang}`}>{t('publicSite')}</a> · <a href="/api/docs">{t('api')}</a> · {t('footer')}</p>
      </footer>
    </>
  );
}

function InboxLink() {
  const { t } = useWords();
  const { data } = useInbox();
  const n = data?.duties.length ?? 0;
  return <Link to="/inbox" activeProps={{ 'aria-current': 'page' }}>{t('place.inbox')}{n > 0 && <span className="count" aria-label={t('waiting', { n })}>{n}</span>}</Link>;
}

function SearchBox() {
  const { t } = useWords();
  const go = useNavigate();
  return (
    <form role="search" className="search no-print" onSubmit={(e) => { e.preventDefault(); const q = new FormData(e.currentTarget).get('q'); if (typeof q === 'string' && q.trim()) void go({ to: '/search', search: { q: q.trim() } }); }}>
      <svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="8.5" cy="8.5" r="5.5" /><path d="m13 13 4.5 4.5" /></svg>
      <input name="q" type="search" aria-label={t('search')} title={t('search')} dir="auto" />
    </form>
  );
}

function LiveSign() {
  const { t } = useWords();
  const state = useLiveState();
  return <span className={`live live-${state}`} role="status"><span aria-hidden="true">●</span> <span className="live-word">{t(`live.${state}`)}</span></span>;
}

function Languages() {
  const { t, lang } = useWords();
  const me = useMe();
  return (
    <select className="languages" aria-label={t('language')} value={lang} onChange={(e) => {
      const next = e.target.value;
      void changeLanguage(next);
      if (me?.account) void send('PATCH', '/api/v1/session', { language: next });
    }}>
      {LANGUAGES.map((l) => <option key={l.tag} value={l.tag} lang={l.tag}>{l.name}</option>)}
    </select>
  );
}

function Account() {
  const { t } = useWords();
  const me = useMe();
  const queries = useQueryClient();
  const go = useNavigate();
  if (!me?.account) return <Link to="/sign-in" className="button">{t('signIn')}</Link>;
  const out = async () => {
    await send('DELETE', '/api/v1/session');
    await queries.resetQueries();
    await go({ to: '/' });
  };
  return (
    <details className="account">
      <summary><bdi>{me.account.displayName}</bdi></summary>
      <div className="popover">
        <p>{me.account.grants.map((g) => t(`capacity.${g.capacity}`)).join(', ')}</p>
        <p className="muted"><bdi>{me.account.email}</bdi></p>
        <button type="button" onClick={() => void out()}>{t('signOut')}</button>
      </div>
    </details>
  );
}

/** Any page as of a past day: the day stands in the address, so it can be sent to somebody. */
function AsOf() {
  const { t } = useWords();
  const asOf = useMoment();
  const go = useNavigate();
  return (
    <form className="as-of no-print" onSubmit={(e) => e.preventDefault()}>
      <label>{t('asOf')} <input type="date" value={asOf ?? ''} max={new Date().toISOString().slice(0, 10)} onChange={(e) => void go({ to: '.', search: (old: Record<string, unknown>) => ({ ...old, asOf: e.target.value || undefined }) as never })} /></label>
      {asOf && <button type="button" className="quiet" onClick={() => void go({ to: '.', search: (old: Record<string, unknown>) => ({ ...old, asOf: undefined }) as never })}>{t('backToNow')}</button>}
    </form>
  );
}
function PastBanner() {
  const { t } = useWords();
  const asOf = useMoment();
  const go = useNavigate();
  if (!asOf) return null;
  return (
    <p className="banner past" role="status">{t('asOfBanner')} <strong><When edtf={asOf} /></strong>. <button type="button" className="quiet" onClick={() => void go({ to: '.', search: (old: Record<string, unknown>) => ({ ...old, asOf: undefined }) as never })}>{t('backToNow')}</button></p>
  );
}
