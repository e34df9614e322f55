import { statement } from '#contexts/statements';
import { type Aggregate, evolve, type FollowUp, type RecordedEvent, type World } from '#kernel';
import { sha256 } from '#kernel/testing';
import { documentOf, gatherForTranslation } from '../evidence.js';
import { languages, languagesWith } from '../languages.context.js';
import type { TranslationEvent } from '../translation/events.js';
import { certified, certifiedText, EN, FR, inTranslation, requested } from '../fixtures.contract.js';
import { translation } from '../translation/translation.js';
import { whenSourceChanges, whenTextFrozen } from './when-source-changes.js';
import { whenTranslationCertified } from './when-translation-certified.js';
import { whenTranslationFallsBehind } from './when-translation-falls-behind.js';
import { machineTranslation, whenTranslatorAssigned } from './when-translator-assigned.js';

const recorded = (type: string, data: unknown, category: string, streamId: string): RecordedEvent => ({
  id: 'e1', type, data, stream: `${category}-${streamId}`, category, streamId, revision: 1, position: '1',
  meta: { recordedAt: '2026-11-23T09:00:00Z', actor: { personId: 'p', capacity: 'system' }, mode: 'live', label: { tlp: 'GREEN' }, commandId: 'c', correlationId: 'c' },
});
const drafted = [
  { type: 'StatementProposed', data: { statementId: 's1', kind: 'open-letter', subject: { en: EN.title, fr: FR.title }, leadLanguage: 'en', authenticLanguages: ['en', 'fr', 'ar'], urgency: 'ordinary', by: 'g-p', personId: 'p-chair' } },
  { type: 'DraftingStarted', data: {} },
  { type: 'ClauseAdded', data: { clauseId: 'c2', section: 'operative', text: { en: EN.c2 } } },
  { type: 'ClauseAdded', data: { clauseId: 'c1', section: 'preambular', text: { en: `${EN.c1} `, fr: FR.c1 } } },
  { type: 'ClauseAdded', data: { clauseId: 'c3', section: 'operative', text: { fr: 'Décide;' } } },
];
interface Things {
  readonly translation?: readonly TranslationEvent[];
  readonly rows?: Readonly<Record<string, readonly object[]>>;
}
const world = ({ translation: past = [], rows = {} }: Things = {}): World => ({
  state: ((aggregate: Aggregate, id: string) => {
    const events: readonly { type: string; data: unknown }[] = aggregate.name === 'Statement' ? drafted : aggregate.name === 'Translation' && id === 's1-fr' ? past : [];
    return Promise.resolve(events.reduce((s, e) => evolve(aggregate, s as never, e) as object, aggregate.initial as object));
  }) as World['state'],
  row: () => Promise.resolve(null),
  rows: (view) => Promise.resolve((rows[view] ?? []) as never),
});
const row = (id: string, doc: object, tlp = 'GREEN') => ({ id, doc, label: { tlp }, mode: 'live' });

describe('a text that has fallen behind', () => {
  const fallen = (past: readonly TranslationEvent[]) => whenTranslationFallsBehind.on['SourceChanged']!(recorded('SourceChanged', {}, 'translation', 's1-fr'), world({ translation: past }));
  it('goes back to who translates it', async () => {
    const stale = { type: 'SourceChanged', data: { sourceRevision: 3, sourceDigest: sha256('x'), segments: [{ id: 'c1', label: 'PP1', section: 'preambular', source: 'Otherwise,', digest: sha256('Otherwise,') }], staleSegments: ['c1'], reach: 'network', groups: ['g-p'], penholders: ['p-pen'] } } as unknown as TranslationEvent;
    const [follow] = await fallen([...certified, stale]);
    expect(follow).toMatchObject({ aggregate: 'Translation', id: 's1-fr', command: 'AssignTranslator', input: { role: 'translator' } });
  });
  it('waits for the secretariat where nobody translates it yet, and is left alone where it is not behind', async () => {
    expect(await Promise.all([fallen([requested()]), fallen(inTranslation), fallen(certified)])).toEqual([[], [], []]);
  });
});

