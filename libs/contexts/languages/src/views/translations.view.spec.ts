import { fold, type RecordedEvent, type Row } from '#kernel';
import { sha256 } from '#kernel/testing';
import type { TranslationEvent } from '../translation/events.js';
import { allAttested, allTranslated, certified, changed, EN, FR, happened, inConcordance, inRevision, inTranslation, requested, reviewed, submitted } from '../fixtures.contract.js';
import { memory, type MemoryDoc } from './memory.view.js';
import type { TranslationDoc } from './translation-doc.js';
import { translations } from './translations.view.js';

const recorded = (event: TranslationEvent, n: number): RecordedEvent => ({
  id: `e${n}`, type: event.type, data: event.data, stream: 'translation-s1-fr', category: 'translation', streamId: 's1-fr', revision: n + 1, position: String(n + 1),
  meta: { recordedAt: `2026-11-23T09:00:${String(n).padStart(2, '0')}Z`, actor: { personId: 'p', capacity: 'translator' }, mode: 'live', label: { tlp: 'GREEN' }, commandId: 'c', correlationId: 'c' },
});
const shown = (...events: TranslationEvent[]) => events.map(recorded).reduce<Row<TranslationDoc> | null>((row, event) => fold<TranslationDoc>(translations, row, event), null)!.doc;
const NEW = 'Urges all governments to act at once;';

describe('the language version on the desk', () => {
  it('shows each clause with its state, and counts them', () => {
    const doc = shown(...inRevision, reviewed('c1'));
    expect(doc.segments.map((s) => [s.label, s.state])).toEqual([['title', 'translated'], ['PP1', 'reviewed'], ['OP1', 'translated']]);
    expect(doc.counts).toEqual({ missing: 0, draft: 0, translated: 2, reviewed: 1, attested: 0, stale: 0, openQueries: 0 });
    expect(shown(...allAttested).segments.map((s) => s.attestedBy)).toEqual(['p-linguist', 'p-linguist', 'p-linguist']);
  });
  it('shows a clause that is behind beside the source on which it was made', () => {
    const [, , c2] = shown(...certified, changed('c2', NEW)).segments;
    expect(c2).toMatchObject({ state: 'stale', source: NEW, target: FR.c2, aligned: { source: EN.c2, digest: sha256(EN.c2) }, attestedBy: null });
  });
  it('keeps when a question was asked, a change called editorial, the text certified', () => {
    const asked = happened('SourceQueryRaised', { queryId: 'q', segmentId: 'c1', question: '?', by: 'p-translator' });
    const claimed = happened('SourceChangeDeclaredEditorial', { segmentId: 'c2', sourceDigest: sha256(NEW), note: 'n', by: 'p-pen' });
    const doc = shown(...inTranslation, asked, ...allTranslated.slice(inTranslation.length), changed('c2', NEW), claimed, submitted);
    expect([doc.queries[0]?.at, doc.segments[2]?.editorial?.at, doc.counts.openQueries]).toEqual(['2026-11-23T09:00:04Z', '2026-11-23T09:00:09Z', 1]);
    expect(shown(...certified).certified).toMatchObject({ by: 'p-linguist', at: '2026-11-23T09:00:15Z', concordantWith: ['en', 'ar'] });
    expect(shown(...certified, changed('c2', NEW)).certified).toBeNull();
  });
  it('is called by its title in both languages', () => expect(translations.title!(shown(...allTranslated))).toEqual({ en: EN.title, fr: FR.title }));
});

describe('what waits for whom', () => {
  const duties = (...events: TranslationEvent[]) => translations.duties!(shown(...events)).map((d) => `${d.kind} ${d.holder}`);
  it.each<[string, TranslationEvent[], string[]]>([
    ['nobody assigned', [requested()], ['translation-assign network-secretariat']],
    ['clauses to translate', inTranslation, ['translation-translate person:p-translator']],
    ['all translated', allTranslated, ['translation-submit person:p-translator']],
    ['clauses to revise', inRevision, ['translation-review person:p-reviser']],
    ['clauses to attest', inConcordance, ['translation-attest person:p-reviser', 'translation-attest person:p-linguist']],
    ['all attested', allAttested, ['translation-certify person:p-linguist']],
    ['certified', certified, []],
    ['behind', [...certified, changed('c2', NEW)], ['translation-assign network-secretariat']],
    ['a question', [...inTranslation, happened('SourceQueryRaised', { queryId: 'q', segmentId: 'c1', question: '?', by: 'p' })], ['translation-translate person:p-translator', 'translation-answer person:p-pen']],
  ])('%s', (_, events, expected) => expect(duties(...events)).toEqual(expected));
  it('by when, where a day was set', () => expect(translations.duties!(shown(requested({ dueAt: '2026-12-01T12:00:00Z' })))[0]?.deadline).toBe('2026-12-01T12:00:00Z'));
});

describe('the memory', () => {
  const kept = (...events: TranslationEvent[]) => events.map(recorded).reduce<Row<MemoryDoc> | null>((row, event) => fold<MemoryDoc>(memory, row, event), null)!.doc;
  it('holds what was certified, with where it comes from', () => {
    expect(kept(...allAttested)).toMatchObject({ at: null, segments: [] });
    expect(kept(...certified)).toMatchObject({
      doc: { type: 'statement', id: 's1' }, sourceLang: 'en', targetLang: 'fr', at: '2026-11-23T09:00:15Z', title: { en: EN.title, fr: FR.title },
      segments: [{ segmentId: 'title' }, { segmentId: 'c1' }, { segmentId: 'c2', source: EN.c2, sourceHash: sha256(EN.c2), target: FR.c2 }],
    });
  });
  it('keeps it while the text is worked on again', () => expect(kept(...certified, changed('c2', NEW)).segments[2]?.source).toBe(EN.c2));
});
