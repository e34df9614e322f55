import type { RecordedEvent } from '#kernel';
import { cellFromText, cellSchema, stepJson } from '#text';
import { Transform } from 'prosemirror-transform';
import type { ClauseTextEvent, DataOf } from '../clause-text/events.js';
import { type TextDoc, texts } from './texts.view.js';

const TEXT = 'Recalling the duty to prevent,';
const cell = { document: { type: 'statement' as const, id: 's1' }, clauseId: 'c1', lang: 'en' };
const event = <K extends ClauseTextEvent['type']>(type: K, data: DataOf<K>, personId = 'p-pen') =>
  ({ type, data, streamId: 'c1_en', meta: { actor: { personId, capacity: 'member', onBehalfOf: 'g-p' }, recordedAt: '2026-11-23T10:00:00Z' } }) as unknown as RecordedEvent;
const fold = (...events: RecordedEvent[]) => events.reduce<TextDoc | null>((doc, e) => (texts.on[e.type as ClauseTextEvent['type']] as (d: TextDoc | null, data: unknown, e: RecordedEvent) => TextDoc | null)(doc, e.data, e), null)!;
const opened = (reach: 'groups' | 'network', text = TEXT, version = 1) => event('ClauseTextOpened', { ...cell, text, reach, groups: ['g-p'], version });
const typed = event('ClauseTextCommitted', { base: 1, version: 2, steps: new Transform(cellFromText(TEXT)).insert(0, cellSchema.text('Firmly ')).steps.map(stepJson), dropped: [], textHash: 'a'.repeat(64) }, 'p-other');
const comment = event('CommentMade', { commentId: 'k1', version: 1, from: 14, to: 18, quote: 'duty', text: 'Which?' });

describe('the live texts', () => {
  it('hold the words as they are, who wrote them, and comments where their words are', () => {
    const doc = fold(opened('network'), comment, typed);
    expect(doc).toMatchObject({ text: `Firmly ${TEXT}`, version: 2, status: 'open', authors: [{ personId: 'p-other', version: 2 }], comments: [{ place: { from: 21, to: 25 }, quote: 'duty' }] });
    expect(fold(opened('network'), comment, event('CommentResolved', { commentId: 'k1', by: 'p-pen' })).comments[0]!.resolved).toMatchObject({ by: 'p-pen' });
    expect(fold(opened('network'), event('ClauseTextClosed', { reason: 'frozen', version: 2 })).status).toBe('closed');
  });
  it('keep remarks of those who drafted a text with them, once the network reads it', () => {
    expect(fold(opened('groups'), comment, opened('groups', `Gravely ${TEXT}`, 3)).comments).toHaveLength(1);
    expect(fold(opened('groups'), comment, opened('network', TEXT, 3)).comments).toEqual([]);
  });
  it('are listed by what they belong to', () => {
    expect(Object.values(texts.columns!).map((column) => column(fold(opened('network'))))).toEqual(['statement-s1', 'c1', 'en', null, null, 'open']);
  });
});
