import type { MouDoc } from '#contexts/agreements';
import { useWords } from '../../context.js';
import { Redline } from '../../drafting/live-cell.js';
import { Card } from '../../ui/page.js';
import { ownFirst, Ref, Text, When } from '../../ui/text.js';
import { directionOf } from '#platform/i18n/browser';
import { Countdown } from '../decisions/clock.js';

type Doc = { readonly doc: MouDoc };
const present = (doc: MouDoc) => doc.participants.filter((p) => p.withdrewOn === null).map((p) => p.groupId);
/** How many consents the clause asks for (MOU-7). */
const needed = (rule: string | undefined, of: number) => (rule === 'majority' ? Math.floor(of / 2) + 1 : rule === 'two-thirds' ? Math.ceil((of * 2) / 3) : of);

/** Who gives notice, and how long it still runs: until then everything holds for all. */
export function Withdrawals({ doc }: Doc) {
  const { t } = useWords();
  const running = doc.withdrawals.filter((w) => w.withdrewOn === null);
  if (running.length === 0) return null;
  return running.map((w) => (
    <section key={w.groupId} className="board withdrawal">
      <h2>{t('mouLife.withdrawal')} <Ref category="group" id={w.groupId} /></h2>
      <Countdown until={w.effectiveAt} before={t('mouLife.withdrawsIn')} over={t('mouLife.withdrawalOver')} />
      <p className="muted">{t('mouLife.noticeOf')} <When edtf={w.notifiedAt.slice(0, 10)} /> · {t('mouLife.effectiveOn')} <When edtf={w.effectiveOn} />. {t('mouLife.untilThen')}</p>
    </section>
  ));
}

/** Amendments by protocol: who has consented, what they change, since when they hold. */
export function Amendments({ doc }: Doc) {
  const { t, lang } = useWords();
  if (doc.amendments.length === 0) return null;
  const parties = present(doc);
  const label = (clauseId: string | undefined) => [...doc.clauses, ...(doc.original?.clauses ?? [])].find((c) => c.clauseId === clauseId);
  return (
    <Card title={t('amendments')} className="wide">
      <ul className="plain protocol">
        {doc.amendments.map((a) => (
          <li key={a.amendmentId}>
            <p><span className={`state ${a.status === 'in-effect' ? 'state-inEffect' : 'state-open'}`}>{a.status === 'in-effect' ? t('mouLife.holds') : t('mouLife.proposed')}</span> {t(`value.kind.${a.kind}`)} <span className="muted">· <Ref category="group" id={a.by} />{a.effectiveOn && <> · {t('since')} <When edtf={a.effectiveOn} /></>}</span></p>
            <Text of={a.text} block />
            {a.status === 'proposed' && (
              <p className="small">
                {t('mouLife.consents', { have: a.consents.length, need: needed(doc.terms.amendmentConsent, parties.length) })}{' '}
                {parties.map((g) => <span key={g} className="chip">{a.consents.includes(g) ? '✓ ' : '○ '}<Ref category="group" id={g} /></span>)}
              </p>
            )}
            {a.documentRef && <p className="small muted">{t('field.documentRef')}: <bdi>{a.documentRef}</bdi></p>}
            {a.changes.length > 0 && (
              <details>
                <summary>{t('mouLife.changes', { n: a.changes.length })}</summary>
                <ul className="plain">
                  {a.changes.map((c, i) => {
                    const at = label(c.clauseId);
                    const l = ownFirst(Object.keys(c.text ?? {}), lang)[0];
                    return (
                      <li key={i}>
                        <p className="small muted">{t(`value.op.${c.op}`)} · <bdi>{at?.number ?? ''}</bdi> {t(`value.kind.${c.kind ?? at?.kind ?? 'other'}`)}</p>
                        {l !== undefined && <p className="clause-text" lang={l} dir={directionOf(l)}>{a.status === 'proposed' && c.op === 'replace' && at?.text[l] !== undefined ? <Redline before={at.text[l]} after={c.text![l]!} lang={l} /> : c.text![l]}</p>}
                      </li>
                    );
                  })}
                </ul>
              </details>
            )}
            {a.consolidatedDigest && <details><summary>{t('digests')}</summary>{Object.entries(a.consolidatedDigest).map(([l, d]) => <p key={l} className="small"><span className="muted">{l}</span> <code dir="ltr">{d}</code></p>)}</details>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Who has joined or asks to: each consent and each refusal, and since when it takes part. */
export function Accessions({ doc }: Doc) {
  const { t } = useWords();
  if (doc.accessions.length === 0) return null;
  return (
    <Card title={t('accessions')}>
      {doc.terms.accession && <p className="muted small">{t(`value.accession.${doc.terms.accession}`)}</p>}
      <ul className="plain">
        {doc.accessions.map((a, i) => (
          <li key={i}>
            <p><Ref category="group" id={a.groupId} /> {a.effectiveOn ? <span className="state state-inEffect">{t('mouLife.acceded')} <When edtf={a.effectiveOn} /></span> : <span className="state state-open">{t(a.requested ? 'mouLife.asks' : 'mouLife.invited')}</span>}</p>
            {a.effectiveOn === null && doc.terms.accession === 'unanimous' && (
              <p className="small">{present(doc).map((g) => <span key={g} className="chip">{a.consents.includes(g) ? '✓ ' : a.refusals.some((r) => r.groupId === g) ? '✕ ' : '○ '}<Ref category="group" id={g} /></span>)}</p>
            )}
            {(a.effectiveOn !== null || doc.terms.accession !== 'unanimous') && a.consents.length > 0 && <p className="small muted">{t('mouLife.consentOf')} {a.consents.map((g) => <span key={g} className="chip">✓ <Ref category="group" id={g} /></span>)}</p>}
            {a.refusals.map((r) => <p key={r.groupId} className="small accession-refused"><strong>{t('mouLife.refusedBy')} <Ref category="group" id={r.groupId} />:</strong> <bdi>{r.reason}</bdi></p>)}
            {(a.letterRef ?? a.instrumentRef) && <p className="small muted">{[a.letterRef, a.instrumentRef].filter((x) => x !== null).map((ref, j) => <span key={j}>{j > 0 && ' · '}<bdi>{ref}</bdi></span>)}</p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What a procès-verbal has put right in the frozen text: both readings stay, and both digests. */
export function MouCorrections({ doc }: Doc) {
  const { t, language } = useWords();
  if (doc.corrections.length === 0) return null;
  return (
    <Card title={t('corrections')}>
      <ul className="plain">
        {doc.corrections.map((c) => {
          const clause = doc.clauses.find((x) => x.clauseId === c.clauseId);
          return (
            <li key={c.correctionId}>
              <p className="small muted"><bdi>{clause?.number ?? ''}</bdi> {clause && t(`value.kind.${clause.kind}`)} · {language(c.lang)} · <When edtf={c.at.slice(0, 10)} /> · <bdi>{c.ref}</bdi></p>
              <p className="clause-text"><Redline before={c.wrong} after={c.right} lang={c.lang} /></p>
              {c.digests[c.lang] !== undefined && <details><summary>{t('digests')}</summary><p className="small">{t('mouLife.before')} <code dir="ltr">{c.before[c.lang]}</code></p><p className="small">{t('mouLife.after')} <code dir="ltr">{c.digests[c.lang]}</code></p></details>}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
