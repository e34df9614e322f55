import { useState } from 'react';
import type { TextDoc } from '#contexts/drafting';
import type { StatementDoc } from '#contexts/statements';
import { useList, useWords } from '../../context.js';
import { LiveCell, Redline } from '../../drafting/live-cell.js';
import { useCell } from '../../drafting/context.js';
import { ProblemNote } from '../../ui/problem.js';
import { Ref } from '../../ui/text.js';
import { type Act, type RoomData, useAct } from './use-room.js';

type Clause = StatementDoc['clauses'][number];

/** What may be done with one clause: amend its words in a copy of the group's own, put them in brackets, propose that it goes or moves. */
export function AmendPanel({ id, room, clause, langs }: { id: string; room: RoomData; clause: Clause; langs: readonly string[] }) {
  const { t, language } = useWords();
  const doc = room.statement.data!.doc;
  const group = room.groups[0];
  const drafts = useList<TextDoc>(`texts?document=statement-${id}&clause=${clause.id}&status=open&limit=100`, group !== undefined);
  const [draft, setDraft] = useState<{ draftId: string; lang: string } | null>(null);
  const { act, problem } = useAct(id);
  const own = (drafts.data?.rows ?? []).filter(({ doc: d }) => d.draft !== null && d.draft.groupId === group && d.text !== d.openedText);
  const on = room.amendments.filter((a) => a.operations.some((o) => o.clauseId === clause.id) && (a.status === 'open' || a.status === 'displaced'));
  const open = room.allowed.has('ProposeAmendment') && clause.agreement === 'open' && group !== undefined;
  return (
    <section aria-label={t('room.amend')}>
      <ProblemNote of={problem} />
      {on.length > 0 && <ul className="plain small">{on.map((a) => <li key={a.id}>{t('room.number', { number: a.number })} · <Ref category="group" id={a.by} /></li>)}</ul>}
      {draft ? (
        <Draft key={draft.draftId} id={id} clause={clause} group={group!} draftId={draft.draftId} lang={draft.lang} room={room} done={() => setDraft(null)} />
      ) : (
        <div className="row wrap">
          {open && langs.map((lang) => <button key={lang} type="button" className="primary" onClick={() => setDraft({ draftId: crypto.randomUUID(), lang })}>{t('room.amendIn', { language: language(lang) })}</button>)}
          {open && own.map(({ doc: d }) => <button key={d.draft!.draftId} type="button" onClick={() => setDraft({ draftId: d.draft!.draftId, lang: d.lang })}>{t('room.goOn', { language: language(d.lang) })}</button>)}
          {open && <button type="button" onClick={() => void act('ProposeAmendment', proposal({ doc, lang: doc.leadLanguage, structure: [{ op: 'delete-clause', clauseId: clause.id }], rationale: t('room.deleteReason') }))}>{t('room.proposeDeletion')}</button>}
          {room.allowed.has('MarkClauseAgreed') && clause.agreement === 'open' && <button type="button" onClick={() => void act('MarkClauseAgreed', { clauseId: clause.id, mode: 'agreed' })}>{t('command.MarkClauseAgreed')}</button>}
          {room.allowed.has('ReopenClause') && clause.agreement !== 'open' && <button type="button" onClick={() => void act('ReopenClause', { clauseId: clause.id, reason: t('room.reopenReason') })}>{t('command.ReopenClause')}</button>}
          {room.allowed.has('MoveClause') && <Move doc={doc} clause={clause} act={act} />}
        </div>
      )}
      {!draft && clause.agreement === 'open' && room.allowed.has('Bracket') && <BracketForm clause={clause} lang={langs[0]!} act={act} />}
      {doc.brackets.filter((b) => b.clauseId === clause.id).map((b) => <BracketBox key={b.id} bracket={b} text={clause.text[b.lang] ?? ''} room={room} act={act} />)}
    </section>
  );
}

const proposal = ({ doc, lang, rationale, ...rest }: { doc: StatementDoc; lang: string; rationale: string; structure?: unknown[]; draftId?: string; changes?: unknown[]; to?: string }) => ({
  amendmentId: crypto.randomUUID(), lang, baseRevision: doc.revision, rationale: { [lang]: rationale }, ...rest,
});

/** The group's own copy: written like the text itself, alone or together, and laid on the table with a reason. */
function Draft({ id, clause, group, draftId, lang, room, done }: { id: string; clause: Clause; group: string; draftId: string; lang: string; room: RoomData; done: () => void }) {
  const { t, language } = useWords();
  const doc = room.statement.data!.doc;
  const [rationale, setRationale] = useState('');
  const { act, problem, busy } = useAct(id);
  const of = { document: { type: 'statement' as const, id }, clauseId: clause.id, lang, draft: { draftId, groupId: group } };
  const cell = useCell(of);
  const now = cell?.snapshot.text ?? '';
  const was = clause.text[lang] ?? '';
  const changed = cell?.snapshot.status === 'open' && now !== was;
  const table = async () => {
    if (!cell || !changed || rationale.trim() === '' || !(await cell.session.saved())) return;
    if (await act('ProposeAmendment', proposal({ doc, lang, draftId, rationale }))) done();
  };
  return (
    <div className="draft">
      <h4>{t('room.amendIn', { language: language(lang) })}</h4>
      <p className="small muted">{t('room.draftWhat')}</p>
      <LiveCell of={of} text={was} label={t('room.amend')} editing onEdit={() => undefined} onTable={() => void table()} person={room.person} />
      {changed && <p className="would-read" dir="auto"><Redline before={was} after={now} lang={lang} /></p>}
      <label className="field"><span>{t('room.rationale')}</span><textarea rows={2} lang={lang} dir="auto" value={rationale} onChange={(e) => setRationale(e.target.value)} /></label>
      <ProblemNote of={problem} />
      <div className="row wrap">
        <button type="button" className="primary" disabled={busy || !changed || rationale.trim() === ''} onClick={() => void table()}>{t('command.ProposeAmendment')}</button>
        <button type="button" onClick={done}>{t('room.later')}</button>
        {!changed ? <span className="small muted">{t('room.changeFirst')}</span> : rationale.trim() === '' && <span className="small muted">{t('room.reasonFirst')}</span>}
      </div>
    </div>
  );
}

