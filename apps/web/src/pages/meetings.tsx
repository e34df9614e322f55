import { useNavigate, useParams } from '@tanstack/react-router';
import type { AttendanceDoc, MeetingDoc, MinutesDoc } from '#contexts/governance';
import { inLanguage } from '#platform/i18n/browser';
import type { Row } from '../api.js';
import { useList, useMe, useOne, useWords } from '../context.js';
import { Actions, NewButton } from '../ui/actions.js';
import { Card, Empty, Fact, Facts, NowAndHistory, Title, Waiting } from '../ui/page.js';
import { Ago, At, Mode, Ref, State, Text } from '../ui/text.js';

const FIRST = ['OpenMeeting', 'RecordDecision', 'ApproveMinutes', 'RecordInquorate', 'CloseMeeting'];
const isOver = ({ status }: MeetingDoc) => ['closed', 'cancelled'].includes(status);
const byTime = (a: Row<MeetingDoc>, b: Row<MeetingDoc>) => a.doc.at.instant.localeCompare(b.doc.at.instant);

/** What is called or under way, the next one first; then what was, the latest first. */
export function MeetingsPage() {
  const { t } = useWords();
  const meetings = useList<MeetingDoc>('meetings?limit=500');
  const rows = meetings.data?.rows ?? [];
  const ahead = rows.filter(({ doc }) => !isOver(doc)).toSorted(byTime);
  const over = rows.filter(({ doc }) => isOver(doc)).toSorted((a, b) => byTime(b, a));
  return (
    <>
      <Title after={t('meetings.what')}>{t('meetings')}</Title>
      <Convene />
      <Waiting of={meetings} />
      {meetings.data && rows.length === 0 && <Empty what="meetings.empty" />}
      <ul className="cards">{ahead.map((row) => <MeetingCard key={row.id} row={row} />)}</ul>
      {over.length > 0 && (
        <section>
          <h2>{t('meetings.past')}</h2>
          <ul className="plain">
            {over.map(({ id, doc, mode }) => (
              <li key={id}>
                <Ref category="meeting" id={id} /> <State aggregate="Meeting" of={doc.status} /> <Mode mode={mode} /> <span className="muted small">· <At instant={doc.at.instant} /></span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** For each body whose secretariat the reader is. */
function Convene() {
  const go = useNavigate();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const bodies = (useMe()?.account?.grants ?? []).flatMap(({ capacity, onBehalfOf: id }) => {
    const type = ({ 'network-secretariat': 'network', 'group-secretariat': 'group' } as Record<string, string>)[capacity];
    return type === undefined || id === undefined ? [] : [{ type, id }];
  });
  return (
    <div className="row wrap no-print">
      {bodies.map((body) => (
        <div key={body.id} className="row">
          {bodies.length > 1 && <Ref category={body.type} id={body.id} />}
          <NewButton
            collection="meetings" create="ConveneMeeting" given={{ body }} preset={{ at: { timezone: zone } }}
            onDone={(id) => void go({ to: '/meetings/$id', params: { id } })}
          />
        </div>
      ))}
    </div>
  );
}

function MeetingCard({ row: { id, doc, mode } }: { row: Row<MeetingDoc> }) {
  const { t } = useWords();
  return (
    <li className="card">
      <p className="above">{t(`value.kind.${doc.kind}`, { ns: 'governance' })}</p>
      <h2><Ref category="meeting" id={id} /></h2>
      <p><State aggregate="Meeting" of={doc.status} /> <Mode mode={mode} /></p>
      <p className="muted"><At instant={doc.at.instant} /> (<Ago instant={doc.at.instant} />){doc.place && <> · <bdi>{doc.place}</bdi></>}</p>
    </li>
  );
}

export function MeetingPage() {
  const { t, lang } = useWords();
  const { id } = useParams({ strict: false });
  const meeting = useOne<MeetingDoc>('meetings', id);
  // Of the same body: which minutes wait for a later meeting such as this one.
  const due = useList<MinutesDoc>(`minutes?status=due&body=${encodeURIComponent(meeting.data?.doc.body.id ?? '')}`, meeting.data !== undefined).data?.rows ?? [];
  if (!meeting.data) return <Waiting of={meeting} />;
  const { doc, mode, revision } = meeting.data;
  const choices = { ofMeetingId: due.filter((m) => m.id !== id).map((m) => ({ id: m.id, label: inLanguage(m.doc.titles, lang) ?? m.id })) };
  return (
    <>
      <Title
        above={<>{t(`value.kind.${doc.kind}`, { ns: 'governance' })} · <Ref category={doc.body.type} id={doc.body.id} /></>}
        after={<><State aggregate="Meeting" of={doc.status} /> <Mode mode={mode} /> <span className="muted">{t(`value.rule.${doc.rule}`, { ns: 'governance' })}</span></>}
      >
        <Text of={doc.titles} />
      </Title>
      <NowAndHistory collection="meetings" id={id!}>
        <Actions collection="meetings" id={id!} revision={revision} first={FIRST} known={{ choices }} />
        {doc.cancelled && <p role="note">{doc.cancelled}</p>}
        <div className="grid">
          <When of={doc} />
          <Quorum of={doc} />
          <AgendaAndDecisions of={doc} />
          <Minutes id={id!} of={doc} />
          <Attendance id={id!} of={doc} />
        </div>
      </NowAndHistory>
    </>
  );
}

/** In the zone in which it was stated, and in the reader's own. */
function When({ of: doc }: { of: MeetingDoc }) {
  const { t, instant } = useWords();
  return (
    <Card title={t('meetings.when')}>
      <Facts>
        <Fact name="meetings.there"><time dateTime={doc.at.instant}>{instant(doc.at.instant, doc.at.timezone)}</time></Fact>
        <Fact name="meetings.here"><At instant={doc.at.instant} /> {!isOver(doc) && <>(<Ago instant={doc.at.instant} />)</>}</Fact>
        {doc.place && <Fact name="field.place"><bdi>{doc.place}</bdi></Fact>}
        {doc.link && <Fact name="field.link">{/^https?:\/\//.test(doc.link) ? <a href={doc.link} rel="noreferrer noopener" dir="ltr">{doc.link}</a> : <bdi>{doc.link}</bdi>}</Fact>}
        <Fact name="field.noticeGivenAt"><At instant={doc.noticeGivenAt} /></Fact>
        {doc.urgencyRule && <Fact name="field.urgencyRule"><bdi>{doc.urgencyRule}</bdi></Fact>}
        {doc.openedAt && <Fact name="meetings.opened"><At instant={doc.openedAt} /></Fact>}
        {doc.chairedBy && <Fact name="field.chairedBy"><Ref category="person" id={doc.chairedBy} /></Fact>}
        {doc.closedAt && <Fact name="meetings.closed"><At instant={doc.closedAt} /></Fact>}
      </Facts>
    </Card>
  );
}

/** Every count of those present; a meeting without quorum decides nothing. */
function Quorum({ of: doc }: { of: MeetingDoc }) {
  const { t } = useWords();
  return (
    <Card title={t('meetings.quorum')}>
      {doc.quorum.length === 0 && <p className="muted">{t('notYet')}</p>}
      <ul className="plain">
        {doc.quorum.map((q) => (
          <li key={q.at}>
            <span aria-hidden="true">{q.met ? '✓' : '✗'}</span> {q.required === null ? t('meetings.present', { n: q.present }) : t('meetings.presentOf', { n: q.present, m: q.required })}
            <span className="muted small"> · <At instant={q.at} /></span>
          </li>
        ))}
      </ul>
      {doc.status === 'inquorate' && <p role="note">{t('meetings.inquorate')}</p>}
      {doc.entitled.length > 0 && <details><summary>{t('entitled', { n: doc.entitled.length })}</summary><ul className="plain">{doc.entitled.map((g) => <li key={g}><Ref category="group" id={g} /></li>)}</ul></details>}
    </Card>
  );
}

function AgendaAndDecisions({ of: doc }: { of: MeetingDoc }) {
  const { t } = useWords();
  return (
    <Card title={t('field.agenda')} className="wide">
      <ol>
        {doc.agenda.map(({ item, title }) => (
          <li key={item} value={item}>
            <Text of={title} />
            <ul className="plain">
              {doc.decisions.filter((d) => d.item === item).map((d) => (
                <li key={d.at}><strong>{t('meetings.decided')}</strong> <Text of={d.text} /> {d.decisionRef && <Ref category="decision" id={d.decisionRef} />}</li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** Of this meeting, approved at a later one; and of earlier ones, approved here. */
function Minutes({ id, of: doc }: { id: string; of: MeetingDoc }) {
  const { t } = useWords();
  const own = useOne<MinutesDoc>('minutes', id).data?.doc;
  return (
    <Card title={t('meetings.minutes')}>
      {own?.status === 'approved' ? (
        <p><bdi>{own.documentRef}</bdi> <span className="muted">· {t('meetings.approvedAt')} <Ref category="meeting" id={own.approvedAt} /></span></p>
      ) : (
        <p className="muted">{t(own?.status === 'due' ? 'meetings.minutesDue' : 'notYet')}</p>
      )}
      {doc.minutesApproved.length > 0 && (
        <>
          <h3>{t('meetings.approvedHere')}</h3>
          <ul className="plain">{doc.minutesApproved.map((m) => <li key={m.ofMeetingId}><Ref category="meeting" id={m.ofMeetingId} />: <bdi>{m.documentRef}</bdi></li>)}</ul>
        </>
      )}
    </Card>
  );
}

/** Of a meeting that is not on the record only its own body is shown who was there. */
function Attendance({ id, of: doc }: { id: string; of: MeetingDoc }) {
  const { t } = useWords();
  const rows = useList<AttendanceDoc>(`attendance?meetingId=${encodeURIComponent(id)}&limit=500`).data?.rows ?? [];
  if (rows.length === 0 && doc.rule === 'on-record') return null;
  return (
    <Card title={t('meetings.attendance')}>
      {doc.rule !== 'on-record' && <p className="muted">{t('meetings.notPublished')}</p>}
      <ul className="plain">
        {rows.map(({ id: key, doc: a }) => (
          <li key={key}><Ref category="person" id={a.personId} /> <span className="muted">{t(`value.capacity.${a.capacity}`, { ns: 'governance' })} · <At instant={a.joinedAt} />{a.leftAt && <> – <At instant={a.leftAt} /></>}</span></li>
        ))}
      </ul>
    </Card>
  );
}
