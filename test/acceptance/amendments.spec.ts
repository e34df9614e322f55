import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Change, cellId, type CellRef, conflictGroups, relation, textAt, transform } from '#text';
import { DAY, pass, startClock, stopClock } from './clock.js';
import { type Copy, drafted, Line } from './line.js';
import { deadline, type Json, type Seat, World } from './world.js';

const CLAUSES = [
  ['preambular', 'Recalling the duty of every parliament to prevent and to speak early,', 'Rappelant le devoir de chaque parlement de prévenir et de parler tôt,'],
  ['preambular', 'Alarmed by the speeches of hatred that go before the killing of the many,', 'Alarmés par les discours de haine qui précèdent le massacre,'],
  ['preambular', 'Mindful of the lessons of the past and of the silence of the many,', 'Conscients des leçons du passé et du silence du grand nombre,'],
  ['operative', 'Call upon all States to refer the situation to the Court without delay;', 'Prions tous les États de saisir la Cour sans tarder;'],
  ['operative', 'Request a report every year on what was done to prevent;', 'Demandons chaque année un rapport sur la prévention;'],
  ['operative', 'Decide to meet again within a year in an open session;', 'Décidons de nous réunir dans l’année en séance ouverte;'],
  ['operative', 'Invite the press to attend the public part of its meetings;', 'Invitons la presse à la partie publique de nos réunions;'],
  ['operative', 'Thank those who gave testimony at great risk;', 'Remercions ceux qui ont témoigné à grand risque;'],
].map(([section, en, fr]) => ({ section, text: { en, fr } })) as { section: string; text: Record<string, string> }[];

