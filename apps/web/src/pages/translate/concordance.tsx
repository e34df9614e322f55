import { useMemo } from 'react';
import { Link, useParams } from '@tanstack/react-router';
import type { TranslationDoc } from '#contexts/languages';
import type { StatementDoc } from '#contexts/statements';
import { directionOf } from '#platform/i18n/browser';
import type { Row } from '../../api.js';
import { useList, useMe, useOne, useWords } from '../../context.js';
import { Redline } from '../../drafting/live-cell.js';
import { ActionButton } from '../../ui/actions.js';
import { Title, Waiting } from '../../ui/page.js';
import { ProblemNote } from '../../ui/problem.js';
import { useActOn, useAllowed } from '../../ui/use-act.js';
import { Ref, State, Text, Tlp } from '../../ui/text.js';
import { Queries } from './beside.js';
import { SegmentState } from './desk.js';
import type { Segment } from './use-translation.js';

/** All authentic texts side by side, clause by clause: what says the same is attested, what does not is asked; then the text is sealed. */
export default function ConcordancePage() {
  const { id = '' } = useParams({ strict: false });
  const { t, language } = useWords();
  const statement = useOne<StatementDoc>('statements', id);
  const translations = useList<TranslationDoc>(`translations?docId=${encodeURIComponent(id)}&limit=100`);
  if (!statement.data || !translations.data) return <Waiting of={statement.data ? translations : statement} />;
  const { doc, revision, label } = statement.data;
  const versions = translations.data.rows.filter(({ doc: v }) => v.legalStatus === 'authentic' && v.state !== 'cancelled');
  const clauses = [{ id: 'title', label: t('documentTitle'), text: doc.subject }, ...doc.clauses];
  return (
    <div className="concordance">
      <Title above={<Ref category="statement" id={id} />} after={<><State aggregate="Statement" of={doc.status} /> <Tlp label={label} /></>}>{t('concordance.title')}</Title>
      <p className="lead"><Text of={doc.subject} /></p>
      <Seal doc={doc} versions={versions} />
      <p className="row wrap"><ActionButton collection="statements" id={id} revision={revision} command="SealText" className="primary" /></p>
      <ul className="plain versions">
        {versions.map(({ id: version, doc: v }) => (
          <li key={version}><Link to="/translate/$id" params={{ id: version }}>{language(v.targetLang)}</Link> <State aggregate="Translation" of={v.state} /> <span className="muted small">{t('concordance.attested', { done: v.counts.attested, all: v.segments.length })}</span></li>
        ))}
        {versions.length === 0 && <li className="muted">{t('concordance.none')}</li>}
      </ul>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('concordance.title')}>
        <table className="parallel concordance-table">
          <thead><tr><th>{t('clause')}</th><th>{language(doc.leadLanguage)} <span className="muted">{t('room.lead')}</span></th>{versions.map(({ id: v, doc: d }) => <th key={v}>{language(d.targetLang)}</th>)}</tr></thead>
          <tbody>
            {clauses.map((c) => (
              <tr key={c.id}>
                <th scope="row"><bdi>{c.label}</bdi></th>
                <td lang={doc.leadLanguage} dir={directionOf(doc.leadLanguage)}>{c.text[doc.leadLanguage]}</td>
                {versions.map((row) => <Cell key={row.id} row={row} segment={row.doc.segments.find((s) => s.id === c.id)} />)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** One clause in one language: attested at its revision, or what stands in the way. */
function Cell({ row, segment }: { row: Row<TranslationDoc>; segment: Segment | undefined }) {
  const { t } = useWords();
  const { id, doc, revision } = row;
  const person = useMe()?.account?.personId ?? '';
  const allowed = useAllowed('translations', id, revision);
  const desk = useActOn('translations', id);
  if (!segment) return <td className="muted">{t('missing')}</td>;
  const asked = doc.queries.filter((q) => q.segmentId === segment.id);
  const open = asked.some((q) => q.answer === null);
  const mayAttest = allowed.has('AttestClause') && [...doc.revisers, ...doc.linguists].includes(person) && segment.state === 'reviewed' && !open && segment.translatedBy !== person;
  return (
    <td className={`segment-${segment.state}`}>
      <p lang={doc.targetLang} dir={directionOf(doc.targetLang)}>{segment.target ?? <span className="muted">{t('missing')}</span>}</p>
      {segment.state === 'stale' && segment.aligned && <p className="small">{t('translate.changedSince')} <Redline before={segment.aligned.source} after={segment.source} lang={doc.sourceLang} /></p>}
      <p className="row wrap"><SegmentState of={segment} open={open} />{segment.attestedBy && <span className="small muted"><Ref category="person" id={segment.attestedBy} /></span>}</p>
      <ProblemNote of={desk.problem} />
      {mayAttest && segment.targetDigest && <button type="button" disabled={desk.busy} onClick={() => void desk.act('AttestClause', { segmentId: segment.id, sourceDigest: segment.sourceDigest, targetDigest: segment.targetDigest })}>{t('command.AttestClause')}</button>}
      {(asked.length > 0 || allowed.has('QuerySource')) && (
        <details open={open} className="no-print"><summary>{t('translate.queries')}</summary><Queries desk={{ ...desk, allowed }} segment={segment} queries={asked} /></details>
      )}
    </td>
  );
}

/** What the text still lacks before it is sealed; afterwards its digest, which everybody signs. */
function Seal({ doc, versions }: { doc: StatementDoc; versions: readonly Row<TranslationDoc>[] }) {
  const { t, language, list } = useWords();
  const missing = useMemo(() => doc.languages.filter((l) => l !== doc.leadLanguage && !versions.some((v) => v.doc.targetLang === l && v.doc.state === 'certified')), [doc, versions]);
  if (doc.sealed) return <p className="note sealed"><strong>{t('concordance.sealed')}</strong> <code dir="ltr">{doc.sealed.digest}</code></p>;
  const queries = versions.reduce((n, v) => n + v.doc.counts.openQueries, 0);
  const stale = versions.reduce((n, v) => n + v.doc.counts.stale, 0);
  return (
    <div className="next" role="note">
      <strong>{t('concordance.before')}</strong>
      <ul>
        {queries > 0 && <li>{t('translate.openQueries', { n: queries })}</li>}
        {stale > 0 && <li>{t('translate.stale', { n: stale })}</li>}
        {missing.length > 0 && <li>{t('concordance.uncertified', { languages: list(missing.map((l) => language(l))) })}</li>}
        {queries + stale + missing.length === 0 && <li>{t('concordance.ready')}</li>}
      </ul>
    </div>
  );
}
