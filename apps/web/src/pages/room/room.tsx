import { useNavigate, useParams, useRouterState } from '@tanstack/react-router';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { usePresence, useWords } from '../../context.js';
import { TextsProvider, useRecovered, useSaving } from '../../drafting/context.js';
import { discard } from '../../drafting/keep.js';
import { Title, Waiting } from '../../ui/page.js';
import { Mode, Ref, State, Text, Tlp } from '../../ui/text.js';
import { Board } from './board.js';
import { Compare } from './compare.js';
import { RoomText } from './room-text.js';
import { useRoom } from './use-room.js';

/** The drafting room: the text as it is typed, the amendments on it, and how it came to be. */
export default function RoomPage() {
  const { id } = useParams({ strict: false });
  return <TextsProvider><Room id={id!} /></TextsProvider>;
}

function Room({ id }: { id: string }) {
  const words = useWords();
  const { t, list, number } = words;
  const go = useNavigate();
  const tab = useRouterState({ select: (s) => (s.location.search as { tab?: string }).tab ?? 'text' });
  const room = useRoom(id);
  const here = usePresence(`statements/${id}`);
  const { statement, amendments } = room;
  if (!statement.data) return <Waiting of={statement} />;
  const { doc, mode, label } = statement.data;
  const pending = amendments.filter((a) => a.status === 'open' || a.status === 'displaced').length;
  const stale = doc.languages.map((lang) => ({ lang, n: doc.clauses.filter((c) => c.stale.includes(lang) || c.text[lang] === undefined).length })).filter((s) => s.n > 0);
  return (
    <div className="room">
      <Title
        above={<><Ref category="statement" id={id} /> · {t('room.title')}</>}
        after={<><State aggregate="Statement" of={doc.status} /> <Mode mode={mode} /> <Tlp label={label} /> <Saving /></>}
      ><Text of={doc.subject} /></Title>
      <p className="room-figures muted">
        {t('room.figures', { clauses: doc.clauses.length, brackets: doc.brackets.length, amendments: pending })}
        {stale.map((s) => <span key={s.lang}> · {t('room.behind', { language: words.language(s.lang), n: s.n })}</span>)}
        {here.length > 0 && <> · {t('hereNow')} {list(here.slice(0, 4).map((p) => `\u2068${p.name}\u2069`))}{here.length > 4 && ` +${number(here.length - 4)}`}</>}
      </p>
      <Tray document={`statement-${id}`} labels={Object.fromEntries(doc.clauses.map((c) => [c.id, c.label]))} />
      <Tabs selectedKey={tab} onSelectionChange={(key) => void go({ to: '.', search: (old: Record<string, unknown>) => ({ ...old, tab: key === 'text' ? undefined : String(key) }) as never, replace: true })}>
        <TabList className="tabs no-print" aria-label={t('views')}>
          <Tab id="text">{t('room.text')}</Tab>
          <Tab id="amendments">{t('room.amendments', { n: pending })}</Tab>
          <Tab id="compare">{t('room.compare')}</Tab>
        </TabList>
        <TabPanel id="text"><RoomText id={id} room={room} /></TabPanel>
        <TabPanel id="amendments"><Board id={id} room={room} /></TabPanel>
        <TabPanel id="compare"><Compare id={id} room={room} /></TabPanel>
      </Tabs>
    </div>
  );
}

/** Always said in words: saved, saving, or kept on this device. */
function Saving() {
  const { t, lang } = useWords();
  const { unconfirmed, offline, savedAt } = useSaving();
  const said = offline
    ? t('room.offline', { n: unconfirmed })
    : unconfirmed > 0 ? t('room.saving') : savedAt === null ? t('room.upToDate') : t('room.saved', { time: new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit' }).format(savedAt) });
  return <span className={`sign ${offline ? 'sign-offline' : unconfirmed > 0 ? '' : 'sign-saved'}`} role="status">{said}</span>;
}

/** Words that found no place: nothing that somebody typed is thrown away without him. */
function Tray({ document, labels }: { document: string; labels: Readonly<Record<string, string>> }) {
  const words = useWords();
  const { t } = words;
  const entries = useRecovered(document);
  if (entries.length === 0) return null;
  return (
    <details className="tray" open>
      <summary>{t('room.recovered', { n: entries.length })}</summary>
      <ul className="plain">
        {entries.map((e) => (
          <li key={e.id}>
            <bdi>{labels[e.clauseId] ?? ''}</bdi> <span className="muted">{words.language(e.lang)} · {t(`room.why.${e.why}`)}</span>
            <p lang={e.lang} dir="auto"><span className="muted">{e.left && `…${e.left}`}</span><mark>{e.text}</mark><span className="muted">{e.right && `${e.right}…`}</span></p>
            <button type="button" onClick={() => void navigator.clipboard.writeText(e.text)}>{t('room.copy')}</button>{' '}
            <button type="button" className="quiet" onClick={() => void discard(e.id)}>{t('room.discard')}</button>
          </li>
        ))}
      </ul>
    </details>
  );
}

