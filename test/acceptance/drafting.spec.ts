import { randomUUID } from 'node:crypto';
import { applySteps, canonicalText, cellFromText, cellId, type CellRef, parseCell, parseStep } from '#text';
import { type Copy, drafted, Line } from './line.js';
import { deadline, type Json, type Seat, World } from './world.js';

const WORDS = 'Alarmed by the speeches of hatred that go before the killing of the many,';
const CLAUSE = { section: 'preambular', text: { en: WORDS } };
const circulate = { commentsDue: deadline(2) };
const insertion = (at: number, text: string) => ({ stepType: 'replace', from: at, to: at, slice: { content: [{ type: 'text', text }] } });

describe('Several people in one text', () => {
  let world: World;
  const lines: Line[] = [];
  const line = async (who?: Seat | string) => {
    const opened = await Line.open(world, typeof who === 'string' ? await world.signIn(who) : who);
    lines.push(opened);
    return opened;
  };
  beforeAll(async () => {
    world = await World.open();
  }, 60_000);
  afterEach(() => {
    for (const opened of lines.splice(0)) opened.close();
  });
  afterAll(() => world.close());

  const refOf = (id: string, clauseId: string, lang = 'en'): CellRef => ({ document: { type: 'statement', id }, clauseId, lang });
  const clauseOf = async (who: Seat, id: string, clauseId: string): Promise<Json> => (await who.doc('statements', id)).clauses.find((c: Json) => c.id === clauseId);
  const commitsOf = async (who: Seat, cell: string, query: Json = {}): Promise<Json> => (await who.get(`/api/v1/texts/${cell}/commits`, { minPosition: await world.settled(), ...query }).expect(200)).body;
  /** What the commits give, applied one after the other by whoever reads them. */
  const replayed = ({ entries }: Json): string => {
    let doc = cellFromText('');
    for (const entry of entries as Json[]) doc = entry.kind === 'opened' ? cellFromText(entry.text) : applySteps(doc, entry.steps.map(parseStep))!;
    return canonicalText(doc);
  };
  /** A statement with one clause that two people have open. */
  async function together(id: string): Promise<{ chair: Seat; member: Seat; clauseId: string; ref: CellRef; cell: string; one: Copy; two: Copy }> {
    const { chair, member, ids } = await drafted(world, id, [CLAUSE]);
    const ref = refOf(id, ids[0]!);
    const [a, b] = [await line(chair), await line(member)];
    const one = await a.writes(ref);
    const two = await b.writes(ref);
    return { chair, member, clauseId: ids[0]!, ref, cell: cellId(ref), one, two };
  }
  /** Types word by word, each word in a commit or more of its own. */
  const typing = async (copy: Copy, text: string, behind: string) => {
    for (const word of text.split(/(?<= )/)) {
      copy.behind(behind, word);
      behind = word;
      await copy.save();
    }
  };
  const agree = (one: Copy, two: Copy) => one.line.until(() => one.replica.version === two.replica.version && one.replica.unconfirmed + two.replica.unconfirmed === 0);

  describe('two who hold the pen', () => {
    test('type in one clause at once: both copies, the server, its commits replayed and the version of the clause are the same words', async () => {
      const { chair, member, clauseId, ref, cell, one, two } = await together('both');
      await Promise.all([typing(one, 'gravely and once more ', 'Alarmed '), typing(two, 'and contempt ', 'hatred ')]);
      await Promise.all([one.instead('the many', 'so many').save(), two.instead('go before', 'foretell').save()]);
      await agree(one, two);
      const words = 'Alarmed gravely and once more by the speeches of hatred and contempt that foretell the killing of so many,';
      expect([one.text, two.text]).toEqual([words, words]);
      expect([...one.lost, ...two.lost]).toEqual([]);
      const server = await (await line(chair)).look(ref);
      expect(canonicalText(parseCell(server.doc))).toBe(words);
      const commits = await commitsOf(chair, cell);
      expect([commits.text, replayed(commits)]).toEqual([words, words]);
      const typed = commits.entries.slice(1) as Json[];
      const by = (copy: Copy) => typed.filter((c) => copy.acknowledged.includes(c.commitId)).map((c) => c.by);
      expect(by(one)).toEqual(one.acknowledged.map(() => ({ personId: 'xa-chair', onBehalfOf: 'xa-group' })));
      expect(by(two)).toEqual(two.acknowledged.map(() => ({ personId: 'xa-member', onBehalfOf: 'xa-group' })));
      expect(typed.map((c) => c.version)).toEqual(typed.map((_, i) => i + 2));
      expect(typed).toHaveLength(one.acknowledged.length + two.acknowledged.length);
      // The words become a version of the clause when one of them asks, with both names.
      expect(await two.line.rest(ref, 'left')).toEqual({ ok: true });
      expect(await clauseOf(member, 'both', clauseId)).toMatchObject({ text: { en: words }, versions: { en: two.replica.version } });
      const [marked] = (await chair.history('statements', 'both')).filter((a) => a.doc.type === 'ClauseVersionMarked');
      expect(marked!.doc.data).toMatchObject({ text: words, authors: expect.arrayContaining(['xa-chair', 'xa-member']), why: 'left', toVersion: two.replica.version });
      // As of a moment in between: the words that stood then.
      const half = typed[Math.floor(typed.length / 2)]!;
      const then = await commitsOf(chair, cell, { at: half.at });
      expect(then.text).toBe(replayed(then));
      expect(then.entries.length).toBeLessThan(commits.entries.length);
    });

    test('who circulates takes everything that was acknowledged, and nobody has to ask for a version', async () => {
      const { chair, clauseId, one, two } = await together('taken');
      await Promise.all([typing(one, 'deeply ', 'Alarmed '), typing(two, 'again ', 'speeches ')]);
      await agree(one, two);
      await chair.does('statements', 'taken', 'CirculateDraft', circulate);
      const words = 'Alarmed deeply by the speeches again of hatred that go before the killing of the many,';
      expect(await clauseOf(chair, 'taken', clauseId)).toMatchObject({ text: { en: words } });
      const acts = (await chair.history('statements', 'taken')).map((a) => a.doc);
      expect(acts.slice(-2)).toMatchObject([{ type: 'ClauseVersionMarked', data: { why: 'circulated', text: words } }, { type: 'DraftCirculated' }]);
    });

    test('see each other’s carets, which nothing records', async () => {
      const { chair, cell, one, two } = await together('carets');
      const before = await world.head();
      one.line.socket.emit('here', { cell, anchor: 3, head: 8, version: one.replica.version });
      await two.line.until(() => two.line.of('here').length > 0);
      expect(two.line.of('here')[0]).toMatchObject({ cell, anchor: 3, head: 8, personId: 'xa-chair', name: 'Ada Marlowe', group: 'xa-group' });
      expect(await world.head()).toBe(before);
      expect(one.line.of('here')).toEqual([]);
      const forged = { cell, anchor: 1, head: 1, version: 1, personId: 'xa-member', name: 'Somebody' };
      one.line.socket.emit('here', forged);
      await one.line.ask('cell:leave', 'none');
      expect(two.line.of('here').map((h) => h.name)).not.toContain('Somebody');
      expect((await chair.history('statements', 'carets')).at(-1)!.doc.type).toBe('PenholderAppointed');
    });

    test('with the classic form on one revision: one is recorded, the other is told what has moved, and what is being typed is not written over', async () => {
      const { chair, member, ids: [clauseId = ''] } = await drafted(world, 'classic', [CLAUSE]);
      const { revision } = await chair.doc('statements', 'classic');
      const edit = (en: string, baseRevision = revision) => ({ clauseId, baseRevision, text: { en }, note: 'clearer' });
      const answers = await Promise.all([
        chair.give('statements', 'classic', 'EditClause', edit('Alarmed by hatred,')), member.give('statements', 'classic', 'EditClause', edit('Alarmed by contempt,')),
      ]);
      expect(answers.map((a) => a.status).toSorted()).toEqual([200, 409]);
      const lost = answers.find((a) => a.status === 409)!.body as Json;
      expect(lost).toMatchObject({ code: 'statement.clause-changed-since', params: { base: revision, head: revision + 1 } });
      const won = answers[0]!.status === 200 ? 'Alarmed by hatred,' : 'Alarmed by contempt,';
      expect(await clauseOf(chair, 'classic', clauseId)).toMatchObject({ text: { en: won } });

      const copy = await (await line(member)).writes(refOf('classic', clauseId));
      await copy.behind('Alarmed ', 'beyond words ').save();
      expect(await chair.refused(409, 'statements', 'classic', 'EditClause', edit('Alarmed by all of it,', revision + 1))).toEqual(['statement.clause-being-written']);
      expect(await copy.line.rest(copy.ref)).toEqual({ ok: true });
      await world.settled();
      await chair.does('statements', 'classic', 'EditClause', edit('Alarmed by all of it,', (await chair.doc('statements', 'classic')).revision));
      expect((await clauseOf(chair, 'classic', clauseId)).text.en).toBe('Alarmed by all of it,');
      // Who has it open is told that other words stand there now.
      await copy.line.until(() => copy.line.of('cell:changed').some((c) => c.type === 'ClauseTextClosed' && c.data.reason === 'changed-otherwise'));
    });
  });

  test('an edit by the form outlives a circulation right behind it, where a text is open and nobody has typed on', async () => {
    const { chair, clauseId, one } = await together('behind');
    await one.behind('Alarmed ', 'deeply ').save();
    expect(await one.line.rest(one.ref)).toEqual({ ok: true });
    await world.settled();
    const { revision } = await chair.doc('statements', 'behind');
    // One act on the heels of the other, before any rule has closed the text.
    const give = (command: string, input: Json) =>
      world.services.platform.executor.execute({
        aggregate: 'Statement', id: 'behind', command, input, actor: { personId: 'xa-chair', capacity: 'chair', onBehalfOf: 'xa-group' }, mode: 'exercise', commandId: randomUUID(),
      });
    const edits = [0, 1, 2].map((n) => give('EditClause', { clauseId, baseRevision: revision + n, text: { en: `Edit ${n} by the form,` }, note: 'anew' }));
    const answers = await Promise.all([...edits, give('CirculateDraft', circulate)]);
    expect(answers.filter((a) => 'refused' in a)).toEqual([]);
    expect((await clauseOf(chair, 'behind', clauseId)).text.en).toBe('Edit 2 by the form,');
    expect((await chair.history('statements', 'behind')).map((a) => a.doc.type).slice(-4)).toEqual(['ClauseEdited', 'ClauseEdited', 'ClauseEdited', 'DraftCirculated']);
  });

  test('who signs out is out of the texts at once', async () => {
    const { chair, cell, one } = await together('out');
    const leaving = await world.signIn('member.xa');
    const gone = await (await line(leaving)).writes(one.ref);
    const { identity } = world.services;
    const { accountId } = (await identity.accounts.findByEmail('member.xa@demo.example'))!;
    const [newest] = await identity.sessions.list(accountId);
    await identity.sessions.revoke(newest!.sessionId);
    await gone.line.until(() => !gone.line.socket.connected);
    await one.behind('', ' after').save();
    expect(gone.line.of('cell:commit', cell)).toEqual([]);
    expect((await commitsOf(chair, cell)).entries).toHaveLength(2);
  });

  describe('who may not', () => {
    test('another group reads what is circulated, comments on it and is refused when it writes; nobody reads a draft that is not his', async () => {
      const { chair, ids: [clauseId = ''] } = await drafted(world, 'others', [CLAUSE]);
      const ref = refOf('others', clauseId);
      const [b, observer, anyone] = [await line('chair.xb'), await line('observer'), await line()];
      for (const other of [b, observer, anyone]) {
        expect(await other.look(ref)).toEqual({ cell: cellId(ref), ok: false });
        expect(await other.commit(cellId(ref), 1, [insertion(0, 'x')])).toMatchObject({ ok: false, err: 'DENIED' });
      }
      const own = await (await line(chair)).writes(ref);
      await own.behind('', ' now').save();
      expect(b.of('cell:commit')).toEqual([]);
      // Nor by naming a document that he may read beside a clause that he may not.
      await (await world.signIn('chair.xb')).does('statements', 'others-b', 'ProposeStatement', {
        statementId: 'others-b', kind: 'open-letter', subject: { en: 'Mine' }, leadLanguage: 'en', authenticLanguages: ['en'], urgency: 'ordinary',
      });
      await world.settled();
      expect(await b.look({ ...ref, document: { type: 'statement', id: 'others-b' } })).toEqual({ cell: own.cell, ok: false });
      await chair.does('statements', 'others', 'CirculateDraft', circulate);
      await world.settled();
      expect(await b.look(ref)).toMatchObject({ ok: true, role: 'comment', shut: 'by-amendment', status: 'closed' });
      expect(await b.commit(cellId(ref), 1, [insertion(0, 'x')])).toMatchObject({ ok: false });
      // The statement is for the network now: an observer of the network is none of its members.
      const mayRead = (await (await world.signIn('observer')).get('/api/v1/statements/others')).status === 200;
      expect((await observer.look(ref)).ok).toBe(mayRead);
      expect((await anyone.look(ref)).ok).toBe(false);
      await world.anonymous.get(`/api/v1/texts/${cellId(ref)}/commits`).expect(404);
      await (await world.signIn('observer')).get(`/api/v1/texts/${cellId(ref)}/commits`).expect(404);
    });

    test('a sponsor who does not hold the pen sees every word as it is typed, and writes none', async () => {
      const { chair, ids: [clauseId = ''] } = await drafted(world, 'sponsored', [CLAUSE]);
      const sponsor = await world.signIn('chair.xb');
      await sponsor.does('statements', 'sponsored', 'SponsorStatement', {});
      await world.settled();
      const ref = refOf('sponsored', clauseId);
      const own = await (await line(chair)).writes(ref);
      const b = await line(sponsor);
      const opened = await b.look(ref);
      expect(opened).toMatchObject({ ok: true, status: 'open', role: 'comment' });
      await own.behind('Alarmed ', 'deeply ').save();
      await b.until(() => b.of('cell:commit', own.cell).length === 1);
      expect(b.of('cell:commit')[0].by).toEqual({ personId: 'xa-chair', onBehalfOf: 'xa-group' });
      expect(await b.commit(own.cell, opened.version, [insertion(0, 'Not ')])).toMatchObject({ ok: false, err: 'DENIED', code: 'text.not-yours' });
      expect(await b.begin(ref)).toMatchObject({ ok: false, err: 'DENIED' });
      expect(await b.rest(ref)).toMatchObject({ ok: false, err: 'DENIED' });
      expect((await commitsOf(chair, own.cell)).entries).toHaveLength(2);
    });

    test('a group’s own copy of a clause is opened by that group and by the auditor', async () => {
      const { chair, ids: [clauseId = ''] } = await drafted(world, 'own', [CLAUSE]);
      await chair.does('statements', 'own', 'CirculateDraft', circulate);
      await world.settled();
      const ref: CellRef = { ...refOf('own', clauseId), draft: { draftId: randomUUID(), groupId: 'xb-group' } };
      const b = await (await line('chair.xb')).writes(ref);
      await b.instead('hatred', 'contempt').save();
      const strangers = await Promise.all(['chair.xa', 'chair.xc', 'network', 'cochair', 'observer'].map((n) => line(n)));
      for (const stranger of strangers) expect(await stranger.look(ref)).toEqual({ cell: b.cell, ok: false });
      // Nor does another group by calling the draft its own, or by naming another document beside it.
      const { draftId } = ref.draft!;
      const c = await line('chair.xc');
      for (const asked of [{ ...ref, draft: { draftId, groupId: 'xc-group' } }, { ...refOf('others', clauseId), draft: { draftId, groupId: 'xc-group' } }])
        expect(await c.look(asked)).toEqual({ cell: b.cell, ok: false });
      expect(await c.begin({ ...ref, draft: { draftId, groupId: 'xc-group' } })).toMatchObject({ err: 'DENIED' });
      const auditor = await line('auditor');
      expect(await auditor.look(ref)).toMatchObject({ ok: true, role: 'read', status: 'open' });
      expect(await auditor.commit(b.cell, b.replica.version, [insertion(0, 'x')])).toMatchObject({ err: 'DENIED' });
      await (await world.signIn('chair.xc')).get(`/api/v1/texts/${b.cell}/commits`).expect(404);
      expect((await commitsOf(await world.signIn('auditor'), b.cell)).text).toBe(WORDS.replace('hatred', 'contempt'));
    });
  });

  describe('what is no commit', () => {
    let copy: Copy;
    let member: Seat;
    beforeAll(async () => {
      const { chair, member: other, ids: [clauseId = ''] } = await drafted(world, 'hostile', [CLAUSE]);
      member = other;
      await (await Line.open(world, chair)).writes(refOf('hostile', clauseId)).then((c) => c.line.close());
    });
    beforeEach(async () => {
      const [clause] = (await member.doc('statements', 'hostile')).clauses;
      copy = await (await line(member)).writes(refOf('hostile', clause.id));
    });
    const refuse = async (payload: Json, expected: Json) => {
      const before = await world.head();
      const { cell } = copy;
      expect(await copy.line.ask('cell:commit', { cell, commitId: randomUUID(), base: copy.replica.version, steps: [insertion(0, 'x')], ...payload })).toMatchObject({ ok: false, ...expected });
      expect(await world.head()).toBe(before);
      // The socket lives on, and so does the text.
      expect(copy.line.socket.connected).toBe(true);
      expect(await copy.behind('', '.').save()).toBe(true);
    };
    const slice = (content: Json) => ({ stepType: 'replace', from: 0, to: 0, slice: { content: [content] } });
    test.each([
      ['the name of another in it', { by: { personId: 'xa-chair' } }, 'INVALID'],
      ['an actor in it', { actor: { personId: 'xa-chair', capacity: 'chair' } }, 'INVALID'],
      ['a node that is a script', { steps: [slice({ type: 'script', text: 'alert(1)' })] }, 'INVALID'],
      ['a mark that nobody knows', { steps: [slice({ type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] })] }, 'INVALID'],
      ['a mark without its id', { steps: [slice({ type: 'text', text: 'x', marks: [{ type: 'bracket' }] })] }, 'INVALID'],
      ['an id that is no word', { steps: [slice({ type: 'text', text: 'x', marks: [{ type: 'bracket', attrs: { id: { a: 1 } } }] })] }, 'INVALID'],
      ['a step of no kind', { steps: [{ stepType: 'constructor' }] }, 'INVALID'],
      ['a place that is not there', { steps: [insertion(9_000, 'x')] }, 'INVALID'],
      ['a place before the first', { steps: [insertion(-4, 'x')] }, 'INVALID'],
      ['a place that is no number', { steps: [{ ...insertion(0, 'x'), from: '0' }] }, 'INVALID'],
      ['65 steps', { steps: Array.from({ length: 65 }, () => insertion(0, 'x')) }, 'INVALID'],
      ['no step', { steps: [] }, 'INVALID'],
      ['33 KB of steps', { steps: Array.from({ length: 33 }, () => insertion(0, 'x'.repeat(1_000))) }, 'INVALID'],
      ['33 KB of steps, counted in bytes', { steps: [insertion(0, '界'.repeat(11_000))] }, 'INVALID'],
      ['64 KB pasted', { steps: [insertion(0, 'x'.repeat(65_536))] }, 'INVALID'],
      ['more words than a clause may have', { steps: [insertion(0, 'x'.repeat(20_001))] }, 'INVALID'],
      ['a base that is not yet', { base: 9_000 }, 'STALE'],
      ['a base before the beginning', { base: -1 }, 'INVALID'],
      ['a base before the text was opened', { base: 0 }, 'STALE'],
      ['an id that is none', { commitId: 'again' }, 'INVALID'],
      ['a text that is not open here', { cell: 'nothing_en' }, 'DENIED'],
    ])('%s: it is refused, and nothing is recorded', (_, payload, err) => refuse(payload, { err }));

    test('what is no payload at all harms nobody', async () => {
      const before = await world.head();
      for (const name of ['cell:commit', 'cell:begin', 'cell:rest', 'cell:open', 'cell:leave'])
        for (const payload of [null, 7, 'x', [], {}, [{}], { cell: {} }]) expect(await copy.line.ask(name, payload)).toMatchObject({ ok: false });
      copy.line.socket.emit('here', null);
      copy.line.socket.emit('here');
      expect(await world.head()).toBe(before);
      expect(await copy.behind('', '!').save()).toBe(true);
    });

    test('more than forty at once: the rest is told to wait, and passes when it is sent again', async () => {
      const base = copy.replica.version;
      const sent = Array.from({ length: 60 }, () => randomUUID());
      const answers = await Promise.all(sent.map((commitId) => copy.line.commit(copy.cell, base, [insertion(0, 'y')], commitId)));
      const late = sent.filter((_, i) => !answers[i].ok);
      expect(late.length).toBeGreaterThanOrEqual(10);
      for (const answer of answers) if (!answer.ok) expect(answer).toMatchObject({ err: 'RATE', code: 'too-many-requests', retryAfter: expect.any(Number) });
      for (const commitId of late) {
        let answer = await copy.line.commit(copy.cell, base, [insertion(0, 'y')], commitId);
        for (; answer.err === 'RATE'; answer = await copy.line.commit(copy.cell, base, [insertion(0, 'y')], commitId)) await new Promise((resolve) => setTimeout(resolve, answer.retryAfter));
        expect(answer).toEqual({ ok: true });
      }
      await copy.line.until(() => copy.replica.version === base + 60);
      expect(copy.words.startsWith('y'.repeat(60))).toBe(true);
    }, 20_000);
  });

  describe('when the document moves on', () => {
    const closing = (copy: Copy): Json => copy.line.of('cell:changed', copy.cell).find((c) => c.type === 'ClauseTextClosed');

    test('who wrote hears at once that he does not any more, and what he sends is not in the text', async () => {
      const { chair, clauseId, cell, one, two } = await together('shut');
      await one.behind('Alarmed ', 'deeply ').save();
      await agree(one, two);
      two.behind('speeches ', 'and writings ');
      const unsent = two.replica.take(randomUUID())!;
      await chair.does('statements', 'shut', 'CirculateDraft', circulate);
      for (const copy of [one, two]) {
        await copy.line.until(() => copy.line.of('cell:role', cell).length > 0 && closing(copy) !== undefined);
        expect(copy.line.of('cell:role', cell).at(-1)).toMatchObject({ role: 'comment', shut: 'by-amendment' });
        expect(closing(copy).data).toMatchObject({ reason: 'circulated', taken: one.text });
      }
      expect(closing(one).data).not.toHaveProperty('left');
      const answer = await two.line.commit(cell, unsent.base, unsent.steps, unsent.commitId);
      expect(['FROZEN', 'STALE']).toContain(answer.err);
      expect(await two.line.begin(two.ref)).toMatchObject({ ok: false, err: 'FROZEN', code: 'text.shut', params: { reason: 'by-amendment' } });
      expect(await two.line.rest(two.ref)).toMatchObject({ ok: false });
      expect((await clauseOf(chair, 'shut', clauseId)).text.en).toBe(WORDS.replace('Alarmed', 'Alarmed deeply'));
      // He keeps his words: they are what his copy says is not saved.
      expect(two.replica.unsaved).toMatchObject([{ kind: 'insert', text: 'and writings ' }]);
    });

    test('a sponsorship that ends takes the text with it', async () => {
      const { chair, clauseId, ref, cell } = await together('left');
      const sponsor = await world.signIn('chair.xb');
      await sponsor.does('statements', 'left', 'SponsorStatement', {});
      await world.settled();
      const b = await line(sponsor);
      expect((await b.look(ref)).ok).toBe(true);
      await sponsor.does('statements', 'left', 'LeaveSponsorship', {});
      await b.until(() => b.of('cell:role', cell).some((r) => r.role === 'none'));
      const copy = await (await line(chair)).writes(ref);
      await copy.behind('', ' in secret').save();
      expect(b.of('cell:commit')).toEqual([]);
      expect((await b.look(ref)).ok).toBe(false);
      expect(clauseId).toBe(ref.clauseId);
    });

    test.each([2, 5, 8, 11, 14, 17])('many commits race with the circulation (after %i): what was acknowledged is in the text or in what the closing keeps', async (after) => {
      const id = `race-${after}`;
      const { chair, clauseId, cell, one, two } = await together(id);
      const acknowledged: string[] = [];
      let shut = false;
      const race = async (copy: Copy, name: string) => {
        for (let n = 0; n < 30 && !shut; n++) {
          const word = `${name}${n} `;
          copy.put(0, 0, word);
          if (await copy.save()) acknowledged.push(word.trim());
          else shut = true;
        }
      };
      const racing = Promise.all([race(one, 'a'), race(two, 'b')]);
      await one.line.until(() => acknowledged.length >= after);
      await chair.does('statements', id, 'CirculateDraft', circulate);
      await racing;
      await one.line.until(() => closing(one) !== undefined);
      const { left, taken } = closing(one).data;
      const text: string = (await clauseOf(chair, id, clauseId)).text.en;
      expect(taken).toBe(text);
      const kept = `${text} ${left ?? ''}`.split(' ');
      expect(acknowledged.length).toBeGreaterThanOrEqual(after);
      expect(acknowledged.filter((word) => !kept.includes(word))).toEqual([]);
      // What is typed stands in the record, commit by commit, whatever the document took.
      expect(replayed(await commitsOf(chair, cell))).toBe(left ?? text);
    });
  });

  describe('an answer that was lost', () => {
    test('the same commit again is the same commit', async () => {
      const { chair, cell, one } = await together('again');
      one.behind('Alarmed ', 'twice ');
      const { base, steps, commitId } = one.replica.take(randomUUID())!;
      const answers = await Promise.all([1, 2, 3].map(() => one.line.commit(cell, base, steps, commitId)));
      expect(answers).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
      // Another socket of the same person, as after a broken line; but nobody else under the same id.
      const other = await line(chair);
      await other.look(one.ref);
      expect(await other.commit(cell, base, steps, commitId)).toEqual({ ok: true });
      const stranger = await line('member.xa');
      await stranger.look(one.ref);
      expect(await stranger.commit(cell, base, steps, commitId)).toMatchObject({ ok: false, code: 'command-id-reused' });
      expect((await commitsOf(chair, cell)).entries.map((e: Json) => e.kind)).toEqual(['opened', 'committed']);
      await one.line.until(() => one.replica.unconfirmed === 0);
      expect(one.text).toBe(WORDS.replace('Alarmed', 'Alarmed twice'));
    });

    test('also where another server answers; and who comes back with his version gets what came since', async () => {
      const { chair, member, clauseId, ref, cell, one, two } = await together('anew');
      await one.behind('Alarmed ', 'once ').save();
      await agree(one, two);
      const known = two.replica.version;
      two.line.close();
      await one.behind('once ', 'and for all ').save();
      // Sent, and the line breaks before the answer; so does the server.
      one.behind('', ' amen');
      const open = one.replica.take(randomUUID())!;
      one.line.socket.emit('cell:commit', { cell, ...open });
      await world.until(async () => (await commitsOf(chair, cell)).entries.length, (n) => n === 4);
      two.behind('killing ', 'again ');
      await world.restart();

      const back = await line(member);
      const opened = await back.look(ref, known);
      expect(opened).toMatchObject({ ok: true, status: 'open', role: 'write', version: known + 2 });
      expect(opened).not.toHaveProperty('doc');
      expect(opened.since.map((m: Json) => [m.version, m.commitId, m.by.personId])).toEqual([
        [known + 1, one.acknowledged.at(-1), 'xa-chair'], [known + 2, open.commitId, 'xa-chair'],
      ]);
      for (const message of opened.since) two.hear(message);
      const mine = two.replica.take(randomUUID())!;
      expect(await back.commit(cell, mine.base, mine.steps, mine.commitId)).toEqual({ ok: true });

      const again = await line(chair);
      expect((await again.look(ref, known)).since.map((m: Json) => m.version)).toContain(known + 2);
      for (let n = 0; n < 3; n++) expect(await again.commit(cell, open.base, open.steps, open.commitId)).toEqual({ ok: true });
      const words = 'Alarmed once and for all by the speeches of hatred that go before the killing again of the many, amen';
      const commits = await commitsOf(chair, cell);
      expect([commits.text, commits.entries.filter((e: Json) => e.commitId === open.commitId)]).toEqual([words, [expect.objectContaining({ version: known + 2 })]]);
      // A version that is no longer, or not yet, is answered with the whole text.
      for (const version of [0, 900]) expect(await again.look(ref, version)).toMatchObject({ version: known + 3, doc: { type: 'doc' } });
      await chair.does('statements', 'anew', 'CirculateDraft', circulate);
      expect((await clauseOf(chair, 'anew', clauseId)).text.en).toBe(words);
    });
  });

  describe('a comment', () => {
    test('follows its words while others write, and keeps the quotation when they are gone', async () => {
      const { chair, clauseId, ref, cell, one, two } = await together('comments');
      const comment = async (who: Seat, words: string, text: string, more: Json = {}) => {
        const from = one.words.indexOf(words);
        await who.does('texts', cell, 'MakeComment', { document: ref.document, clauseId, lang: 'en', version: one.replica.version, from, to: from + words.length, text, ...more });
      };
      const comments = async (): Promise<Json[]> => (await chair.doc('texts', cell)).comments;
      const over = async () => {
        const words = (await chair.doc('texts', cell)).content.content.map((n: Json) => n.text).join('');
        return (await comments()).map(({ place }) => place && words.slice(place.from, place.to));
      };
      await comment(await world.signIn('member.xa'), 'speeches of hatred', 'Whose?');
      await comment(chair, 'killing', 'Is this the word?');
      await one.put(0, 0, 'We are ').save();
      await two.instead('of the many', 'of so many').save();
      await agree(one, two);
      await one.behind('speeches ', 'and writings ').save();
      expect(await over()).toEqual(['speeches and writings of hatred', 'killing']);
      expect((await comments())[0]).toMatchObject({ by: 'xa-member', onBehalfOf: 'xa-group', quote: 'speeches of hatred', text: 'Whose?', resolved: null });
      await two.instead('killing of ', '').save();
      expect(await over()).toEqual(['speeches and writings of hatred', null]);
      expect((await comments())[1]).toMatchObject({ place: null, quote: 'killing' });
      await agree(one, two);
      await chair.does('statements', 'comments', 'CirculateDraft', circulate);
      await world.settled();
      expect(await over()).toEqual(['speeches and writings of hatred', null]);
    });

    test('of the sponsors among themselves stays theirs; in the negotiation everybody’s is seen, and follows what is accepted', async () => {
      const { chair, clauseId, ref, cell, one } = await together('remarks');
      const b = await world.signIn('chair.xb');
      const say = async (who: Seat, words: string, text: string, version: number, more: Json = {}) => {
        const from = WORDS.indexOf(words);
        await who.does('texts', cell, 'MakeComment', { document: ref.document, clauseId, lang: 'en', version, from, to: from + words.length, text, ...more });
      };
      await say(chair, 'killing', 'Between us: is it one?', one.replica.version);
      await chair.does('statements', 'remarks', 'CirculateDraft', circulate);
      await world.settled();
      await b.get(`/api/v1/texts/${cell}`).expect(404);
      await say(b, 'speeches of hatred', 'Whose?', 0);
      const seen = async (who: Seat) => (await who.doc('texts', cell)).comments.map((c: Json) => [c.by, c.text]);
      expect(await seen(b)).toEqual([['xb-chair', 'Whose?']]);
      expect(await seen(chair)).toEqual([['xb-chair', 'Whose?']]);
      // What was typed before is in the record for those who could read it then.
      expect((await commitsOf(b, cell)).entries.map((e: Json) => [e.kind, e.text])).toEqual([['opened', WORDS]]);
      expect((await commitsOf(chair, cell)).entries.length).toBeGreaterThan(1);
      expect(JSON.stringify((await b.get(`/api/v1/texts/${cell}/history`).expect(200)).body)).not.toContain('Between us');
      expect(JSON.stringify((await chair.get(`/api/v1/texts/${cell}/history`).expect(200)).body)).toContain('Between us');

      // Accepted words move the clause: the remark is where its words are, and outlives them.
      const accept = async (amendmentId: string, text: string) => {
        await b.does('statements', 'remarks', 'ProposeAmendment', { amendmentId, lang: 'en', changes: [{ clauseId, lang: 'en', text }], rationale: { en: 'Clearer.' }, baseRevision: (await b.doc('statements', 'remarks')).revision });
        await chair.does('statements', 'remarks', 'AcceptAmendment', { amendmentId });
        await world.settled();
      };
      const place = async () => {
        const [c] = (await b.doc('texts', cell)).comments as Json[];
        return c.place && (await clauseOf(b, 'remarks', clauseId)).text.en.slice(c.place.from, c.place.to);
      };
      await accept('am-1', WORDS.replace('Alarmed', 'Gravely alarmed'));
      expect(await place()).toBe('speeches of hatred');
      await accept('am-2', WORDS.replace('Alarmed', 'Gravely alarmed').replace('the speeches', 'the very speeches'));
      expect(await place()).toBe('speeches of hatred');
      const reader = await line('chair.xc');
      const shown = await reader.look(ref);
      expect(canonicalText(parseCell(shown.doc))).toBe((await clauseOf(b, 'remarks', clauseId)).text.en);
      const commentId = (await b.doc('texts', cell)).comments[0].id;
      await b.does('texts', cell, 'MakeComment', { document: ref.document, clauseId, lang: 'en', version: shown.version, from: 0, to: 0, text: 'Those of the radio.', inReplyTo: commentId });
      await b.does('texts', cell, 'ResolveComment', { commentId });
      await accept('am-3', 'Gravely alarmed by the killing of the many,');
      expect(await place()).toBe(null);
      expect((await b.doc('texts', cell)).comments).toMatchObject([{ quote: 'speeches of hatred', place: null, resolved: { by: 'xb-chair' } }, { inReplyTo: commentId, quote: '' }]);
      expect(await b.refused(409, 'texts', cell, 'ResolveComment', { commentId: 'none' })).toEqual(['text.unknown-comment']);
      const { status } = await (await world.signIn('observer')).give('texts', cell, 'MakeComment', { document: ref.document, clauseId, lang: 'en', version: 0, from: 0, to: 0, text: 'x' });
      expect([403, 404, 409]).toContain(status);
      // A remark keeps nobody from freezing the text.
      await chair.does('statements', 'remarks', 'MarkClauseAgreed', { clauseId, mode: 'agreed' });
      await chair.does('statements', 'remarks', 'FreezeText', {});
    });
  });
});
