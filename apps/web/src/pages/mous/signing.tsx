import { useState } from 'react';
import type { MouDoc } from '#contexts/agreements';
import type { AuthorisationDoc } from '#contexts/directory';
import { useList, useMe, useWords } from '../../context.js';
import { useActions } from '../../ui/actions.js';
import { ForWhom } from '../../ui/for-whom.js';
import { ProblemNote } from '../../ui/problem.js';
import { At, ownFirst, Ref, When } from '../../ui/text.js';
import { useActOn } from '../../ui/use-act.js';
import { Countdown, Deadline } from '../decisions/clock.js';

const SIGNS = ['SignFirst', 'SignFurther', 'SignLast'] as const;
const OPEN: readonly string[] = ['openForSignature', 'partlySigned'];
type Doc = { readonly doc: MouDoc };

/** How many participants have yet to sign says which of the three commands the next signature is. */
const nextSignature = ({ status }: MouDoc, unsigned: number): (typeof SIGNS)[number] => (status === 'openForSignature' ? 'SignFirst' : unsigned > 1 ? 'SignFurther' : 'SignLast');
const still = (doc: MouDoc) => doc.participants.filter((p) => p.withdrewOn === null && !p.acceded).map((p) => p.groupId);

/** To sign, with the exact texts before one: how it is signed, whose turn it is, and if one cannot, why. */
export function MouSigning({ id, doc, revision }: Doc & { id: string; revision: number }) {
  const { t, lang, language } = useWords();
  const me = useMe()?.account;
  const { act, problem, busy } = useActOn('mous', id);
  const actions = useActions({ collection: 'mous', id, revision }).data?.actions ?? [];
  const { signing } = doc;
  if (signing === null || !OPEN.includes(doc.status)) return null;
  const unsigned = still(doc).filter((g) => !doc.signatures.some((s) => s.groupId === g));
  const mine = me?.grants.map((g) => g.onBehalfOf).find((g) => doc.participants.some((p) => p.groupId === g));
  const sign = actions.find((a) => a.command === nextSignature(doc, unsigned.length) && a.allowed);
  const own = doc.signatures.find((s) => s.groupId === mine);
  return (
    <section className="board sign-panel" aria-labelledby="sign-title">
      <h2 id="sign-title">{t('signing')}</h2>
      <p>{t(`mouSigning.${signing.mode}`, { place: `\u2068${signing.place ?? ''}\u2069` })}</p>
      {signing.alternat && <p className="small muted">{t('field.alternat')}</p>}
      {signing.closedAt === null && signing.until !== null && <><Countdown until={signing.until} before={t('mouSigning.closesIn')} over={t('mouSigning.over')} /><Deadline of={{ instant: signing.until, timezone: 'UTC' } as never} /></>}
      <Order doc={doc} unsigned={unsigned} />
      <ProblemNote of={problem} />
      {own && <p className="verdict verdict-adopted">{t('mouSigning.ownSigned')} <When edtf={own.at.slice(0, 10)} /></p>}
      {sign && mine && !own && <Sign doc={doc} group={mine} busy={busy} sign={sign} mayDecline={actions.some((a) => a.command === 'DeclineMouSignature' && a.allowed)} act={act} person={me?.personId ?? ''} name={me?.displayName ?? ''} />}
      <details open={sign !== undefined && !own}>
        <summary>{t('mouSigning.binds', { n: Object.keys(doc.digests ?? {}).length })}</summary>
        <dl className="facts digests">{ownFirst(Object.keys(doc.digests ?? {}), lang).map((l) => <div key={l}><dt>{language(l)}</dt><dd><code dir="ltr">{doc.digests?.[l]}</code></dd></div>)}</dl>
      </details>
    </section>
  );
}

/** Who has signed, whose turn it is and who has yet to lodge an authorisation; one after the other it is numbered. */
function Order({ doc, unsigned }: Doc & { unsigned: readonly string[] }) {
  const { t } = useWords();
  const { signing } = doc;
  const sequential = (signing?.order.length ?? 0) > 0;
  const groups = sequential ? signing!.order : still(doc);
  const List = sequential ? 'ol' : 'ul';
  return (
    <List className={sequential ? 'stages signing-order' : 'plain signing-order'}>
      {groups.map((g) => {
        const signed = !unsigned.includes(g);
        const refused = doc.declined.find((d) => d.groupId === g);
        const turn = signing?.turn === g;
        const lodged = doc.authorisations.some((a) => a.groupId === g);
        const standing = signed ? 'signed' : refused ? 'refused' : turn ? 'turn' : lodged ? 'ready' : 'unlodged';
        return (
          <li key={g} className={signed ? 'done' : turn ? 'now' : ''} aria-current={turn && !signed ? 'step' : undefined}>
            {!sequential && <span aria-hidden="true">{signed ? '✓' : refused ? '✕' : '○'} </span>}<Ref category="group" id={g} /> <span className={`small order-${standing}`}>{t(`mouSigning.${standing}`)}</span>
            {refused && <p className="small"><bdi>{refused.reason}</bdi> <span className="muted">{refused.personId && <Ref category="person" id={refused.personId} />} <When edtf={refused.at.slice(0, 10)} /></span></p>}
          </li>
        );
      })}
    </List>
  );
}

