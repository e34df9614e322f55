import { specify } from '#kernel/testing';
import { cellSchema, cellFromText, type StepJson, stepJson } from '#text';
import { Transform } from 'prosemirror-transform';
import { clauseText, LONGEST } from './clause-text.js';
import { type ClauseTextEvent, ClauseTextEvents, type DataOf } from './events.js';
import { roleOf, type Writing } from './roles.js';

const pen = { personId: 'p-pen', capacity: 'member', onBehalfOf: 'g-p' } as const;
const other = { personId: 'p-other', capacity: 'chair', onBehalfOf: 'g-q' } as const;
const system = { personId: 'system', capacity: 'system', rule: 'test' } as const;
const TEXT = 'Recalling the duty to prevent,';
const open: Writing = {
  document: { type: 'statement', id: 's1' }, clauseId: 'c1', lang: 'en', draft: null, text: TEXT, reach: 'groups', groups: ['g-p'], pens: ['p-pen'], writers: [], shut: null,
};
const cell = { document: open.document, clauseId: 'c1', lang: 'en' };
const given = specify(clauseText, { actor: pen, evidence: open });
const happened = <K extends ClauseTextEvent['type']>(type: K, data: DataOf<K>): ClauseTextEvent => ({ type, data }) as ClauseTextEvent;
const opened = happened('ClauseTextOpened', { ...cell, text: TEXT, reach: 'groups', groups: ['g-p'], version: 1 });
const change = (make: (tr: Transform) => Transform, text = TEXT): StepJson[] => make(new Transform(cellFromText(text))).steps.map(stepJson);
const typed = (at: number, words: string, text = TEXT) => change((tr) => tr.insert(at, cellSchema.text(words)), text);
const committed = (version: number, steps: StepJson[]) => happened('ClauseTextCommitted', { base: version - 1, version, steps, dropped: [], textHash: 'a'.repeat(64) });
const words = (state: (typeof clauseText)['initial']) => state.doc.textBetween(0, state.doc.content.size);

