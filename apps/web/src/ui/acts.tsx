import { useState } from 'react';
import { inLanguage, sentenceParams } from '#platform/i18n/browser';
import type { Acts, Activity, Row, Names } from '../api.js';
import { useActs, useWords } from '../context.js';
import { homeOf, shapeOf } from '../i18n.js';
import { Ago, At, Mode, pathOf, Tlp, When } from './text.js';
import { Link } from '@tanstack/react-router';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One act in a plain sentence of the reader's language. */
export function useSentence() {
  const words = useWords();
  return (doc: Activity, names: Names): string => {
    const params = sentenceParams(doc as never, shapeOf(doc.type), { formatters: words, names });
    return words.say(`event.${doc.type}`, params) ?? words.t('event.unknown', { ...params, type: doc.type });
  };
}

function Act({ row, names, detailed }: { row: Row<Activity>; names: Names; detailed: boolean }) {
  const { t } = useWords();
  const sentence = useSentence();
  const { doc } = row;
  const to = pathOf(doc.category, doc.streamId);
  return (
    <li className="act" data-position={row.position}>
      <p className="act-line">
        <span className="act-text">{sentence(doc, names)}</span> <Mode mode={doc.mode} />
      </p>
      <p className="act-meta muted">
        {doc.actor.grantedBy && <><By doc={doc} names={names} /> · </>}
        <Ago instant={row.recordedAt} />
        {doc.validTime && <> · <When edtf={doc.validTime} /></>}
        {!detailed && to && <> · <Link to={to}>{t('open')}</Link></>}
      </p>
      {detailed && (
        <details>
          <summary>{t('evidence')}</summary>
          <dl className="facts">
            <dt>{t('recordedAt')}</dt><dd><At instant={doc.recordedAt} /></dd>
            <dt>{t('by')}</dt><dd><By doc={doc} names={names} /></dd>
            {Object.entries(doc.basis ?? {}).map(([rule, value]) => (
              <Basis key={rule} rule={rule} value={value} />
            ))}
            {doc.confidence && <><dt>{t('confidence.label')}</dt><dd>{t(`confidence.${doc.confidence}`)}</dd></>}
            {doc.sources?.map((s, i) => (
              <Source key={i} source={s} />
            ))}
            <dt>{t('label')}</dt><dd><Tlp label={row.label} /></dd>
            <dt>{t('event.number')}</dt><dd><bdi>{row.position} · {doc.type} · {doc.stream} @ {doc.revision}</bdi></dd>
          </dl>
          <pre dir="ltr" tabIndex={0}>{JSON.stringify(doc.data, null, 2)}</pre>
        </details>
      )}
    </li>
  );
}

/** Who, in which capacity, for whom. */
function By({ doc, names }: { doc: Activity; names: Names }) {
  const words = useWords();
  if (doc.actor.rule) return <>{words.t('byRule', { rule: doc.actor.rule })}</>;
  const { actor, actorCapacity, actorBody } = sentenceParams(doc as never, undefined, { formatters: words, names });
  const { grantedBy } = doc.actor;
  return (
    <>
      {grantedBy ? <span>{words.t('authority.by', { actor: `\u2068${actor}\u2069`, grantor: `\u2068${inLanguage(names[`person-${grantedBy}`], words.lang) ?? grantedBy}\u2069` })}</span> : <bdi>{actor}</bdi>} · {actorCapacity}{actorBody !== 'none' && <> · <bdi>{actorBody}</bdi></>}
    </>
  );
}

/** By what authority: the rules, the decision or the authorisation that the act rests on. */
function Basis({ rule, value }: { rule: string; value: string }) {
  const { t } = useWords();
  const decision = rule === 'decisionRef' && UUID.test(value);
  return (
    <>
      <dt>{t(`basis.${rule}`)}</dt>
      <dd>{decision ? <Link to="/decisions/$id" params={{ id: value }}>{t('open')}</Link> : rule === 'act' ? <ActName of={value} /> : <bdi>{value}</bdi>}</dd>
    </>
  );
}

/** A command, `Aggregate.Command`, as it is called where it is given. */
export function ActName({ of }: { of: string }) {
  const { t } = useWords();
  const [aggregate = '', name = of] = of.split('.');
  const home = homeOf(aggregate);
  return <>{t(`command.${name}`, { defaultValue: of, ...(home ? { ns: home } : {}) })}</>;
}

export function Source({ source }: { source: { title?: string; url?: string; quote?: string } }) {
  const { t } = useWords();
  return (
    <>
      <dt>{t('source')}</dt>
      <dd>
        {source.url ? <a href={source.url} rel="noreferrer">{source.title ?? source.url}</a> : (source.title ?? '')}
        {source.quote && <blockquote lang="en" dir="ltr">“{source.quote}”</blockquote>}
      </dd>
    </>
  );
}

function List({ acts, detailed }: { acts: Acts | undefined; detailed: boolean }) {
  const { t } = useWords();
  if (!acts) return <p className="muted">{t('loading')}</p>;
  if (acts.entries.length === 0) return <p className="muted">{t('nothingYet')}</p>;
  return <ol className="acts">{acts.entries.map((row) => <Act key={row.position} row={row} names={acts.names} detailed={detailed} />)}</ol>;
}

/** The live stream: what happens anywhere comes to its top without a reload. */
export function ActivityStream({ limit = 30 }: { limit?: number }) {
  const { data } = useActs('activity?limit=60', ['activity']);
  return <div aria-live="polite"><List acts={data && { ...data, entries: data.entries.slice(0, limit) }} detailed={false} /></div>;
}

/** Who did what with this thing, when, for whom and by what authority, with the event behind it. */
export function History({ collection, id }: { collection: string; id: string }) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const path = `${collection}/${encodeURIComponent(id)}/history?limit=${all ? 500 : 50}`;
  const { data } = useActs(path, ['read', path]);
  return (
    <section>
      <List acts={data} detailed />
      <div className="row wrap no-print">
        {data?.next && !all && <button type="button" onClick={() => setAll(true)}>{t('more')}</button>}
        <a className="button" href={`/api/v1/${collection}/${encodeURIComponent(id)}/export`} download={`${collection}-${id}.jsonl`}>{t('export')}</a>
      </div>
    </section>
  );
}
