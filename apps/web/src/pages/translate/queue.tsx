import { Link } from '@tanstack/react-router';
import type { TranslationDoc } from '#contexts/languages';
import { useList, useMe, useWords } from '../../context.js';
import { Empty, Title, Waiting } from '../../ui/page.js';
import { Ago, At, Ref, State, Tlp } from '../../ui/text.js';
import type { Row } from '../../api.js';

/** One's own first, then by deadline; what is finished last. */
const order = (person: string) => (a: Row<TranslationDoc>, b: Row<TranslationDoc>): number => {
  const rank = ({ doc }: Row<TranslationDoc>) => (doc.state === 'certified' || doc.state === 'cancelled' ? 2 : mine(doc, person) ? 0 : 1);
  return rank(a) - rank(b) || (a.doc.dueAt ?? '9').localeCompare(b.doc.dueAt ?? '9');
};
const mine = (doc: TranslationDoc, person: string) => [...doc.translators, ...doc.revisers, ...doc.linguists].includes(person);

/** What is to be translated, by whom and until when. */
export function TranslationsPage() {
  const { t, language } = useWords();
  const person = useMe()?.account?.personId ?? '';
  const translations = useList<TranslationDoc>('translations?limit=500');
  const rows = (translations.data?.rows ?? []).toSorted(order(person));
  return (
    <>
      <Title after={t('translate.what')}>{t('place.translate')}</Title>
      <p className="no-print"><Link to="/terms">{t('translate.terms')}</Link></p>
      <Waiting of={translations} />
      {translations.data && rows.length === 0 && <Empty what="translate.empty" />}
      <ul className="cards">
        {rows.map(({ id, doc, label }) => (
          <li key={id} className={`card ${mine(doc, person) ? 'card-mine' : ''}`}>
            <h2><Link to="/translate/$id" params={{ id }}>{language(doc.targetLang)}</Link></h2>
            <p><Ref category={doc.doc.type} id={doc.doc.id} /></p>
            <p><State aggregate="Translation" of={doc.state} /> <span className="muted">{t(`value.status.${doc.legalStatus}`)}</span> <Tlp label={label} /></p>
            <Progress doc={doc} />
            {doc.dueAt && doc.state !== 'certified' && <p className="small muted">{t('until')} <At instant={doc.dueAt} /> (<Ago instant={doc.dueAt} />)</p>}
          </li>
        ))}
      </ul>
    </>
  );
}

/** How far it is, in figures and in a bar; what is behind or asked stands out. */
export function Progress({ doc }: { doc: TranslationDoc }) {
  const { t } = useWords();
  const { counts } = doc;
  const all = doc.segments.length;
  const done = counts.translated + counts.reviewed + counts.attested;
  return (
    <div className="translate-progress">
      <progress max={Math.max(all, 1)} value={done} aria-label={t('translate.progress', { done, all })} />
      <span className="small">{t('translate.progress', { done, all })}</span>
      {counts.stale > 0 && <span className="state state-stale">{t('translate.stale', { n: counts.stale })}</span>}
      {counts.openQueries > 0 && <span className="state state-query">{t('translate.openQueries', { n: counts.openQueries })}</span>}
    </div>
  );
}

