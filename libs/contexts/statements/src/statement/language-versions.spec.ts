import { canonicalParagraph, evolve } from '#kernel';
import { sha256, specify } from '#kernel/testing';
import { actors, agreed, drafting, frozen, frozenText, happened, later, negotiating, none, one, opened, proposal, seal, sealed, serving, signed, two } from './fixtures.contract.js';
import type { Translation } from './sealing.js';
import { isSealed } from './sealing.js';
import { initialStatement } from './state.js';
import { statement } from './statement.js';
import { canonicalText, digestOf } from './text.js';

const { chair, system, networkChair } = actors;
const text = frozenText(sha256);
const source = (words: string) => sha256(canonicalParagraph(words));
const words = { c1: 'Rappelant le devoir de prévention,', c2: 'Prie instamment tous les gouvernements d’agir;' };
const translation = (over: Partial<Translation> = {}, targets: Record<string, string> = words): Translation => ({
  id: 's1-fr', lang: 'fr', legalStatus: 'authentic', certified: { by: ['p-rev-fr'], digest: text.digests['fr']! }, provisional: false, openQueries: 0,
  segments: [
    { id: 'title', sourceDigest: source(proposal.subject.en), target: proposal.subject.fr, stale: false },
    ...Object.entries(targets).map(([id, target]) => ({ id, sourceDigest: source({ c1: one, c2: two }[id]!.en), target, stale: false })),
  ],
  ...over,
});
const given = specify(statement, { actor: actors.secretariat, evidence: { ...serving, translations: [translation()] } });
const with_ = (...translations: Translation[]) => ({ evidence: { ...serving, translations } });

const entry = { lang: 'fr', status: 'authentic' as const, texts: words, sourceRevision: 2, translationId: 's1-fr', certifiedBy: ['p-rev-fr'] };
const asSystem = { actor: system };
/** Drafted in the lead language alone; the French text comes by certified translation. */
const english = (urgency: 'ordinary' | 'crisis' = 'ordinary') => [
  ...drafting('open-letter', urgency).slice(0, -2), happened('ClauseAdded', { clauseId: 'c1', section: 'preambular', text: { en: one.en } }),
  happened('ClauseAdded', { clauseId: 'c2', section: 'operative', text: { en: two.en } }), happened('DraftCirculated', { revision: 2, to: [], commentsDue: later }),
];
const lead = { revision: 2, digests: { en: text.digests['en']! }, digest: digestOf({ en: text.digests['en']! }, sha256) };
const englishFrozen = (urgency?: 'ordinary' | 'crisis') => [...english(urgency), agreed('c1'), agreed('c2'), happened('TextFrozen', lead)];

describe('a language version', () => {
  it('STM-12 enters the frozen text as it was certified, and what is frozen follows', () => {
    const done = given(...englishFrozen()).when('EnterLanguageVersion', entry, asSystem);
    done.yields(happened('LanguageVersionEntered', { ...entry, digest: text.digests['fr']!, digests: text.digests, frozenDigest: text.digest }));
    expect(done.state).toMatchObject({ frozen: { digest: text.digest, revision: 2 }, earlier: [lead.digest], versions: [{ lang: 'fr', status: 'authentic', digest: text.digests['fr'] }] });
    given(...englishFrozen(), ...(done.outcome as [])).when('EnterLanguageVersion', entry, asSystem).changesNothing();
  });
  it('STM-3 enters the text under negotiation as a change like others', () => {
    const done = given(...english()).when('EnterLanguageVersion', entry, asSystem);
    done.yieldsTypes('LanguageVersionEntered');
    expect(done.state).toMatchObject({ revision: 3, clauses: [{ text: one, stale: [], revision: 3 }, { text: two }] });
    // Agreed words stay agreed: the translation follows them.
    expect(given(...english(), agreed('c1')).when('EnterLanguageVersion', entry, asSystem).state.clauses[0]?.agreement).toBe('agreed');
  });
  it('STM-5 a decision that was asked for before it still binds the same text', () => {
    const submitted = happened('StatementSubmittedForDecision', { decisionId: 'd1', procedure: 'silence' });
    const entered = given(...englishFrozen(), submitted).when('EnterLanguageVersion', entry, asSystem).outcome as [];
    given(...englishFrozen(), submitted, ...entered).when('RecordAdoption', { decisionId: 'd1', revision: 2, digest: lead.digest }, asSystem).yieldsTypes('StatementAdopted');
  });
  it('STM-12 is refused where the lead words are others than those it was certified against', () => {
    const moved = [...english(), happened('ClauseEdited', { clauseId: 'c1', baseRevision: 2, text: { en: 'Alarmed,' }, note: 'n', operations: [{ op: 'replace', clauseId: 'c1', lang: 'en', from: 0, to: one.en.length, expected: one.en, text: 'Alarmed,' }] })];
    given(...moved).when('EnterLanguageVersion', entry, asSystem).refuses('statement.lead-changed-since', 'STM-12');
    given(...moved).when('EnterLanguageVersion', { ...entry, sourceRevision: 3 }, asSystem).yieldsTypes('LanguageVersionEntered');
    given(...english()).when('EnterLanguageVersion', { ...entry, sourceRevision: 9 }, asSystem).refuses('statement.lead-changed-since');
    given(...english()).when('EnterLanguageVersion', { ...entry, sourceRevision: 1 }, asSystem).refuses('statement.lead-changed-since');
  });
  it('STM-5 is whole, of clauses that are there, and of the force that the document gives its language', () => {
    const enter = (over: object) => given(...english()).when('EnterLanguageVersion', { ...entry, ...over }, asSystem);
    enter({ texts: { c1: words.c1 } }).refuses('statement.language-missing', 'STM-12');
    enter({ texts: { ...words, c9: 'x' } }).refuses('statement.unknown-clause');
    enter({ lang: 'en' }).refuses('statement.lead-is-the-source');
    enter({ lang: 'es' }).refuses('statement.language-not-authentic', 'STM-5');
    enter({ status: 'courtesy' }).refuses('statement.language-is-authentic', 'STM-5');
    given(...english()).when('EnterLanguageVersion', entry, { actor: chair }).refuses('not-permitted');
    given(...opened(sha256)).when('EnterLanguageVersion', entry, asSystem).refuses('illegal-transition');
  });
  it('STM-5 of lesser force stands beside the text and changes nothing of what is frozen', () => {
    const done = given(...sealed(sha256)).when('EnterLanguageVersion', { ...entry, lang: 'es', status: 'courtesy', title: 'Sobre la alerta' }, asSystem);
    done.yieldsTypes('LanguageVersionEntered');
    expect(done.state).toMatchObject({ frozen: { digest: text.digest }, sealed: text.digest, subject: { es: 'Sobre la alerta' } });
    const published = given(...opened(sha256), ...(done.outcome as [])).when('Publish').outcome;
    expect(published).toMatchObject([{ data: { languages: [{ tag: 'en', status: 'authentic' }, { tag: 'fr', status: 'authentic' }, { tag: 'es', status: 'courtesy' }], digests: text.digests } }]);
  });
});

