import { audienceOf, fold, type RecordedEvent, type Row, type View } from '#kernel';
import { NOW } from '#kernel/testing';
import type { MouEvent } from '../mou/events.js';
import {
  agreed, allSigned, authorised, bracket, CA, chairUK, DIGESTS, drafting, entered, event, frozen, inEffect, initialled, open, opened, proposed, RECORDED,
  recorded, RW, signed, UK,
} from '../history.contract.js';
import { mou } from '../mou/mou.js';
import type { MouDoc } from './mou.doc.js';
import { mous } from './mous.view.js';
import { mousOf } from './mous-of-group.js';

const record = (events: readonly MouEvent[], streamId = 'mou-1'): RecordedEvent[] => {
  let state = mou.initial;
  return events.map((e, i) => {
    state = mou.evolve[e.type](state, e.data as never);
    const meta = { recordedAt: NOW, actor: chairUK, mode: 'live' as const, label: mou.label(state, e), commandId: `c${i}`, correlationId: `c${i}` };
    return { id: `e${i}`, ...e, stream: `mou-${streamId}`, category: 'mou', streamId, revision: i + 1, position: String(i + 1), meta };
  });
};
const folded = (events: readonly MouEvent[], id?: string) =>
  record(events, id).reduce<Row<MouDoc> | null>((row, e) => fold(mous as View<MouDoc>, row, e), null)!;
const doc = (...events: MouEvent[]) => folded(events).doc;
const duties = (...events: MouEvent[]) => mous.duties!(doc(...events)).map((d) => `${d.kind} ${d.holder} ${d.command}`);

describe('the register of memoranda', () => {
  it('handles every event', () => expect(Object.keys(mous.on).toSorted()).toEqual(mou.events.names.toSorted()));
  it('stands in the state of the aggregate after every event', () => {
    const consent = event('MouAmendmentConsented', { amendmentId: 'a1', groupId: CA, on: '2026-11-24' });
    const amendment = event('MouAmendmentProposed', {
      amendmentId: 'a1', kind: 'amendment', text: { en: 'Other' }, by: UK, changes: [{ op: 'delete', clauseId: 'c1' }], on: '2026-11-23',
    });
    const life: MouEvent[] = [
      ...inEffect(), amendment, consent, event('MouAmended', { amendmentId: 'a1', effectiveOn: '2026-11-24', consolidatedDigest: {} }),
      event('MouSuspended', { by: UK, scope: 'instrument', reason: 'x', from: '2026-11-25' }), event('MouResumed', { on: '2026-11-26' }),
      event('MouWithdrawalNotified', { groupId: UK, effectiveOn: '2027-02-23' }), event('MouParticipantWithdrew', { groupId: UK, on: '2027-02-23' }),
      event('MouTerminated', { on: '2027-02-23', reason: 'fewer-than-two' }),
    ];
    for (let n = 1; n <= life.length; n++) {
      const past = life.slice(0, n);
      expect(doc(...past).status).toBe(past.reduce((s, e) => mou.evolve[e.type](s, e.data as never), mou.initial).status);
    }
    expect(doc(...life)).toMatchObject({ original: { clauses: [{ clauseId: 'c1', number: '1' }], digests: DIGESTS }, clauses: [] });
    expect(doc(...life).participants).toMatchObject([{ groupId: UK, withdrewOn: '2027-02-23' }, { groupId: CA, withdrewOn: null }]);
  });
  it('computes numbers, agreement and warnings', () => {
    const title = event('MouClauseProposed', { clauseId: 'c0', kind: 'title', position: 1, text: { en: 'The Parties shall' }, by: UK });
    const { clauses } = doc(...drafting({ numberStyle: 'letters' }), title, agreed(UK), agreed(CA));
    expect(clauses).toMatchObject([{ number: null, agreed: false }, { number: 'A', agreed: true }]);
    expect(clauses[0]?.warnings).toMatchObject({ en: [{ found: 'Parties' }, { found: 'shall' }] });
    expect(doc(...drafting({ bindingness: 'binding' }), title).clauses[0]?.warnings).toEqual({});
  });
  it('MOU-11 marks what a source does not tell', () => {
    const { unknowns, source, signatures, effect } = doc(recorded(), entered({ on: '2014', byRule: 'assumed-on-signature' }));
    expect(unknowns).toEqual([
      'text', 'signed-on', 'authorisations', 'signing-method', 'purpose', 'bindingness', 'authentic-languages', 'effect-rule', 'terms',
    ]);
    expect(source).toMatchObject({ confidence: 'medium', textAvailable: false, present: RECORDED.present });
    expect(signatures.map((s) => [s.asPrinted, s.method])).toEqual([['Stephen Twigg MP', 'unknown'], ['Senator Roméo A. Dallaire', 'unknown']]);
    expect(effect).toMatchObject({ on: '2014', byRule: 'assumed-on-signature' });
  });
  it('G5 keeps from the network what only the negotiators may know', () => {
    const past = [...drafting(), bracket, event('MouBracketsLifted', { bracketId: 'b1', clauseId: 'c1', resolution: 'kept', revision: 1, by: CA })];
    const whole = [...past, agreed(UK), agreed(CA), initialled(UK, CA), authorised(UK), opened];
    expect(doc(...whole)).toMatchObject({ negotiation: null, clauses: [{ by: null, revision: null, agreedBy: [], brackets: [], agreed: true }] });
    expect(audienceOf(folded(past).label)).toEqual(['secretariat', 'auditor', `group:${UK}`, `group:${CA}`]);
    expect(audienceOf(folded(whole).label)).toContain('network');
  });
});

