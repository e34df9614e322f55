import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { directionOf } from '#platform/i18n/browser';
import { type Action, get, Refused, sendFile } from '../api.js';
import { useMe, useWords } from '../context.js';
import { ProblemNote } from '../ui/problem.js';

interface Designation { readonly lang: string; readonly term: string; readonly status: string; readonly source?: string }
interface Compared {
  readonly fileDigest: string;
  readonly concepts: readonly {
    readonly conceptId: string; readonly status: 'new' | 'same' | 'changed' | 'closed' | 'unfit'; readonly protected: boolean;
    readonly current: readonly Designation[]; readonly merged: readonly Designation[];
  }[];
}
interface Imported { readonly concepts: readonly { readonly conceptId: string; readonly code: string | null; readonly title: string | null }[] }

/** The termbase out to other tools and back: a file is shown beside what stands before anything is proposed. */
export function TermsExchange() {
  const { t } = useWords();
  const queries = useQueryClient();
  const me = useMe();
  const path = '/api/v1/terms/new/actions';
  const mayImport = useQuery({ queryKey: ['read', path, me?.account?.email], queryFn: () => get<{ actions: Action[] }>(path), enabled: me?.account != null }).data?.actions.some((a) => a.command === 'ProposeTerm' && a.allowed);
  const [file, setFile] = useState<File | null>(null);
  const [compared, setCompared] = useState<Compared | null>(null);
  const [done, setDone] = useState<Imported | null>(null);
  const [problem, setProblem] = useState<Refused['problem'] | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (what: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await what();
    } catch (error) {
      setProblem(error instanceof Refused ? error.problem : { title: t('unreachable'), code: 'unreachable' });
    } finally {
      setBusy(false);
    }
  };
  const compare = (picked: File) => run(async () => {
    setFile(picked);
    setCompared(null);
    setDone(null);
    setCompared(await sendFile<Compared>('/api/v1/terms/compare', picked));
  });
  const take = () => run(async () => {
    setDone(await sendFile<Imported>('/api/v1/terms/import', file!));
    setCompared(null);
    await queries.invalidateQueries({ queryKey: ['read'] });
  });
  const moved = compared?.concepts.filter((c) => c.status === 'new' || c.status === 'changed') ?? [];
  const refused = done?.concepts.filter((c) => c.code !== null) ?? [];
  return (
    <details className="exchange no-print">
      <summary>{t('termsExchange')}</summary>
      <p className="row wrap"><a className="button" href="/api/v1/terms/export?format=csv" download>CSV</a> <a className="button" href="/api/v1/terms/export?format=tbx" download>TBX</a></p>
      {mayImport && <label className="field"><span>{t('termsExchange.import')}</span><input type="file" accept=".csv,.tbx,.xml" disabled={busy} onChange={(e) => { const picked = e.target.files?.[0]; e.target.value = ''; if (picked) void compare(picked); }} /></label>}
      <ProblemNote of={problem} />
      {compared && (
        <section aria-label={t('termsExchange.compare')}>
          <p>{t('termsExchange.what')} <code dir="ltr">{compared.fileDigest.slice(0, 16)}…</code></p>
          <p className="muted">{(['new', 'changed', 'same', 'closed', 'unfit'] as const).map((s) => [s, compared.concepts.filter((c) => c.status === s).length] as const).filter(([, n]) => n > 0).map(([s, n]) => <span key={s} className="chip">{t(`termsExchange.${s}`)}: {n}</span>)}</p>
          <ul className="plain compared">
            {compared.concepts.filter((c) => c.status !== 'same').map((c) => (
              <li key={c.conceptId} className={`card compared-${c.status}`}>
                <p><bdi>{c.conceptId}</bdi> <span className={`state ${c.status === 'unfit' || c.status === 'closed' ? 'state-missing' : 'state-reviewed'}`}>{t(`termsExchange.${c.status}`)}</span> {c.protected && <span className="state state-protected">{t('translate.protected')}</span>}</p>
                <Merged current={c.current} merged={c.merged} />
              </li>
            ))}
          </ul>
          <div className="row wrap"><button type="button" className="primary" disabled={busy || moved.length === 0} onClick={() => void take()}>{t('termsExchange.take', { n: moved.length })}</button><button type="button" disabled={busy} onClick={() => setCompared(null)}>{t('cancel')}</button></div>
        </section>
      )}
      {done && (
        <div role="status">
          <p className="verdict verdict-adopted">{t('termsExchange.done', { n: done.concepts.length - refused.length })}</p>
          {refused.length > 0 && <ul className="plain">{refused.map((c) => <li key={c.conceptId} className="refusal"><bdi>{c.conceptId}</bdi>: {c.title}</li>)}</ul>}
        </div>
      )}
    </details>
  );
}

/** Each word as it would stand; what the file brings or changes is marked. */
function Merged({ current, merged }: Pick<Compared['concepts'][number], 'current' | 'merged'>) {
  const { t, language } = useWords();
  return (
    <dl className="facts">
      {merged.map((d, i) => {
        const old = current.find((c) => c.lang === d.lang && c.term === d.term);
        const term = <bdi lang={d.lang} dir={directionOf(d.lang)}>{d.term}</bdi>;
        return (
          <div key={i} className={`term-${d.status}`}>
            <dt>{language(d.lang)}</dt>
            <dd>{old ? term : <ins>{term}</ins>} <span className="muted small">{old && old.status !== d.status && <><del>{t(`translate.term.${old.status}`)}</del> </>}{t(`translate.term.${d.status}`)}{d.source ? ` · ${d.source}` : ''}</span></dd>
          </div>
        );
      })}
    </dl>
  );
}
