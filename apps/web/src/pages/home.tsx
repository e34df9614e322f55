import { Link } from '@tanstack/react-router';
import { useInbox, useList, useMe, useWords } from '../context.js';
import { ActivityStream } from '../ui/acts.js';
import { Card, Title } from '../ui/page.js';
import { Duties } from './inbox.js';

export function HomePage() {
  const { t } = useWords();
  const me = useMe();
  const inbox = useInbox();
  const [groups, mous, statements] = [useList('groups?limit=1').data, useList('mous?limit=1').data, useList('statements?limit=1').data];
  return (
    <>
      <Title above={t('home.above')}>{me?.account ? t('home.hello', { name: me.account.displayName }) : t('home.title')}</Title>
      {!me?.account && <p className="lead">{t('home.lead')}</p>}
      <div className="grid home">
        {me?.account && (
          <Card title={t('needsYou', { n: inbox.data?.duties.length ?? 0 })} className="wide">
            <Duties duties={inbox.data?.duties.slice(0, 6)} />
            {(inbox.data?.duties.length ?? 0) > 6 && <Link to="/inbox">{t('more')}</Link>}
          </Card>
        )}
        <Card title={t('home.network')}>
          <ul className="figures">
            <li><Link to="/groups"><strong>{groups?.total ?? '–'}</strong> {t('place.groups')}</Link></li>
            <li><Link to="/mous"><strong>{mous?.total ?? '–'}</strong> {t('place.mous')}</Link></li>
            <li><Link to="/statements"><strong>{statements?.total ?? '–'}</strong> {t('place.statements')}</Link></li>
          </ul>
          <p><Link to="/network">{t('home.seeNetwork')}</Link></p>
          {!me?.account && <p><Link to="/mous/$id" params={{ id: '2014-gb-ca' }}>{t('home.example')}</Link></p>}
        </Card>
        <Card title={t('liveNow')}><ActivityStream limit={12} /></Card>
      </div>
    </>
  );
}
