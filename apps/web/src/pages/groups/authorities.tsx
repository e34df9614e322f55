import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { AuthorityDoc, PersonDoc } from '#contexts/directory';
import type { Action } from '../../api.js';
import { get } from '../../api.js';
import { useList, useMe, useMoment, useWords } from '../../context.js';
import { homeOf } from '../../i18n.js';
import { ActName } from '../../ui/acts.js';
import { Card } from '../../ui/page.js';
import { ProblemNote } from '../../ui/problem.js';
import { Ago, At, pathOf, Ref, State } from '../../ui/text.js';
import { useActOn } from '../../ui/use-act.js';
import { Link } from '@tanstack/react-router';
import { LENDABLE, PROXY_ACTS } from './lendable.js';

/** Who lets whom do what in his or her name, until when, and what was done with it: read by the two, their group and the secretariat. */
export function Authorities({ groupId }: { groupId: string }) {
  const { t } = useWords();
  const me = useMe()?.account;
  const past = useMoment();
  const mine = me?.grants.some((g) => g.onBehalfOf === groupId) ?? false;
  const authorities = useList<AuthorityDoc>(`authorities?limit=200&groupId=${encodeURIComponent(groupId)}`, me != null);
  const path = '/api/v1/authorities/new/actions';
  const grants = useQuery({ queryKey: ['read', path, me?.email], queryFn: () => get<{ actions: Action[] }>(path), enabled: me != null && past === undefined && mine }).data?.actions.some((a) => a.command === 'GrantAuthority' && a.allowed);
  const rows = authorities.data?.rows ?? [];
  if (rows.length === 0 && !grants) return null;
  const standing = rows.filter((r) => r.doc.status === 'granted');
  const ended = rows.filter((r) => r.doc.status === 'ended');
  return (
    <Card title={t('authority')} className="wide">
      <p className="muted small">{t('authority.what')}</p>
      {standing.length === 0 && <p className="muted">{t('authority.none')}</p>}
      <ul className="plain">{standing.map(({ id, doc }) => <One key={id} id={id} doc={doc} mine={doc.from === me?.personId && past === undefined} />)}</ul>
      {ended.length > 0 && <details><summary>{t('authority.ended', { n: ended.length })}</summary><ul className="plain">{ended.map(({ id, doc }) => <One key={id} id={id} doc={doc} mine={false} />)}</ul></details>}
      {grants && <Grant own={me?.personId ?? ''} />}
    </Card>
  );
}

function One({ id, doc, mine }: { id: string; doc: AuthorityDoc; mine: boolean }) {
  const { t } = useWords();
  const { act, problem, busy } = useActOn('authorities', id);
  const [reason, setReason] = useState('');
  const signs = doc.acts.some((a) => PROXY_ACTS.includes(a));
  return (
    <li className="authority">
      <p><Ref category="person" id={doc.from} /> <span className="arrow" aria-label={t('authority.lendsTo')}>→</span> <Ref category="person" id={doc.to} /> <State aggregate="ActingAuthority" of={doc.status} /></p>
      <p className="small muted">{doc.capacity && <>{t(`capacity.${doc.capacity}`)} · </>}{doc.ended ? <><At instant={doc.ended.at} />: <bdi>{doc.ended.reason}</bdi></> : <>{t('until')} <At instant={doc.until} /></>}</p>
      <ul className="chips">{doc.acts.filter((a) => !PROXY_ACTS.includes(a)).map((a) => <li key={a} className="chip"><ActName of={a} /></li>)}{signs && <li className="chip">{t('authority.proxy')}</li>}</ul>
      <details>
        <summary>{t('authority.uses', { n: doc.uses.length })}</summary>
        <ol className="timeline">{doc.uses.toReversed().map((u, i) => <li key={i}><ActName of={u.act} /> · <Stream of={u.ref} /> <span className="muted"><Ago instant={u.at} /></span></li>)}</ol>
      </details>
      {mine && doc.status === 'granted' && (
        <details className="no-print">
          <summary>{t('command.EndAuthority')}</summary>
          <ProblemNote of={problem} />
          <label className="field"><span>{t('signing.reason')}</span><input dir="auto" value={reason} onChange={(e) => setReason(e.target.value)} /></label>
          <button type="button" className="break" disabled={busy || reason.trim() === ''} onClick={() => void act('EndAuthority', { reason: reason.trim() })}>{t('command.EndAuthority')}</button>
        </details>
      )}
    </li>
  );
}

