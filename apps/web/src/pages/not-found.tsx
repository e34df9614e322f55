import { Link } from '@tanstack/react-router';
import { useWords } from '../context.js';
import { Title } from '../ui/page.js';

export function NotFoundPage() {
  const { t } = useWords();
  return <><Title>{t('notThere')}</Title><p><Link to="/">{t('place.home')}</Link></p></>;
}