describe('the document as it is translated', () => {
  it('has its title and clauses in the order in which they are read, in canonical words, with what it says in the other language', async () => {
    const found = await documentOf(world(), { type: 'statement', id: 's1' }, 'fr');
    expect(found).toMatchObject({ lang: 'en', reach: 'groups', groups: ['g-p'], penholders: ['p-chair'] });
    expect(found?.segments).toEqual([
      { id: 'title', label: 'title', section: 'title', source: EN.title, existing: FR.title },
      { id: 'c1', label: 'PP1', section: 'preambular', source: EN.c1, existing: FR.c1 },
      { id: 'c2', label: 'OP1', section: 'operative', source: EN.c2, existing: null },
    ]);
  });
  it('is gathered for the commands that ask it, under the id that document and language make', async () => {
    const occasion = { command: 'RequestTranslation', id: 's1-fr', input: { docRef: { type: 'statement', id: 's1' }, targetLang: 'fr' }, state: translation.initial, actor: { personId: 'p', capacity: 'system' } as const, mode: 'live' as const, now: '' };
    expect(await gatherForTranslation(world(), occasion)).toMatchObject({ ownId: true, document: { id: 's1' }, terms: [] });
    expect(await gatherForTranslation(world(), { ...occasion, id: 's1-ar' })).toMatchObject({ ownId: false });
    const state = [requested()].reduce((s, e) => evolve(translation, s, e), translation.initial);
    expect(await gatherForTranslation(world({ translation: inTranslation }), { ...occasion, command: 'Certify', state })).toMatchObject({ versions: [{ lang: 'ar', status: 'none' }] });
  });
  it('is judged by approved terms; those of an exercise bind nothing real', async () => {
    const doc = { conceptId: 'x', protected: true, designations: [] };
    const rows = { terms: [row('t1', doc), { ...row('t2', doc), mode: 'exercise' }] };
    const state = [requested()].reduce((s, e) => evolve(translation, s, e), translation.initial);
    const terms = async (mode: 'live' | 'exercise') => (await gatherForTranslation(world({ rows }), { command: 'Certify', id: 's1-fr', input: {}, state, actor: { personId: 'p', capacity: 'system' }, mode, now: '' })).terms.length;
    expect([await terms('live'), await terms('exercise')]).toEqual([1, 2]);
  });
});

describe('when the source changes', () => {
  it('every language version that is not cancelled looks again', async () => {
    const rows = { translations: [row('s1-fr', { state: 'certified' }), row('s1-ar', { state: 'cancelled' })] };
    for (const type of ['ClauseEdited', 'ClauseVersionMarked', 'AmendmentAccepted', 'AmendmentAcceptedAsModified', 'BracketResolved', 'ClauseAdded', 'ClauseRemoved', 'TextReopened'])
      expect(await whenSourceChanges.on[type]!(recorded(type, {}, 'statement', 's1'), world({ rows }))).toEqual([{ aggregate: 'Translation', id: 's1-fr', command: 'MarkStale', input: {} }]);
  });
  it('a frozen text is wanted in the authentic languages that are not there', async () => {
    const rows = { translations: [row('s1-fr', { state: 'certified', targetLang: 'fr' })] };
    expect(await whenTextFrozen.on['TextFrozen']!(recorded('TextFrozen', {}, 'statement', 's1'), world({ rows }))).toEqual([
      { aggregate: 'Translation', id: 's1-ar', command: 'RequestTranslation', input: { docRef: { type: 'statement', id: 's1' }, targetLang: 'ar', status: 'authentic' } },
    ]);
  });
});

