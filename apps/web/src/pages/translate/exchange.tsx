import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { TranslationDoc } from '#contexts/languages';
import { Refused, sendFile } from '../../api.js';
import { useWords } from '../../context.js';
import { Redline } from '../../drafting/live-cell.js';
import { ProblemNote } from '../../ui/problem.js';
import { toldOf } from './use-translation.js';

interface Compared {
  readonly fileDigest: string;
  readonly segments: readonly {
    readonly segmentId: string;
    readonly label: string;
    readonly current: string | null;
    readonly incoming: string;
    readonly status: 'new' | 'same' | 'changed' | 'source-moved' | 'unknown';
    readonly findings: readonly { readonly kind: string; readonly severity: string; readonly params: Record<string, unknown> }[];
  }[];
}

/** Out to the translators' own tools and back: what comes in is compared before anything is written. */
export function Exchange({ id, doc, mayImport }: { id: string; doc: TranslationDoc; mayImport: boolean }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [compared, setCompared] = useState<Compared | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<Refused['problem'] | null>(null);
  const tell = (error: unknown) => setProblem(error instanceof Refused ? error.problem : { title: t('unreachable'), code: 'unreachable' });
  const base = `/api/v1/translations/${encodeURIComponent(id)}`;
  const compare = async (picked: File) => {
    setProblem(null);
    setFile(picked);
    try {
      const found = await sendFile<Compared>(`${base}/compare`, picked);
      setCompared(found);
      setChosen(new Set(found.segments.filter((s) => s.status === 'new' || s.status === 'changed').map((s) => s.segmentId)));
    } catch (error) {
      setCompared(null);
      tell(error);
    }
  };
  const take = async () => {
    try {
      await sendFile(`${base}/import`, file!, { 'x-segments': [...chosen].join(',') });
      setCompared(null);
      await queries.invalidateQueries({ queryKey: ['read'] });
    } catch (error) {
      tell(error);
    }
  };
  const pick = (segmentId: string, on: boolean) => setChosen((old) => new Set(on ? [...old, segmentId] : [...old].filter((s) => s !== segmentId)));
  return (
    <details className="exchange no-print">
      <summary>{t('translate.exchange')}</summary>
      <p className="row wrap">
        <a href={`${base}/xliff?version=1.2`} download>XLIFF 1.2</a> <a href={`${base}/xliff?version=2.1`} download>XLIFF 2.1</a> <a href={`${base}/tmx`} download>TMX 1.4</a> <a href="/api/v1/terms/export?format=tbx" download>TBX</a> <a href="/api/v1/terms/export?format=csv" download>CSV</a>
      </p>
      {mayImport && (
        <label className="field"><span>{t('translate.import')}</span>
          <input type="file" accept=".xlf,.xliff" onChange={(e) => { const picked = e.target.files?.[0]; if (picked) void compare(picked); }} />
        </label>
      )}
      <ProblemNote of={problem} />
      {compared && (
        <section aria-label={t('translate.compare')}>
          <p>{t('translate.compareWhat')} <code dir="ltr">{compared.fileDigest.slice(0, 16)}…</code></p>
          <ul className="plain compared">
            {compared.segments.map((s) => (
              <li key={s.segmentId} className={`card compared-${s.status}`}>
                <label className="row">
                  <input type="checkbox" disabled={s.status === 'same' || s.status === 'unknown' || s.status === 'source-moved'} checked={chosen.has(s.segmentId)} onChange={(e) => pick(s.segmentId, e.target.checked)} />
                  <span><bdi>{s.label}</bdi> <span className="muted">{t(`translate.incoming.${s.status}`)}</span></span>
                </label>
                {s.status !== 'same' && <p><Redline before={s.current ?? ''} after={s.incoming} lang={doc.targetLang} /></p>}
                {s.findings.length > 0 && <ul className="findings plain">{s.findings.map((f, i) => <li key={i} className={`finding finding-${f.severity}`}>{t(`finding.${f.kind}`, toldOf(f.params))}</li>)}</ul>}
              </li>
            ))}
          </ul>
          <div className="row"><button type="button" className="primary" disabled={chosen.size === 0} onClick={() => void take()}>{t('translate.take', { n: chosen.size })}</button><button type="button" onClick={() => setCompared(null)}>{t('cancel')}</button></div>
        </section>
      )}
    </details>
  );
}
