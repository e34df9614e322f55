import { useState } from 'react';
import type { TermDoc, TranslationDoc } from '#contexts/languages';
import { directionOf } from '#platform/i18n/browser';
import { useWords } from '../../context.js';
import { Ago, Ref } from '../../ui/text.js';
import type { Desk, Query, Segment } from './use-translation.js';

/** Beside the words: the terms that are agreed, and what is asked of the pen. */
export function Beside({ desk, doc, segment }: { desk: Desk; doc: TranslationDoc; segment: Segment }) {
  const { t } = useWords();
  const found = desk.terms.filter((term) => occurs(term, segment.source, doc.sourceLang));
  return (
    <aside className="panel" aria-label={t('room.about', { clause: segment.label })}>
      {found.length > 0 && (
        <section>
          <h4>{t('translate.termbase')}</h4>
          <ul className="plain">{found.map((term) => <Term key={term.conceptId} term={term} doc={doc} />)}</ul>
        </section>
      )}
      <Queries desk={desk} segment={segment} queries={doc.queries.filter((q) => q.segmentId === segment.id)} />
    </aside>
  );
}

const folded = (text: string, lang: string) => text.normalize('NFC').toLocaleLowerCase(lang);
const of = (term: TermDoc, lang: string) => term.designations.filter((d) => d.lang === lang || d.lang.split('-')[0] === lang.split('-')[0]);
const occurs = (term: TermDoc, source: string, lang: string) => of(term, lang).some((d) => folded(source, lang).includes(folded(d.term, lang)));

function Term({ term, doc }: { term: TermDoc; doc: TranslationDoc }) {
  const { t } = useWords();
  return (
    <li className="term">
      <p><bdi lang={doc.sourceLang}>{of(term, doc.sourceLang)[0]?.term}</bdi> {term.protected && <span className="state state-protected">{t('translate.protected')}</span>}</p>
      <ul className="plain small">
        {of(term, doc.targetLang).map((d) => (
          <li key={d.term} className={`term-${d.status}`}><bdi lang={d.lang} dir={directionOf(d.lang)}>{d.term}</bdi> <span className="muted">{t(`translate.term.${d.status}`)}</span></li>
        ))}
        {of(term, doc.targetLang).length === 0 && <li className="muted">{t('translate.noTerm')}</li>}
      </ul>
    </li>
  );
}

/** Questions to the pen on this clause, with their answers; an open one stands in the way of the seal. */
export function Queries({ desk, segment, queries }: { desk: Pick<Desk, 'allowed' | 'act' | 'busy'>; segment: Segment; queries: readonly Query[] }) {
  const { t } = useWords();
  const [question, setQuestion] = useState('');
  return (
    <section aria-label={t('translate.queries')}>
      <h4>{t('translate.queries')}</h4>
      <ul className="plain">{queries.map((q) => <One key={q.id} desk={desk} query={q} />)}</ul>
      {desk.allowed.has('QuerySource') && (
        <>
          <label className="field"><span>{t('translate.ask')}</span><textarea rows={2} dir="auto" value={question} onChange={(e) => setQuestion(e.target.value)} /></label>
          <button type="button" disabled={desk.busy || question.trim() === ''} onClick={() => void desk.act('QuerySource', { segmentId: segment.id, question }).then((ok) => ok && setQuestion(''))}>{t('command.QuerySource')}</button>
        </>
      )}
    </section>
  );
}

function One({ desk, query }: { desk: Pick<Desk, 'allowed' | 'act' | 'busy'>; query: Query }) {
  const { t } = useWords();
  const [answer, setAnswer] = useState('');
  const give = (sourceToChange: boolean) => void desk.act('AnswerQuery', { queryId: query.id, answer, sourceToChange });
  return (
    <li className="comment">
      <p className="small"><Ref category="person" id={query.by} /> <span className="muted"><Ago instant={query.at} /></span></p>
      <p dir="auto">{query.question}</p>
      {query.answer !== null ? (
        <p className="answer" dir="auto"><Ref category="person" id={query.answeredBy} />: {query.answer} {query.sourceToChange && <em>{t('translate.sourceToChange')}</em>}</p>
      ) : desk.allowed.has('AnswerQuery') ? (
        <>
          <label className="field"><span>{t('translate.answer')}</span><textarea rows={2} dir="auto" value={answer} onChange={(e) => setAnswer(e.target.value)} /></label>
          <div className="row wrap">
            <button type="button" className="primary" disabled={desk.busy || answer.trim() === ''} onClick={() => give(false)}>{t('command.AnswerQuery')}</button>
            <button type="button" disabled={desk.busy || answer.trim() === ''} onClick={() => give(true)}>{t('translate.answerAndChange')}</button>
          </div>
        </>
      ) : <p className="small warning">{t('translate.waitsForPen')}</p>}
    </li>
  );
}
