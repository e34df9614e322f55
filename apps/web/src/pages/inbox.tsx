import { Link } from '@tanstack/react-router';
import { inLanguage } from '#platform/i18n/browser';
import type { Duty } from '../api.js';
import { useInbox, useMe, useMoment, useWords } from '../context.js';
import { Empty, Title } from '../ui/page.js';
import { Ago, At } from '../ui/text.js';
import { Told } from './statement/signing.js';

const PAGES: Record<string, string> = { applications: 'joining', persons: 'people', corrections: 'record', memberships: 'network', minutes: 'meetings', translations: 'translate' };

export function Duties({ duties }: { duties: Duty[] | undefined }) {
  const { t, lang } = useWords();
  const past = useMoment();
  if (past) return <p className="muted">{t('inbox.now')}</p>;
  if (!duties) return <p className="muted">{t('loading')}</p>;
  if (duties.length === 0) return <p>{t('inbox.empty')}</p>;
  return (
    <ul className="duties">
      {duties.map((d) => {
        const subject = inLanguage(d.title ?? undefined, lang) ?? '';
        const page = PAGES[d.view] ?? d.view;
        const late = d.deadline !== undefined && d.deadline < new Date().toISOString();
        return (
          <li key={`${d.view}/${d.id}/${d.kind}`} className={late ? 'late' : ''}>
            <Link to={page === 'network' ? '/network' : `/${page}/${d.id}`}>{t(`duty.${d.kind}`, { subject })}</Link>
            {d.deadline && <small className="muted"> {late ? t('overdue') : t('until')} <At instant={d.deadline} /> (<Ago instant={d.deadline} />)</small>}
          </li>
        );
      })}
    </ul>
  );
}

export function InboxPage() {
  const { t } = useWords();
  const me = useMe();
  const { data } = useInbox();
  if (me && !me.account) return <><Title>{t('place.inbox')}</Title><Empty what="signInFirst"><Link to="/sign-in" className="button">{t('signIn')}</Link></Empty></>;
  return (
    <>
      <Title after={t('inbox.what')}>{t('place.inbox')}</Title>
      <Duties duties={data?.duties} />
      <Told />
    </>
  );
}
