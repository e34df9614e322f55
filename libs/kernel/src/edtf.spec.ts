import fc from 'fast-check';
import { begunBy, certainlyBefore, parseEdtf } from './edtf.js';

const bounds = (text: string) => {
  const date = parseEdtf(text);
  return date && [date.kind, date.earliest, date.latest];
};

describe('partial dates', () => {
  it.each([
    ['2005', 'year', '2005-01-01', '2005-12-31'],
    ['2005-02', 'month', '2005-02-01', '2005-02-28'],
    ['2004-02', 'month', '2004-02-01', '2004-02-29'],
    ['1900-02', 'month', '1900-02-01', '1900-02-28'],
    ['2000-02', 'month', '2000-02-01', '2000-02-29'],
    ['2014-06-17', 'day', '2014-06-17', '2014-06-17'],
    ['[2013-12..2014-06-17]', 'one-of', '2013-12-01', '2014-06-17'],
    ['[2015-05-18..]', 'one-of', '2015-05-18', null],
    ['[..2014]', 'one-of', null, '2014-12-31'],
    ['2010/2014-06', 'interval', '2010-01-01', '2014-06-30'],
    ['2014/..', 'interval', '2014-01-01', null],
    ['XXXX', 'unknown', null, null],
  ])('%s', (text, kind, earliest, latest) => expect(bounds(text)).toEqual([kind, earliest, latest]));
  it.each([
    ['2014?', true, false],
    ['2014-06~', false, true],
    ['2014-06-17%', true, true],
    ['[2013?..2014~]', true, true],
  ])('%s says how sure it is', (text, uncertain, approximate) => expect(parseEdtf(text)).toMatchObject({ uncertain, approximate }));
  it.each(['', '14', '2014-13', '2014-00', '2014-02-30', '2015-02-29', '2014-6', '17/06/2014', '2014-06-17T10:00', '[..]', '/', '[2015..2014]', '2015/2014', '2014??', 'XXX', '[2014]'])(
    '%j is none',
    (text) => expect(parseEdtf(text)).toBeNull(),
  );
  it('is never later than itself: the first day is not after the last', () => {
    const part = fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }));
    fc.assert(
      fc.property(part, fc.constantFrom('', '?', '~', '%'), ([y, m, d], mark) => {
        const text = `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}${mark}`;
        const date = parseEdtf(text);
        // The calendar of the language itself decides which days there are.
        const real = new Date(Date.UTC(2000, m - 1, d));
        real.setUTCFullYear(y, m - 1, d);
        expect(date !== null).toBe(real.getUTCMonth() === m - 1 && real.getUTCDate() === d);
        if (date) expect(date.earliest).toBe(date.latest);
      }),
    );
  });
});

describe('two partial dates', () => {
  it.each([
    ['2013', '2014', true],
    ['2014', '2014-06', false],
    ['2014-05', '2014-06-17', true],
    ['[..2014]', '2015', true],
    ['[2013..2015]', '2014', false],
    ['2014/..', '2020', false],
    ['XXXX', '2014', false],
    ['2014', 'XXXX', false],
  ])('is %s certainly before %s: %s', (a, b, so) => expect(certainlyBefore(a, b)).toBe(so));
  it.each([
    ['2014', '2014-01-01', true],
    ['2014', '2013-12-31', false],
    ['[2013-12..2014-06-17]', '2013-12-01', true],
    ['XXXX', '1900-01-01', true],
    ['[..2014]', '1900-01-01', true],
  ])('can %s have begun by %s: %s', (date, day, so) => expect(begunBy(date, day)).toBe(so));
  it('are never each certainly before the other', () => {
    const any = fc.constantFrom('2013', '2014', '2014-06', '2014-06-17', '[2013-12..2014-06-17]', '[2015-05-18..]', '[..2014]', '2010/..', 'XXXX');
    fc.assert(fc.property(any, any, (a, b) => expect(certainlyBefore(a, b) && certainlyBefore(b, a)).toBe(false)));
  });
});