/** What was acted on: a stream of the record, or where the act stands. */
function Stream({ of }: { of: string }) {
  const { t } = useWords();
  const [category, id] = [of.slice(0, of.indexOf('-')), of.slice(of.indexOf('-') + 1)];
  const to = pathOf(category, id);
  return to ? <Link to={to}>{t('open')}</Link> : <bdi>{of}</bdi>;
}

/** Staff, an end and the acts, each ticked: nothing is lent by default. */
function Grant({ own }: { own: string }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [id, renew] = useState(() => crypto.randomUUID());
  const { act, problem, busy } = useActOn('authorities', id);
  const people = useList<PersonDoc>('persons?limit=500', open).data?.rows.filter((r) => r.id !== own) ?? [];
  const staff = people.some((r) => r.doc.kind === 'staff') ? people.filter((r) => r.doc.kind === 'staff') : people;
  const [to, setTo] = useState('');
  const [until, setUntil] = useState('');
  const [acts, setActs] = useState<ReadonlySet<string>>(new Set());
  const tick = (some: readonly string[], on: boolean) => setActs((old) => new Set(on ? [...old, ...some] : [...old].filter((a) => !some.includes(a))));
  const give = async () => {
    if (!(await act('GrantAuthority', { to, until: new Date(until).toISOString(), acts: [...acts] }))) return;
    renew(crypto.randomUUID());
    setActs(new Set());
    setOpen(false);
  };
  if (!open) return <button type="button" className="no-print" onClick={() => setOpen(true)}>{t('command.GrantAuthority')}</button>;
  return (
    <form className="writing grant no-print" onSubmit={(e) => { e.preventDefault(); void give(); }}>
      <h3>{t('command.GrantAuthority')}</h3>
      <p className="small muted">{t('authority.grantWhat')}</p>
      <div className="pair">
        <label className="field"><span>{t('authority.to')}</span><select required value={to} onChange={(e) => setTo(e.target.value)}><option value="">{t('choose')}</option>{staff.map((p) => <option key={p.id} value={p.id}>{p.doc.names[0]?.full ?? p.id}</option>)}</select></label>
        <label className="field"><span>{t('authority.until')}</span><input required type="datetime-local" value={until} onChange={(e) => setUntil(e.target.value)} /></label>
      </div>
      <fieldset className="field">
        <legend>{t('authority.acts')}</legend>
        {LENDABLE.map(([aggregate, commands]) => <Acts key={aggregate} aggregate={aggregate} commands={commands} acts={acts} tick={tick} />)}
        <label className="row check"><input type="checkbox" checked={PROXY_ACTS.every((a) => acts.has(a))} onChange={(e) => tick(PROXY_ACTS, e.target.checked)} /> <span>{t('authority.proxy')} <small className="muted">{t('authority.proxyWhat')}</small></span></label>
      </fieldset>
      <ProblemNote of={problem} />
      <div className="row wrap"><button type="submit" className="primary" disabled={busy || to === '' || until === '' || acts.size === 0}>{t('authority.give', { n: acts.size })}</button><button type="button" onClick={() => setOpen(false)}>{t('cancel')}</button></div>
    </form>
  );
}

function Acts({ aggregate, commands, acts, tick }: { aggregate: string; commands: readonly string[]; acts: ReadonlySet<string>; tick: (some: readonly string[], on: boolean) => void }) {
  const { t, number } = useWords();
  const all = commands.map((c) => `${aggregate}.${c}`);
  const chosen = all.filter((a) => acts.has(a)).length;
  const home = homeOf(aggregate);
  return (
    <details className="acts-of">
      <summary>{t(`aggregate.${aggregate}`, home ? { ns: home } : {})} {chosen > 0 && <span className="count-calm">{number(chosen)}</span>}</summary>
      <div className="act-ticks">{all.map((a) => <label key={a} className="row check"><input type="checkbox" checked={acts.has(a)} onChange={(e) => tick([a], e.target.checked)} /> <span><ActName of={a} /></span></label>)}</div>
    </details>
  );
}
