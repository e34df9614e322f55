import type { Action } from '../api.js';
import { useNames, useWords } from '../context.js';
import { inLanguage } from '#platform/i18n/browser';

/** “for Ada Marlowe, by authority until …”: what is done in the name of another is shown as such before it is done. */
export function ForWhom({ authority: { grantedBy, until } }: { authority: NonNullable<Action['authority']> }) {
  const words = useWords();
  const name = inLanguage(useNames([`person-${grantedBy}`])[`person-${grantedBy}`], words.lang) ?? grantedBy;
  return <span className="for-whom small">{words.t('authority.for', { name: `\u2068${name}\u2069`, until: `\u2068${words.instant(until, Intl.DateTimeFormat().resolvedOptions().timeZone)}\u2069` })}</span>;
}
