import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import type { CellRef } from '#text';
import { directionOf } from '#platform/i18n/browser';
import { wordDiff } from '#text';
import { useWords } from '../context.js';
import { useCell } from './context.js';
import { recover } from './keep.js';
import type { Snapshot } from './snapshot.js';

const Editor = lazy(() => import('./editor.js'));

/** A text with what went and what came; said to a screen reader too. */
export function Redline({ before, after, lang }: { before: string; after: string; lang: string }) {
  return (
    <span lang={lang} dir={directionOf(lang)} className="redline">
      {wordDiff(before, after, lang).map((p, i) => (p.kind === 'added' ? <ins key={i}>{p.text}</ins> : p.kind === 'removed' ? <del key={i}>{p.text}</del> : <span key={i}>{p.text}</span>))}
    </span>
  );
}

/** Plain words with what stands in brackets marked. */
export function Words({ text, lang }: { text: string; lang: string }) {
  return (
    <span lang={lang} dir={directionOf(lang)}>
      {text.split(/(\[[^[\]]*\])/).map((part, i) => (i % 2 === 1 ? <mark key={i} className="bracket">{part}</mark> : part))}
    </span>
  );
}

/**
 * One clause in one language, live: static words until somebody who may write goes in. `document` text stands until the line brings the live one.
 */
export function LiveCell({ of, text, label, editing, onEdit, onLeave, onTable, marked, person }: {
  of: CellRef; text: string; label: string; editing: boolean; onEdit: () => void; onLeave?: () => void; onTable?: () => void; marked?: ReactNode; person: string;
}) {
  const { t } = useWords();
  const id = useId();
  const cell = useCell(of);
  const [tooLong, setTooLong] = useState(false);
  const { lang } = of;
  const dir = directionOf(lang);
  const snapshot = cell?.snapshot;
  const shown = snapshot?.ready && snapshot.status === 'open' ? snapshot.text : text;
  const writes = snapshot?.role === 'write';
  if (!cell || !editing || !writes || !snapshot)
    return (
      <div className={`cell ${writes ? 'cell-open' : ''}`} lang={shown === '' ? undefined : lang} dir={dir} onClick={writes ? onEdit : undefined}>
        {marked && shown === text ? marked : shown === '' ? <span className="muted">{t('missing')}</span> : <Words text={shown} lang={lang} />}
        {writes && <button type="button" className="quiet cell-edit" onClick={onEdit} aria-label={`${t('room.write')} ${label}`}>✎</button>}
      </div>
    );
  return (
    <div className="cell cell-editing">
      <Suspense fallback={<Words text={shown} lang={lang} />}>
        <Editor
          session={cell.session} lang={lang} dir={dir} label={label} describedBy={`${id}-state`}
          onTooLong={(pasted) => {
            setTooLong(true);
            void recover({ person, document: `${of.document.type}-${of.document.id}`, clauseId: of.clauseId, lang, text: pasted, left: '', right: '', why: 'invalid' });
          }}
          onLeave={() => { void cell.session.rest('left'); onLeave?.(); }} {...(onTable ? { onTable } : {})}
        />
      </Suspense>
      <p id={`${id}-state`} className="small muted"><SavingSign snapshot={snapshot} /> <span className="no-print">{t('room.keys')}</span></p>
      {tooLong && <p className="refusal" role="alert">{t('room.tooLong')}</p>}
      {snapshot.elsewhere && <p className="refusal" role="alert">{t('room.elsewhere')}</p>}
      {snapshot.comparing && (
        <div className="compare-first" role="alertdialog" aria-label={t('room.compareFirst')}>
          <p><strong>{t('room.compareFirst')}</strong></p>
          <dl>
            <dt>{t('room.theirs')}</dt><dd><Words text={snapshot.comparing.theirs} lang={lang} /></dd>
            <dt>{t('room.mine')}</dt><dd><Words text={snapshot.comparing.mine} lang={lang} /></dd>
            <dt>{t('room.merged')}</dt><dd><Redline before={snapshot.comparing.theirs} after={snapshot.text} lang={lang} /></dd>
          </dl>
          <div className="row wrap">
            <button type="button" className="primary" onClick={() => cell.session.settle('send')}>{t('room.sendMine')}</button>
            <button type="button" onClick={() => cell.session.settle('keep')}>{t('room.keepMine')}</button>
          </div>
        </div>
      )}
    </div>
  );
}

/** The state of one's words, always in words. */
export function SavingSign({ snapshot }: { snapshot: Pick<Snapshot, 'saving' | 'savedAt' | 'unconfirmed'> }) {
  const { t, lang } = useWords();
  const { saving, savedAt, unconfirmed } = snapshot;
  if (saving === 'offline') return <span className="sign sign-offline">{t('room.offline', { n: unconfirmed })}</span>;
  if (saving === 'saving') return <span className="sign">{t('room.saving')}</span>;
  if (savedAt === null) return <span className="sign sign-saved">{t('room.upToDate')}</span>;
  const time = new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit' }).format(savedAt);
  return <span className="sign sign-saved">{t('room.saved', { time })}</span>;
}
