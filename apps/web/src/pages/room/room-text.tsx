import { useMemo, useState } from 'react';
import type { StatementDoc } from '#contexts/statements';
import { directionOf } from '#platform/i18n/browser';
import { useWords } from '../../context.js';
import { LiveCell, Words } from '../../drafting/live-cell.js';
import { ProblemNote } from '../../ui/problem.js';
import { ownFirst, Ref } from '../../ui/text.js';
import { AddClause, AmendPanel } from './amend.js';
import { Comments } from './comments.js';
import { Slider } from './slider.js';
import { cellOf, type RoomData, useAct } from './use-room.js';

type Clause = StatementDoc['clauses'][number];
/** There the panel has a column of its own, which is kept free so that nothing moves under the pointer. */
const WIDE = '(min-width: 68rem)';

/** The text with a rail of its clauses; one panel for the clause in hand. */
export function RoomText({ id, room }: { id: string; room: RoomData }) {
  const words = useWords();
  const { t } = words;
  const doc = room.statement.data!.doc;
  const all = useMemo(() => ownFirst([...new Set([doc.leadLanguage, ...doc.languages])], words.lang), [doc.leadLanguage, doc.languages, words.lang]);
  const [langs, setLangs] = useState<readonly string[]>(() => [doc.leadLanguage, ...all.filter((l) => l !== doc.leadLanguage)].slice(0, 2));
  const [chosen, choose] = useState<string | null>(null);
  const [editing, edit] = useState<string | null>(null);
  const [past, setPast] = useState<number | null>(null);
  const { act, problem } = useAct(id);
  const clause = doc.clauses.find((c) => c.id === chosen);
  const toggle = (lang: string) => setLangs((old) => (old.includes(lang) ? (old.length > 1 ? old.filter((l) => l !== lang) : old) : [...old, lang]));
  return (
    <>
      <div className="row wrap no-print" role="group" aria-label={t('room.languages')}>
        {all.map((l) => <button key={l} type="button" className="chip-button" aria-pressed={langs.includes(l)} onClick={() => toggle(l)}>{words.language(l)}{l === doc.leadLanguage && <span className="muted"> · {t('room.lead')}</span>}</button>)}
      </div>
      <ProblemNote of={problem} />
      <div className={`room-frame ${past === null ? 'with-panel' : ''}`}>
        <nav className="rail no-print" aria-label={t('room.clauses')}>
          <ol>
            {doc.clauses.map((c) => (
              <li key={c.id}>
                <a href={`#${c.id}`} aria-current={c.id === chosen || undefined} onClick={() => choose(c.id)}>
                  <bdi>{c.label}</bdi> <Glyph clause={c} doc={doc} />{' '}
                  <Amended n={room.amendments.filter((a) => a.status === 'open' && a.operations.some((o) => o.clauseId === c.id)).length} />
                </a>
              </li>
            ))}
          </ol>
        </nav>
        <div className="room-text">
          {past !== null ? <Slider.Text changes={room.changes} revision={past} langs={langs} /> : doc.clauses.map((c) => (
            <section key={c.id} id={c.id} className={`room-clause ${c.id === chosen ? 'chosen' : ''}`} aria-label={c.label}>
              <h3><button type="button" className="quiet" onClick={() => choose(c.id === chosen ? null : c.id)} aria-expanded={c.id === chosen}><bdi>{c.label}</bdi> <Glyph clause={c} doc={doc} words /></button></h3>
              <div className="room-columns">
                {langs.map((lang) => (
                  <div key={lang} className="room-column">
                    {langs.length > 1 && <p className="small muted">{words.language(lang)}{c.stale.includes(lang) && <strong className="warning"> · {t('room.stale')}</strong>}</p>}
                    <LiveCell
                      of={cellOf(id, c.id, lang)} text={c.text[lang] ?? ''} label={`${c.label}, ${words.language(lang)}`} editing={editing === `${c.id} ${lang}`} person={room.person}
                      onEdit={() => { edit(`${c.id} ${lang}`); if (matchMedia(WIDE).matches) choose(c.id); }} marked={<Marked clause={c} doc={doc} lang={lang} />}
                    />
                  </div>
                ))}
              </div>
            </section>
          ))}
          {past === null && room.allowed.has('AddClause') && <AddClause doc={doc} act={act} />}
          {doc.clauses.length === 0 && <p className="empty">{t('room.empty')}</p>}
        </div>
        {past === null && !clause && <p className="panel panel-empty muted no-print">{t('room.choose')}</p>}
        {clause && past === null && (
          <aside className="panel no-print" aria-label={t('room.about', { clause: clause.label })}>
            <div className="row"><h3><bdi>{clause.label}</bdi></h3><button type="button" className="quiet" onClick={() => choose(null)} aria-label={t('room.closePanel')}>✕</button></div>
            <AmendPanel id={id} room={room} clause={clause} langs={langs} />
            <Comments id={id} clause={clause} lang={langs[0]!} />
            <History clause={clause} id={id} lang={langs[0]!} />
          </aside>
        )}
      </div>
      <Slider changes={room.changes} at={past} onMove={setPast} />
    </>
  );
}


function Glyph({ clause, doc, words = false }: { clause: Clause; doc: StatementDoc; words?: boolean }) {
  const { t } = useWords();
  const bracketed = doc.brackets.some((b) => b.clauseId === clause.id);
  const [sign, name] = clause.agreement === 'agreed' ? ['✓', 'agreed'] : bracketed ? ['[ ]', 'bracketed'] : clause.agreement === 'ad-referendum' ? ['◐', 'adReferendum'] : ['○', 'openClause'];
  return <span className={`glyph glyph-${name}`}><span aria-hidden="true">{sign}</span> <span className={words ? 'small muted' : 'visually-hidden'}>{t(name)}</span></span>;
}
function Amended({ n }: { n: number }) {
  const { t, number } = useWords();
  return n === 0 ? null : <span className="count-soft" title={t('room.amendments', { n })}>{number(n)}</span>;
}

/** The words of the document with what is not agreed in brackets. */
function Marked({ clause, doc, lang }: { clause: Clause; doc: StatementDoc; lang: string }) {
  const { t } = useWords();
  const text = clause.text[lang];
  const own = doc.brackets.filter((b) => b.clauseId === clause.id && b.lang === lang).toSorted((a, b) => a.from - b.from);
  if (text === undefined || text === '') return <span className="muted">{t('missing')}</span>;
  if (own.length === 0) return <Words text={text} lang={lang} />;
  let at = 0;
  const parts = own.flatMap((b) => {
    if (b.from < at) return [];
    const before = text.slice(at, b.from);
    at = b.to;
    return [<span key={`${b.id}t`}>{before}</span>, <mark key={b.id} className="bracket">[{text.slice(b.from, b.to)}]</mark>];
  });
  return <span lang={lang} dir={directionOf(lang)}>{parts}{text.slice(at)}</span>;
}

function History({ clause, id, lang }: { clause: Clause; id: string; lang: string }) {
  const { t } = useWords();
  return (
    <details>
      <summary>{t('room.howTyped')}</summary>
      {clause.edited && <p className="small"><Ref category="person" id={clause.edited.by} /> {clause.edited.note && <q>{clause.edited.note}</q>}</p>}
      <Slider.Typed cell={cellOf(id, clause.id, lang)} lang={lang} />
    </details>
  );
}
