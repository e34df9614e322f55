import { useParams, useNavigate } from '@tanstack/react-router';
import type { GroupDoc, PartnerDoc } from '#contexts/directory';
import type { MembershipDoc } from '#contexts/governance';
import type { MouDoc } from '#contexts/agreements';
import { useList, useMe, useOne, useWords } from '../context.js';
import { Actions, NewButton } from '../ui/actions.js';
import { Source } from '../ui/acts.js';
import { DecisionsOn, OpenDecision } from '../ui/deciding.js';
import { Card, Fact, Facts, NowAndHistory, Title, Waiting } from '../ui/page.js';
import { Mode, Ref, State, Text, When } from '../ui/text.js';
import { Attachments } from '../ui/attachments.js';
import { Authorities } from './groups/authorities.js';
import { Queried } from './record.js';

export function GroupsPage() {
  const { t } = useWords();
  const me = useMe();
  const go = useNavigate();
  const groups = useList<GroupDoc>('groups?limit=500');
  const memberships = useList<MembershipDoc>('memberships?limit=500').data?.rows ?? [];
  const own = me?.account?.personId;
  return (
    <>
      <Title after={t('groups.what')}>{t('place.groups')}</Title>
      <NewButton collection="groups" create="ProposeGroup" preset={own ? { promoters: [own] } : {}} onDone={(id) => void go({ to: '/groups/$id', params: { id } })} />
      <Waiting of={groups} />
      <ul className="cards">
        {groups.data?.rows.map(({ id, doc, mode }) => (
          <li key={id} className="card">
            <h2><Ref category="group" id={id} /></h2>
            <p><State aggregate="Group" of={doc.status} /> <Mode mode={mode} /></p>
            <p className="muted"><Ref category="parliament" id={doc.parliamentId} /> · {t('field.foundedOn')} <When edtf={doc.foundedOn} /></p>
            {memberships.filter((m) => m.doc.groupId === id).map((m) => <p key={m.id}><Ref category="network" id={m.doc.networkId} />: <State aggregate="Membership" of={m.doc.status} /></p>)}
          </li>
        ))}
      </ul>
    </>
  );
}

