import { useNavigate } from '@tanstack/react-router';
import type { StatementDoc } from '#contexts/statements';
import { useList, useMe, useWords } from '../../context.js';
import { NewButton } from '../../ui/actions.js';
import { Empty, Title, Waiting } from '../../ui/page.js';
import { Mode, Ref, State, Tlp } from '../../ui/text.js';

export function StatementsPage() {
  const { t } = useWords();
  const me = useMe();
  const go = useNavigate();
  const statements = useList<StatementDoc>('statements?limit=200');
  return (
    <>
      <Title after={t('statements.what')}>{t('place.statements')}</Title>
      <NewButton collection="statements" create="ProposeStatement" preset={{ leadLanguage: me?.language ?? 'en', authenticLanguages: ['en', 'fr'], urgency: 'ordinary', kind: 'joint-statement' }} onDone={(id) => void go({ to: '/statements/$id', params: { id } })} />
      <Waiting of={statements} />
      {statements.data?.rows.length === 0 && <Empty what="statements.empty" />}
      <ul className="cards">
        {statements.data?.rows.map(({ id, doc, mode, label }) => (
          <li key={id} className="card">
            <h2><Ref category="statement" id={id} /></h2>
            <p><State aggregate="Statement" of={doc.status} /> <Mode mode={mode} /> <Tlp label={label} /></p>
            <p className="muted">{t('progress', { have: doc.progress.signatories.have, need: doc.progress.signatories.need })} {doc.mark && <CrossParty />}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

export function CrossParty() {
  const { t } = useWords();
  return <span className="state state-cross-party" title={t('crossParty.what')}>◐ {t('crossParty')}</span>;
}
