import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuse, refuseAll } from '#kernel';
import { I18n } from './i18n.js';
import { LANGUAGE_TAGS } from './languages.js';
import { flatten, MissingWords } from './resources.js';

/** The words of a context made up for this test, in English and French; the others say what English says. */
const ENGLISH = {
  aggregate: { Group: 'Group' },
  command: { EnrolMember: 'Enrol a member' },
  state: { Group: { founded: 'Founded', dormant: 'Dormant' } },
  value: { status: { full: 'full member', associate: 'associate' }, side: { government: 'government' } },
  refusal: {
    group: {
      'quorum-not-met': '{present, plural, one {# was present} other {# were present}}; the rules ask for {required}.',
      late: 'Due on {due}.',
    },
  },
  event: { GroupMemberEnrolled: '{actor} enrolled {personId} in {subject} as {status}' },
  mode: { live: 'not the word of the platform' },
};
const FRENCH = {
  ...ENGLISH,
  command: { EnrolMember: 'Inscrire un membre' },
  state: { Group: { founded: 'Fondé', dormant: 'En sommeil' } },
  value: { status: { full: 'membre à part entière', associate: 'membre associé' }, side: { government: 'majorité' } },
  refusal: {
    group: {
      'quorum-not-met': '{present, plural, one {# présent} many {# présents} other {# présents}} ; il en faut {required}.',
      late: 'À faire pour le {due}.',
    },
  },
  event: { GroupMemberEnrolled: '{actor} a inscrit {personId} au {subject} comme {status}' },
};

