import { useState } from 'react';
import type { CommentDoc, TextDoc } from '#contexts/drafting';
import type { StatementDoc } from '#contexts/statements';
import { useQueryClient } from '@tanstack/react-query';
import { cellId } from '#text';
import { command, Refused } from '../../api.js';
import { useOne, useWords } from '../../context.js';
import { useCell } from '../../drafting/context.js';
import { ProblemNote } from '../../ui/problem.js';
import { Ago, Ref } from '../../ui/text.js';
import { cellOf } from './use-room.js';

/** Remarks on a clause: each hangs on its words, follows them, and keeps its quotation where they are gone. */
export function Comments({ id, clause, lang }: { id: string; clause: StatementDoc['clauses'][number]; lang: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const ref = cellOf(id, clause.id, lang);
  const cell = useCell(ref);
  const doc = useOne<TextDoc>('texts', cellId(ref)).data?.doc;
  const [words, setWords] = useState('');
  const [range, setRange] = useState<[number, number] | null>(null);
  const [problem, setProblem] = useState<Refused['problem'] | null>(null);
  const mayComment = cell !== null && (cell.snapshot.role === 'comment' || cell.snapshot.role === 'write');
  // The words as they are counted: without brackets, which are marks.
  const text = cell?.snapshot.doc ? cell.snapshot.doc.textBetween(0, cell.snapshot.doc.content.size) : (clause.text[lang] ?? '');
  const give = async (name: string, input: Record<string, unknown>) => {
    setProblem(null);
    try {
      await command('texts', cellId(ref), name, input);
      await queries.invalidateQueries({ queryKey: ['read'] });
      return true;
    } catch (error) {
      setProblem(error instanceof Refused ? error.problem : { title: t('unreachable'), code: 'unreachable' });
      return false;
    }
  };
  const make = async () => {
    const [from, to] = range ?? [0, text.length];
    if (await give('MakeComment', { document: ref.document, clauseId: clause.id, lang, version: cell?.snapshot.version ?? 0, from, to, text: words })) setWords('');
  };
  const comments = (doc?.comments ?? []).filter((c) => c.inReplyTo === null && c.resolved === null);
  return (
    <section aria-label={t('room.comments')}>
      <h4>{t('room.comments')} {comments.length > 0 && <span className="count-soft">{comments.length}</span>}</h4>
      <ul className="plain">{comments.map((c) => <One key={c.id} comment={c} text={text} lang={lang} resolve={mayComment ? () => void give('ResolveComment', { commentId: c.id }) : null} />)}</ul>
      <ProblemNote of={problem} />
      {mayComment && (
        <details>
          <summary>{t('room.comment')}</summary>
          <label className="field"><span>{t('room.commentOn')}</span>
            <textarea readOnly rows={3} value={text} lang={lang} dir="auto" onSelect={(e) => {
              const { selectionStart, selectionEnd } = e.currentTarget;
              setRange(selectionEnd > selectionStart ? [selectionStart, selectionEnd] : null);
            }} />
          </label>
          <label className="field"><span>{t('room.comment')}</span><textarea rows={2} dir="auto" value={words} onChange={(e) => setWords(e.target.value)} /></label>
          <button type="button" disabled={words.trim() === ''} onClick={() => void make()}>{t('command.MakeComment')}</button>
        </details>
      )}
    </section>
  );
}

function One({ comment: c, text, lang, resolve }: { comment: CommentDoc; text: string; lang: string; resolve: (() => void) | null }) {
  const { t } = useWords();
  const now = c.place ? text.slice(c.place.from, c.place.to) : null;
  return (
    <li className="comment">
      <p className="small"><Ref category="person" id={c.by} /> <span className="muted"><Ago instant={c.at} /></span></p>
      <blockquote lang={lang} dir="auto">{now ?? c.quote}</blockquote>
      {now === null && <p className="small warning">{t('room.wordsGone')}</p>}
      <p dir="auto">{c.text}</p>
      {resolve && <button type="button" className="quiet" onClick={resolve}>{t('command.ResolveComment')}</button>}
    </li>
  );
}
