import { fold, type RecordedEvent, type Row, type View } from '#kernel';
import { NOW, sha256 } from '#kernel/testing';
import { authorised, CA, chairUK, DIGESTS, drafting, event, frozen, inEffect, open, RW, signed, UK } from '../history.contract.js';
import type { MouEvent } from '../mou/events.js';
import { mou } from '../mou/mou.js';
import type { MouDoc } from './mou.doc.js';
import { mouNotices, type MouNoticeDoc } from './mou-notices.view.js';
import { mous } from './mous.view.js';

const record = (events: readonly MouEvent[]): RecordedEvent[] => {
  let state = mou.initial;
  return events.map((e, i) => {
    state = mou.evolve[e.type](state, e.data as never);
    const meta = { recordedAt: NOW, actor: chairUK, mode: 'live' as const, label: mou.label(state, e), commandId: `c${i}`, correlationId: `c${i}` };
    return { id: `e${i}`, ...e, stream: 'mou-mou-1', category: 'mou', streamId: 'mou-1', revision: i + 1, position: String(i + 1), meta };
  });
};
const doc = (...events: MouEvent[]) => record(events).reduce<Row<MouDoc> | null>((row, e) => fold(mous as View<MouDoc>, row, e), null)!.doc;
const duties = (...events: MouEvent[]) => mous.duties!(doc(...events)).map((d) => `${d.kind} ${d.holder} ${d.command}`);
const notices = (...events: MouEvent[]) =>
  record(events).flatMap((e) => {
    const row = fold<MouNoticeDoc>(mouNotices as View<MouNoticeDoc>, null, e);
    return row ? [row] : [];
  });
const title = { en: 'Memorandum of Understanding' };
const UNTIL = '2026-12-31T23:00:00Z';

describe('the page of a memorandum: how it is signed', () => {
  const three = { participants: [UK, CA, RW] };
  const sequential = event('MouOpenedForSignature', { from: NOW, mode: 'sequential', order: [CA, RW, UK] });
  const past = [...frozen(three), ...three.participants.map(authorised), sequential];
  it('MOU-5 shows whose turn it is, and asks nobody else', () => {
    expect(doc(...past)).toMatchObject({ signing: { order: [CA, RW, UK], turn: CA }, next: { kind: 'sign', missing: [CA] } });
    expect(duties(...past)).toEqual([`mou-sign chair:${CA} SignFirst`]);
    expect(duties(...past, signed(CA, 'dallaire'))).toEqual([`mou-sign chair:${RW} SignFurther`]);
    expect(doc(...past, signed(CA, 'dallaire'), signed(RW, 'uwera'), signed(UK, 'twigg')).signing?.turn).toBeNull();
  });
  it('shows when its time ran out, and who has refused', () => {
    const closed = event('MouSignatureClosed', { at: UNTIL, missing: [CA] });
    const declined = event('MouSignatureDeclined', { groupId: CA, personId: 'dallaire', reason: 'No mandate', at: NOW });
    const one = [...open(), signed(UK, 'twigg')];
    expect(doc(...one, declined, closed)).toMatchObject({
      signing: { until: UNTIL, closedAt: UNTIL }, declined: [{ groupId: CA, reason: 'No mandate' }], next: { kind: 'open-for-signature', missing: [CA] },
    });
    expect(duties(...one, closed)).toEqual(['mou-extend-signature network-secretariat ExtendMouSignature']);
    const extended = event('MouSignatureExtended', { until: '2027-02-01T00:00:00Z' });
    expect(doc(...one, declined, closed, extended, signed(CA, 'dallaire'))).toMatchObject({ signing: { until: extended.data.until, closedAt: null }, declined: [] });
  });
  it('MOU-5 asks for the exchange of counterparts until it is recorded', () => {
    const apart = inEffect().map((e) => (e.type === 'MouOpenedForSignature' ? event('MouOpenedForSignature', { from: NOW, mode: 'counterparts' }) : e));
    const copies = [UK, CA].map((groupId) => ({ groupId, digests: DIGESTS, ref: 'Copy' }));
    expect(duties(...apart)).toEqual(['mou-exchange-counterparts network-secretariat ExchangeCounterparts']);
    const exchanged = event('MouCounterpartsExchanged', { counterparts: copies, on: '2026-12-01' });
    expect(doc(...apart, exchanged).counterparts).toEqual({ on: '2026-12-01', copies });
    expect(duties(...apart, exchanged)).toEqual([]);
  });
  it('MOU-2 shows which languages are behind', () => {
    const revised = event('MouClauseRevised', { clauseId: 'c1', revision: 2, text: { en: 'Other words.' }, by: UK });
    expect(doc(...drafting(), revised)).toMatchObject({ clauses: [{ stale: ['fr'] }], next: { kind: 'complete-languages', missing: ['c1:fr'] } });
  });
});