/** Clause, words, and what shall stand in their place; `a` to `d`: whose. */
type Wish = readonly [who: 'a' | 'b' | 'c' | 'd', clause: number, words: string, instead: string, lang?: 'fr'];
const WISHES: readonly Wish[] = [
  ['a', 0, 'duty', 'legal duty'], ['b', 0, 'early', 'early and together'], ['c', 0, 'speak', 'warn'], ['d', 0, 'speak early', 'act at once'],
  ['b', 0, 'every parliament', 'all parliaments'], ['c', 0, 'every parliament', 'all parliaments'], ['d', 0, 'every parliament', 'all parliaments'], ['a', 0, 'every', 'each'],
  ['b', 1, 'speeches', 'speeches and writings'], ['c', 1, 'speeches', 'speeches and broadcasts'], ['d', 1, 'speeches', 'speeches and posts'],
  ['a', 1, 'hatred', 'contempt'], ['b', 1, 'hatred', 'incitement'], ['c', 1, 'killing', 'murder'],
  ['c', 2, 'silence', 'indifference'], ['a', 2, 'Mindful', 'Conscious'], ['d', 2, 'lessons', 'many lessons'], ['b', 2, 'the past', 'our past'],
  ['a', 3, 'refer', 'bring'], ['b', 3, 'without delay', 'at once'], ['c', 3, 'all States', 'all member States'], ['d', 3, 'the Court', 'the International Criminal Court'],
  ['b', 3, 'situation', 'matter'], ['c', 3, 'situation', 'matter'], ['d', 3, 'refer the situation', 'submit it'], ['a', 3, 'sans tarder', 'au plus tôt', 'fr'],
  ['b', 4, 'every year', 'every six months'], ['c', 4, 'year', 'session'], ['d', 4, 'every year', 'each autumn'], ['a', 4, 'to prevent', 'to prevent and to punish'],
  ['b', 5, 'within a year', 'within six months'], ['c', 5, 'open', 'public'], ['d', 5, 'again', 'again in Kigali'], ['a', 5, 'again', 'again in Ottawa'],
  ['d', 6, 'attend', 'follow'],
];
/** In each language: words, then what is typed live, amended at the beginning and at the end, and put for bracketed words. */
const SCRIPTS: Readonly<Record<string, { text: string; typed: [string, string]; first: [string, string]; last: [string, string]; bracket: [string, string] }>> = {
  en: { text: 'Mourning the victims 👨‍👩‍👧 of every m̃assacre 🇷🇼 and honouring the just,', typed: ['victims ', 'and the wounded 👩🏽‍⚖️ '], first: ['Mourning', 'Gravely mourning'], last: ['the just', 'the righteous'], bracket: ['every m̃assacre', 'each'] },
  fr: { text: 'Pleurant les victimes 👨‍👩‍👧 de l’été où l’on s’est tu et honorant les Justes,', typed: ['victimes ', 'et les blessés 👩🏽‍⚖️ '], first: ['Pleurant', 'Pleurant encore'], last: ['les Justes', 'celles et ceux qui furent justes'], bracket: ['l’été', 'l’automne'] },
  ar: { text: 'وإذ نحزن على الضحايا 👨‍👩‍👧 في كلِّ مكانٍ ونكرم الصالحين،', typed: ['الضحايا ', 'والجرحى 👩🏽‍⚖️ '], first: ['نحزن', 'نحزن بشدة'], last: ['الصالحين', 'الأبرار'], bracket: ['كلِّ مكانٍ', 'العالم'] },
  zh: { text: '哀悼每一场屠杀的受害者👨‍👩‍👧，并向义人致敬，', typed: ['受害者', '和伤者👩🏽‍⚖️'], first: ['哀悼', '深切哀悼'], last: ['致敬', '表示敬意'], bracket: ['屠杀', '暴行𠮷'] },
  hi: { text: 'पीड़ितों 👨‍👩‍👧 के लिए शोक करते हुए और न्यायप्रिय लोगों का सम्मान करते हुए,', typed: ['पीड़ितों ', 'और घायलों 👩🏽‍⚖️ '], first: ['शोक', 'गहरा शोक'], last: ['सम्मान', 'हार्दिक सम्मान'], bracket: ['न्यायप्रिय', 'धर्मी'] },
  km: { text: 'កាន់ទុក្ខជនរងគ្រោះ 👨‍👩‍👧 និងគោរពមនុស្សសុចរិត,', typed: ['👨‍👩‍👧 ', 'និងអ្នករបួស 👩🏽‍⚖️ '], first: ['កាន់ទុក្ខ', 'សូមកាន់ទុក្ខ'], last: ['សុចរិត', 'ល្អ'], bracket: ['គោរព', 'ដឹងគុណ'] },
};
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('Amendments', () => {
  let world: World;
  let seats: Record<'a' | 'b' | 'c' | 'd', Seat>;
  let memberB: Seat;
  const lines: Line[] = [];
  const signIn = async () => {
    const [a, b, c, d] = (await Promise.all(['chair.xa', 'chair.xb', 'chair.xc', 'chair.xd'].map((n) => world.signIn(n)))) as [Seat, Seat, Seat, Seat];
    seats = { a, b, c, d };
  };
  const restart = async (passed = 0, forget = false) => {
    for (const line of lines.splice(0)) line.close();
    await world.restart(() => {
      pass(passed);
      // What is read is made of the record again.
      if (forget) for (const file of readdirSync(world.folder)) if (file.startsWith('views')) rmSync(join(world.folder, file), { recursive: true });
    });
    await signIn();
  };
  const writes = async (who: Seat, ref: CellRef): Promise<Copy> => {
    const line = await Line.open(world, who);
    lines.push(line);
    return line.writes(ref);
  };
  beforeAll(async () => {
    startClock();
    world = await World.open();
    await signIn();
    memberB = await world.newAccount({
      email: 'member.xb@demo.example', personId: 'xb-member', displayName: 'Julien Ashby', language: 'fr', exercise: true, grants: [{ capacity: 'member', onBehalfOf: 'xb-group' }],
    });
  }, 60_000);
  afterAll(async () => {
    for (const line of lines) line.close();
    await world.close();
    stopClock();
  });

  const page = (id: string, who: Seat = seats.a): Promise<Json> => who.doc('statements', id);
  const textOf = async (id: string, clauseId: string, lang = 'en'): Promise<string> => (await page(id)).clauses.find((c: Json) => c.id === clauseId).text[lang];
  const amendments = async (id: string): Promise<Record<string, Json>> =>
    Object.fromEntries((await seats.a.rows('amendments', { statement: id })).map((r) => [r.id, { id: r.id, ...r.doc }]));
  const changesOf = async (id: string): Promise<Change<Json>[]> =>
    (await seats.a.rows('revisions', { statement: id })).toSorted((x, y) => x.id.localeCompare(y.id)).map(({ doc }, i) => ({ revision: i + 1, operations: doc.operations, by: doc }));
  /** The rows of every change, one after the other, are the clauses of the page. */
  const replays = async (id: string) => {
    const [changes, doc] = [await changesOf(id), await page(id)];
    expect(changes).toHaveLength(doc.revision);
    const plain = (list: Json) => Object.fromEntries(list.map((c: Json) => [c.id, c.text]));
    expect(plain(textAt(changes))).toEqual(plain(doc.clauses));
  };
  const propose = async (who: Seat, id: string, amendmentId: string, more: Json) => {
    const { revision } = await page(id, who);
    await who.does('statements', id, 'ProposeAmendment', { amendmentId, lang: 'en', rationale: { en: 'For clarity.' }, baseRevision: revision, ...more });
  };
  /** What the library says becomes of each open amendment when this one is accepted; what the record says became of it. */
  async function accepts(id: string, amendmentId: string, orders: Readonly<Record<string, 'before' | 'behind'>> = {}): Promise<Record<string, Json>> {
    const before = await amendments(id);
    const { clauses } = await page(id);
    const chosen = before[amendmentId]!;
    await seats.a.does('statements', id, 'AcceptAmendment', { amendmentId });
    const after = await amendments(id);
    const now = (await page(id)).clauses;
    expect(after[amendmentId]).toMatchObject({ status: 'accepted', decided: { by: 'xa-chair', as: 'whole' } });
    for (const other of Object.values(before).filter((o) => o.status === 'open' && o.to === null && o.id !== amendmentId)) {
      const found = after[other.id]!;
      const moved = transform(other.operations, chosen.operations, (c, l) => now.find((x: Json) => x.id === c)?.text[l], orders[other.id]);
      const expected =
        relation(other, chosen) === 'identical' ? { status: 'joined', joinedInto: amendmentId }
        : 'conflict' in moved ? { status: 'displaced', displaced: { relation: moved.conflict, by: amendmentId }, operations: other.operations }
        : JSON.stringify(moved.operations) === JSON.stringify(other.operations) ? { status: 'open', operations: other.operations }
        : { status: 'open', operations: moved.operations, rebased: { before: other.operations } };
      expect({ of: other.number, ...found }).toMatchObject({ of: other.number, ...expected });
    }
    expect(clauses).not.toEqual(now);
    return after;
  }
  const am = (n: number) => `am-${n}`;

  describe('forty of them, of four groups', () => {
    let ids: string[];
    const S = 's40';
    const status = async (...numbers: number[]) => {
      const all = await amendments(S);
      return numbers.map((n) => all[am(n)]!.status);
    };

    test('are tabled in any order, and the groups of those that conflict are what the library says', async () => {
      ({ ids } = await drafted(world, S, CLAUSES, ['en', 'fr']));
      await seats.a.does('statements', S, 'CirculateDraft', { commentsDue: deadline(9) });
      await Promise.all(WISHES.map(async ([who, c, words, instead, lang = 'en'], i) => {
        const text = CLAUSES[c]!.text[lang]!;
        expect(text).toContain(words);
        await propose(seats[who], S, am(i + 1), { lang, changes: [{ clauseId: ids[c], lang, text: text.replace(words, instead) }] });
      }));
      await propose(seats.c, S, am(36), { structure: [{ op: 'delete-clause', clauseId: ids[6] }] });
      await propose(seats.d, S, am(37), { structure: [{ op: 'move-clause', clauseId: ids[2], after: null }] });
      await propose(seats.b, S, am(38), { structure: [{ op: 'insert-clause', section: 'operative', after: ids[7], text: { en: 'Remain seized of the matter.', fr: 'Demeurons saisis de la question.' } }] });
      await propose(seats.c, S, am(39), { structure: [{ op: 'insert-clause', section: 'operative', after: ids[7], text: { en: 'Thank the hosts.', fr: 'Remercions les hôtes.' } }] });
      expect(await seats.d.refused(409, 'statements', S, 'ProposeAmendment', { amendmentId: am(1), lang: 'en', changes: [{ clauseId: ids[0], lang: 'en', text: 'x' }], rationale: { en: 'x' }, baseRevision: 8 })).toEqual(['statement.amendment-exists']);
      expect(await seats.d.refused(409, 'statements', S, 'ProposeAmendment', { amendmentId: 'same', lang: 'en', changes: [{ clauseId: ids[0], lang: 'en', text: CLAUSES[0]!.text['en'] }], rationale: { en: 'x' }, baseRevision: 8 })).toEqual(['statement.amendment-changes-nothing']);
    }, 30_000);

    test('one is written live in a group’s own copies by two of its members, and bears both names', async () => {
      const draft = { draftId: randomUUID(), groupId: 'xb-group' };
      const ref = (lang: string): CellRef => ({ document: { type: 'statement', id: S }, clauseId: ids[7]!, lang, draft });
      const [one, two, french] = [await writes(seats.b, ref('en')), await writes(memberB, ref('en')), await writes(memberB, ref('fr'))];
      await Promise.all([one.instead('testimony', 'evidence').save(), two.instead('at great risk', 'at the risk of their lives').save(), french.instead('à grand risque', 'au péril de leur vie').save()]);
      await one.line.until(() => one.replica.version === two.replica.version);
      expect(await seats.c.refused(409, 'statements', S, 'ProposeAmendment', { amendmentId: 'theft', lang: 'en', draftId: draft.draftId, rationale: { en: 'x' }, baseRevision: 8 })).toEqual(['statement.amendment-changes-nothing']);
      await propose(seats.b, S, am(40), { draftId: draft.draftId });
      const tabled = (await amendments(S))[am(40)]!;
      expect(tabled.authors.toSorted()).toEqual(['xb-chair', 'xb-member']);
      expect(tabled.operations.map((o: Json) => [o.lang, o.expected, o.text]).toSorted()).toEqual([
        ['en', undefined, ' of their lives'], ['en', 'great', 'the'], ['en', 'testimony', 'evidence'], ['fr', 'à grand risque', 'au péril de leur vie'],
      ]);
      // What is on the table is written no more.
      await one.line.until(() => one.line.of('cell:changed', cellId(ref('en'))).some((c) => c.type === 'ClauseTextClosed' && c.data.reason === 'tabled'));
      expect(await one.put(0, 0, 'x').save()).toBe(false);

      const open = Object.values(await amendments(S)).filter((a) => a.to === null).toSorted((x, y) => x.number - y.number);
      expect(open).toHaveLength(40);
      expect(open.every((a) => a.status === 'open')).toBe(true);
      const groups = conflictGroups(open as never).map((g) => g.members.map((m) => Number(m.slice(3))).toSorted((x, y) => x - y));
      const together = groups.filter((g) => g.length > 1).toSorted((x, y) => x[0]! - y[0]!);
      expect(together).toEqual([[3, 4], [5, 6, 7, 8], [9, 10, 11], [12, 13], [19, 20, 21, 22, 23, 24, 25, 26], [27, 28, 29], [33, 34], [35, 36], [38, 39]]);
      expect((await page(S)).pendingAmendments).toHaveLength(40);
    }, 30_000);

    test('accepting one: the same words of others are joined to it, what conflicts waits, the rest is brought over', async () => {
      await accepts(S, am(5));
      expect(await status(6, 7, 8, 1, 2)).toEqual(['joined', 'joined', 'displaced', 'open', 'open']);
      expect(await textOf(S, ids[0]!)).toBe('Recalling the duty of all parliaments to prevent and to speak early,');
      await accepts(S, am(27));
      expect(await status(28, 29, 30)).toEqual(['displaced', 'displaced', 'open']);
      expect((await amendments(S))[am(30)]!.rebased).not.toBeNull();
      await replays(S);
    }, 30_000);

    test('an automatic rebase is undone by its author alone, and finds a place anew', async () => {
      const all = await amendments(S);
      expect(all[am(3)]!.rebased).toMatchObject({ revision: 9 });
      expect(await seats.a.refused(409, 'statements', S, 'UndoRebase', { amendmentId: am(3) })).toEqual(['statement.not-your-amendment']);
      await seats.c.does('statements', S, 'UndoRebase', { amendmentId: am(3) });
      expect((await amendments(S))[am(3)]).toMatchObject({ status: 'displaced', rebased: null, operations: all[am(3)]!.rebased.before });
      expect(await seats.a.refused(409, 'statements', S, 'AcceptAmendment', { amendmentId: am(3) })).toEqual(['statement.amendment-not-open']);
      const duties = (await seats.c.get('/api/v1/inbox', { minPosition: await world.settled() }).expect(200)).body.duties as Json[];
      expect(duties.map((d) => [d.kind, d.id])).toEqual(expect.arrayContaining([['amendment-resolve', am(3)], ['amendment-resolve', am(28)]]));
      const { revision } = await page(S);
      const anew = (amendmentId: string, clauseId: string, text: string) => ({ amendmentId, lang: 'en', changes: [{ clauseId, lang: 'en', text }], baseRevision: revision });
      expect(await seats.a.refused(409, 'statements', S, 'ReanchorAmendment', anew(am(28), ids[4]!, 'x'))).toEqual(['statement.not-your-amendment']);
      await seats.c.does('statements', S, 'ReanchorAmendment', anew(am(3), ids[0]!, (await textOf(S, ids[0]!)).replace('speak', 'warn')));
      await seats.c.does('statements', S, 'ReanchorAmendment', anew(am(28), ids[4]!, (await textOf(S, ids[4]!)).replace('on what', 'and another one every session on what')));
      expect(await status(3, 28)).toEqual(['open', 'open']);
      await accepts(S, am(28));
      await accepts(S, am(30));
      expect(await textOf(S, ids[4]!)).toBe('Request a report every six months and another one every session on what was done to prevent and to punish;');
      await seats.a.does('statements', S, 'WithdrawAmendment', { amendmentId: am(8) });
      await replays(S);
    }, 30_000);

    test('insertions at one place stand in the order that both authors accept', async () => {
      const order = { first: am(9), second: am(10) };
      await seats.b.does('statements', S, 'AcceptInsertionOrder', order);
      expect(await seats.d.refused(409, 'statements', S, 'AcceptInsertionOrder', order)).toEqual(['statement.not-your-amendment']);
      await seats.c.does('statements', S, 'AcceptInsertionOrder', order);
      await accepts(S, am(9), { [am(10)]: 'behind' });
      expect(await status(10, 11)).toEqual(['open', 'displaced']);
      await accepts(S, am(10));
      expect(await textOf(S, ids[1]!)).toBe('Alarmed by the speeches and writings and broadcasts of hatred that go before the killing of the many,');
    }, 30_000);

    test('an amendment to an amendment changes that one, by the word of its own group, two deep and no deeper', async () => {
      const wanted = (await textOf(S, ids[5]!)).replace('within a year', 'within three months');
      await propose(seats.d, S, 'sub', { to: am(31), changes: [{ clauseId: ids[5], lang: 'en', text: wanted }] });
      await propose(seats.c, S, 'sub-rival', { to: am(31), changes: [{ clauseId: ids[5], lang: 'en', text: wanted.replace('three', 'four') }] });
      expect(await seats.c.refused(409, 'statements', S, 'ProposeAmendment', { amendmentId: 'deep', to: 'sub', lang: 'en', changes: [{ clauseId: ids[5], lang: 'en', text: 'x' }], rationale: { en: 'x' }, baseRevision: 1 })).toEqual(['statement.amendment-too-deep']);
      expect(await seats.a.refused(409, 'statements', S, 'AcceptAmendment', { amendmentId: 'sub' })).toEqual(['statement.not-your-amendment']);
      await seats.b.does('statements', S, 'AcceptAmendment', { amendmentId: 'sub' });
      expect((await amendments(S))['sub-rival']).toMatchObject({ status: 'displaced', displaced: { by: 'sub' } });
      const { revision } = await page(S);
      await accepts(S, am(31));
      expect(await textOf(S, ids[5]!)).toBe('Decide to meet again within three months in an open session;');
      expect((await page(S)).revision).toBe(revision + 1);
      expect((await amendments(S))['sub-rival']!.status).toBe('fallen');
      await replays(S);
    }, 30_000);

    test('a compromise displaces nobody who has not consented; one refusal ends it', async () => {
      const text = (await textOf(S, ids[1]!)).replace('hatred', 'hatred and incitement');
      const offer = (compromiseId: string, list: number[], clause: number, words: string) => ({ compromiseId, amendments: list.map(am), changes: [{ clauseId: ids[clause], lang: 'en', text: words }], rationale: { en: 'Between the two.' } });
      await seats.c.does('statements', S, 'ProposeCompromise', offer('k1', [12, 13], 1, text));
      await seats.a.does('statements', S, 'ConsentToCompromise', { compromiseId: 'k1' });
      expect(await seats.d.refused(409, 'statements', S, 'ConsentToCompromise', { compromiseId: 'k1' })).toEqual(['statement.not-your-amendment']);
      expect(await seats.a.refused(409, 'statements', S, 'AcceptAmendmentModified', { compromiseId: 'k1' })).toEqual(['statement.consent-missing']);
      await seats.b.does('statements', S, 'ConsentToCompromise', { compromiseId: 'k1' });
      await seats.a.does('statements', S, 'AcceptAmendmentModified', { compromiseId: 'k1' });
      expect(await textOf(S, ids[1]!)).toBe(text);
      expect(await status(12, 13, 14)).toEqual(['accepted', 'joined', 'open']);
      expect((await seats.d.doc('compromises', 'k1'))).toMatchObject({ status: 'accepted', consents: [{ groupId: 'xa-group' }, { groupId: 'xb-group' }] });

      await seats.b.does('statements', S, 'ProposeCompromise', offer('k2', [23, 25], 3, (await textOf(S, ids[3]!)).replace('refer the situation', 'submit the matter')));
      await seats.d.does('statements', S, 'RefuseCompromise', { compromiseId: 'k2', reason: 'It weakens ours.' });
      expect(await seats.a.refused(409, 'statements', S, 'AcceptAmendmentModified', { compromiseId: 'k2' })).toEqual(['statement.compromise-settled']);
      expect(await seats.d.doc('compromises', 'k2')).toMatchObject({ status: 'refused', refused: { by: 'xd-group', reason: 'It weakens ours.' } });
      expect(await status(23, 24, 25)).toEqual(['open', 'open', 'open']);
      await replays(S);
    }, 30_000);

    test('whole clauses are taken away, moved and put in; who decides has seen the very words', async () => {
      await accepts(S, am(36));
      expect(await status(35)).toEqual(['displaced']);
      await accepts(S, am(37));
      await accepts(S, am(15));
      await accepts(S, am(38));
      expect(await status(39)).toEqual(['displaced']);
      expect(await seats.a.refused(409, 'statements', S, 'AcceptAmendment', { amendmentId: am(40), resultHash: sha256('other words') })).toEqual(['statement.other-result']);
      await accepts(S, am(40));
      const labels = (await page(S)).clauses.map((c: Json) => [c.label, c.text.en]);
      expect(labels[0]).toEqual(['PP1', 'Mindful of the lessons of the past and of the indifference of the many,']);
      expect(labels.slice(-2)).toEqual([['OP4', 'Thank those who gave evidence at the risk of their lives;'], ['OP5', 'Remain seized of the matter.']]);
      await replays(S);
    }, 30_000);

    test('brackets keep words open until they are kept, dropped or give way to an alternative', async () => {
      const text = await textOf(S, ids[5]!);
      const from = text.indexOf('an open session');
      await seats.d.does('statements', S, 'Bracket', { clauseId: ids[5], lang: 'en', range: { from, to: from + 'an open session'.length }, alternatives: [{ text: 'a public session' }] });
      const [bracket] = (await page(S)).brackets as Json[];
      expect(bracket).toMatchObject({ by: ['xd-group'], alternatives: [{ by: 'xd-group', text: 'a public session' }] });
      // Words that come in before it move it along.
      await accepts(S, am(34));
      const moved = (await page(S)).brackets[0];
      expect((await textOf(S, ids[5]!)).slice(moved.from, moved.to)).toBe('an open session');
      expect(await seats.b.refused(403, 'statements', S, 'ResolveBracket', { bracketId: bracket.id, resolution: 'kept' })).toEqual(['not-permitted']);
      expect(await seats.a.refused(409, 'statements', S, 'ResolveBracket', { bracketId: bracket.id, resolution: 'alternative', text: 'no session' })).toEqual(['statement.unknown-alternative']);
      expect(await seats.a.refused(409, 'statements', S, 'MarkClauseAgreed', { clauseId: ids[5], mode: 'agreed' })).toEqual(['statement.brackets-open']);

      // Not yet: the list of what is unmet, in the reader's language, names all of it.
      const reader = await world.newAccount({
        email: 'vice.xa@demo.example', personId: 'xa-vice', displayName: 'Edwin Farrow', language: 'fr', exercise: true, grants: [{ capacity: 'chair', onBehalfOf: 'xa-group' }],
      });
      const answer = await reader.give('statements', S, 'FreezeText', {}, {}, { 'accept-language': 'fr' });
      expect(answer.status).toBe(409);
      expect(answer.headers['content-language']).toBe('fr');
      const unmet = (answer.body as Json).unmet as Json[];
      const open = Object.values(await amendments(S)).filter((a) => a.status === 'open' || a.status === 'displaced');
      expect(unmet.map((u) => u.code)).toEqual(expect.arrayContaining(['statement.amendments-pending', 'statement.clause-open', 'statement.brackets-open']));
      const told = unmet.map((u) => u.message as string).join('\n');
      expect(told).toMatch(new RegExp(`${open.length} amendements`));
      expect(told).toMatch(/OP3.*crochets|crochets.*OP3/);
      for (const label of ['PP1', 'PP2', 'PP3', 'OP1', 'OP2', 'OP3', 'OP4', 'OP5']) expect(unmet.find((u) => u.code === 'statement.clause-open' && (u.message as string).includes(label))).toBeDefined();

      await seats.a.does('statements', S, 'ResolveBracket', { bracketId: bracket.id, resolution: 'alternative', text: 'a public session' });
      expect(await textOf(S, ids[5]!)).toBe('Decide to meet again in Ottawa within three months in a public session;');
      expect(await status(32, 33)).toEqual(['displaced', 'displaced']);
      await replays(S);
    }, 30_000);

    /** The whole text as anybody computes it: title and labelled clauses, NFC, single spaces, an empty line between. */
    const canonical = ({ subject, clauses }: Json, lang: string): string =>
      [subject[lang], ...clauses.map((c: Json) => `${c.label} ${c.text[lang]}`)].map((p: string) => p.normalize('NFC').replace(/\s+/gu, ' ').trim()).join('\n\n');
    const digests = (doc: Json): Json => Object.fromEntries(['en', 'fr'].map((lang) => [lang, sha256(canonical(doc, lang))]));

    test('then the text is frozen: anybody can compute its digest, also from the record made anew', async () => {
      for (const a of Object.values(await amendments(S))) if (a.status === 'open' || a.status === 'displaced') await seats.a.does('statements', S, 'RejectAmendment', { amendmentId: a.id, reason: 'The text stands.' });
      for (const c of (await page(S)).clauses as Json[]) {
        if (c.stale.length > 0) await seats.a.does('statements', S, 'EditClause', { clauseId: c.id, baseRevision: (await page(S)).revision, text: Object.fromEntries(c.stale.map((l: string) => [l, c.text[l]])), note: 'follows' });
        await seats.a.does('statements', S, 'MarkClauseAgreed', { clauseId: c.id, mode: 'agreed' });
      }
      await seats.a.does('statements', S, 'FreezeText', {});
      const doc = await page(S);
      expect(doc.frozen.digests).toEqual(digests(doc));
      expect(doc.frozen.digest).toBe(sha256(`en ${doc.frozen.digests.en}\nfr ${doc.frozen.digests.fr}`));
      await replays(S);
      const [before, board] = [doc, await amendments(S)];
      await restart(0, true);
      const after = await page(S);
      expect(after).toEqual(before);
      expect(digests(after)).toEqual(after.frozen.digests);
      expect(await amendments(S)).toEqual(board);
      await replays(S);
      expect(await seats.b.refused(409, 'statements', S, 'ProposeAmendment', { amendmentId: 'late', lang: 'en', changes: [{ clauseId: ids[0], lang: 'en', text: 'x' }], rationale: { en: 'x' }, baseRevision: after.revision })).toEqual(['illegal-transition']);
    }, 30_000);
  });

  test('every script survives live typing, amendment, rebase and bracket, with emoji and combining marks', async () => {
    const S = 'scripts';
    const languages = Object.keys(SCRIPTS);
    const { chair, member, ids } = await drafted(world, S, languages.map((lang) => ({ section: 'preambular', text: { en: `Clause in ${lang},`, [lang]: SCRIPTS[lang]!.text } })), languages);
    const at = (i: number, lang: string): CellRef => ({ document: { type: 'statement', id: S }, clauseId: ids[i]!, lang });
    const expected = Object.fromEntries(languages.map((lang) => [lang, SCRIPTS[lang]!.text.normalize('NFC')]));
    const put = (lang: string, [words, instead]: [string, string]) => {
      const [from, to] = [words.normalize('NFC'), instead.normalize('NFC')];
      expect(expected[lang]).toContain(from);
      return (expected[lang] = expected[lang]!.replace(from, to));
    };
    const agreed = async () => expect(Object.fromEntries(await Promise.all(languages.map(async (lang, i) => [lang, await textOf(S, ids[i]!, lang)])))).toEqual(expected);
    for (const [i, lang] of languages.entries()) {
      const { typed: [behind, text], bracket: [word] } = SCRIPTS[lang]!;
      const [one, two] = [await writes(chair, at(i, lang)), await writes(member, at(i, lang))];
      // One types in graphemes, the other takes a word away and brings it back, at once.
      const graphemes = async () => {
        let before = behind.normalize('NFC');
        for (const { segment } of new Intl.Segmenter(lang).segment(text.normalize('NFC'))) {
          one.behind(before, segment);
          before += segment;
          if (one.replica.unconfirmed % 3 === 0) await one.save();
        }
        await one.save();
      };
      await Promise.all([graphemes(), two.instead(word.normalize('NFC'), '…').save().then(() => two.instead('…', word.normalize('NFC')).save())]);
      await one.line.until(() => one.replica.version === two.replica.version);
      put(lang, [behind, behind + text]);
      expect([one.words, two.words, ...one.lost, ...two.lost]).toEqual([expected[lang], expected[lang]]);
    }
    await seats.a.does('statements', S, 'CirculateDraft', { commentsDue: deadline(9) });
    await agreed();
    for (const [i, lang] of languages.entries()) {
      const { first, last } = SCRIPTS[lang]!;
      const change = async (who: Seat, amendmentId: string, [words, instead]: [string, string]) =>
        propose(who, S, amendmentId, { lang, changes: [{ clauseId: ids[i], lang, text: expected[lang]!.replace(words.normalize('NFC'), instead.normalize('NFC')) }] });
      await change(seats.b, `${lang}-last`, last);
      await change(seats.c, `${lang}-first`, first);
      expect((await accepts(S, `${lang}-first`))[`${lang}-last`]).toMatchObject({ status: 'open', rebased: expect.anything() });
      put(lang, first);
      await accepts(S, `${lang}-last`);
      put(lang, last);
    }
    await agreed();
    for (const [i, lang] of languages.entries()) {
      const { bracket: [word, alternative] } = SCRIPTS[lang]!;
      const text = expected[lang]!;
      const family = text.indexOf('👨‍👩‍👧');
      const mark = (from: number, to: number, seat = seats.d) => [seat, { clauseId: ids[i], lang, range: { from, to }, alternatives: [{ text: alternative }] }] as const;
      // A bracket through a family is through nobody's word.
      const [seat, through] = mark(family, family + 3);
      expect(await seat.refused(409, 'statements', S, 'Bracket', through)).toEqual(['statement.range-outside-text']);
      const from = text.indexOf(word.normalize('NFC'));
      const [, whole] = mark(from, from + word.normalize('NFC').length);
      await seats.d.does('statements', S, 'Bracket', whole);
      const { id } = (await page(S)).brackets.find((b: Json) => b.lang === lang);
      await seats.a.does('statements', S, 'ResolveBracket', { bracketId: id, resolution: 'alternative', text: alternative });
      put(lang, [word, alternative]);
    }
    await agreed();
    await replays(S);
    expect(Object.values(expected).every((text) => text.isWellFormed())).toBe(true);
  }, 60_000);

  describe('what is written while the text moves on', () => {
    const S = 'moving';
    let ids: string[];
    const amend = async (amendmentId: string, clause: number, words: string, instead: string, lang = 'en') => {
      const text = await textOf(S, ids[clause]!, lang);
      expect(text).toContain(words);
      await propose(seats.c, S, amendmentId, { lang, changes: [{ clauseId: ids[clause], lang, text: text.replace(words, instead) }] });
      await accepts(S, amendmentId);
    };
    const own = (clause: number): CellRef => ({ document: { type: 'statement', id: S }, clauseId: ids[clause]!, lang: 'en', draft: { draftId: randomUUID(), groupId: 'xb-group' } });

    test('a group’s own copy goes on as it was begun, and what it says is brought over what was accepted since', async () => {
      ({ ids } = await drafted(world, S, CLAUSES.slice(0, 4), ['en', 'fr']));
      await seats.a.does('statements', S, 'CirculateDraft', { commentsDue: deadline(60) });
      const ref = own(0);
      const copy = await writes(seats.b, ref);
      await copy.instead('speak early', 'warn early').save();
      await amend('over-1', 0, 'duty', 'solemn duty');
      await world.settled();
      expect(await copy.behind('early', ' and together').save()).toBe(true);
      await amend('over-2', 0, 'every parliament', 'each parliament');
      // Another one of them opens it: it is the copy, not the text of now.
      const again = await writes(memberB, ref);
      expect(again.text).toBe('Recalling the duty of every parliament to prevent and to warn early and together,');
      await again.instead('prevent', 'prevent, to prepare').save();
      await propose(seats.b, S, 'from-draft', { draftId: ref.draft!.draftId });
      expect((await amendments(S))['from-draft']).toMatchObject({ status: 'open', authors: ['xb-chair', 'xb-member'] });
      await accepts(S, 'from-draft');
      expect(await textOf(S, ids[0]!)).toBe('Recalling the solemn duty of each parliament to prevent, to prepare and to warn early and together,');
      await replays(S);
    }, 30_000);

    test('where it is overtaken its words are not lost, and it is told by what', async () => {
      const ref = own(1);
      const copy = await writes(seats.b, ref);
      await copy.instead('hatred', 'contempt').save();
      await amend('over-3', 1, 'hatred', 'incitement');
      const { revision } = await page(S);
      const answer = await seats.b.give('statements', S, 'ProposeAmendment', { amendmentId: 'late', lang: 'en', draftId: ref.draft!.draftId, rationale: { en: 'Ours.' }, baseRevision: revision });
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ code: 'statement.amendment-overtaken', params: { revision, relation: 'exclusive' } });
      expect((await writes(memberB, ref)).text).toBe(CLAUSES[1]!.text['en']!.replace('hatred', 'contempt'));
    }, 30_000);

    test('some of its operations are accepted, the others stay on the table', async () => {
      const text = await textOf(S, ids[2]!);
      await propose(seats.d, S, 'parts', { changes: [{ clauseId: ids[2], lang: 'en', text: text.replace('Mindful', 'Ever mindful').replace('the many', 'all') }] });
      const { operations } = (await amendments(S))['parts']!;
      expect(operations).toHaveLength(2);
      await seats.a.does('statements', S, 'AcceptAmendment', { amendmentId: 'parts', parts: [0] });
      expect(await textOf(S, ids[2]!)).toBe(text.replace('Mindful', 'Ever mindful'));
      expect((await amendments(S))['parts']).toMatchObject({ status: 'open', partly: true });
      await seats.a.does('statements', S, 'AcceptAmendment', { amendmentId: 'parts' });
      expect((await amendments(S))['parts']).toMatchObject({ status: 'accepted', decided: { as: 'part' } });
      expect(await textOf(S, ids[2]!)).toBe(text.replace('Mindful', 'Ever mindful').replace('the many', 'all'));
      await replays(S);
    }, 30_000);

    test('the pen writes what has fallen behind, live, and nothing else', async () => {
      const at = (lang: string): CellRef => ({ document: { type: 'statement', id: S }, clauseId: ids[0]!, lang });
      expect((await page(S)).clauses[0].stale).toEqual(['fr']);
      const line = await Line.open(world, seats.a);
      lines.push(line);
      expect(await line.look(at('en'))).toMatchObject({ role: 'comment', shut: 'by-amendment' });
      const copy = await writes(seats.a, at('fr'));
      await copy.becomes('Rappelant le devoir solennel de chaque parlement de prévenir, de se préparer et d’avertir tôt et ensemble,').save();
      // Half of it is no version: it becomes one when its writer says so.
      expect(await copy.line.rest(at('fr'), 'left')).toEqual({ ok: true });
      await world.settled();
      expect(await textOf(S, ids[0]!, 'fr')).toBe(CLAUSES[0]!.text['fr']);
      expect((await seats.a.give('statements', S, 'FreezeText', {})).body.unmet.map((u: Json) => u.code)).toContain('statement.clause-being-written');
      expect(await copy.line.rest(at('fr'))).toEqual({ ok: true });
      expect((await world.until(() => page(S), (doc: Json) => doc.clauses[0].stale.length === 0)).clauses[0]).toMatchObject({ stale: [], text: { fr: copy.text } });
      await copy.line.until(() => copy.line.of('cell:role', cellId(at('fr'))).some((r) => r.shut === 'by-amendment'));
      expect(await copy.put(0, 0, 'Non, ').save()).toBe(false);
      await seats.a.does('statements', S, 'MarkClauseVersion', { clauseId: ids[0], lang: 'fr', why: 'asked' });
      expect(await textOf(S, ids[0]!, 'fr')).toBe('Rappelant le devoir solennel de chaque parlement de prévenir, de se préparer et d’avertir tôt et ensemble,');
      await replays(S);
    }, 30_000);
  });

  describe('time', () => {
    const S = 'time';
    let clauseId: string;
    const text = 'Urge every government to act at once;';
    const amend = (who: Seat, id: string, words: string, instead: string, more: Json = {}) =>
      propose(who, S, id, { changes: [{ clauseId, lang: 'en', text: text.replace(words, instead) }], ...more });

    test('after a minute’s rest what was typed is a version, although nobody asked', async () => {
      const { chair, ids } = await drafted(world, S, [{ section: 'operative', text: { en: 'Urge every government to act;' } }]);
      clauseId = ids[0]!;
      const copy = await writes(chair, { document: { type: 'statement', id: S }, clauseId, lang: 'en' });
      await copy.behind('act', ' at once').save();
      expect(await textOf(S, clauseId)).toBe('Urge every government to act;');
      await restart(61_000);
      expect(await world.until(() => textOf(S, clauseId), (now) => now === text)).toBe(text);
      expect((await seats.a.history('statements', S)).at(-1)!.doc).toMatchObject({ type: 'ClauseVersionMarked', data: { why: 'idle', authors: ['xa-chair'] } });
      await seats.a.does('statements', S, 'CirculateDraft', { commentsDue: deadline(30) });
    }, 30_000);

    test('what an accepted change displaced and nobody settled falls after 72 hours; until then it does not, and what was settled stays', async () => {
      await amend(seats.b, 't1', 'every government', 'all governments');
      await amend(seats.c, 't2', 'every government', 'each government and parliament');
      await amend(seats.d, 't3', 'every', 'any');
      await amend(seats.c, 't4', 'at once', 'now');
      await amend(seats.b, 't5', 'at once', 'this year');
      await amend(seats.d, 't2-sub', 'every government', 'each government and court', { to: 't2' });
      await accepts(S, 't1');
      await seats.d.does('statements', S, 'ReanchorAmendment', { amendmentId: 't3', lang: 'en', changes: [{ clauseId, lang: 'en', text: 'Urge all the governments to act at once;' }], baseRevision: (await page(S)).revision });
      await seats.b.does('statements', S, 'UndoRebase', { amendmentId: 't5' });
      const now = async () => Object.values(await amendments(S)).map((a) => [a.id, a.status]).toSorted();
      const waiting = [['t1', 'accepted'], ['t2', 'displaced'], ['t2-sub', 'displaced'], ['t3', 'open'], ['t4', 'open'], ['t5', 'displaced']];
      expect(await now()).toEqual(waiting);
      await restart(3 * DAY - 60_000);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await now()).toEqual(waiting);
      await restart(120_000);
      const fallen = [['t1', 'accepted'], ['t2', 'fallen'], ['t2-sub', 'fallen'], ['t3', 'open'], ['t4', 'open'], ['t5', 'fallen']];
      expect(await world.until(now, (list) => JSON.stringify(list) === JSON.stringify(fallen))).toEqual(fallen);
      // Once, and for a reason; and a rebase of then is no longer undone.
      await restart(DAY);
      expect(await now()).toEqual(fallen);
      const acts = (await seats.a.history('statements', S)).map((a) => a.doc).filter((a) => a.type === 'AmendmentFell');
      expect(acts.map((a) => [a.data.amendmentId, a.actor.capacity]).toSorted()).toEqual([['t2', 'system'], ['t2-sub', 'system'], ['t5', 'system']]);
      expect(await seats.c.refused(409, 'statements', S, 'UndoRebase', { amendmentId: 't4' })).toEqual(['statement.undo-too-late']);
      expect(await seats.c.refused(409, 'statements', S, 'ReanchorAmendment', { amendmentId: 't2', lang: 'en', changes: [{ clauseId, lang: 'en', text }], baseRevision: 1 })).toEqual(['statement.amendment-not-open']);
      await replays(S);
    }, 30_000);
  });
});
