import { useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { StatementDoc } from '#contexts/statements';
import { directionOf } from '#platform/i18n/browser';
import { useMe, useWords } from '../../context.js';
import { Card } from '../../ui/page.js';
import { ProblemNote } from '../../ui/problem.js';
import { Ref } from '../../ui/text.js';
import { useActOn, useAllowed } from '../../ui/use-act.js';

type Check = StatementDoc['variants'][number]['checks'][number];

/** The form of each chamber, counted while one types; the rules come when somebody writes a variant. */
function useForms() {
  return useQuery({ queryKey: ['motion-forms'], queryFn: () => import('#contexts/statements'), staleTime: Infinity }).data;
}

/** A harmonised motion: one text, and a variant for each chamber that keeps to that chamber's form. */
export function Motions({ id, doc, revision }: { id: string; doc: StatementDoc; revision: number }) {
  const { t, language } = useWords();
  const allowed = useAllowed('statements', id, revision);
  const { act, problem, busy } = useActOn('statements', id);
  const [writing, write] = useState<string | null>(null);
  if (doc.kind !== 'harmonised-motion') return null;
  return (
    <Card title={t('motions')}>
      <p className="muted">{t('motions.what')}</p>
      <ProblemNote of={problem} />
      <ul className="plain">
        {doc.variants.map((v) => (
          <li key={v.chamber} className="variant">
            <h3><bdi>{v.chamber}</bdi> <span className="muted small">{language(v.lang)}</span></h3>
            <p lang={v.lang} dir={directionOf(v.lang)}><strong>{v.title}</strong></p>
            <p lang={v.lang} dir={directionOf(v.lang)} className="variant-text">{v.text}</p>
            <Checks of={v.checks} />
            {allowed.has('SetMotionVariant') && writing !== v.chamber && <button type="button" className="quiet no-print" onClick={() => write(v.chamber)}>{t('command.SetMotionVariant')}</button>}
            {writing === v.chamber && <Writing chamber={v.chamber} from={v} busy={busy} save={async (input) => { if (await act('SetMotionVariant', input)) write(null); }} />}
          </li>
        ))}
      </ul>
      {allowed.has('SetMotionVariant') && (writing === '' ? <Writing chamber="" from={null} busy={busy} save={async (input) => { if (await act('SetMotionVariant', input)) write(null); }} /> : <button type="button" className="no-print" onClick={() => write('')}>{t('motions.add')}</button>)}
      <Amendments id={id} doc={doc} allowed={allowed} />
    </Card>
  );
}

function Checks({ of }: { of: readonly Check[] }) {
  const { t } = useWords();
  return (
    <ul className="checks plain small" aria-live="polite">
      {of.map((c) => <li key={c.rule} className={c.ok ? 'check-ok' : 'check-fails'}><span aria-hidden="true">{c.ok ? '✓' : '✕'}</span> {t(`motions.check.${c.rule}`, { have: String(c.have), need: String(c.need) })}</li>)}
    </ul>
  );
}

function Writing({ chamber: given, from, busy, save }: { chamber: string; from: StatementDoc['variants'][number] | null; busy: boolean; save: (input: unknown) => Promise<void> }) {
  const { t, lang: own } = useWords();
  const forms = useForms();
  const [chamber, setChamber] = useState(given);
  const [title, setTitle] = useState(from?.title ?? '');
  const [text, setText] = useState(from?.text ?? '');
  const chambers = useMemo(() => [...new Set((forms?.CHAMBER_PROFILES ?? []).map((p) => p.chamber))], [forms]);
  const profile = forms?.CHAMBER_PROFILES.findLast((p) => p.chamber === chamber);
  const languages = Object.keys(profile?.form.opens ?? { [own]: '' });
  const [lang, setLang] = useState(from?.lang ?? '');
  const written = lang || (languages[0] ?? own);
  const checks = forms && profile ? forms.checkMotion(profile, { lang: written, title, text }) : [];
  return (
    <form className="writing no-print" onSubmit={(e) => { e.preventDefault(); void save({ chamber, lang: written, title, text }); }}>
      {given === '' && <label className="field"><span>{t('motions.chamber')}</span><select value={chamber} onChange={(e) => setChamber(e.target.value)}><option value="">{t('choose')}</option>{chambers.map((c) => <option key={c} value={c}>{c}</option>)}</select></label>}
      {languages.length > 1 && <label className="field"><span>{t('language')}</span><select value={written} onChange={(e) => setLang(e.target.value)}>{languages.map((l) => <option key={l} value={l}>{l}</option>)}</select></label>}
      <label className="field"><span>{t('documentTitle')}</span><input lang={written} dir="auto" value={title} onChange={(e) => setTitle(e.target.value)} /></label>
      <label className="field"><span>{t('text')}</span><textarea rows={6} lang={written} dir="auto" value={text} onChange={(e) => setText(e.target.value)} /></label>
      <Checks of={checks} />
      <button type="submit" className="primary" disabled={busy || chamber === '' || text.trim() === ''}>{t('command.SetMotionVariant')}</button>
    </form>
  );
}

/** Amendments to the motion in one chamber; where its rules say so, whoever signs one leaves the motion. */
function Amendments({ id, doc, allowed }: { id: string; doc: StatementDoc; allowed: ReadonlySet<string> }) {
  const { t } = useWords();
  const person = useMe()?.account?.personId;
  const { act, problem, busy } = useActOn('statements', id);
  if (doc.motionAmendments.length === 0) return null;
  return (
    <section>
      <h3>{t('motions.amendments')}</h3>
      <ProblemNote of={problem} />
      <ul className="plain">
        {doc.motionAmendments.map((a) => (
          <li key={a.id}>
            <p className="small muted"><bdi>{a.chamber}</bdi> · <Ref category="person" id={a.by} /></p>
            <p dir="auto">{a.text}</p>
            <p className="small">{a.signatories.map((s) => <span key={s.personId}><Ref category="person" id={s.personId} /> </span>)}</p>
            {allowed.has('SignMotionAmendment') && !a.signatories.some((s) => s.personId === person) && <button type="button" className="no-print" disabled={busy} title={t('motions.leaves')} onClick={() => void act('SignMotionAmendment', { amendmentId: a.id })}>{t('command.SignMotionAmendment')}</button>}
          </li>
        ))}
      </ul>
    </section>
  );
}
