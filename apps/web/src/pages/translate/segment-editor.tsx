import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { TranslationDoc } from '#contexts/languages';
import { directionOf } from '#platform/i18n/browser';
import { useWords } from '../../context.js';
import { Redline } from '../../drafting/live-cell.js';
import { Ago, Ref } from '../../ui/text.js';
import { type Desk, findingsOf, type Hit, type Segment, toldOf, useMemory } from './use-translation.js';

/** The words of one clause: what changed in the source since one aligned, the translation, and what a reader would object to. */
export function SegmentEditor({ desk, doc, segment, onNext }: { desk: Desk; doc: TranslationDoc; segment: Segment; onNext: () => void }) {
  const { t } = useWords();
  const [target, setTarget] = useState(segment.target ?? '');
  const [used, setUsed] = useState<Hit | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const hits = useMemory(segment.source, doc.sourceLang, doc.targetLang);
  const findings = useMemo(() => findingsOf(doc, segment, target, desk.terms), [doc, segment, target, desk.terms]);
  const { allowed, act, busy } = desk;
  const translates = allowed.has('TranslateSegment');
  const reviews = allowed.has('ReviewSegment') && segment.translatedBy !== desk.person && (segment.state === 'translated' || segment.state === 'reviewed');
  const written = target.trim() !== '' && target !== segment.target;
  const origin = used && used.target === target ? { origin: { kind: 'tm', score: used.score, ref: used.origin.id } } : {};
  const save = async () => {
    const at = { segmentId: segment.id, sourceDigest: segment.sourceDigest };
    const done = reviews && !translates
      ? await act('ReviewSegment', { ...at, ...(written ? { target } : {}) })
      : segment.state !== 'missing' && segment.state !== 'draft' && segment.state !== 'stale' && !written ? true : await act('TranslateSegment', { ...at, target, ...origin });
    if (done) onNext();
  };
  const take = (hit: Hit | undefined) => {
    if (!hit) return;
    setTarget(hit.target);
    setUsed(hit);
    area.current?.focus();
  };
  const keys = (e: KeyboardEvent) => {
    if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      void save();
    } else if (e.altKey && /^[1-3]$/.test(e.key)) {
      e.preventDefault();
      take(hits[Number(e.key) - 1]);
    }
  };
  return (
    <div className="desk-editor" onKeyDown={keys}>
      <div className="desk-pair">
        <div>
          {segment.state === 'stale' && segment.aligned
            ? <><p className="small muted">{t('translate.changedSince')}</p><p><Redline before={segment.aligned.source} after={segment.source} lang={doc.sourceLang} /></p></>
            : <p lang={doc.sourceLang} dir={directionOf(doc.sourceLang)}>{segment.source}</p>}
          {segment.editorial && <p className="note small">{t('translate.editorialBy')} <Ref category="person" id={segment.editorial.by} />: {segment.editorial.note}</p>}
        </div>
        <div>
          <textarea ref={area} rows={Math.max(3, Math.ceil(target.length / 55))} lang={doc.targetLang} dir={directionOf(doc.targetLang)} value={target} readOnly={!translates && !reviews}
            aria-label={t('translate.target', { label: segment.label })} onChange={(e) => setTarget(e.target.value)} />
          <Whose segment={segment} />
        </div>
      </div>
      {findings.length > 0 && (
        <ul className="findings plain" aria-live="polite">
          {findings.map((f, i) => <li key={i} className={`finding finding-${f.severity}`}><span aria-hidden="true">{f.severity === 'blocks' ? '✕' : '!'}</span> {t(`finding.${f.kind}`, toldOf(f.params))}</li>)}
        </ul>
      )}
      <div className="row wrap no-print">
        {(translates || reviews) && <button type="button" className="primary" disabled={busy || target.trim() === ''} title="Ctrl+Enter" onClick={() => void save()}>{reviews && !translates ? t('translate.reviewed') : t('translate.saveAndNext')}</button>}
        {reviews && translates && <button type="button" disabled={busy} onClick={() => void act('ReviewSegment', { segmentId: segment.id, sourceDigest: segment.sourceDigest, ...(written ? { target } : {}) })}>{t('translate.reviewed')}</button>}
        {translates && segment.state === 'stale' && <button type="button" disabled={busy} onClick={() => void act('ConfirmUnchanged', { segmentId: segment.id, sourceDigest: segment.sourceDigest }).then((ok) => ok && onNext())}>{t('command.ConfirmUnchanged')}</button>}
        {segment.editorial && allowed.has('ContestEditorial') && <button type="button" className="quiet" disabled={busy} onClick={() => void act('ContestEditorial', { segmentId: segment.id })}>{t('command.ContestEditorial')}</button>}
        {segment.state === 'stale' && allowed.has('DeclareEditorial') && <Editorial desk={desk} segment={segment} />}
        <span className="small muted">{t('translate.keys')}</span>
      </div>
      {hits.length > 0 && (
        <section aria-label={t('translate.memory')} className="memory">
          <h4>{t('translate.memory')}</h4>
          <ol className="plain">
            {hits.slice(0, 3).map((h, i) => (
              <li key={i}>
                <p className="small muted"><strong>{Math.floor(h.score * 100)} %</strong> · <Ref category={h.origin.type} id={h.origin.id} /> · <Ago instant={h.origin.at} /></p>
                {h.score < 1 && <p className="small"><Redline before={h.source} after={segment.source} lang={doc.sourceLang} /></p>}
                <p lang={doc.targetLang} dir={directionOf(doc.targetLang)}>{h.target}</p>
                {translates && <button type="button" className="quiet" onClick={() => take(h)} title={`Alt+${i + 1}`}>{t('translate.use')}</button>}
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

/** Who stands behind the words as they are. */
function Whose({ segment }: { segment: Segment }) {
  const { t } = useWords();
  return (
    <p className="small muted">
      {segment.origin && <>{t(`translate.origin.${segment.origin.kind}`)} </>}
      {segment.translatedBy && <>{t('translate.by')} <Ref category="person" id={segment.translatedBy} /> </>}
      {segment.reviewedBy && <>· {t('translate.reviewedBy')} <Ref category="person" id={segment.reviewedBy} /> </>}
      {segment.attestedBy && <>· {t('translate.attestedBy')} <Ref category="person" id={segment.attestedBy} /></>}
    </p>
  );
}

/** The pen says, under its name, that a change of the source asks for no other words here. */
function Editorial({ desk, segment }: { desk: Desk; segment: Segment }) {
  const { t } = useWords();
  const [note, setNote] = useState('');
  return (
    <details>
      <summary>{t('command.DeclareEditorial')}</summary>
      <label className="field"><span>{t('translate.why')}</span><input value={note} dir="auto" onChange={(e) => setNote(e.target.value)} /></label>
      <button type="button" disabled={desk.busy || note.trim() === ''} onClick={() => void desk.act('DeclareEditorial', { segmentId: segment.id, sourceDigest: segment.sourceDigest, note })}>{t('command.DeclareEditorial')}</button>
    </details>
  );
}