describe('the page of a memorandum: what it became', () => {
  const rectified = event('MouTextRectified', {
    correctionId: 'k1', clauseId: 'c1', lang: 'en', wrong: 'cooperate', right: 'co-operate', ref: 'PV 1', before: DIGESTS,
    digests: { ...DIGESTS, en: sha256('The Participants will co-operate.') }, told: ['twigg', 'dallaire'], title,
  });
  it('MOU-2 shows a procès-verbal with both readings and both digests', () => {
    expect(doc(...inEffect(), rectified)).toMatchObject({
      clauses: [{ text: { en: 'The Participants will co-operate.' } }], digests: rectified.data.digests, consolidated: null,
      corrections: [{ clauseId: 'c1', lang: 'en', wrong: 'cooperate', right: 'co-operate', at: NOW, ref: 'PV 1', before: DIGESTS, digests: rectified.data.digests }],
    });
  });
  it('MOU-7 shows the consolidated text beside the one that was signed', () => {
    const changes = [{ op: 'replace' as const, clauseId: 'c1', text: { en: 'They will meet.', fr: 'Ils se réuniront.' } }];
    const amendment = event('MouAmendmentProposed', { amendmentId: 'a1', kind: 'amendment', text: { en: 'x', fr: 'x' }, by: UK, changes, on: '2026-11-24' });
    const digests = { en: sha256('They will meet.'), fr: sha256('Ils se réuniront.') };
    const amended = event('MouAmended', { amendmentId: 'a1', effectiveOn: '2026-11-25', consolidatedDigest: digests });
    expect(doc(...inEffect(), amendment, amended)).toMatchObject({
      original: { clauses: [{ text: { en: 'The Participants will cooperate.' } }], digests: DIGESTS },
      consolidated: { clauses: [{ clauseId: 'c1', text: { en: 'They will meet.' } }], digests },
    });
  });
  it('MOU-8 shows refused consents, and a later accession with its day', () => {
    const asked = event('MouAccessionRequested', { groupId: RW, letterRef: 'Letter' });
    const refused = event('MouAccessionRefused', { applicantId: RW, byGroupId: UK, reason: 'Not yet' });
    const consents = [UK, CA].map((byGroupId) => event('MouAccessionConsented', { applicantId: RW, byGroupId }));
    const acceded = event('MouAcceded', { groupId: RW, instrumentRef: 'Instrument', effectiveOn: '2027-03-01', digests: DIGESTS });
    expect(doc(...inEffect(), asked, refused).accessions).toMatchObject([{ groupId: RW, refusals: [{ groupId: UK, reason: 'Not yet' }], consents: [] }]);
    expect(duties(...inEffect(), asked, refused)).toEqual([]);
    expect(doc(...inEffect(), asked, refused, ...consents, acceded)).toMatchObject({
      accessions: [{ groupId: RW, refusals: [], effectiveOn: '2027-03-01' }], participants: [{}, {}, { groupId: RW, since: '2027-03-01', acceded: true }],
    });
  });
  it('MOU-9 shows the exact instant at which a notice has run', () => {
    const notice = event('MouWithdrawalNotified', { groupId: UK, effectiveOn: '2027-02-23' });
    expect(doc(...inEffect(), notice).withdrawals).toEqual([
      { groupId: UK, notifiedAt: NOW, effectiveOn: '2027-02-23', effectiveAt: '2027-02-23T00:00:00Z', withdrewOn: null },
    ]);
  });
});

describe('everyone who signed is told', () => {
  const told = { told: ['twigg'], title };
  it('of a refusal, of the end of the time for signature, of abandonment, of a notice: each in a note of his own', () => {
    const found = notices(
      ...open(), signed(UK, 'twigg'), event('MouSignatureDeclined', { groupId: CA, reason: 'No mandate', at: NOW, ...told }),
      event('MouSignatureClosed', { at: UNTIL, missing: [CA], ...told }), event('MouAbandoned', { reason: 'Incomplete', by: CA, ...told }),
    );
    expect(found.map(({ doc: { kind, about, reason, to }, label }) => [kind, about, reason, to, label])).toEqual(
      [['signature-declined', CA, 'No mandate'], ['signature-closed', null, null], ['abandoned', CA, 'Incomplete']].map((n) => [
        ...n, ['twigg'], { tlp: 'RED', persons: ['twigg'] },
      ]),
    );
    expect(new Set(found.map(({ id }) => id)).size).toBe(3);
  });
  it('and nobody where nobody had signed', () => expect(notices(...open(), event('MouAbandoned', { reason: 'x', by: UK }))).toEqual([]));
});
