import type { DecisionDoc } from '#contexts/governance';
import { useWords } from '../../context.js';
import { Card } from '../../ui/page.js';
import { At, Ref, Text } from '../../ui/text.js';
import type { Clause } from './proposition.js';

const KINDS = ['reservation', 'explanation', 'disassociation'] as const;

/** What groups said beside the decision, by kind; it changes no count and blocks nothing (DEC-7). */
export function Positions({ doc, clauses }: { doc: DecisionDoc; clauses: readonly Clause[] }) {
  const { t } = useWords();
  return (
    <Card title={t('positions')}>
      {doc.statements.length === 0 && <p className="muted">{t('positions.none')}</p>}
      {KINDS.map((kind) => {
        const said = doc.statements.filter((s) => s.kind === kind);
        return said.length === 0 ? null : (
          <section key={kind}>
            <h3 className="rule">{t(`position.${kind}`)}</h3>
            <ul className="plain">
              {said.map((s, i) => (
                <li key={i}>
                  <p className="said-by"><Ref category="group" id={s.by} /> {kind !== 'explanation' && <OnClauses of={s.clauses} clauses={clauses} />} <small className="muted">· <At instant={s.at} /></small></p>
                  <blockquote><Text of={s.text} /></blockquote>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </Card>
  );
}

/** Which clauses, by their labels; none named is the whole. A clause that is there no more is called by its id. */
function OnClauses({ of, clauses }: { of: readonly string[] | null; clauses: readonly Clause[] }) {
  const { t, list } = useWords();
  const labels = (of ?? []).map((id) => `\u2068${clauses.find((c) => c.id === id)?.label ?? id}\u2069`);
  return <span className="chip">{labels.length === 0 ? t('onWhole') : t('onClauses', { n: labels.length, clauses: list(labels) })}</span>;
}

/** To whom an adopted decision is attributed, and who left it (DEC-7). */
export function Attribution({ doc }: { doc: DecisionDoc }) {
  const { t } = useWords();
  if (doc.attributedTo === null) return null;
  const left = doc.entitled.filter((g) => !doc.attributedTo!.includes(g));
  return (
    <Card title={t('attributedTo', { n: doc.attributedTo.length })}>
      <ul className="plain">{doc.attributedTo.map((g) => <li key={g}><Ref category="group" id={g} /></li>)}</ul>
      {left.length > 0 && (
        <>
          <h3>{t('notBound')}</h3>
          <ul className="plain">{left.map((g) => <li key={g}><Ref category="group" id={g} /></li>)}</ul>
        </>
      )}
    </Card>
  );
}