const folder = mkdtempSync(join(tmpdir(), 'comity-i18n-'));
for (const lang of LANGUAGE_TAGS) writeFileSync(join(folder, `${lang}.json`), JSON.stringify(lang === 'fr' ? FRENCH : ENGLISH));
const problems: string[] = [];
const i18n = new I18n({
  namespaces: [{ namespace: 'directory', folder }],
  onProblem: (error, key) => problems.push(`${key}: ${error.message}`),
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => expect(problems.splice(0)).toEqual([]));

describe('a word', () => {
  it('is that of the language that is asked for, English where we have none of it', () => {
    expect(LANGUAGE_TAGS.map((lang) => i18n.translator(lang)('word.yes'))).toEqual(['yes', 'oui', 'sí', 'نعم', 'sim', 'yego']);
    expect(i18n.translator('de')('word.yes')).toBe('yes');
  });
  it('is sought in the namespaces that are named first', () => {
    const t = i18n.translator('fr');
    expect(t('mode.live', {}, { ns: ['common'] })).toBe('En direct');
    expect(t('mode.live', {}, { ns: ['directory'] })).toBe('not the word of the platform');
    expect(t('command.EnrolMember')).toBe('Inscrire un membre');
  });
  it('is its key where there is none, and no half of a tree', () => {
    expect(i18n.translator('fr')('command.Nothing')).toBe('command.Nothing');
    expect(i18n.translator('fr')('command')).toBe('command');
    expect(i18n.translator('fr')('constructor.name')).toBe('constructor.name');
  });
  it('counts as its language does, Kinyarwanda too', () => {
    const count = (lang: string, n: number) => i18n.translator(lang)('refusal.several-conditions', { count: n });
    expect([0, 1, 2, 3, 11, 100].map((n) => count('ar', n))).toEqual([
      'لا شرط غير مستوفى:',
      'شرط واحد غير مستوفى:',
      'شرطان غير مستوفيين:',
      '3 شروط غير مستوفاة:',
      '11 شرطًا غير مستوفى:',
      '100 شرط غير مستوفى:',
    ]);
    expect([1, 2, 1234].map((n) => count('rw', n))).toEqual([
      'Hari icyangombwa 1 kituzuye:',
      'Hari ibyangombwa 2 bituzuye:',
      'Hari ibyangombwa 1.234 bituzuye:',
    ]);
    expect(count('fr', 0)).toContain('condition n’est pas');
  });
  it('does not escape or interpret what is put into it', () => {
    expect(i18n.translator('en')('refusal.unknown', { code: "<b>{x}</b> '{y}' $t(word.yes) {{z}}" })).toBe(
      "This is not possible (<b>{x}</b> '{y}' $t(word.yes) {{z}}).",
    );
  });
  it('without a value says none, and tells who listens', () => {
    expect(i18n.translator('en')('refusal.unknown')).toBe('This is not possible (none).');
    expect(problems.splice(0)).toEqual([expect.stringContaining('"code" was not provided')]);
  });
});

describe('a refusal', () => {
  it('is a sentence in the language of the reader, with commands and states by their names', () => {
    const refusal = refuse('illegal-transition', {
      aggregate: 'Group',
      command: 'EnrolMember',
      state: 'dormant',
      from: 'founded, dormant',
    });
    expect(i18n.refusal('en', refusal)).toBe(
      '“Enrol a member” is not possible while the state is “Dormant”. It is possible in: Founded or Dormant.',
    );
    expect(i18n.refusal('fr', refusal)).toBe(
      '« Inscrire un membre » est impossible dans l’état « En sommeil ». C’est possible dans : Fondé ou En sommeil.',
    );
    expect(i18n.refusal('fr', refuse('not-permitted', { command: 'X', roles: 'GroupChair, NetSec' }))).toBe(
      'Seuls peuvent le faire : la présidence du groupe ou le secrétariat du réseau.',
    );
    expect(i18n.refusal('en', refuse('not-permitted', { command: 'X', roles: '' }))).toBe('You may not do this.');
  });
  it('tells each of several unmet conditions', () => {
    const both = refuseAll([
      refuse('group.quorum-not-met', { present: 1, required: 5 }),
      refuse('group.late', { due: '2026-12-01' }),
    ])!;
    expect(i18n.refusal('fr', both)).toBe(
      '2 conditions ne sont pas remplies : 1 présent ; il en faut 5. À faire pour le 1er décembre 2026.',
    );
  });
  it('is told by its code where it has no sentence', () => {
    expect(i18n.refusal('rw', refuse('mou.nobody-wrote-this'))).toBe('Ibi ntibishoboka (mou.nobody-wrote-this).');
  });
});

describe('a field that does not fit', () => {
  const field = (lang: string, code: string, params: Record<string, string | number> = {}, path = 'members.0.status') =>
    i18n.field(lang, { path, code, params });
  it('says why', () => {
    expect(field('en', 'too_small', { minimum: 1, origin: 'string' })).toBe('This must not be empty.');
    expect(field('en', 'too_small', { minimum: 2, origin: 'array' })).toBe('At least 2 entries are needed.');
    expect(field('fr', 'too_big', { maximum: 20000, origin: 'string' })).toBe('Pas plus de 20\u202f000 caractères.');
    expect(field('es', 'too_small', { minimum: 0, origin: 'number' })).toBe('El menor valor posible es 0.');
    expect(field('ar', 'password-too-short', { minimum: 15 })).toBe('يجب أن تتكون كلمة المرور من 15 حرفًا على الأقل.');
    expect(field('fr', 'invalid_value', { values: 'full, associate' })).toBe(
      'Valeurs possibles : membre à part entière ou membre associé.',
    );
    expect(field('fr', 'unrecognized_keys', { keys: 'a, b' })).toBe('Inconnu ici : a et b.');
    expect(field('en', 'invalid_format', { format: 'date' })).toBe('Write the day as YYYY-MM-DD.');
    expect(field('en', 'nobody-knows')).toBe('This does not fit here.');
  });
  it('says what it can where no values came along', () => {
    for (const lang of LANGUAGE_TAGS)
      for (const code of ['too_small', 'invalid_value', 'invalid_format', 'password-too-long']) field(lang, code);
    expect(field('en', 'too_small')).toBe('This is too little.');
    expect(problems.splice(0).length).toBeGreaterThan(0);
  });
});

describe('an entry of the activity stream', () => {
  const act = {
    type: 'GroupMemberEnrolled',
    category: 'group',
    streamId: 'rw',
    data: { personId: '0190a0b0-0000-7000-8000-000000000001', status: 'full' },
    actor: { personId: 'anne', capacity: 'chair' as const, onBehalfOf: 'rw' },
  };
  const names = {
    'person-anne': { en: 'Anne Uwase' },
    'person-0190a0b0-0000-7000-8000-000000000001': { en: 'Ben Mugisha' },
    'group-rw': { en: 'Rwanda group', fr: 'Groupe du Rwanda' },
  };
  const shape = {
    properties: { personId: { type: 'string', ref: 'person' }, status: { type: 'string', enum: ['full', 'associate'] } },
  };
  it('is a sentence in the language of the reader', () => {
    expect(i18n.activity('en', act, names, shape, 'directory')).toBe(
      'Anne Uwase enrolled Ben Mugisha in Rwanda group as full member',
    );
    expect(i18n.activity('fr', act, names, shape)).toBe(
      'Anne Uwase a inscrit Ben Mugisha au Groupe du Rwanda comme membre à part entière',
    );
  });
  it('names nobody whom the reader may not know', () => {
    expect(i18n.activity('en', act, {}, shape)).toBe('Chair enrolled (not shown) in rw as full member');
  });
  it('is told by its type where it has no sentence', () => {
    expect(i18n.activity('pt', { ...act, type: 'Nothing' }, names)).toBe('Anne Uwase registou Nothing');
  });
});

describe('what the browser gets', () => {
  it('is every namespace of a language', () => {
    expect(Object.keys(i18n.messages('fr'))).toEqual(['directory', 'common']);
    expect([...flatten(i18n.messages('fr')['common']!)]).toContainEqual(['word.yes', 'oui']);
    expect(i18n.cldr('ar')).toMatchObject({ lang: 'ar', direction: 'rtl', name: 'العربية' });
    expect(i18n.messages('de')).toBe(i18n.messages('en'));
  });
});

it('a namespace without its files is told at the start', () => {
  expect(() => new I18n({ namespaces: [{ namespace: 'lost', folder: join(folder, 'lost') }] })).toThrow(MissingWords);
});
