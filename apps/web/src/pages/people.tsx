import { useNavigate, useParams } from '@tanstack/react-router';
import type { PersonDoc } from '#contexts/directory';
import { useList, useOne, useWords } from '../context.js';
import { Actions, NewButton } from '../ui/actions.js';
import { Source } from '../ui/acts.js';
import { Card, Fact, Facts, NowAndHistory, Title, Waiting } from '../ui/page.js';
import { Mode, Ref, State, When } from '../ui/text.js';
import { Queried } from './record.js';

export function PeoplePage() {
  const { t } = useWords();
  const go = useNavigate();
  const people = useList<PersonDoc>('persons?limit=500');
  return (
    <>
      <Title after={t('people.what')}>{t('place.people')}</Title>
      <NewButton collection="persons" create="RecordPerson" onDone={(id) => void go({ to: '/people/$id', params: { id } })} />
      <Waiting of={people} />
      <div className="scroll" tabIndex={0} role="region" aria-label={t('place.people')}>
        <table>
          <thead><tr><th>{t('name')}</th><th>{t('field.kind')}</th><th>{t('mandate')}</th><th>{t('party')}</th><th>{t('standing')}</th></tr></thead>
          <tbody>
            {people.data?.rows.map(({ id, doc, mode }) => (
              <tr key={id}>
                <td><Ref category="person" id={id} /> <Mode mode={mode} /></td>
                <td>{t(`value.kind.${doc.kind}`)}</td>
                <td>{doc.mandates.at(-1)?.title ?? ''}</td>
                <td><bdi>{doc.affiliations.at(-1)?.party.name ?? ''}</bdi></td>
                <td><State aggregate="Person" of={doc.status} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

export function PersonPage() {
  const { t } = useWords();
  const { id } = useParams({ strict: false });
  const person = useOne<PersonDoc>('persons', id);
  if (!person.data) return <Waiting of={person} />;
  const { doc, mode, revision } = person.data;
  const [name] = doc.names;
  return (
    <>
      <Title above={t(`value.kind.${doc.kind}`)} after={<><State aggregate="Person" of={doc.status} /> <Mode mode={mode} /></>}><bdi lang={name?.lang}>{name?.full ?? id}</bdi></Title>
      <NowAndHistory collection="persons" id={id!}>
        <Actions collection="persons" id={id!} revision={revision} />
        <div className="grid">
          <Card title={t('names')}>
            <Facts>
              {doc.names.map((n, i) => <Fact key={i} name="asPrinted"><bdi lang={n.lang}>{n.asPrinted ?? n.full}</bdi></Fact>)}
              {doc.formerNames.map((f, i) => <Fact key={i} name="formerName"><bdi>{f.name.full}</bdi> (<When edtf={f.until} />)</Fact>)}
              {doc.sources.map((s, i) => <Source key={i} source={s as never} />)}
            </Facts>
            <Queried stream={`person-${id}`} />
          </Card>
          <Card title={t('mandates')}>
            {doc.mandates.length === 0 ? <p className="muted">{t('notRecorded')}</p> : (
              <ol className="timeline">
                {doc.mandates.map((m) => (
                  <li key={m.id}>
                    <bdi>{m.title}</bdi>, <Ref category="parliament" id={m.chamberCode.slice(0, 2)} /> <span className="muted"><bdi>{m.chamberCode}</bdi></span>
                    <div className="muted"><When edtf={m.startedOn} /> – {m.endedOn ? <><When edtf={m.endedOn} /> ({t(`value.reason.${m.reason}`)})</> : t('stillOpen')}</div>
                  </li>
                ))}
              </ol>
            )}
          </Card>
          <Card title={t('parties')}>
            {doc.affiliations.length === 0 ? <p className="muted">{t('notRecorded')}</p> : <ol className="timeline">{doc.affiliations.map((a, i) => <li key={i}><bdi>{a.party.name}</bdi> — {t(`value.side.${a.side}`)} <span className="muted">{t('since')} <When edtf={a.from} /></span></li>)}</ol>}
          </Card>
          {doc.offices.length > 0 && <Card title={t('offices')}><ol className="timeline">{doc.offices.map((o, i) => <li key={i}>{o.office} <span className="muted"><When edtf={o.from} /> – {o.until ? <When edtf={o.until} /> : t('stillOpen')}</span></li>)}</ol></Card>}
        </div>
      </NowAndHistory>
    </>
  );
}
