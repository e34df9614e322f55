import { type ReactNode, useEffect, useRef } from 'react';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { usePresence, useWords } from '../context.js';
import { History } from './acts.js';

/** A page's heading; after a change of page the focus is at its beginning. */
export function Title({ children, above, after }: { children: ReactNode; above?: ReactNode; after?: ReactNode }) {
  const ref = useRef<HTMLHeadingElement>(null);
  const path = useRouterState({ select: (s) => s.location.pathname });
  useEffect(() => {
    document.title = `${ref.current?.textContent ?? ''} · Comity`;
  });
  return (
    <div className="title" key={path}>
      {above && <p className="above">{above}</p>}
      <h1 ref={ref}>{children}</h1>
      {after && <p className="after">{after}</p>}
    </div>
  );
}

/** Every object has the same two tabs: what it is now, and how it came to be so. The tab stands in the address. */
export function NowAndHistory({ collection, id, children }: { collection: string; id: string; children: ReactNode }) {
  const { t } = useWords();
  const go = useNavigate();
  const tab = useRouterState({ select: (s) => (s.location.search as { tab?: string }).tab ?? 'now' });
  return (
    <>
      <HereNow at={`${collection}/${id}`} />
      <Tabs selectedKey={tab} onSelectionChange={(key) => void go({ to: '.', search: (old: Record<string, unknown>) => ({ ...old, tab: key === 'now' ? undefined : String(key) }) as never, replace: true })}>
        <TabList className="tabs no-print" aria-label={t('views')}>
          <Tab id="now">{t('now')}</Tab>
          <Tab id="history">{t('history')}</Tab>
        </TabList>
        <TabPanel id="now">{children}</TabPanel>
        <TabPanel id="history"><History collection={collection} id={id} /></TabPanel>
      </Tabs>
    </>
  );
}

const NAMED = 5;

/** Who else has this page open. The place is kept, so that nothing moves when somebody comes. */
function HereNow({ at }: { at: string }) {
  const { t, list, number } = useWords();
  const others = usePresence(at);
  const more = others.length - NAMED;
  const names = [...others.slice(0, NAMED).map(({ name }) => `\u2068${name}\u2069`), ...(more > 0 ? [`+${number(more)}`] : [])];
  return (
    <p className="here-now no-print" role="status">
      {others.length > 0 && <><span aria-hidden="true">●</span> {t('hereNow')} {list(names)}</>}
    </p>
  );
}

export function Card({ title, children, className = '' }: { title?: ReactNode; children: ReactNode; className?: string }) {
  return <section className={`card ${className}`}>{title && <h2>{title}</h2>}{children}</section>;
}
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useWords();
  return (
    <>
      <dt>{t(name)}</dt>
      <dd>{children}</dd>
    </>
  );
}
/** What this place is for and who can start it. */
export function Empty({ what, children }: { what: string; children?: ReactNode }) {
  const { t } = useWords();
  return (
    <div className="empty">
      <p>{t(what)}</p>
      {children}
    </div>
  );
}
export function Waiting({ of }: { of: { isPending: boolean; isError: boolean } }) {
  const { t } = useWords();
  if (of.isPending) return <p className="muted" role="status">{t('loading')}</p>;
  if (of.isError) return <Empty what="notThere" />;
  return null;
}
