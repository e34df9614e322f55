import { useWords } from '../context.js';
import { ActivityStream } from '../ui/acts.js';
import { Title } from '../ui/page.js';

export function ActivityPage() {
  const { t } = useWords();
  return <><Title after={t('activity.what')}>{t('place.activity')}</Title><ActivityStream limit={200} /></>;
}