describe('the next obstacle and what waits for whom', () => {
  it('is one thing at a time, up to effect', () => {
    const next = (...events: MouEvent[]) => doc(...events).next;
    const english = event('MouClauseProposed', { clauseId: 'c2', kind: 'title', position: 1, text: { en: 'T' }, by: UK });
    expect(next(proposed())).toEqual({ kind: 'open-negotiation', missing: [CA] });
    expect(next(...drafting().slice(0, 2))).toEqual({ kind: 'propose-clauses', missing: [] });
    expect(next(...drafting(), bracket)).toEqual({ kind: 'lift-brackets', missing: ['c1'] });
    expect(next(...drafting(), english)).toEqual({ kind: 'complete-languages', missing: ['c2:fr'] });
    expect(next(...drafting(), agreed(UK))).toEqual({ kind: 'agree-clauses', missing: ['c1'] });
    expect(next(...drafting(), agreed(UK), agreed(CA), initialled(UK))).toEqual({ kind: 'initial', missing: [CA] });
    expect(next(...frozen())).toEqual({ kind: 'authorise', missing: [UK, CA] });
    expect(next(...frozen(), authorised(UK))).toEqual({ kind: 'open-for-signature', missing: [CA] });
    expect(next(...open(), signed(UK, 'twigg'))).toEqual({ kind: 'sign', missing: [CA] });
    expect(next(...frozen(), authorised(UK), opened, signed(UK, 'twigg'))).toEqual({ kind: 'authorise', missing: [CA] });
    expect(next(...allSigned())).toEqual({ kind: 'enter-into-effect', missing: [] });
    expect(next(...allSigned({ effect: { rule: 'notifications' } }))).toEqual({ kind: 'notify', missing: [UK, CA] });
    expect(next(recorded())).toEqual({ kind: 'establish-effect', missing: [] });
    expect(next(...inEffect())).toBeNull();
  });
  it('is the duty of those for whom it waits', () => {
    expect(duties(proposed())).toEqual([`mou-negotiate chair:${CA} OpenNegotiation`]);
    expect(duties(...drafting(), bracket)).toEqual([`mou-lift-brackets chair:${CA} LiftBrackets`]);
    expect(duties(...drafting(), agreed(UK))).toEqual([`mou-agree chair:${CA} AgreeClause`]);
    expect(duties(...frozen(), authorised(UK))).toEqual([
      `mou-authorise chair:${CA} RecordPartyAuthorisation`, 'mou-open-for-signature network-secretariat OpenForSignature',
    ]);
    expect(mous.duties!(doc(...open()))).toEqual(
      [UK, CA].map((g) => ({ kind: 'mou-sign', holder: `chair:${g}`, command: 'SignFirst', deadline: opened.data.until })));
    expect(duties(...open(), signed(UK, 'twigg'))).toEqual([`mou-sign chair:${CA} SignLast`]);
    expect(duties(...allSigned({ effect: { rule: 'notifications' } }))).toEqual(['mou-record-effect network-secretariat RecordEntryIntoEffect']);
    expect(duties(...inEffect())).toEqual([]);
  });
  it('in effect is consent to amendments and accessions, then the depositary’s', () => {
    const asked = event('MouAccessionRequested', { groupId: RW, letterRef: 'Letter' });
    const consent = (byGroupId: string) => event('MouAccessionConsented', { applicantId: RW, byGroupId });
    expect(duties(...inEffect(), asked, consent(UK))).toEqual([`mou-consent-accession chair:${CA} ConsentToAccession`]);
    expect(duties(...inEffect(), asked, consent(UK), consent(CA))).toEqual(['mou-deposit-accession network-secretariat DepositAccession']);
    const amendment = event('MouAmendmentProposed', { amendmentId: 'a1', kind: 'amendment', text: { en: 'x' }, by: UK, changes: [], on: '2026-11-23' });
    expect(duties(...inEffect(), amendment)).toEqual([`mou-consent-amendment chair:${CA} ConsentToMouAmendment`]);
  });
});

describe('the memoranda of a group', () => {
  it('are those of two by column, and those of more by looking', async () => {
    const rows = [folded(inEffect(), 'm1'), folded(inEffect({ participants: [CA, RW] }), 'm2'), folded(inEffect({ participants: [UK, CA, RW] }), 'm3')];
    const reader = {
      row: () => Promise.resolve(null),
      rows: (_: string, where: object = {}) =>
        Promise.resolve(rows.filter((r) => Object.entries(where).every(([c, v]) => mous.columns![c]!(r.doc) === v)) as never),
    };
    const ids = async (group: string) => (await mousOf(reader, group)).map((r) => r.id).toSorted();
    expect(await ids(UK)).toEqual(['m1', 'm3']);
    expect(await ids(RW)).toEqual(['m2', 'm3']);
  });
});
