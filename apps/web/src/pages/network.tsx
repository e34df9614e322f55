import { lazy, Suspense } from 'react';
import { Link, useNavigate } from '@tanstack/react-router';
import type { GroupDoc, ParliamentDoc, PartnerDoc } from '#contexts/directory';
import type { MembershipDoc, NetworkDoc } from '#contexts/governance';
import type { Row } from '../api.js';
import { useList, useWords } from '../context.js';
import { Actions, NewButton } from '../ui/actions.js';
import { DecisionsOn, OpenDecision } from '../ui/deciding.js';
import { Card, Empty, Fact, Facts, NowAndHistory, Title } from '../ui/page.js';
import { Mode, Ref, State, Text, When } from '../ui/text.js';

const WorldMap = lazy(() => import('../ui/world-map.js'));

/** Member groups with parliament, officers, parties, secretariat and standing; as of any day. */
export function NetworkPage() {
  const { t } = useWords();
  const go = useNavigate();
  const networks = useList<NetworkDoc>('networks').data?.rows ?? [];
  const memberships = useList<MembershipDoc>('memberships?limit=500').data?.rows ?? [];
  const groups = useList<GroupDoc>('groups?limit=500').data?.rows ?? [];
  const parliaments = useList<ParliamentDoc>('parliaments?limit=500').data?.rows ?? [];
  return (
    <>
      <Title after={t('network.what')}>{t('place.network')}</Title>
      <Card title={t('map')}>
        <Suspense fallback={<p className="muted">{t('loading')}</p>}><WorldMap parliaments={parliaments} memberships={memberships} groups={groups} /></Suspense>
        <p className="muted small">{t('map.disclaimer')}</p>
      </Card>
      <div className="row wrap">
        <NewButton collection="parliaments" create="RegisterParliament" onDone={(id) => void go({ to: '/parliaments/$id', params: { id } })} />
        {networks.length === 0 && <NewButton collection="networks" create="LaunchInitiative" onDone={() => undefined} />}
      </div>
      {networks.length === 0 && <Empty what="network.empty" />}
      {networks.map((network) => <Network key={network.id} row={network} memberships={memberships.filter((m) => m.doc.networkId === network.id)} groups={groups} />)}
      <Partners />
    </>
  );
}

/** Organisations that help and do not decide. */
function Partners() {
  const { t } = useWords();
  const go = useNavigate();
  const rows = useList<PartnerDoc>('partners?limit=500').data?.rows ?? [];
  return (
    <Card title={t('partners')}>
      <NewButton collection="partners" create="ListPartner" onDone={(id) => void go({ to: '/partners/$id', params: { id } })} />
      <ul className="plain">
        {rows.map(({ id, doc, mode }) => (
          <li key={id}>
            <Ref category="partner" id={id} /> <State aggregate="Partner" of={doc.status} /> <Mode mode={mode} />
            {doc.roles.filter((r) => r.until === null).map((r) => <span key={`${r.role}${r.toOrgRef}`} className="muted"> · {t(`value.role.${r.role}`)}</span>)}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Amendment({ of: a }: { of: NetworkDoc['amendments'][number] }) {
  const { t } = useWords();
  const on = { type: 'charter-amendment', id: a.amendmentId } as const;
  return (
    <section>
      <h3>{t('amendment')} <span className="state">{t(`amendmentIs.${a.outcome}`)}</span></h3>
      <Text of={a.text} block />
      <p className="muted">{a.proposers.map((g) => <span key={g}><Ref category="group" id={g} /> </span>)}· {t('noticeUntil')} <When edtf={a.noticeUntil} /></p>
      {a.outcome === 'open' && <OpenDecision on={on} />}
      <DecisionsOn on={on} />
    </section>
  );
}

function Network({ row, memberships, groups }: { row: Row<NetworkDoc>; memberships: Row<MembershipDoc>[]; groups: Row<GroupDoc>[] }) {
  const { t } = useWords();
  const { doc } = row;
  return (
    <Card title={<><Text of={doc.names} /> <State aggregate="Network" of={doc.status} /> <Mode mode={row.mode} /></>}>
      <NowAndHistory collection="networks" id={row.id}>
        <Text of={doc.aims} block />
        <p><Link to="/meetings">{t('meetings.all')}</Link></p>
        <Facts>
          <Fact name="field.launchedOn"><When edtf={doc.launchedOn} /></Fact>
          <Fact name="secretariat">{doc.secretariat ? <Ref category="partner" id={doc.secretariat.partnerId} /> : t('notRecorded')}</Fact>
          <Fact name="charter">{doc.charter ? t('charter.version', { version: doc.charter.version }) : t('charter.none')}</Fact>
        </Facts>
        <Actions collection="networks" id={row.id} revision={row.revision} />
        {doc.amendments.map((a) => <Amendment key={a.amendmentId} of={a} />)}
        <h3>{t('members', { n: memberships.length })}</h3>
        <div className="scroll" tabIndex={0} role="region" aria-label={t('members', { n: memberships.length })}>
          <table>
            <thead><tr><th>{t('group')}</th><th>{t('parliament')}</th><th>{t('officers')}</th><th>{t('secretariat')}</th><th>{t('standing')}</th><th>{t('since')}</th></tr></thead>
            <tbody>
              {memberships.map((m) => {
                const group = groups.find((g) => g.id === m.doc.groupId)?.doc;
                return (
                  <tr key={m.id}>
                    <td><Ref category="group" id={m.doc.groupId} /></td>
                    <td><Ref category="parliament" id={group?.parliamentId} /></td>
                    <td>{group?.officers.length ? group.officers.map((o) => <div key={`${o.personId}${o.role}`}><Ref category="person" id={o.personId} /> <span className="muted">{t(`value.role.${o.role}`)}{o.party ? ` · ${o.party}` : ''}</span></div>) : <span className="muted">{t('notRecorded')}</span>}</td>
                    <td>{group?.secretariats.filter((s) => s.until === null).map((s) => <Ref key={s.partnerId} category="partner" id={s.partnerId} />)}</td>
                    <td><State aggregate="Membership" of={m.doc.status} /> <span className="muted">{t(`value.category.${m.doc.category}`)}</span></td>
                    <td><When edtf={m.doc.since} /></td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </NowAndHistory>
    </Card>
  );
}
