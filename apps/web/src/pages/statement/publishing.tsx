import type { StatementDoc } from '#contexts/statements';
import { useWords } from '../../context.js';
import { Redline } from '../../drafting/live-cell.js';
import { Card, Fact, Facts } from '../../ui/page.js';
import { At, Ref, Text } from '../../ui/text.js';
import { Countdown, Deadline } from '../decisions/clock.js';

/** Until when nobody outside the list reads it, on every clock; the digest is public already. */
export function Embargo({ doc }: { doc: StatementDoc }) {
  const { t } = useWords();
  const { embargo, status } = doc;
  if (embargo === null) return null;
  const holds = status === 'embargoed' && embargo.breach === null;
  return (
    <Card title={t('embargo')} className={holds ? 'board' : ''}>
      {holds && <Countdown until={embargo.until.instant} before={t('embargo.before')} over={t('embargo.over')} />}
      <Deadline of={embargo.until as never} />
      <p className="muted">{t('embargo.what')}</p>
      {embargo.breach && <p className="refusal"><strong>{t('embargo.breach')}</strong> <At instant={embargo.breach.at} /> {embargo.breach.how}</p>}
      {embargo.groups.length + embargo.persons.length > 0 && (
        <details><summary>{t('embargo.list', { n: embargo.groups.length + embargo.persons.length })}</summary>
          <ul className="plain">{embargo.groups.map((g) => <li key={g}><Ref category="group" id={g} /></li>)}{embargo.persons.map((p) => <li key={p}><Ref category="person" id={p} /></li>)}</ul>
        </details>
      )}
    </Card>
  );
}

/** Where everybody can read it, what is bound and in which languages. */
export function Published({ id, doc }: { id: string; doc: StatementDoc }) {
  const { t, lang, language } = useWords();
  const { published } = doc;
  if (published === null) return null;
  return (
    <Card title={t('published')}>
      <p><a href={`/public/${lang}/statements/${encodeURIComponent(id)}`}>{t('published.open')}</a></p>
      {published.provisional && <p className="note warning">{t('published.provisional')}</p>}
      <Facts>
        <Fact name="publishedAt"><At instant={published.at} /></Fact>
        <Fact name="languages"><ul className="plain">{published.languages.map((l) => <li key={l.tag}>{language(l.tag)} <span className="muted">{t(`value.status.${l.status}`)}</span></li>)}</ul></Fact>
      </Facts>
      <p className="small"><a href={`/public/${lang}/verify`}>{t('published.verify')}</a></p>
    </Card>
  );
}

/** What a procès-verbal has put right: both readings stay. */
export function Corrections({ doc }: { doc: StatementDoc }) {
  const { t, language } = useWords();
  if (doc.corrections.length === 0) return null;
  const label = Object.fromEntries(doc.clauses.map((c) => [c.id, c.label]));
  return (
    <Card title={t('corrections')}>
      <ul className="plain">
        {doc.corrections.map((c, i) => (
          <li key={i}>
            <p className="small muted"><bdi>{c.clauseId === null ? '' : label[c.clauseId]}</bdi> {language(c.lang)} · <At instant={c.at} /> · <bdi>{c.ref}</bdi></p>
            <p><Redline before={c.wrong} after={c.right} lang={c.lang} /></p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What stands above the text for ever. */
export function Notices({ doc }: { doc: StatementDoc }) {
  const { t } = useWords();
  return doc.notices.map((n, i) => (
    <div key={i} className={`notice notice-${n.kind}`} role="note">
      <strong>{t(`notice.${n.kind}`)}</strong> <At instant={n.at} />
      {n.kind === 'retracted' && <Text of={n.reason} block />}
      {n.kind === 'superseded' && <p><Ref category="statement" id={n.byStatementId} /></p>}
    </div>
  ));
}

