import { useParams } from '@tanstack/react-router';
import type { DecisionDoc } from '#contexts/governance';
import { useList, useOne, useWords } from '../context.js';
import { Actions } from '../ui/actions.js';
import { Card, Empty, Fact, Facts, NowAndHistory, Title, Waiting } from '../ui/page.js';
import { Ago, At, Mode, Ref, State, Text } from '../ui/text.js';

export function DecisionsPage() {
  const { t } = useWords();
  const decisions = useList<DecisionDoc>('decisions?limit=200');
  return (
    <>
      <Title after={t('decisions.what')}>{t('place.decisions')}</Title>
      <Waiting of={decisions} />
      {decisions.data?.rows.length === 0 && <Empty what="decisions.empty" />}
      <ul className="cards">{decisions.data?.rows.map(({ id, doc, mode }) => <li key={id} className="card"><h2><Ref category="decision" id={id} /></h2><p><State aggregate="DecisionProcedure" of={doc.status} /> <Mode mode={mode} /></p>{doc.deadline && <p className="muted">{t('until')} <At instant={doc.deadline.instant} /></p>}</li>)}</ul>
    </>
  );
}

export function DecisionPage() {
  const { t } = useWords();
  const { id } = useParams({ strict: false });
  const decision = useOne<DecisionDoc>('decisions', id);
  if (!decision.data) return <Waiting of={decision} />;
  const { doc, mode, revision } = decision.data;
  const open = ['silence', 'ballot', 'consensusCall'].includes(doc.status);
  return (
    <>
      <Title above={<>{t(`decision.${doc.kind}`)} · {t(`value.type.${doc.subject.type}`, { ns: 'governance' })}</>} after={<><State aggregate="DecisionProcedure" of={doc.status} /> <Mode mode={mode} /></>}><Text of={doc.subject.title} /></Title>
      <NowAndHistory collection="decisions" id={id!}>
        <Actions collection="decisions" id={id!} revision={revision} first={['CastVote', 'BreakSilence', 'ExpressSupport']} />
        <div className="grid">
          <Card title={t('procedure')}>
            <Facts>
              <Fact name="field.rule">{t(`value.rule.${doc.rule}`)}</Fact>
              {doc.deadline && <Fact name="deadline"><At instant={doc.deadline.instant} /> {open && <>(<Ago instant={doc.deadline.instant} />)</>}</Fact>}
              {doc.kind === 'ballot' && <Fact name="field.quorum">{doc.quorum}</Fact>}
              {doc.subject.type === 'application' && <Fact name="subject"><Ref category="application" id={doc.subject.id} /></Fact>}
              {doc.subject.type === 'statement' && <Fact name="subject"><Ref category="statement" id={doc.subject.id} /></Fact>}
            </Facts>
          </Card>
          <Card title={t('entitled', { n: doc.entitled.length })}>
            <ul className="plain">{doc.entitled.map((g) => <li key={g}><Ref category="group" id={g} /> {doc.notified.some((n) => n.member === g) ? <span className="muted">✓ {t('notified')}</span> : null} {doc.supporters.includes(g) && <span className="muted">· {t('supports')}</span>}</li>)}</ul>
            {doc.kind === 'ballot' && open && <p className="muted">{t('votesHidden')}</p>}
          </Card>
          {doc.counts && <Card title={t('counts')}><Facts><Fact name="value.option.yes">{doc.counts.yes}</Fact><Fact name="value.option.no">{doc.counts.no}</Fact><Fact name="value.option.abstain">{doc.counts.abstain}</Fact><Fact name="notVoting">{doc.counts.notVoting}</Fact></Facts></Card>}
          {doc.broken && <Card title={t('broken')}><p><Ref category="group" id={doc.broken.by} />: {doc.broken.reason}</p></Card>}
          {doc.statements.length > 0 && <Card title={t('positions')}><ul className="plain">{doc.statements.map((s, i) => <li key={i}><Ref category="group" id={s.by} /> — {t(`position.${s.kind}`)}: <Text of={s.text} /></li>)}</ul></Card>}
        </div>
      </NowAndHistory>
    </>
  );
}
