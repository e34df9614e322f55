import { canonicalParagraph } from '#kernel';
import { sha256 } from '#kernel/testing';
import { modelMou } from '../data/model-mou.js';
import { addMonths, asDate, exactDay, latest, nextDay } from './days.js';
import { canonicalText, digestsOf, gaps, sameDigests } from './text.js';
import { ClauseKind } from './schemas.js';
import { draftingWarnings } from './warnings.js';

const clause = (id: string, text: Record<string, string>, dropped = false) => ({ id, kind: 'purpose' as const, text, dropped });

describe('the text that is signed', () => {
  it('is compared in NFC, with one kind of line end and no invisible difference', () => {
    expect(canonicalParagraph('Re\u0301publique \r\n\r\nde\u00a0\n')).toBe('R\u00e9publique\nde');
    expect(canonicalParagraph('a\rb')).toBe('a\nb');
  });
  it('is the clauses in order, without those that are dropped', () => {
    const clauses = [clause('1', { en: 'One', fr: 'Un' }), clause('2', { en: 'Two' }, true), clause('3', { en: 'Three\n\nlines', fr: 'Trois' })];
    expect(canonicalText(clauses, 'en')).toBe('One\n\nThree\nlines');
    expect(canonicalText(clauses, 'fr')).toBe('Un\n\nTrois');
    expect(canonicalText(clauses, 'es')).toBeNull();
    expect(canonicalText([], 'en')).toBeNull();
  });
  it('tells two clauses from one with an empty line', () =>
    expect(canonicalText([clause('1', { en: 'a\n\nb' })], 'en')).not.toBe(canonicalText([clause('1', { en: 'a' }), clause('2', { en: 'b' })], 'en')));
  it('has one digest for each complete authentic language', () => {
    const clauses = [clause('1', { en: 'One', fr: 'Un' }), clause('2', { en: 'Two' })];
    expect(digestsOf(clauses, ['en', 'fr'], sha256)).toEqual({ en: sha256('One\n\nTwo') });
    expect(gaps(clauses, ['en', 'fr'])).toEqual([{ clauseId: '2', lang: 'fr' }]);
  });
  it('is the same only where every language is', () => {
    expect(sameDigests({ en: 'a', fr: 'b' }, { fr: 'b', en: 'a' })).toBe(true);
    expect(sameDigests({ en: 'a' }, { en: 'a', fr: 'b' })).toBe(false);
    expect(sameDigests({ en: 'a', fr: 'b' }, { en: 'a', es: 'b' })).toBe(false);
  });
});

describe('MOU-12 drafting warnings', () => {
  const found = (text: string, lang = 'en') => draftingWarnings(text, lang).map((w) => w.found);
  it('finds the words of treaties in English', () =>
    expect(found('The Parties agree that this Agreement shall enter into force under Article 3.')).toEqual([
      'Parties', 'agree', 'Agreement', 'shall', 'enter into force', 'Article',
    ]));
  it('finds them in French', () =>
    expect(found('Les Parties conviennent que le présent Accord doit entrer en vigueur selon l’Article 3.', 'fr-CA')).toEqual([
      'Parties', 'conviennent', 'Accord', 'doit', 'entrer en vigueur', 'Article',
    ]));
  it('leaves alone what only looks like them', () => {
    expect(found('The British All-Party Parliamentary Group and all political parties; marshalling; not legally binding')).toEqual([]);
    expect(found('Le présent mémorandum d’accord, d’un commun accord ; non juridiquement contraignant', 'fr')).toEqual([]);
  });
  it('says what stands in its place, and where', () =>
    expect(draftingWarnings('They shall meet', 'en')).toEqual([{ found: 'shall', at: 5, instead: 'will' }]));
  it('has nothing to say of other languages', () => expect(found('shall', 'rw')).toEqual([]));
});

describe('the model memorandum', () => {
  it('has every kind of clause once, in both languages', () => {
    expect(modelMou.map((c) => c.kind)).toEqual(ClauseKind.options.filter((k) => k !== 'other'));
    for (const { text } of modelMou) expect(Object.keys(text)).toEqual(['en', 'fr']);
  });
  it('MOU-12 has no word of a treaty', () => {
    for (const { text } of modelMou)
      for (const [lang, words] of Object.entries(text)) expect(draftingWarnings(words, lang)).toEqual([]);
  });
});

describe('days', () => {
  it('count months to the same day, or the last of a shorter month', () => {
    expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
    expect(addMonths('2027-11-30', 3)).toBe('2028-02-29');
    expect(addMonths('2026-12-15', 12)).toBe('2027-12-15');
    expect(addMonths('2026-01-31', 0)).toBe('2026-01-31');
    expect(nextDay('2028-02-28')).toBe('2028-02-29');
    expect(nextDay('2026-12-31')).toBe('2027-01-01');
  });
  it('know a whole day from a part of one', () => {
    expect(exactDay('2014-03-31')).toBe('2014-03-31');
    expect(exactDay('2026-11-23T09:00:00Z')).toBe('2026-11-23');
    expect([exactDay('2014'), exactDay('2014-03-31?'), exactDay('XXXX')]).toEqual([null, null, null]);
    expect(asDate('2014-03')).toBe('2014-03');
  });
  it('find the latest, the unknown one last of all', () => {
    expect(latest(['2014', '2014-06-17'])).toBe('2014');
    expect(latest(['2026-11-23T09:00:00Z', '2026-11-22'])).toBe('2026-11-23T09:00:00Z');
    expect(latest(['XXXX', '2026-11-22'])).toBe('XXXX');
    expect(latest([])).toBeNull();
  });
});
