import { lazy, Suspense, useState } from 'react';
import type { MouDoc } from '#contexts/agreements';
import { directionOf } from '#platform/i18n/browser';
import { useMe, useMoment, useWords } from '../../context.js';
import { Redline } from '../../drafting/live-cell.js';
import { Card } from '../../ui/page.js';
import { ownFirst, Ref } from '../../ui/text.js';

/** The editor comes with the negotiation, not with the first page. */
const Article = lazy(() => import('../../drafting/article.js'));
const Articles = lazy(async () => ({ default: (await import('../../drafting/context.js')).TextsProvider }));

type Reading = 'now' | 'signed' | 'changes';
type Clause = Pick<MouDoc['clauses'][number], 'clauseId' | 'kind' | 'number' | 'text'>;

/** The text in its languages; once a protocol has changed it, as it reads now beside as it was signed. */
export function MouText({ id, doc }: { id: string; doc: MouDoc }) {
  const { t } = useWords();
  const [reading, read] = useState<Reading>('now');
  if (doc.clauses.length === 0) return null;
  const { original, consolidated } = doc;
  return (
    <Card title={t('text')}>
      {original && consolidated ? (
        <>
          <div className="readings no-print" role="group" aria-label={t('mouText.readings')}>
            {(['now', 'signed', 'changes'] as const).map((one) => <button key={one} type="button" aria-pressed={reading === one} onClick={() => read(one)}>{t(`mouText.${one}`)}</button>)}
          </div>
          <p className="small muted" role="status">{t(`mouText.${reading}What`)}</p>
          <Settled doc={doc} reading={reading} original={original.clauses} consolidated={consolidated.clauses} />
        </>
      ) : <Negotiated id={id} doc={doc} />}
    </Card>
  );
}

function Settled({ doc, reading, original, consolidated }: { doc: MouDoc; reading: Reading; original: readonly Clause[]; consolidated: readonly Clause[] }) {
  const { t, lang, language } = useWords();
  const langs = ownFirst(doc.authenticLanguages, lang);
  const rows = reading === 'signed' ? original : reading === 'now' ? consolidated : [...consolidated, ...original.filter((c) => !consolidated.some((o) => o.clauseId === c.clauseId))];
  const digests = reading === 'signed' ? doc.original?.digests : doc.consolidated?.digests;
  const cell = (c: Clause, l: string) => {
    if (reading !== 'changes') return c.text[l];
    const [before, after] = [original, consolidated].map((text) => text.find((o) => o.clauseId === c.clauseId)?.text[l] ?? '');
    return <Redline before={before!} after={after!} lang={l} />;
  };
  return (
    <>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('text')}>
        <table className="parallel">
          <thead><tr><th>{t('clause')}</th>{langs.map((l) => <th key={l}>{language(l)}</th>)}</tr></thead>
          <tbody>{rows.map((c) => <tr key={c.clauseId}><th scope="row"><bdi>{c.number ?? ''}</bdi> <span className="muted">{t(`value.kind.${c.kind}`)}</span></th>{langs.map((l) => <td key={l} lang={l} dir={directionOf(l)}>{cell(c, l) ?? <span className="muted" lang={lang}>{t('missing')}</span>}</td>)}</tr>)}</tbody>
        </table>
      </div>
      {digests && reading !== 'changes' && <details><summary>{t('digests')}</summary>{Object.entries(digests).map(([l, d]) => <p key={l} className="small"><span className="muted">{language(l)}</span> <code dir="ltr">{d}</code></p>)}</details>}
    </>
  );
}

function Negotiated({ id, doc }: { id: string; doc: MouDoc }) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const past = useMoment();
  const langs = ownFirst(doc.authenticLanguages, words.lang);
  const negotiated = doc.status === 'negotiating' && me?.account != null && past === undefined;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('text')}>
      <Live when={negotiated}><table className="parallel">
        <thead><tr><th>{t('clause')}</th>{langs.map((l) => <th key={l}>{words.language(l)}</th>)}<th>{t('standing')}</th></tr></thead>
        <tbody>
          {doc.clauses.map((c) => (
            <tr key={c.clauseId} className={c.dropped ? 'dropped' : ''}>
              <th scope="row"><bdi>{c.number ?? ''}</bdi> <span className="muted">{t(`value.kind.${c.kind}`)}</span></th>
              {langs.map((l) => (
                <td key={l} lang={l} dir={directionOf(l)} className={c.stale.includes(l) ? 'segment-stale' : ''}>
                  {negotiated && !c.dropped ? <Suspense fallback={c.text[l]}><Article id={id} clauseId={c.clauseId} lang={l} text={c.text[l] ?? ''} label={`${c.number ?? ''} ${words.language(l)}`} /></Suspense> : c.text[l] ?? <span className="muted" lang={words.lang}>{t('missing')}</span>}
                  {c.stale.includes(l) && <p className="warning small" lang={words.lang} dir={words.direction}>⚠ {t('mouText.stale')}</p>}
                  {(c.warnings[l]?.length ?? 0) > 0 && <p className="warning small" lang={words.lang} dir={words.direction}>⚠ {t('draftingWarning')}</p>}
                </td>
              ))}
              <td>
                {c.agreed ? <span className="state state-agreed">{t('agreed')}</span> : c.brackets.length > 0 ? <span className="state state-bracketed">[ ] {t('bracketed')}</span> : <span className="state state-open">{t('openClause')}</span>}
                {c.agreedBy.length > 0 && !c.agreed && <div className="muted small">{c.agreedBy.map((a) => <Ref key={a.groupId} category="group" id={a.groupId} />)}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table></Live>
    </div>
  );
}

function Live({ when, children }: { when: boolean; children: React.ReactNode }) {
  return when ? <Suspense fallback={children}><Articles>{children}</Articles></Suspense> : children;
}