function Move({ doc, clause, act }: { doc: StatementDoc; clause: Clause; act: Act }) {
  const { t } = useWords();
  const section = doc.clauses.filter((c) => c.section === clause.section);
  const at = section.findIndex((c) => c.id === clause.id);
  const to = (after: string | null) => void act('MoveClause', { clauseId: clause.id, after });
  return (
    <>
      <button type="button" className="quiet" disabled={at === 0} onClick={() => to(section[at - 2]?.id ?? null)} aria-label={t('room.moveUp')}>↑</button>
      <button type="button" className="quiet" disabled={at === section.length - 1} onClick={() => to(section[at + 1]!.id)} aria-label={t('room.moveDown')}>↓</button>
    </>
  );
}

/** Words are chosen by reading, not by counting: what is selected in the field goes into brackets. */
function BracketForm({ clause, lang, act }: { clause: Clause; lang: string; act: Act }) {
  const { t } = useWords();
  const [range, setRange] = useState<[number, number] | null>(null);
  const [instead, setInstead] = useState('');
  const text = clause.text[lang] ?? '';
  const put = async () => {
    if (range && (await act('Bracket', { clauseId: clause.id, lang, range: { from: range[0], to: range[1] }, alternatives: instead.trim() === '' ? [] : [{ text: instead }] }))) setInstead('');
  };
  return (
    <details>
      <summary>{t('room.bracketWords')}</summary>
      <label className="field"><span>{t('room.selectWords')}</span>
        <textarea readOnly rows={4} value={text} lang={lang} dir="auto" onSelect={(e) => {
          const { selectionStart, selectionEnd } = e.currentTarget;
          setRange(selectionEnd > selectionStart ? [selectionStart, selectionEnd] : null);
        }} />
      </label>
      <label className="field"><span>{t('room.instead')}</span><input value={instead} lang={lang} dir="auto" onChange={(e) => setInstead(e.target.value)} /></label>
      <button type="button" disabled={range === null} onClick={() => void put()}>{range ? `[${text.slice(...range)}]` : t('command.Bracket')}</button>
    </details>
  );
}

function BracketBox({ bracket, text, room, act }: { bracket: StatementDoc['brackets'][number]; text: string; room: RoomData; act: Act }) {
  const { t } = useWords();
  const resolve = (resolution: string, words?: string) => void act('ResolveBracket', { bracketId: bracket.id, resolution, ...(words === undefined ? {} : { text: words }) });
  return (
    <div className="bracket-box">
      <p><mark className="bracket" lang={bracket.lang} dir="auto">[{text.slice(bracket.from, bracket.to)}]</mark> — {bracket.by.map((g) => <Ref key={g} category="group" id={g} />)}</p>
      {bracket.alternatives.map((a, i) => <p key={i} className="small"><Ref category="group" id={a.by} />: <q lang={bracket.lang} dir="auto">{a.text}</q> {room.allowed.has('ResolveBracket') && <button type="button" onClick={() => resolve('alternative', a.text)}>{t('room.take')}</button>}</p>)}
      {room.allowed.has('ResolveBracket') && (
        <div className="row wrap">
          <button type="button" onClick={() => resolve('kept')}>{t('room.keepWords')}</button>
          <button type="button" onClick={() => resolve('dropped')}>{t('room.dropWords')}</button>
        </div>
      )}
    </div>
  );
}

/** A new clause at the end of its section, in the language in which the text is drafted. */
export function AddClause({ doc, act }: { doc: StatementDoc; act: Act }) {
  const { t, language } = useWords();
  const [section, setSection] = useState('operative');
  const [text, setText] = useState('');
  const add = async () => {
    if (await act('AddClause', { section, text: { [doc.leadLanguage]: text } })) setText('');
  };
  return (
    <form className="add-clause no-print" onSubmit={(e) => { e.preventDefault(); void add(); }}>
      <h3>{t('command.AddClause')}</h3>
      <div className="row wrap">
        <select aria-label={t('field.section')} value={section} onChange={(e) => setSection(e.target.value)}>{['preambular', 'operative', 'annex'].map((s) => <option key={s} value={s}>{t(`value.section.${s}`)}</option>)}</select>
      </div>
      <label className="field"><span>{language(doc.leadLanguage)}</span><textarea rows={3} lang={doc.leadLanguage} dir="auto" value={text} onChange={(e) => setText(e.target.value)} /></label>
      <button type="submit" className="primary" disabled={text.trim() === ''}>{t('command.AddClause')}</button>
    </form>
  );
}