describe('when a language version is certified', () => {
  const event = (digest: string) => recorded('TranslationCertified', { ...(certified.at(-1)!.data as object), digest }, 'translation', 's1-fr');
  it('its words enter the statement', async () => {
    const [entered] = await whenTranslationCertified.on['TranslationCertified']!(event(sha256(certifiedText)), world({ translation: certified }));
    expect(entered).toEqual({
      aggregate: 'Statement', id: 's1', command: 'EnterLanguageVersion',
      input: { lang: 'fr', status: 'authentic', title: FR.title, texts: { c1: FR.c1, c2: FR.c2 }, sourceRevision: 2, translationId: 's1-fr', certifiedBy: ['p-linguist'], digest: sha256(certifiedText) },
    });
    expect(statement.commands['EnterLanguageVersion']?.input.safeParse(entered!.input).success ?? true).toBe(true);
  });
  it('not those of a certificate that stands no more', async () =>
    expect(await whenTranslationCertified.on['TranslationCertified']!(event(sha256('older')), world({ translation: certified }))).toEqual([]));
});

describe('when a translator is assigned', () => {
  const assignedNow = recorded('TranslatorAssigned', { personId: 'p-translator', role: 'translator' }, 'translation', 's1-fr');
  const remembered = (over: object = {}, tlp = 'GREEN') => row('s0-fr', { doc: { type: 'statement', id: 's0' }, at: '2026-01-01T00:00:00Z', provisional: false, segments: [{ source: EN.c2, sourceHash: sha256(EN.c2), target: FR.c2 }], ...over }, tlp);
  const offers = (follow: readonly FollowUp[]) => follow.map(({ input }) => input);
  it('clauses that were certified before, word for word, are offered from memory', async () => {
    const found = await whenTranslatorAssigned.on['TranslatorAssigned']!(assignedNow, world({ translation: inTranslation, rows: { memory: [remembered()] } }));
    expect(offers(found)).toEqual([{ segmentId: 'c2', sourceDigest: sha256(EN.c2), origin: 'tm', target: FR.c2, score: 1, ref: 's0' }]);
  });
  it('nothing that not everybody may read, nor anything provisional or uncertified', async () => {
    for (const memory of [remembered({}, 'AMBER'), remembered({ provisional: true }), remembered({ at: null })])
      expect(await whenTranslatorAssigned.on['TranslatorAssigned']!(assignedNow, world({ translation: inTranslation, rows: { memory: [memory] } }))).toEqual([]);
  });

  const sent: string[] = [];
  const engine = (external: boolean) => machineTranslation({
    name: 'reversing', external,
    translate: (segments) => {
      sent.push(...segments);
      return Promise.resolve(segments.map((s) => [...s].toReversed().join('')));
    },
  });
  beforeEach(() => sent.splice(0));
  it('TRN-4 a machine drafts what memory leaves open, under its name', async () => {
    const found = await engine(true).on['TranslatorAssigned']!(assignedNow, world({ translation: inTranslation, rows: { memory: [remembered()] } }));
    expect(offers(found)).toMatchObject([{ segmentId: 'title', origin: 'mt', engine: 'reversing', external: true, target: 'gninraw ylrae nO' }, { segmentId: 'c1' }]);
    expect(sent).toEqual([EN.title, EN.c1]);
  });
  it('TRN-7 to one outside nothing above GREEN is sent, not even to be refused afterwards', async () => {
    const sensitive = [requested({ reach: 'groups' }), ...inTranslation.slice(1)];
    expect(await engine(true).on['TranslatorAssigned']!(assignedNow, world({ translation: sensitive }))).toEqual([]);
    expect(sent).toEqual([]);
    expect(await engine(false).on['TranslatorAssigned']!(assignedNow, world({ translation: sensitive }))).toHaveLength(3);
  });
  it('TRN-7 there is no machine unless a deployment names one', () => {
    const machines = (context: typeof languages) => context.reactions!.filter((r) => r.name.endsWith('-machine')).length;
    expect([machines(languages), machines(languagesWith({ name: 'own', external: false, translate: () => Promise.resolve([]) }))]).toEqual([0, 1]);
  });
});
