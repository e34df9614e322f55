import { createHash } from 'node:crypto';
import { DAY, pass, startClock, stopClock } from './clock.js';
import { type Json, type Seat, World } from './world.js';

const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();
const today = () => new Date().toISOString().slice(0, 10);
const GROUPS = ['xa', 'xb', 'xc', 'xd'] as const;
type Group = (typeof GROUPS)[number];
const group = (g: Group) => `${g}-group`;
const PURPOSE = { en: 'The participants intend to exchange early warnigns.', fr: 'Les participants entendent échanger des alertes rapides.' };
const RIGHT = 'The participants intend to exchange early warnings.';
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

describe('A memorandum of three: order, refusal, counterparts, accession, protocol, procès-verbal, notice', () => {
  let world: World;
  let chair: Record<Group, Seat>;
  let network: Seat;

  const signIn = async () => {
    const seats = await Promise.all([...GROUPS.map((g) => world.signIn(`chair.${g}`)), world.signIn('network')]);
    chair = Object.fromEntries(GROUPS.map((g, i) => [g, seats[i]])) as Record<Group, Seat>;
    network = seats.at(-1)!;
  };
  const restart = async (passed = 0) => {
    await world.restart(() => pass(passed));
    await signIn();
  };
  const doc = (id: string, who: Seat = chair.xa): Promise<Json> => who.doc('mous', id);
  const count = async (id: string, type: string) => (await network.history('mous', id)).filter((a) => a.doc.type === type).length;

  async function initialled(id: string, groups: readonly Group[]) {
    await chair.xa.does('mous', id, 'ProposeMou', {
      mouId: id, titles: { en: `Memorandum ${id}`, fr: `Mémorandum ${id}` }, participants: groups.map(group), purpose: { en: 'To warn.', fr: 'Alerter.' },
      bindingness: 'political', authenticLanguages: ['en', 'fr'], effect: { rule: 'last-signature' }, accession: 'unanimous', withdrawalNoticeMonths: 3,
      amendmentConsent: 'all', suspension: 'none', numberStyle: 'paragraphs', renewal: 'none',
    });
    await chair.xb.does('mous', id, 'OpenNegotiation', { leads: {}, timetable: [] });
    await chair.xa.does('mous', id, 'ProposeClause', { kind: 'purpose', text: PURPOSE });
    const [{ clauseId }] = (await doc(id)).clauses;
    for (const g of groups) await chair[g].does('mous', id, 'AgreeClause', { clauseId, revision: 1, mode: 'agreed' });
    for (const g of groups) await chair[g].does('mous', id, 'InitialText');
    for (const g of groups) await authorise(id, g);
  }
  async function authorise(id: string, g: Group): Promise<void> {
    const { digests } = await doc(id);
    await chair[g].does('groups', group(g), 'GrantAuthorisation', {
      subject: { type: 'mou', id }, act: 'sign', holder: `${g}-chair`, textDigests: digests, latitude: 'none', expiresAt: inDays(60), decisionRef: 'Minutes',
    });
    const authorisationId = await authorisationOf(id, g);
    await chair[g].does('mous', id, 'RecordPartyAuthorisation', { authorisationId });
  }
  const authorisationOf = async (id: string, g: Group): Promise<string> =>
    (await chair[g].rows('authorisations', { groupId: group(g), subjectId: id })).find((row) => row.doc.revoked === null)!.doc.authorisationId as string;

  beforeAll(async () => {
    startClock();
    world = await World.open();
    await signIn();
  }, 30_000);
  afterAll(async () => {
    await world.close();
    stopClock();
  });

  describe('signed one after the other', () => {
    test('order and group rules cannot be skipped by a copied link', async () => {
      await initialled('p1', ['xa', 'xb', 'xc']);
      await network.does('mous', 'p1', 'OpenForSignature', { mode: 'sequential', order: ['xb-group', 'xa-group', 'xc-group'], until: inDays(10) });
      expect(await doc('p1')).toMatchObject({ signing: { turn: 'xb-group' }, next: { kind: 'sign', missing: ['xb-group'] } });
      for (const g of ['xa', 'xc'] as const) expect(await chair[g].refused(409, 'mous', 'p1', 'SignFirst')).toEqual(['mou.not-your-turn']);
      expect(await chair.xd.refused(403, 'mous', 'p1', 'SignFirst')).toEqual(['not-permitted']);
      await chair.xb.does('mous', 'p1', 'SignFirst');
      expect(await chair.xc.refused(409, 'mous', 'p1', 'SignFurther')).toEqual(['mou.not-your-turn']);
      expect((await doc('p1')).signing.turn).toBe('xa-group');
    });
    test('authority is asked again at the moment of signing', async () => {
      const authorisationId = await authorisationOf('p1', 'xa');
      await chair.xa.does('groups', 'xa-group', 'RevokeAuthorisation', { authorisationId, reason: 'A second thought' });
      expect(await chair.xa.refused(409, 'mous', 'p1', 'SignFurther')).toEqual(['mou.authorisation-unknown']);
    });
    test('a signed party cannot "reject"; everyone who signed is told of a refusal', async () => {
      expect(await chair.xb.refused(409, 'mous', 'p1', 'DeclineMouSignature', { reason: 'x' })).toEqual(['mou.signed-cannot-reject']);
      expect(await chair.xb.refused(409, 'mous', 'p1', 'AbandonMou', { reason: 'x' })).toEqual(['mou.signed-cannot-reject']);
      await chair.xa.does('mous', 'p1', 'DeclineMouSignature', { reason: 'The group has taken its authorisation back' });
      const notes = await chair.xb.rows('mou-notices', { mou: 'p1' });
      expect(notes.map((n) => n.doc)).toMatchObject([{ kind: 'signature-declined', about: 'xa-group', to: ['xb-chair'], reason: 'The group has taken its authorisation back' }]);
      for (const who of [chair.xc, network]) expect(await who.rows('mou-notices', { mou: 'p1' })).toEqual([]);
    });
    test('the time for signature ends by its timer, once, also over a restart; the depositary extends it', async () => {
      const { until } = (await doc('p1')).signing;
      await restart(11 * DAY);
      const closed = await world.until(() => doc('p1'), (d: Json) => d.signing.closedAt !== null);
      expect(closed).toMatchObject({ status: 'partlySigned', signing: { closedAt: until } });
      await restart();
      expect(await count('p1', 'MouSignatureClosed')).toBe(1);
      expect((await chair.xb.rows('mou-notices', { mou: 'p1' })).map((n) => n.doc.kind as string).toSorted()).toEqual(['signature-closed', 'signature-declined']);
      expect(await chair.xa.refused(409, 'mous', 'p1', 'SignFurther')).toContain('mou.signature-closed');
      await network.does('mous', 'p1', 'ExtendMouSignature', { until: inDays(20) });
    });
    test('fifty submissions of one signature are one event, and the last brings it into effect', async () => {
      await authorise('p1', 'xa');
      const answers = await Promise.all(Array.from({ length: 50 }, () => chair.xa.give('mous', 'p1', 'SignFurther')));
      expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
      await chair.xc.does('mous', 'p1', 'SignLast');
      expect(await doc('p1')).toMatchObject({ status: 'inEffect', declined: [], signing: { turn: null } });
      expect(await count('p1', 'MouSigned')).toBe(3);
    });
  });

  test('counterparts: each signs its own copy, and the copies are exchanged only where they are of one text', async () => {
    await initialled('p2', ['xa', 'xb']);
    await network.does('mous', 'p2', 'OpenForSignature', { mode: 'counterparts' });
    await chair.xb.does('mous', 'p2', 'SignFirst', { place: 'Kigali' });
    await chair.xa.does('mous', 'p2', 'SignLast', { place: 'Ottawa' });
    const { digests } = await doc('p2');
    const copies = ['xa-group', 'xb-group'].map((groupId) => ({ groupId, digests, ref: `Copy of ${groupId}` }));
    const other = { ...copies[1]!, digests: { ...digests, fr: '0'.repeat(64) } };
    expect(await network.refused(409, 'mous', 'p2', 'ExchangeCounterparts', { counterparts: [copies[0], other] })).toEqual(['mou.other-text']);
    await network.does('mous', 'p2', 'ExchangeCounterparts', { counterparts: copies });
    expect(await doc('p2')).toMatchObject({ status: 'inEffect', counterparts: { on: today(), copies }, signatures: [{ place: 'Kigali' }, { place: 'Ottawa' }] });
  });

  test('a procès-verbal corrects the text from the beginning; both readings and both digests stay', async () => {
    const before = (await doc('p1')).digests;
    const act = (await network.history('mous', 'p1')).find((a) => a.doc.type === 'MouClauseProposed')!.doc as Json;
    const target = { stream: 'mou-p1', revision: act.revision, field: 'text.en' };
    await chair.xb.does('corrections', 'k1', 'ProposeCorrection', {
      correctionId: 'k1', target, wrong: 'warnigns', right: 'warnings', class: 'typographical', evidence: [{ title: 'The French text' }],
    });
    await network.does('corrections', 'k1', 'NotifyCorrection', { objectionsUntil: { instant: inDays(40), wallTime: inDays(40).slice(0, 16), timezone: 'UTC' } });
    await restart(41 * DAY);
    await network.does('corrections', 'k1', 'ExecuteProcesVerbal', { procesVerbalRef: 'PV 1', effective: 'ab-initio' });
    const now = await doc('p1');
    expect(now.clauses[0].text).toEqual({ ...PURPOSE, en: RIGHT });
    expect(now).toMatchObject({ digests: { ...before, en: sha256(RIGHT) }, corrections: [{ wrong: 'warnigns', right: 'warnings', ref: 'PV 1', before, digests: { ...before, en: sha256(RIGHT) } }] });
    // What was signed is not edited.
    expect((await network.history('mous', 'p1')).find((a) => a.doc.type === 'MouClauseProposed')!.doc.data.text.en).toBe(PURPOSE.en);
  });

  test('a later accession: refused, thought better of, deposited, and shown with its day', async () => {
    await chair.xd.does('mous', 'p1', 'RequestAccession', { letterRef: 'Letter of group D' });
    await chair.xa.does('mous', 'p1', 'RefuseAccession', { applicantId: 'xd-group', reason: 'Not before the election' });
    for (const g of ['xb', 'xc'] as const) await chair[g].does('mous', 'p1', 'ConsentToAccession', { applicantId: 'xd-group' });
    const deposit = { groupId: 'xd-group', instrumentRef: 'Instrument of group D' };
    expect(await network.refused(409, 'mous', 'p1', 'DepositAccession', deposit)).toContain('mou.accession-refused');
    await chair.xa.does('mous', 'p1', 'ConsentToAccession', { applicantId: 'xd-group' });
    await network.does('mous', 'p1', 'DepositAccession', deposit);
    expect((await doc('p1', chair.xd)).participants[3]).toEqual({ groupId: 'xd-group', since: today(), acceded: true, withdrewOn: null });
  });

  test('a protocol amends it on the day that it names, by its timer; the original stays readable', async () => {
    const [{ clauseId }] = (await doc('p1')).clauses;
    const text = { en: 'They intend to warn within a day.', fr: 'Ils entendent alerter dans la journée.' };
    const protocol = { changes: [{ op: 'replace', clauseId, text }], effectiveOn: inDays(5).slice(0, 10) };
    expect(await chair.xb.refused(409, 'mous', 'p1', 'ProposeMouAmendment', { ...protocol, text: { en: 'Protocol' } })).toEqual(['mou.language-incomplete']);
    await chair.xb.does('mous', 'p1', 'ProposeMouAmendment', { ...protocol, text: { en: 'Protocol', fr: 'Protocole' } });
    const [{ amendmentId }] = (await doc('p1')).amendments;
    for (const g of ['xa', 'xc', 'xd'] as const) await chair[g].does('mous', 'p1', 'ConsentToMouAmendment', { amendmentId });
    expect(await network.refused(409, 'mous', 'p1', 'BringAmendmentIntoEffect', { amendmentId })).toEqual(['mou.effect-not-due']);
    await restart(6 * DAY);
    const amended = await world.until(() => doc('p1'), (d: Json) => d.original !== null);
    expect(amended).toMatchObject({
      original: { clauses: [{ text: { en: RIGHT } }] }, consolidated: { clauses: [{ clauseId, text }], digests: { en: sha256(text.en), fr: sha256(text.fr) } },
      amendments: [{ status: 'in-effect', effectiveOn: protocol.effectiveOn }],
    });
    expect(await count('p1', 'MouAmended')).toBe(1);
  });

  test('notice of termination runs by its timer, over a restart once, and everyone who signed is told', async () => {
    await chair.xd.does('mous', 'p1', 'GiveMouNotice');
    const [notice] = (await doc('p1')).withdrawals;
    expect(notice).toMatchObject({ groupId: 'xd-group', effectiveAt: `${notice.effectiveOn as string}T00:00:00Z`, withdrewOn: null });
    for (const g of ['xa', 'xb', 'xc'] as const)
      expect((await chair[g].rows('mou-notices', { mou: 'p1', kind: 'withdrawal-notified' })).map((n) => n.doc.about as string)).toEqual(['xd-group']);
    await restart(50 * DAY);
    expect((await doc('p1')).withdrawals).toMatchObject([{ withdrewOn: null }]);
    await restart(50 * DAY);
    const gone = await world.until(() => doc('p1'), (d: Json) => d.withdrawals[0].withdrewOn !== null);
    expect(gone).toMatchObject({ status: 'inEffect', withdrawals: [{ withdrewOn: notice.effectiveOn }] });
    await restart();
    expect(await count('p1', 'MouParticipantWithdrew')).toBe(1);
  });
});