describe('a live text', () => {
  it('TXT-2 is begun by who may write it, from the words of the document, and once', () => {
    given().when('OpenText', cell).yields(opened);
    given(opened).when('OpenText', cell).changesNothing();
    given().when('OpenText', cell, { actor: other }).refuses('text.not-yours');
    given().when('OpenText', cell, { evidence: { ...open, shut: 'by-amendment' } }).refuses('text.shut');
    given().when('OpenText', cell, { evidence: null as unknown as Writing }).refuses('text.unknown-cell');
  });
  it('TXT-2 takes no person from the sender', () => {
    const input = clauseText.commands['CommitText']!.input;
    const commit = { base: 1, steps: typed(0, 'x') };
    expect(input.safeParse(commit).success).toBe(true);
    for (const forged of [{ by: 'p-chair' }, { actor: { personId: 'p-chair' } }, { version: 9 }]) expect(input.safeParse({ ...commit, ...forged }).success).toBe(false);
    expect(input.safeParse({ base: 1, steps: Array.from({ length: 65 }, () => commit.steps[0]) }).success).toBe(false);
  });
  it('TXT-1 takes a commit on a version, and brings one over what was recorded since', () => {
    const first = given(opened).when('CommitText', { base: 1, steps: typed(TEXT.length, ' now') });
    first.yieldsTypes('ClauseTextCommitted');
    expect(words(first.state)).toBe(`${TEXT} now`);
    const late = given(opened, committed(2, typed(0, 'Firmly '))).when('CommitText', { base: 1, steps: typed(TEXT.length, ' now') });
    expect(words(late.state)).toBe(`Firmly ${TEXT} now`);
    expect(late.state.version).toBe(3);
    given(opened).when('CommitText', { base: 7, steps: typed(0, 'x') }).refuses('text.stale', 'TXT-1');
    given(opened).when('CommitText', { base: 0, steps: typed(0, 'x') }).refuses('text.stale', 'TXT-1');
  });
  it('TXT-1 begins anew where the document has other words meanwhile', () => {
    const elsewhere = { ...open, text: 'Recalling other things,' };
    given(opened).when('CommitText', { base: 1, steps: typed(0, 'x') }, { evidence: elsewhere }).refuses('text.stale');
    given(opened).when('OpenText', cell, { evidence: elsewhere }).yields(happened('ClauseTextOpened', { ...cell, text: elsewhere.text, reach: 'groups', groups: ['g-p'], version: 2 }));
  });
  it('TXT-3 counts a step that finds no place, and keeps the rest', () => {
    const gone = committed(2, change((tr) => tr.delete(10, 22)));
    const inside = given(opened, gone).when('CommitText', { base: 1, steps: change((tr) => tr.addMark(12, 18, cellSchema.marks.opening.create())) });
    expect(inside.outcome).toMatchObject([{ data: { steps: [], dropped: [0], version: 3 } }]);
  });
  it('refuses what is hostile by name, and what is too long', () => {
    const hostile = [{ stepType: 'replace', from: 0, to: 0, slice: { content: [{ type: 'script', text: 'x' }] } }];
    given(opened).when('CommitText', { base: 1, steps: hostile }).refuses('text.unreadable-steps');
    given(opened).when('CommitText', { base: 1, steps: [{ stepType: 'addMark', from: 0, to: 2, mark: { type: 'link' } }] }).refuses('text.unreadable-steps');
    given(opened).when('CommitText', { base: 1, steps: [{ stepType: 'replace', from: 500, to: 900 }] }).refuses('text.unfitting-steps');
    given(opened).when('CommitText', { base: 1, steps: typed(0, 'x'.repeat(LONGEST)) }).refuses('text.too-long');
  });
  it('TXT-4 is closed by the rules of its document, and takes no commit then', () => {
    const more = committed(2, typed(TEXT.length, ' and more'));
    const closed = given(opened, more).when('CloseText', { reason: 'circulated', taken: TEXT }, { actor: system });
    closed.yields(happened('ClauseTextClosed', { reason: 'circulated', version: 3, taken: TEXT, left: `${TEXT} and more` }));
    given(opened).when('CloseText', { reason: 'circulated', taken: TEXT }, { actor: system }).yields(happened('ClauseTextClosed', { reason: 'circulated', version: 2, taken: TEXT }));
    given(opened).when('CloseText', { reason: 'discarded' }).refuses('text.not-yours', 'TXT-2');
    given(opened, happened('ClauseTextClosed', { reason: 'frozen', version: 2 })).when('CommitText', { base: 2, steps: typed(0, 'x') }).refuses('illegal-transition');
  });
  it('TXT-2 is, as a group’s own copy, that group’s alone: to write, to read and to discard', () => {
    const draft = { draftId: 'd1', groupId: 'g-q' };
    const own = { ...open, draft, pens: [] };
    const begun = given().when('OpenText', { ...cell, draft }, { actor: other, evidence: own });
    begun.yieldsTypes('ClauseTextOpened');
    expect(clauseText.label(begun.state, (begun.outcome as never[])[0]!)).toEqual({ tlp: 'AMBER+STRICT', groups: ['g-q'] });
    given().when('OpenText', { ...cell, draft }, { evidence: own }).refuses('text.not-yours');
    given(happened('ClauseTextOpened', { ...cell, draft, text: TEXT, reach: 'groups', groups: [], version: 1 })).when('CloseText', { reason: 'discarded' }, { actor: other, evidence: own }).yieldsTypes('ClauseTextClosed');
  });
  it('is offered to its document after a rest, and at most once for the same words', () => {
    given(opened, committed(2, typed(0, 'x'))).when('RestText', { why: 'idle' }, { actor: system }).yields(happened('ClauseTextRested', { version: 2, why: 'idle' }));
    given(opened).when('RestText', { why: 'left' }).changesNothing();
    given(opened).when('RestText', { why: 'left' }, { actor: other }).refuses('text.not-yours');
    given(opened).when('ShareText', { groups: ['g-q'] }, { actor: system }).yields(happened('ClauseTextShared', { groups: ['g-q'] }));
    given(opened).when('ShareText', { groups: ['g-p'] }, { actor: system }).changesNothing();
  });
});