describe('the seal', () => {
  it('STM-12 is put on a text whose languages are certified and say the same', () => {
    given(...frozen(sha256)).when('SealText').yields(seal(sha256));
    given(...sealed(sha256)).when('SealText').changesNothing();
    given(...frozen(sha256)).when('SealText', {}, { actor: networkChair }).refuses('not-permitted');
    given(...negotiating()).when('SealText').refuses('illegal-transition');
  });
  it('STM-12 names every unmet condition at once: certificate, queries, stale clauses, other digest, brackets', () => {
    given(...frozen(sha256)).when('SealText', {}, with_()).refuses('statement.language-not-certified', 'STM-12');
    const bad = translation({ openQueries: 2, certified: { by: ['p'], digest: sha256('other') } });
    const stale = { ...bad, segments: bad.segments.map((s) => (s.id === 'c2' ? { ...s, sourceDigest: sha256('before') } : s)) };
    const bracketed = happened('LanguageVersionEntered', {
      ...entry, texts: { ...words, c1: 'Rappelant [le devoir],' }, digest: sha256('b'), digests: { ...text.digests, fr: sha256('b') }, frozenDigest: sha256('c'),
    });
    const refused = given(...frozen(sha256), bracketed).when('SealText', {}, with_(stale));
    for (const code of ['queries-open', 'translation-stale', 'certified-other-text', 'brackets-differ']) refused.refuses(`statement.${code}`, 'STM-12');
    expect(refused.outcome).toMatchObject({ refused: 'several-conditions', unmet: [{ params: { lang: 'fr', count: 2 } }, { params: { lang: 'fr', count: 1 } }, {}, { params: { lang: 'fr', clause: 'PP1' } }] });
    given(...frozen(sha256)).when('SealText', {}, with_(translation({ provisional: true }))).refuses('statement.language-not-certified');
  });
  it('STM-12 of the lead text alone is there when it is frozen', () => {
    const alone = [happened('StatementProposed', { ...proposal, authenticLanguages: ['en'], by: 'g-p', personId: 'p-chair' }), ...englishFrozen().slice(1)];
    given(...alone).when('SealText').changesNothing();
    given(...alone).when('OpenSignature').yieldsTypes('StatementOpenedForSignature');
  });
  it('STM-12 is asked for before signature and publication, but under crisis urgency', () => {
    given(...frozen(sha256)).when('OpenSignature').refuses('statement.not-sealed', 'STM-12');
    given(...englishFrozen('crisis')).when('OpenSignature').yieldsTypes('StatementOpenedForSignature');
    given(...frozen(sha256)).when('OpenSignature', {}, { mode: 'import' }).yieldsTypes('StatementOpenedForSignature');
    const unsealed = opened(sha256).filter((e) => e.type !== 'TextSealed');
    given(...unsealed).when('Publish').refuses('statement.not-sealed', 'STM-12');
    given(...unsealed).when('Publish', {}, { mode: 'import' }).yieldsTypes('StatementPublished');
  });
  it('STM-12 breaks with any other word, and with the reopened text', () => {
    const state = (...events: Parameters<typeof given>) => events.reduce((s, e) => evolve(statement, s, e), initialStatement);
    expect(isSealed(state(...sealed(sha256)))).toBe(true);
    const other = given(...sealed(sha256)).when('EnterLanguageVersion', { ...entry, texts: { ...words, c1: 'Rappelant notre devoir,' } }, asSystem);
    expect(isSealed(other.state)).toBe(false);
    expect(isSealed(state(...sealed(sha256), happened('TextReopened', { by: 'p-chair', reason: 'x', voids: [] })))).toBe(false);
  });
});

