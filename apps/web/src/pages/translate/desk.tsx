import { useEffect, useMemo, useState } from 'react';
import { Link, useParams } from '@tanstack/react-router';
import { directionOf } from '#platform/i18n/browser';
import { useWords } from '../../context.js';
import { Actions } from '../../ui/actions.js';
import { NowAndHistory, Title, Waiting } from '../../ui/page.js';
import { ProblemNote } from '../../ui/problem.js';
import { Ago, At, Ref, State, Tlp } from '../../ui/text.js';
import { Exchange } from './exchange.js';
import { Beside } from './beside.js';
import { Progress } from './queue.js';
import { SegmentEditor } from './segment-editor.js';
import { type Segment, TO_DO, useTranslation } from './use-translation.js';

/** The translation desk: the source as it has changed since one aligned, the translation beside it, and what helps. */
export default function DeskPage() {
  const { id = '' } = useParams({ strict: false });
  const { t, language } = useWords();
  const desk = useTranslation(id);
  const [chosen, choose] = useState<string | null>(null);
  const [all, setAll] = useState(true);
  const doc = desk.row.data?.doc;
  const waiting = useMemo(() => doc?.segments.filter((s) => TO_DO.has(s.state)) ?? [], [doc]);
  // Whoever comes to the desk has the first thing to do before him.
  useEffect(() => {
    if (chosen === null && waiting[0] && desk.allowed.has('TranslateSegment')) choose(waiting[0].id);
  }, [chosen, waiting, desk.allowed]);
  if (!desk.row.data || !doc) return <Waiting of={desk.row} />;
  const segment = doc.segments.find((s) => s.id === chosen) ?? null;
  const shown = all ? doc.segments : waiting;
  const next = (from: string) => {
    const at = doc.segments.findIndex((s) => s.id === from);
    const rest = [...doc.segments.slice(at + 1), ...doc.segments.slice(0, at)];
    choose(rest.find((s) => TO_DO.has(s.state))?.id ?? doc.segments[at + 1]?.id ?? null);
  };
  return (
    <div className="desk">
      <Title
        above={<Ref category={doc.doc.type} id={doc.doc.id} />}
        after={<><State aggregate="Translation" of={doc.state} /> {t(`value.status.${doc.legalStatus}`)} <Tlp label={desk.row.data.label} /></>}
      >{t('translate.into', { from: language(doc.sourceLang), to: language(doc.targetLang) })}</Title>
      <Progress doc={doc} />
      {doc.dueAt && doc.state !== 'certified' && <p className="muted small">{t('until')} <At instant={doc.dueAt} /> (<Ago instant={doc.dueAt} />)</p>}
      {doc.provisional && <p className="note warning">{t('translate.provisional')} {doc.provisional.reason}</p>}
      {doc.certified && <p className="note">{t('translate.certified')} <Ref category="person" id={doc.certified.by} /> · <At instant={doc.certified.at} /> <code dir="ltr">{doc.certified.digest.slice(0, 16)}…</code></p>}
      <NowAndHistory collection="translations" id={id}>
        <div className="row wrap no-print">
          <button type="button" className="chip-button" aria-pressed={all} onClick={() => setAll(true)}>{t('translate.all', { n: doc.segments.length })}</button>
          <button type="button" className="chip-button" aria-pressed={!all} onClick={() => setAll(false)}>{t('translate.toDo', { n: waiting.length })}</button>
          {doc.doc.type === 'statement' && <Link to="/statements/$id/concordance" params={{ id: doc.doc.id }}>{t('translate.concordance')}</Link>}
        </div>
        <Actions collection="translations" id={id} revision={desk.row.data.revision} hide={['TranslateSegment', 'ConfirmUnchanged', 'QuerySource', 'AnswerQuery', 'AttestClause', 'ContestEditorial', 'DeclareEditorial', 'ReviewSegment', 'ImportXliff']}
          first={['SubmitForRevision', 'SubmitForConcordance', 'AssignTranslator', 'Certify']}
          known={{ choices: { segmentId: doc.segments.map((s) => ({ id: s.id, label: `${s.label} ${s.source.slice(0, 50)}` })), queryId: doc.queries.filter((q) => q.answer === null).map((q) => ({ id: q.id, label: q.question.slice(0, 60) })) } }} />
        <ProblemNote of={desk.problem} />
        <div className={`desk-frame ${segment ? 'with-panel' : ''}`}>
          <ol className="desk-segments plain">
            {shown.map((s) => (
              <li key={s.id} className={`desk-segment ${s.id === chosen ? 'chosen' : ''} segment-${s.state}`} aria-current={s.id === chosen ? 'true' : undefined}>
                <button type="button" className="desk-label quiet" onClick={() => choose(s.id === chosen ? null : s.id)} aria-expanded={s.id === chosen}>
                  <bdi>{nameOf(s, t)}</bdi> <SegmentState of={s} open={doc.queries.some((q) => q.segmentId === s.id && q.answer === null)} />
                </button>
                {s.id === chosen ? (
                  <SegmentEditor key={`${s.id} ${s.sourceDigest}`} desk={desk} doc={doc} segment={s} onNext={() => next(s.id)} />
                ) : (
                  <div className="desk-pair">
                    <p lang={doc.sourceLang} dir={directionOf(doc.sourceLang)}>{s.source}</p>
                    <p lang={doc.targetLang} dir={directionOf(doc.targetLang)}>{s.target ?? <span className="muted">{t('missing')}</span>}</p>
                  </div>
                )}
              </li>
            ))}
            {shown.length === 0 && <li className="empty">{t('translate.nothingToDo')}</li>}
          </ol>
          {segment && <Beside desk={desk} doc={doc} segment={segment} />}
        </div>
        <Exchange id={id} doc={doc} mayImport={desk.allowed.has('ImportXliff')} />
      </NowAndHistory>
    </div>
  );
}

/** Labels of clauses are computed and the same in each language; the title has none. */
export const nameOf = (s: Segment, t: (key: string) => string): string => (s.id === 'title' ? t('documentTitle') : s.label);

const GLYPHS: Readonly<Record<Segment['state'], string>> = { missing: '○', draft: '◔', translated: '◑', reviewed: '◕', attested: '●', stale: '↻' };
export function SegmentState({ of, open = false }: { of: Segment; open?: boolean }) {
  const { t } = useWords();
  return (
    <>
      <span className={`state state-${of.state}`}><span aria-hidden="true">{GLYPHS[of.state]}</span> {t(`translate.state.${of.state}`)}</span>
      {open && <span className="state state-query">{t('translate.asked')}</span>}
    </>
  );
}