describe('a comment', () => {
  const network = { ...open, reach: 'network' as const };
  const made = happened('CommentMade', { commentId: 'k1', version: 1, from: 14, to: 18, quote: 'duty', text: 'Which duty?' });
  it('TXT-5 follows its words, and keeps its quotation where they are gone', () => {
    const moved = given(opened, made).when('CommitText', { base: 1, steps: typed(0, 'Firmly ') });
    expect(words(moved.state).slice(moved.state.comments[0]!.place!.from, moved.state.comments[0]!.place!.to)).toBe('duty');
    const gone = given(opened, made).when('CommitText', { base: 1, steps: change((tr) => tr.delete(10, 24)) });
    expect(gone.state.comments[0]).toMatchObject({ id: 'k1', place: null });
  });
  it('TXT-5 stays with its words when the text is begun anew with others', () => {
    const anew = happened('ClauseTextOpened', { ...cell, text: 'Gravely recalling the duty of all,', reach: 'groups', groups: ['g-p'], version: 2 });
    const { state } = given(opened, made, anew).when('ShareText', { groups: ['g-z'] }, { actor: system });
    expect(words(state).slice(state.comments[0]!.place!.from, state.comments[0]!.place!.to)).toBe('duty');
  });
  it('is made by who takes part, on words that are there, and settled once', () => {
    const say = { ...cell, version: 1, from: 14, to: 18, text: 'Which duty?' };
    given(opened).when('MakeComment', say, { actor: other, evidence: network }).yieldsTypes('CommentMade');
    given().when('MakeComment', { ...say, version: 0 }, { actor: other, evidence: network }).yieldsTypes('ClauseTextOpened', 'CommentMade');
    given(opened).when('MakeComment', { ...say, to: 999 }).refuses('text.outside', 'TXT-5');
    given(opened).when('MakeComment', { ...say, version: 4 }).refuses('text.stale');
    given(opened).when('MakeComment', { ...say, inReplyTo: 'k9' }).refuses('text.unknown-comment');
    given(opened).when('MakeComment', say, { actor: { personId: 'p-o', capacity: 'observer' }, evidence: network }).refuses('text.not-yours');
    given(opened, made).when('ResolveComment', { commentId: 'k1' }).yields(happened('CommentResolved', { commentId: 'k1', by: 'p-pen' }));
    given(opened).when('ResolveComment', { commentId: 'k1' }).refuses('text.unknown-comment');
  });
});

describe('who may do what with a text', () => {
  const role = (capacity: string, over: Partial<Writing> = {}, personId = 'p-x') => roleOf({ ...open, reach: 'network', ...over }, { personId, capacity: capacity as never, onBehalfOf: 'g-q' });
  it('follows the table of workspace.md: role by phase, clause and language', () => {
    expect(role('member', {}, 'p-pen')).toBe('write');
    expect(role('member', { shut: 'by-amendment' }, 'p-pen')).toBe('comment');
    expect(role('chair')).toBe('comment');
    expect(role('chair', { writers: ['g-q'] })).toBe('write');
    expect(role('member', { writers: ['g-q'] })).toBe('comment');
    expect(role('observer')).toBe('read');
    expect(role('auditor')).toBe('read');
    expect(role('chair', { shut: 'over' })).toBe('read');
    expect(role('member', { reach: 'groups' })).toBe('read');
    expect(role('member', { draft: { draftId: 'd', groupId: 'g-q' } })).toBe('write');
    expect(role('member', { draft: { draftId: 'd', groupId: 'g-p' } })).toBe('read');
  });
  it('keeps its events in its own catalogue', () => expect(ClauseTextEvents.names).toHaveLength(7));
});