export function GroupPage() {
  const { t } = useWords();
  const { id } = useParams({ strict: false });
  const group = useOne<GroupDoc>('groups', id);
  const memberships = useList<MembershipDoc>(`memberships?groupId=${id}`).data?.rows ?? [];
  const mous = useList<MouDoc>('mous?limit=200').data?.rows.filter((m) => m.doc.participants.some((p) => p.groupId === id)) ?? [];
  const partners = useList<PartnerDoc>('partners?limit=500').data?.rows ?? [];
  if (!group.data) return <Waiting of={group} />;
  const { doc, mode, revision } = group.data;
  const others = partners.flatMap((p) => p.doc.roles.filter((r) => r.toOrgRef === id && r.role !== 'group-secretariat').map((r) => ({ id: p.id, ...r })));
  return (
    <>
      <Title above={<Ref category="parliament" id={doc.parliamentId} />} after={<><State aggregate="Group" of={doc.status} /> <Mode mode={mode} /></>}><Text of={doc.names} /></Title>
      <NowAndHistory collection="groups" id={id!}>
        <Actions collection="groups" id={id!} revision={revision} first={['FoundGroup', 'Reconstitute', 'GrantAuthorisation', 'FillVacancy', 'EnrolMember']} />
        <div className="grid">
          <Card title={t('about')} className="wide">
            <Text of={doc.purpose} block />
            <Facts>
              <Fact name="field.foundedOn"><When edtf={doc.foundedOn} /></Fact>
              {doc.recognition && <Fact name="field.recognition">{t(`value.recognition.${doc.recognition}`)}</Fact>}
              {doc.confidence && <Fact name="confidence.label">{t(`confidence.${doc.confidence}`)}</Fact>}
              {doc.dormant && <Fact name="state.Group.dormant"><When edtf={doc.dormant.since} /></Fact>}
              {doc.terms.map((term) => <Fact key={term.term} name="term"><bdi>{term.term}</bdi>: <When edtf={term.on} /></Fact>)}
              {doc.formerNames.map((f, i) => <Fact key={i} name="formerName"><Text of={f.names} /> (<When edtf={f.until} />)</Fact>)}
              {doc.sources.map((s, i) => <Source key={i} source={s as never} />)}
            </Facts>
            <Queried stream={`group-${id}`} />
          </Card>
          <Card title={t('officers')}>
            {doc.officers.length === 0 ? <p className="muted">{t('notRecorded')}</p> : (
              <ul className="plain">
                {doc.officers.map((o) => (
                  <li key={`${o.personId}${o.role}`}>
                    <Ref category="person" id={o.personId} /> — {t(`value.role.${o.role}`)}{o.personId === doc.responsible && ` (${t('responsible')})`}
                    <div className="muted">{[o.party, o.side && t(`value.side.${o.side}`)].filter(Boolean).join(' · ') || t('partyNotRecorded')}{o.since && <> · {t('since')} <When edtf={o.since} /></>}</div>
                    <Queried stream={`person-${o.personId}`} />
                  </li>
                ))}
              </ul>
            )}
            {doc.formerOfficers.length > 0 && <details><summary>{t('formerOfficers')}</summary><ul className="plain">{doc.formerOfficers.map((o, i) => <li key={i}><Ref category="person" id={o.personId} /> — {t(`value.role.${o.role}`)}, {t('until')} <When edtf={o.until} /></li>)}</ul></details>}
          </Card>
          <Card title={t('membersOfGroup', { n: doc.members.filter((m) => m.leftOn === null).length })}>
            {doc.members.length === 0 ? <p className="muted">{t('notRecorded')}</p> : <ul className="plain">{doc.members.filter((m) => m.leftOn === null).map((m) => <li key={m.personId}><Ref category="person" id={m.personId} /></li>)}</ul>}
          </Card>
          <Card title={t('secretariatAndPartners')}>
            {others.length > 0 && <Facts>{others.map((o) => <Fact key={`${o.id}${o.role}`} name={`value.role.${o.role}`}><Ref category="partner" id={o.id} /> <span className="muted"><When edtf={o.from} /></span></Fact>)}</Facts>}
            {doc.secretariats.length === 0 ? <p className="muted">{t('secretariat')}: {t('notRecorded')}</p> : doc.secretariats.map((s) => (
              <Facts key={`${s.partnerId}${s.from}`}>
                <Fact name="secretariat"><Ref category="partner" id={s.partnerId} /></Fact>
                <Fact name="since"><When edtf={s.from} /></Fact>
                <Fact name="dueDiligence">{s.dueDiligence ? t(`value.foreignGovernmentFunding.${s.dueDiligence.foreignGovernmentFunding}`) : t('notRecorded')}</Fact>
              </Facts>
            ))}
          </Card>
          <Card title={t('membership')}>
            {memberships.length === 0 ? <p className="muted">{t('notMember')}</p> : memberships.map((m) => <Membership key={m.id} id={m.id} doc={m.doc} revision={m.revision} />)}
          </Card>
          <Card title={t('place.mous')}>
            {mous.length === 0 ? <p className="muted">{t('nothingYet')}</p> : <ul className="plain">{mous.map((m) => <li key={m.id}><Ref category="mou" id={m.id} /> <State aggregate="Mou" of={m.doc.status} /></li>)}</ul>}
          </Card>
          {doc.meetings.length > 0 && <Card title={t('meetings')}><ul className="plain">{doc.meetings.map((m) => <li key={m.id}>{t(`meeting.${m.kind}`)}: <When edtf={m.on} /></li>)}</ul></Card>}
          {doc.concerns.length > 0 && <Card title={t('concerns')}><ul className="plain">{doc.concerns.map((c, i) => <li key={i}><bdi>{c.rule}</bdi>: {c.detail} — {c.resolution ?? <>{t('until')} <When edtf={c.dueOn} /></>}</li>)}</ul></Card>}
          <Attachments collection="groups" id={id!} />
          <Authorities groupId={id!} />
        </div>
      </NowAndHistory>
    </>
  );
}

function Membership({ id, doc, revision }: { id: string; doc: MembershipDoc; revision: number }) {
  const { t } = useWords();
  return (
    <div>
      <p><Ref category="network" id={doc.networkId} />: <State aggregate="Membership" of={doc.status} /> <span className="muted">{t(`value.category.${doc.category}`)}</span></p>
      <ol className="timeline">{doc.standings.map((s, i) => <li key={i}><State aggregate="Membership" of={s.status} /> <When edtf={s.on} /></li>)}</ol>
      {doc.abeyance && <p className="muted">{t('graceUntil')} <When edtf={doc.abeyance.graceUntil} /></p>}
      {doc.focalPoint && <Facts><Fact name="focalPoint"><Ref category="person" id={doc.focalPoint.personId} /></Fact></Facts>}
      <Actions collection="memberships" id={id} revision={revision} />
      <OpenDecision on={{ type: 'membership', id }} />
      <DecisionsOn on={{ type: 'membership', id }} />
    </div>
  );
}
