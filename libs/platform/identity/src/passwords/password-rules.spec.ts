import { COMMON } from './common.js';
import { passwordIssues } from './password-rules.js';

const owner = { email: 'anne.uwase@example.org', displayName: 'Anne-Marie d’Uwase' };
const codes = (password: unknown) => passwordIssues(password, owner).map((issue) => issue.code);

describe('a password', () => {
  it.each([
    'a quiet lake under the volcanoes',
    'mvura iragwa mu gitondo',
    'Ünïcödé wörds äre fine',
    'السلام على من اتبع الهدى',
    '山は静かに雪を待っているのだろう。',
  ])('may be %s', (password) => expect(codes(password)).toEqual([]));
  it('has at least 15 characters, counted as a reader counts them', () => {
    expect(codes('fourteen chars')).toEqual(['password-too-short']);
    expect(codes('é'.normalize('NFD').repeat(14))).toEqual(['password-too-short']);
    expect(codes('😀'.repeat(14))).toEqual(['password-too-short']);
    expect(codes(undefined)).toEqual(['invalid_type']);
  });
  it('has at most 256 characters', () => expect(codes('lake under '.repeat(30))).toEqual(['password-too-long']));
  it.each([
    'Password Password!',
    'PASSWORDPASSWORD99',
    '1234567890123456',
    'abcdefghijklmnopq',
    'zyxwvutsrqponmlk',
    'lalalalalalalala',
    '...............',
    'correct-horse-battery-staple',
    // That of the demonstration, which everybody knows.
    'Try everything out here!',
    'Mot de passe - mot de passe',
  ])('is not one of those that everybody tries: %s', (password) => expect(codes(password)).toEqual(['password-common']));
  it.each(['my friend Anne walks home', 'UWASE comes from the hills', 'anneuwase and the hills', 'marie likes the long way'])(
    'does not hold the name or the address: %s',
    (password) => expect(codes(password)).toEqual(['password-contains-account']),
  );
  it('is compared with a list of which every word counts', () => {
    const letters = COMMON.map((word) => word.replace(/[^a-z0-9]/gi, ''));
    expect(new Set(letters).size).toBe(COMMON.length);
    expect(COMMON.length).toBeGreaterThan(200);
  });
});
