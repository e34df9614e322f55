import { useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { StatementDoc } from '#contexts/statements';
import { directionOf } from '#platform/i18n/browser';
import { command, Refused, sendFile } from '../../api.js';
import { useWords } from '../../context.js';
import { ProblemNote } from '../../ui/problem.js';
import { useAllowed } from '../../ui/use-act.js';

const SECTIONS = ['preambular', 'operative', 'annex'] as const;
type Section = (typeof SECTIONS)[number];
/** What a file proposes; an article of an agreement is an operative clause here. */
interface Proposed {
  readonly title: string | null;
  readonly clauses: readonly { readonly section: Section | 'article'; readonly verb: string | null; readonly text: string; readonly label: string | null }[];
  readonly warnings: readonly { readonly code: string; readonly text?: string }[];
}
interface Line {
  readonly section: Section;
  readonly verb: string | null;
  readonly text: string;
  readonly label: string | null;
  readonly include: boolean;
  readonly added: boolean;
  /** Of the file: its verb belongs to these words in this section. */
  readonly from: { readonly section: Section; readonly text: string };
}

/** A draft that exists already: read from a file, looked over, then added clause by clause as if it were typed. Nothing is recorded before that. */
export function ImportClauses({ id, doc, revision }: { id: string; doc: StatementDoc; revision: number }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const allowed = useAllowed('statements', id, revision);
  const [open, setOpen] = useState(false);
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [found, setFound] = useState<Proposed | null>(null);
  const [problem, setProblem] = useState<Refused['problem'] | null>(null);
  const [stopped, setStopped] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  // Whoever began goes on although the text is by then another revision.
  if (!busy && found === null && !(['drafting', 'negotiating'].includes(doc.status) && allowed.has('AddClause'))) return null;
  const tell = (error: unknown) => setProblem(error instanceof Refused ? error.problem : { title: t('unreachable'), code: 'unreachable' });
  const read = async (file: File) => {
    setBusy(true);
    setProblem(null);
    setStopped(null);
    try {
      const proposed = await sendFile<Proposed>(`/api/v1/imports/clauses?lang=${doc.leadLanguage}`, file);
      setFound(proposed);
      setLines(proposed.clauses.map(({ section: said, verb, text, label }) => {
        const section = said === 'article' ? 'operative' : said;
        return { section, verb, text, label, include: true, added: false, from: { section, text } };
      }));
    } catch (error) {
      setFound(null);
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  const set = (at: number, change: Partial<Line>) => setLines((old) => old.map((l, i) => (i === at ? { ...l, ...change } : l)));
  const chosen = lines.filter((l) => l.include && l.text.trim() !== '');
  const done = chosen.filter((l) => l.added).length;
  const add = async () => {
    setBusy(true);
    setProblem(null);
    setStopped(null);
    try {
      for (const [i, line] of lines.entries()) {
        if (!line.include || line.added || line.text.trim() === '') continue;
        setStopped(i);
        const verb = line.verb !== null && line.section === line.from.section && line.text === line.from.text ? { verb: line.verb } : {};
        await command('statements', id, 'AddClause', { section: line.section, text: { [doc.leadLanguage]: line.text.trim() }, ...verb });
        set(i, { added: true });
      }
      setStopped(null);
      setFound(null);
      setOpen(false);
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
      await queries.invalidateQueries({ predicate: (q) => q.queryKey[0] === 'read' || q.queryKey[0] === 'inbox' });
    }
  };
  if (!open) return <p className="no-print"><button type="button" onClick={() => setOpen(true)}>{t('importClauses')}</button></p>;
  return (
    <section className="board import-clauses no-print" aria-labelledby="import-title">
      <h2 id="import-title">{t('importClauses')}</h2>
      <p>{t('importClauses.what', { language: language(doc.leadLanguage) })}</p>
      <p className="row wrap">
        <input ref={input} type="file" hidden accept=".docx,.txt,text/plain" onChange={(e) => { const file = e.target.files?.[0]; e.target.value = ''; if (file) void read(file); }} />
        <button type="button" className={found === null ? 'primary' : ''} disabled={busy} onClick={() => input.current?.click()}>{t(found === null ? 'importClauses.choose' : 'importClauses.other')}</button>
        <button type="button" disabled={busy} onClick={() => { setOpen(false); setFound(null); setProblem(null); setStopped(null); }}>{t('cancel')}</button>
      </p>
      {problem && stopped !== null && <p className="warning"><strong>{t('importClauses.stopped', { n: stopped + 1 })}</strong></p>}
      <ProblemNote of={problem} />
      {found && (
        <>
          {found.title && <p className="muted">{t('importClauses.title')} <bdi>{found.title}</bdi></p>}
          {found.warnings.length > 0 && (
            <ul className="findings plain" aria-label={t('importClauses.warnings')}>
              {found.warnings.map((w, i) => <li key={i} className="finding">{t(`importClauses.warning.${w.code}`)}{w.text && <> <q dir="auto">{w.text}</q></>}</li>)}
            </ul>
          )}
          <ul className="plain import-lines">
            {lines.map((line, i) => (
              <li key={i} className={`import-line ${line.include ? '' : 'left-out'} ${line.added ? 'is-added' : ''} ${stopped === i && problem ? 'is-stopped' : ''}`}>
                <div className="row wrap">
                  <label className="row check"><input type="checkbox" disabled={busy || line.added} checked={line.include} onChange={(e) => set(i, { include: e.target.checked })} /> <span>{t('importClauses.clause', { n: i + 1 })} {line.label && <bdi className="muted">({line.label})</bdi>}</span></label>
                  <select aria-label={t('importClauses.section', { n: i + 1 })} disabled={busy || line.added || !line.include} value={line.section} onChange={(e) => set(i, { section: e.target.value as Section })}>{SECTIONS.map((s) => <option key={s} value={s}>{t(`value.section.${s}`)}</option>)}</select>
                  {line.added && <span className="state state-agreed">✓ {t('importClauses.added')}</span>}
                </div>
                <textarea rows={Math.min(8, Math.max(2, Math.ceil(line.text.length / 80)))} lang={doc.leadLanguage} dir={directionOf(doc.leadLanguage)} aria-label={t('importClauses.text', { n: i + 1 })} disabled={busy || line.added || !line.include} value={line.text} onChange={(e) => set(i, { text: e.target.value })} />
              </li>
            ))}
          </ul>
          {(busy || done > 0) && <p role="status"><progress value={done} max={Math.max(1, chosen.length)} /> {t('importClauses.progress', { done, all: chosen.length })}</p>}
          <button type="button" className="primary" disabled={busy || chosen.length === done} onClick={() => void add()}>{t('importClauses.add', { n: chosen.length - done })}</button>
        </>
      )}
    </section>
  );
}
