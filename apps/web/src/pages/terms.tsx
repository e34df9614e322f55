import { useState } from 'react';
import type { TermDoc } from '#contexts/languages';
import { directionOf } from '#platform/i18n/browser';
import { useList, useWords } from '../context.js';
import { Actions, NewButton } from '../ui/actions.js';
import { Empty, Title, Waiting } from '../ui/page.js';
import { State, Text } from '../ui/text.js';
import { TermsExchange } from './terms-exchange.js';

/** The termbase: one concept, many languages; which word is preferred, which is not to be used, and from where that is known. */
export function TermsPage() {
  const { t, language } = useWords();
  const terms = useList<TermDoc>('terms?limit=500');
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const rows = (terms.data?.rows ?? []).filter(({ doc }) => search === '' || doc.designations.some((d) => d.term.toLocaleLowerCase().includes(search.toLocaleLowerCase())));
  return (
    <>
      <Title after={t('terms.what')}>{t('translate.terms')}</Title>
      <div className="row wrap no-print">
        <label className="field"><span>{t('search')}</span><input type="search" dir="auto" value={search} onChange={(e) => setSearch(e.target.value)} /></label>
        <NewButton collection="terms" create="ProposeTerm" onDone={setOpen} />
      </div>
      <TermsExchange />
      <Waiting of={terms} />
      {terms.data && rows.length === 0 && <Empty what="terms.empty" />}
      <ul className="cards">
        {rows.map(({ id, doc, revision }) => (
          <li key={id} className="card">
            <p><State aggregate="TermEntry" of={doc.status} /> {doc.protected && <span className="state state-protected">{t('translate.protected')}</span>}</p>
            <dl className="facts">
              {doc.designations.map((d, i) => (
                <div key={i} className={`term-${d.status}`}>
                  <dt>{language(d.lang)}</dt>
                  <dd><bdi lang={d.lang} dir={directionOf(d.lang)}>{d.term}</bdi> <span className="muted small">{t(`translate.term.${d.status}`)}{d.source ? ` · ${d.source}` : ''}</span></dd>
                </div>
              ))}
            </dl>
            {doc.definition && <Text of={doc.definition} block />}
            <details open={open === id} onToggle={(e) => setOpen((e.currentTarget as HTMLDetailsElement).open ? id : open === id ? null : open)}>
              <summary>{t('actions')}</summary>
              {open === id && <Actions collection="terms" id={id} revision={revision} />}
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