interface Signing extends Doc {
  readonly group: string;
  readonly person: string;
  readonly name: string;
  readonly busy: boolean;
  readonly mayDecline: boolean;
  readonly sign: { readonly command: string; readonly authority?: { authorityId: string; grantedBy: string; until: string } };
  readonly act: (name: string, input: unknown) => Promise<boolean>;
}

function Sign({ doc, group, person, name, busy, mayDecline, sign, act }: Signing) {
  const { t } = useWords();
  const [now] = useState(() => new Date().toISOString());
  const [place, setPlace] = useState('');
  const [reason, setReason] = useState('');
  const authorisations = useList<AuthorisationDoc>(`authorisations?limit=200&groupId=${encodeURIComponent(group)}`).data;
  const lodged = doc.authorisations.findLast((a) => a.groupId === group);
  const authorised = authorisations?.rows.find((r) => r.id === lodged?.authorisationId)?.doc;
  const holder = sign.authority?.grantedBy ?? person;
  const full = lodged !== undefined && (authorised === undefined || (authorised.revoked === null && authorised.expiresAt > now && authorised.holder === holder));
  const [adReferendum, setAdReferendum] = useState(false);
  const later = adReferendum || !full;
  const signing = doc.signing!;
  const witness = doc.witnesses.some((w) => w.personId === person);
  const why = signing.closedAt !== null || (signing.until !== null && signing.until <= now) ? <>{t('mouSigning.closed')} <At instant={signing.closedAt ?? signing.until} /></>
    : signing.from > now ? <>{t('mouSigning.notYet')} <At instant={signing.from} /></>
    : signing.turn !== null && signing.turn !== group ? <>{t('mouSigning.otherTurn')} <Ref category="group" id={signing.turn} /></>
    : witness ? <>{t('mouSigning.witness')}</> : null;
  const given = { capacity: later ? 'ad-referendum' : 'for-group', ...(doc.digests ? { digests: doc.digests } : {}), ...(signing.mode !== 'ceremony' && place.trim() !== '' ? { place: place.trim() } : {}) };
  return (
    <div className="no-print">
      {why ? <p className="note"><strong>{t('mouSigning.cannot')}</strong> {why}</p> : (
        <>
          {sign.authority ? <p className="note"><ForWhom authority={sign.authority} /> {t('mouSigning.proxyWhat')}</p> : <p>{t('mouSigning.asWhom', { name: `\u2068${name}\u2069` })} <Ref category="group" id={group} /></p>}
          {!full && <p className="note warning">{t(lodged === undefined ? 'mouSigning.noAuthorisation' : authorised && authorised.holder !== holder ? 'mouSigning.otherHolder' : 'mouSigning.authorisationOver')} {authorised && authorised.holder !== holder && <Ref category="person" id={authorised.holder} />} {t('mouSigning.onlyAdReferendum')}</p>}
          {full && <label className="row check"><input type="checkbox" checked={adReferendum} onChange={(e) => setAdReferendum(e.target.checked)} /> {t('mouSigning.adReferendum')}</label>}
          {signing.mode !== 'ceremony' && <label className="field place"><span>{t('mouSigning.place')}</span><input dir="auto" value={place} onChange={(e) => setPlace(e.target.value)} /></label>}
          <button type="button" className="primary sign-button" disabled={busy} onClick={() => void act(sign.command, given)}>{t(later ? 'mouSigning.signAdReferendum' : 'mouSigning.sign')}</button>
        </>
      )}
      {mayDecline && !doc.declined.some((d) => d.groupId === group) && (
        <details>
          <summary>{t('command.DeclineMouSignature')}</summary>
          <p className="small muted">{t('mouSigning.declineWhat')}</p>
          <label className="field"><span>{t('signing.reason')}</span><input dir="auto" value={reason} onChange={(e) => setReason(e.target.value)} /></label>
          <button type="button" className="break" disabled={busy || reason.trim() === ''} onClick={() => void act('DeclineMouSignature', { reason })}>{t('command.DeclineMouSignature')}</button>
        </details>
      )}
    </div>
  );
}
