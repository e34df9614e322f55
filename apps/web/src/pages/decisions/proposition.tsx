import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DecisionDoc } from '#contexts/governance';
import type { StatementDoc } from '#contexts/statements';
import { directionOf, inLanguage, languageIn } from '#platform/i18n/browser';
import { get, type Row } from '../../api.js';
import { useMoment, useOne, useWords } from '../../context.js';
import { Card, Fact, Facts, Waiting } from '../../ui/page.js';
import { Ref } from '../../ui/text.js';

export interface Clause {
  id: string;
  label: string;
  text: StatementDoc['clauses'][number]['text'];
}

/** The clauses of the statement that is decided on, as they stand; empty for anything else, and for who may not read it. */
export function useClauses({ type, id }: DecisionDoc['subject']): { clauses: readonly Clause[]; same: (digest: string | undefined) => boolean } {
  const { data } = useOne<StatementDoc>('statements', type === 'statement' ? id : undefined);
  const frozen = data?.doc.frozen;
  return { clauses: data?.doc.clauses ?? [], same: (digest) => frozen != null && digest !== undefined && [frozen.digest, ...Object.values(frozen.digests)].includes(digest) };
}

/** What is decided on: frozen by type, id, revision and digest when the procedure was opened (DEC-1). */
export function Proposition({ doc: { subject, openedAt } }: { doc: DecisionDoc }) {
  const { t, number } = useWords();
  return (
    <Card title={t('proposition')}>
      <Facts>
        <Fact name="field.type">{t(`value.type.${subject.type}`, { ns: 'governance' })}</Fact>
        <Fact name="subject"><SubjectLink of={subject} /></Fact>
        <Fact name="field.revision">{number(subject.revision)}</Fact>
        {subject.digest && <Fact name="field.digest"><Digest of={subject.digest} /></Fact>}
      </Facts>
      {subject.type === 'statement' && <FrozenText subject={subject} openedAt={openedAt} />}
    </Card>
  );
}

function SubjectLink({ of: { type, id } }: { of: DecisionDoc['subject'] }) {
  const { t } = useWords();
  if (type === 'statement' || type === 'application') return <Ref category={type} id={id} />;
  if (type === 'charter-amendment') return <Link to="/network">{t('amendment')}</Link>;
  return <bdi>{id}</bdi>;
}

function Digest({ of }: { of: string }) {
  return (
    <details className="digest">
      <summary><code dir="ltr">{of.slice(0, 12)}…</code></summary>
      <code dir="ltr">{of}</code>
    </details>
  );
}

/** The text as it was put to the decision: the one that stands where it is still that, or the one of the moment of the opening. */
function FrozenText({ subject, openedAt }: { subject: DecisionDoc['subject']; openedAt: string }) {
  const { t, lang } = useWords();
  const [open, setOpen] = useState(false);
  const { clauses: now, same } = useClauses(subject);
  const stands = same(subject.digest);
  const past = useMoment();
  const then = `/api/v1/statements/${encodeURIComponent(subject.id)}?known=${encodeURIComponent(openedAt)}`;
  const before = useQuery({ queryKey: ['read', then], queryFn: () => get<Row<StatementDoc>>(then), enabled: open && !stands && past === undefined, retry: false });
  const clauses = stands ? now : (before.data?.doc.clauses ?? []);
  return (
    <details className="frozen-text" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t('frozenText')}</summary>
      {open && (
        <>
          {!stands && <Waiting of={before} />}
          {!stands && before.data && <p className="muted">{t('changedSince')}</p>}
          <ul className="plain clauses">
            {clauses.map((c) => {
              const tag = languageIn(c.text, lang) ?? 'en';
              return <li key={c.id}><bdi className="clause-label">{c.label}</bdi><span lang={tag} dir={directionOf(tag)}>{inLanguage(c.text, lang)}</span></li>;
            })}
          </ul>
        </>
      )}
    </details>
  );
}
