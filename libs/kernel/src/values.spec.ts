import { Multilingual, NonEmpty, Text } from './values.js';

describe('text', () => {
  it.each([
    ['e\u0301', '\u00e9', 'NFC'],
    ['  a  ', 'a', 'trimmed'],
    ['a\r\nb\rc', 'a\nb\nc', 'line feeds alone'],
    ['pay \u202Eevil\u202C \u2066x\u2069', 'pay evil x', 'no direction controls'],
    ['\u0646\u0635\u200F \u0645\u0647\u0645\u200D', '\u0646\u0635\u200F \u0645\u0647\u0645\u200D', 'marks and joiners stay'],
    ['👩🏽‍⚖️', '👩🏽‍⚖️', 'emoji whole'],
  ])('%j is kept as %j: %s', (said, kept) => expect(Text(100).parse(said)).toBe(kept));
  it.each([
    ['half a character', '\ud83d'],
    ['NUL', 'a\u0000b'],
    ['escape', '\u001b[31m'],
  ])('%s is refused by name', (_, said) => {
    const result = NonEmpty.safeParse(said);
    expect(result.error?.issues.map((i) => i.message)).toEqual(['text']);
  });
  it.each(['', '   ', '\u2066\u2069'])('%j is empty', (said) => expect(NonEmpty.safeParse(said).success).toBe(false));
  it('in several languages each is text', () => expect(Multilingual.parse({ fr: ' e\u0301 ' })).toEqual({ fr: '\u00e9' }));
});
