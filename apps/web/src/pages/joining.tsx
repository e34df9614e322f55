import { useNavigate, useParams } from '@tanstack/react-router';
import type { ApplicationDoc } from '#contexts/governance';
import { useList, useMe, useOne, useWords } from '../context.js';
import { Actions, NewButton } from '../ui/actions.js';
import { DecisionsOn, OpenDecision } from '../ui/deciding.js';
import { Card, Empty, Fact, Facts, NowAndHistory, Title, Waiting } from '../ui/page.js';
import { At, Mode, Ref, State, When } from '../ui/text.js';

const STEPS = ['enquiry', 'submitted', 'circulated', 'recommended', 'admitted'] as const;

export function JoiningPage() {
  const { t } = useWords();
  const me = useMe();
  const go = useNavigate();
  const applications = useList<ApplicationDoc>('applications?limit=200');
  const group = me?.account?.grants.find((g) => g.capacity === 'chair')?.onBehalfOf;
  return (
    <>
      <Title after={t('joining.what')}>{t('place.joining')}</Title>
      <div className="row wrap">
        <NewButton collection="applications" create="ExpressInterest" preset={group ? { groupId: group } : {}} onDone={(id) => void go({ to: '/joining/$id', params: { id } })} />
        <NewButton collection="applications" create="IssueInvitation" onDone={(id) => void go({ to: '/joining/$id', params: { id } })} />
      </div>
      <Waiting of={applications} />
      {applications.data?.rows.length === 0 && <Empty what="joining.empty" />}
      <ul className="cards">
        {applications.data?.rows.map(({ id, doc, mode }) => (
          <li key={id} className="card">
            <h2><a href={`/joining/${id}`} onClick={(e) => { e.preventDefault(); void go({ to: '/joining/$id', params: { id } }); }}><Ref2 id={doc.groupId} /></a></h2>
            <p><State aggregate="MembershipApplication" of={doc.status} /> <Mode mode={mode} /></p>
            {doc.objectionDeadline && doc.status === 'circulated' && <p className="muted">{t('objectionsUntil')} <At instant={doc.objectionDeadline} /></p>}
          </li>
        ))}
      </ul>
    </>
  );
}
/** The name without a link of its own, inside another link. */
function Ref2({ id }: { id: string }) {
  const group = useOne<{ names: Record<string, string> }>('groups', id).data?.doc.names;
  const { lang } = useWords();
  return <bdi>{group?.[lang] ?? group?.['en'] ?? id}</bdi>;
}

export function ApplicationPage() {
  const { t } = useWords();
  const { id } = useParams({ strict: false });
  const application = useOne<ApplicationDoc>('applications', id);
  if (!application.data) return <Waiting of={application} />;
  const { doc, mode, revision } = application.data;
  const at = STEPS.indexOf(doc.status as (typeof STEPS)[number]);
  return (
    <>
      <Title above={<Ref category="network" id={doc.networkId} />} after={<><State aggregate="MembershipApplication" of={doc.status} /> <Mode mode={mode} /></>}>{t('application.of')} <Ref category="group" id={doc.groupId} /></Title>
      <ol className="stepper" aria-label={t('steps')}>{STEPS.map((s, i) => <li key={s} aria-current={s === doc.status ? 'step' : undefined} className={i <= at ? 'done' : ''}>{t(`state.MembershipApplication.${s}`)}</li>)}</ol>
      <NowAndHistory collection="applications" id={id!}>
        <Actions collection="applications" id={id!} revision={revision} first={['AdmitApplicant', 'RaiseObjection', 'SubmitApplication', 'AssessEligibility', 'CirculateApplication', 'SupplyInformation']} />
        {['circulated', 'recommended'].includes(doc.status) && <OpenDecision on={{ type: 'application', id: id! }} />}
        <div className="grid">
          <Card title={t('application')}>
            <Facts>
              <Fact name="field.category">{doc.category ? t(`value.category.${doc.category}`) : t('notRecorded')}</Fact>
              <Fact name="field.authorisationRef">{doc.authorisationRef ?? t('notRecorded')}</Fact>
              <Fact name="field.membersBySide">{Object.entries(doc.membersBySide).map(([side, n]) => <span key={side}>{t(`value.side.${side}`)}: {n} </span>)}</Fact>
              <Fact name="field.contact"><bdi>{doc.contact}</bdi></Fact>
            </Facts>
          </Card>
          {doc.assessment && <Card title={t('assessment')}><ul className="plain">{doc.assessment.criteria.map((c) => <li key={c.id}>{c.met ? '✓' : '✗'} <bdi>{c.id}</bdi>: <bdi>{c.evidence}</bdi></li>)}</ul></Card>}
          {doc.circulatedTo.length > 0 && (
            <Card title={t('objections')}>
              <p>{t('objectionsUntil')} <At instant={doc.objectionDeadline} /></p>
              <p>{t('circulatedTo')}</p>
              <ul className="plain">{doc.circulatedTo.map((g) => <li key={g}><Ref category="group" id={g} /></li>)}</ul>
              {doc.objections.length === 0 ? <p className="muted">{t('noObjections')}</p> : <ul className="plain">{doc.objections.map((o) => <li key={o.by}><Ref category="group" id={o.by} />: {o.text} {o.withdrawn && <em>({t('withdrawn')})</em>}</li>)}</ul>}
            </Card>
          )}
          {doc.questions.length > 0 && <Card title={t('questions')}>{doc.questions.map((q, i) => <div key={i}><p>{q.questions.join(' ')} <span className="muted">{t('until')} <When edtf={q.dueOn} /></span></p><p>{q.answers?.join(' ') ?? <span className="muted">{t('notAnswered')}</span>}</p></div>)}</Card>}
          <DecisionsOn on={{ type: 'application', id: id! }} />
          {doc.outcome && <Card title={t('outcome')}><p><State aggregate="MembershipApplication" of={doc.status} /></p>{doc.outcome.reasons && <p>{doc.outcome.reasons}</p>}</Card>}
        </div>
      </NowAndHistory>
    </>
  );
}