describe('a language added to what is published', () => {
  const opening = happened('StatementOpenedForSignature', { from: '2026-11-20T09:00:00Z', thresholds: none, eligibility: 'network' });
  const crisis = (() => {
    const events = [...englishFrozen('crisis'), opening];
    return [...events, ...(given(...events).when('Publish').outcome as [])];
  })();
  const published = (() => {
    const events = [...opened(sha256), signed(sha256, 'p1')];
    return [...events, ...(given(...events).when('Publish').outcome as [])];
  })();
  it('STM-12 completes what went out provisional, and the mark goes with the last authentic language', () => {
    expect(crisis.at(-1)).toMatchObject({ data: { languages: [{ tag: 'en', status: 'provisional' }] } });
    const added = given(...crisis).when('AddLanguageVersion', { lang: 'fr' });
    added.yields(happened('LanguageVersionPublished', {
      lang: 'fr', status: 'authentic', digest: text.digests['fr']!, texts: words, title: proposal.subject.fr, translationId: 's1-fr', revision: 2, corrections: 0,
      languages: [{ tag: 'en', status: 'authentic' }, { tag: 'fr', status: 'authentic' }], digests: text.digests, frozenDigest: text.digest,
    }));
    given(...crisis, ...(added.outcome as [])).when('AddLanguageVersion', { lang: 'fr' }).changesNothing();
  });
  it('STM-12 goes out provisional before it is certified, under crisis urgency only', () => {
    const early = translation({ certified: null, provisional: true });
    const first = given(...crisis).when('AddLanguageVersion', { lang: 'fr' }, with_(early));
    expect(first.outcome).toMatchObject([{ data: { status: 'provisional', languages: [{ tag: 'en', status: 'provisional' }, { tag: 'fr', status: 'provisional' }] } }]);
    expect(given(...crisis, ...(first.outcome as [])).when('AddLanguageVersion', { lang: 'fr' }).outcome).toMatchObject([{ data: { languages: [{ status: 'authentic' }, { status: 'authentic' }] } }]);
    const es = { ...early, lang: 'es', legalStatus: 'official' as const };
    given(...published).when('AddLanguageVersion', { lang: 'es' }, with_(es)).refuses('statement.language-not-certified', 'STM-12');
  });
  it('STM-12 is certified for exactly these words, without query, stale clause or gap', () => {
    const add = (t: Translation) => given(...crisis).when('AddLanguageVersion', { lang: 'fr' }, with_(t));
    add(translation({ openQueries: 1 })).refuses('statement.queries-open');
    add(translation({ certified: { by: ['p'], digest: sha256('x') } })).refuses('statement.certified-other-text');
    add(translation({}, { c1: words.c1 })).refuses('statement.language-not-certified');
    const stale = translation();
    add({ ...stale, segments: stale.segments.map((s) => ({ ...s, stale: true })) }).refuses('statement.translation-stale');
    add({ ...translation(), lang: 'es' }).refuses('statement.language-not-certified');
    given(...crisis).when('AddLanguageVersion', { lang: 'fr' }, { actor: chair }).refuses('not-permitted');
    given(...opened(sha256)).when('AddLanguageVersion', { lang: 'fr' }).refuses('illegal-transition');
  });
  it('STM-5 of lesser force is listed with its status and binds nothing', () => {
    const after = { subject: { ...proposal.subject, es: 'Sobre la alerta' }, leadLanguage: 'en', languages: ['en', 'fr'], clauses: [{ id: 'c1', section: 'preambular' as const, text: { es: 'A,' }, stale: [] }, { id: 'c2', section: 'operative' as const, text: { es: 'B;' }, stale: [] }] };
    const es: Translation = { ...translation({}, { c1: 'A,', c2: 'B;' }), id: 's1-es', lang: 'es', legalStatus: 'courtesy', certified: { by: ['p'], digest: sha256(canonicalText(after, 'es')) } };
    const titled = { ...es, segments: es.segments.map((s) => (s.id === 'title' ? { ...s, target: 'Sobre la alerta' } : s)) };
    expect(given(...published).when('AddLanguageVersion', { lang: 'es' }, with_(titled)).outcome).toMatchObject([
      { data: { status: 'courtesy', digests: text.digests, languages: [{ tag: 'en' }, { tag: 'fr' }, { tag: 'es', status: 'courtesy' }] } },
    ]);
  });
});
