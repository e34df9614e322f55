import { useState } from 'react';
import { ownFirst } from '../../ui/text.js';
import { useWords } from '../../context.js';

const FORMATS = [['pdf', 'PDF'], ['docx', 'Word'], ['akn', 'Akoma Ntoso'], ['json', 'Popolo'], ['txt', 'Text']] as const;

/** The text to take along, in one language, as far as its reader may read it. */
export function Exports({ collection, id, languages, amendments = 0 }: { collection: 'statements' | 'mous'; id: string; languages: readonly string[]; amendments?: number }) {
  const { t, lang, language } = useWords();
  const langs = ownFirst(languages, lang);
  const [chosen, choose] = useState(langs[0] ?? lang);
  const path = (format: string) => `/api/v1/exports/${collection}/${encodeURIComponent(id)}.${format}?lang=${chosen}`;
  return (
    <details className="exports no-print">
      <summary>{t('exports')}</summary>
      <div className="row wrap">
        {langs.length > 1 && <label>{t('language')} <select value={chosen} onChange={(e) => choose(e.target.value)}>{langs.map((l) => <option key={l} value={l}>{language(l)}</option>)}</select></label>}
        {FORMATS.map(([format, name]) => <a key={format} className="button" href={path(format)} download>{name}</a>)}
        {amendments > 0 && <a className="button" href={`${path('docx')}&amendments=all`} download>{t('exports.tracked', { n: amendments })}</a>}
      </div>
    </details>
  );
}
