import { useParams } from '@tanstack/react-router';
import type { GroupDoc, ParliamentDoc, PartnerDoc } from '#contexts/directory';
import { useList, useOne, useWords } from '../context.js';
import { Actions } from '../ui/actions.js';
import { Source } from '../ui/acts.js';
import { Card, Fact, Facts, NowAndHistory, Title, Waiting } from '../ui/page.js';
import { At, Mode, Ref, State, Text, When } from '../ui/text.js';

export function ParliamentPage() {
  const words = useWords();
  const { t } = words;
  const { id } = useParams({ strict: false });
  const parliament = useOne<ParliamentDoc>('parliaments', id);
  const groups = useList<GroupDoc>(`groups?parliamentId=${id}`).data?.rows ?? [];
  if (!parliament.data) return <Waiting of={parliament} />;
  const { doc, mode, revision } = parliament.data;
  return (
    <>
      <Title above={words.country(doc.iso3166)} after={<><State aggregate="Parliament" of={doc.status} /> <Mode mode={mode} /></>}><Text of={doc.names} /></Title>
      <NowAndHistory collection="parliaments" id={id!}>
        <Actions collection="parliaments" id={id!} revision={revision} />
        <div className="grid">
          <Card title={t('chambers')}>
            {doc.chambers.map((c) => (
              <Facts key={c.code}>
                <Fact name={`value.kind.${c.kind}`}><Text of={c.names} /> <span className="muted"><bdi>{c.code}</bdi></span></Fact>
                {c.term && <Fact name="term"><bdi>{c.term.number}</bdi>, <When edtf={c.term.openedOn} /></Fact>}
                {c.dissolvedAt && <Fact name="state.Parliament.dissolved"><At instant={c.dissolvedAt} /></Fact>}
              </Facts>
            ))}
          </Card>
          <Card title={t('rules')}>
            {doc.profiles.map((p) => (
              <Facts key={`${p.profileId}${p.version}`}>
                <Fact name="field.profileId"><bdi>{p.profileId} {p.version}</bdi></Fact>
                <Fact name="field.validFrom"><When edtf={p.validFrom} /></Fact>
                <Fact name="field.groupEndsAtDissolution">{p.groupEndsAtDissolution ? t('word.yes') : t('word.no')}</Fact>
                {p.disclaimer && <Fact name="field.disclaimer"><Text of={p.disclaimer} /></Fact>}
                <Source source={p.source as never} />
              </Facts>
            ))}
          </Card>
          <Card title={t('place.groups')}><ul className="plain">{groups.map((g) => <li key={g.id}><Ref category="group" id={g.id} /> <State aggregate="Group" of={g.doc.status} /></li>)}</ul></Card>
          <Card title={t('about')}><Facts><Fact name="field.seatTimezone"><bdi>{doc.seatTimezone}</bdi></Fact><Fact name="field.workingLanguages">{words.list(doc.workingLanguages.map((l) => words.language(l)))}</Fact></Facts></Card>
        </div>
      </NowAndHistory>
    </>
  );
}

export function PartnerPage() {
  const { t } = useWords();
  const { id } = useParams({ strict: false });
  const partner = useOne<PartnerDoc>('partners', id);
  if (!partner.data) return <Waiting of={partner} />;
  const { doc, mode, revision } = partner.data;
  return (
    <>
      <Title above={t(`value.kind.${doc.kind}`)} after={<><State aggregate="Partner" of={doc.status} /> <Mode mode={mode} /></>}><Text of={doc.names} /></Title>
      <NowAndHistory collection="partners" id={id!}>
        <Actions collection="partners" id={id!} revision={revision} />
        <Card title={t('roles')}>
          {doc.roles.length === 0 && <p className="muted">{t('nothingYet')}</p>}
          <ol className="timeline">{doc.roles.map((r, i) => <li key={i}>{t(`value.role.${r.role}`)} — <Ref category={r.orgType} id={r.toOrgRef} /> <div className="muted"><When edtf={r.from} /> – {r.until ? <When edtf={r.until} /> : t('stillOpen')}</div></li>)}</ol>
        </Card>
      </NowAndHistory>
    </>
  );
}
