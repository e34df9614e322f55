import {
  Day,
  Deadline,
  Digest,
  Edtf,
  GroupId,
  Instant,
  LanguageTag,
  Multilingual,
  NonEmpty,
  ParliamentId,
  PersonId,
  Side,
} from '#kernel';
import { z } from 'zod';
import { I18n } from './i18n.js';
import { type Params, sentenceParams, type Shape } from './sentence.js';

const i18n = new I18n();
const UUID = '0190a0b0-0000-7000-8000-000000000001';
const names = {
  'person-anne': { en: 'Anne Uwase', ar: 'آن أوواسي' },
  'person-ben': { en: 'Ben Mugisha' },
  'group-rw': { en: 'Rwanda group', fr: 'Groupe du Rwanda' },
  'partner-un': { en: 'United Nations' },
  'mou-m': { en: 'MoU 2014', ar: 'مذكرة 2014' },
};
const anne = { personId: 'anne', capacity: 'chair' as const, onBehalfOf: 'rw' };

function params(
  schema: z.ZodObject,
  data: object,
  lang = 'en',
  actor: Parameters<typeof sentenceParams>[0]['actor'] = anne,
): Params {
  const shape = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as Shape;
  return sentenceParams({ type: 'T', category: 'mou', streamId: 'm', data, actor }, shape, {
    formatters: i18n.formatters(lang),
    names,
  });
}
const value = (schema: z.ZodType, data: unknown, lang = 'en') => params(z.object({ x: schema }), { x: data }, lang)['x'];

describe('the values of a sentence', () => {
  it('say who did it, as what, for whom, and to what', () => {
    expect(params(z.object({}), {}, 'fr')).toEqual({
      actor: 'Anne Uwase',
      actorCapacity: 'Présidence',
      actorBody: 'Groupe du Rwanda',
      subject: 'MoU 2014',
      type: 'T',
    });
    expect(params(z.object({}), {}, 'en', { personId: 'x', capacity: 'partner', onBehalfOf: 'un' })).toMatchObject({
      actor: 'Partner',
      actorCapacity: 'Partner',
      actorBody: 'United Nations',
    });
    expect(params(z.object({}), {}, 'en', { personId: 'system', capacity: 'system', rule: 'when-lapsed' })).toMatchObject({
      actor: 'Automatic rule “when-lapsed”',
      actorBody: 'none',
    });
  });
  it('name people and groups in the language of the reader, and nobody whom he may not know', () => {
    expect(value(PersonId, 'anne', 'ar')).toBe('آن أوواسي');
    expect(value(PersonId, 'ben')).toBe('Ben Mugisha');
    expect(value(PersonId, UUID)).toBe('(not shown)');
    expect(value(ParliamentId, 'gb-commons')).toBe('gb-commons');
  });
  it('keep a name of the other direction together', () => {
    expect(value(PersonId, 'ben', 'ar')).toBe('\u2068Ben Mugisha\u2069');
    expect(value(Multilingual, { ar: 'مذكرة' }, 'en')).toBe('\u2068مذكرة\u2069');
  });
  it('write dates, instants and periods, and tell how exact a date is', () => {
    expect(
      params(z.object({ on: Edtf, at: Instant, day: Day, until: Edtf.optional() }), {
        on: '2014-06',
        at: '2014-06-17T12:00:00Z',
        day: '2014-06-17',
      }),
    ).toMatchObject({
      on: 'June 2014',
      onKind: 'month',
      at: '17 June 2014 at 12:00 UTC',
      day: '17 June 2014',
      dayKind: 'day',
      until: 'none',
      untilKind: 'none',
    });
    expect(value(z.object({ from: Day, to: Day }), { from: '2014-01-01', to: '2014-06-17' })).toBe(
      'from 1 January 2014 to 17 June 2014',
    );
    expect(value(Deadline, { instant: '2014-06-17T12:00:00Z', wallTime: '14:00', timezone: 'Africa/Kigali' })).toBe(
      '17 June 2014 at 14:00 Africa/Kigali',
    );
  });
  it('give numbers as numbers, so that messages can count, and truth as a word to choose by', () => {
    expect(params(z.object({ n: z.number(), yes: z.boolean() }), { n: 1234, yes: false })).toMatchObject({
      n: 1234,
      yes: 'false',
    });
    expect(value(z.object({ amount: z.number(), currency: z.string() }), { amount: 1500, currency: 'RWF' })).toBe('1,500 RWF');
    expect(value(z.object({ yes: z.int(), no: z.int() }), { yes: 1200, no: 3 })).toBe('yes: 1,200 and no: 3');
  });
  it('name languages and countries, and words of an enumeration where there are any', () => {
    expect(value(LanguageTag, 'rw', 'fr')).toBe('kinyarwanda');
    expect(value(z.string().regex(/^[A-Z]{2}$/, { error: 'country' }), 'DE', 'pt')).toBe('Alemanha');
    expect(params(z.object({ mode: z.enum(['a', 'b']) }), { mode: 'a' })).toMatchObject({ mode: 'a', modeValue: 'a' });
    expect(params(z.object({ mode: z.enum(['a', 'b']).optional() }), {})).toMatchObject({ mode: 'none', modeValue: 'none' });
    expect(value(z.literal('fixed'), 'fixed')).toBe('fixed');
  });
  it('choose the text of the reader, and shorten a long one', () => {
    expect(value(Multilingual, { en: 'peace', fr: 'paix' }, 'fr')).toBe('paix');
    expect(value(Multilingual, { en: 'peace', de: 'Frieden' }, 'pt')).toBe('peace');
    expect(value(NonEmpty, 'x'.repeat(500))).toHaveLength(241);
  });
  it('list several and count them', () => {
    expect(
      params(z.object({ present: z.array(PersonId), absent: z.array(PersonId).optional() }), { present: ['anne', 'ben'] }),
    ).toMatchObject({
      present: 'Anne Uwase and Ben Mugisha',
      presentCount: 2,
      absent: 'none',
      absentCount: 0,
    });
    expect(value(z.array(PersonId), [])).toBe('none');
    expect(value(z.array(z.number()), [1, 2000])).toBe('1 and 2,000');
    expect(
      value(z.array(z.object({ role: z.enum(['chair']), personId: PersonId, side: Side.optional() })), [
        { role: 'chair', personId: 'ben' },
      ]),
    ).toBe('Ben Mugisha');
    expect(value(z.array(z.object({ asPrinted: NonEmpty, personId: PersonId.optional() })), [{ asPrinted: 'A. Smith MP' }])).toBe(
      'A. Smith MP',
    );
  });
  it('say of which languages a record speaks, and what a record of people names', () => {
    const digest = 'a'.repeat(64);
    expect(params(z.object({ digests: z.record(LanguageTag, Digest) }), { digests: { en: digest, fr: digest } })).toMatchObject({
      digests: 'English and French',
      digestsCount: 2,
    });
    expect(value(z.record(GroupId, PersonId), { rw: 'anne', ca: 'ben' })).toBe('Anne Uwase and Ben Mugisha');
  });
  it('follow the variant that the value has', () => {
    const place = z.union([
      z.object({ kind: z.literal('group'), groupId: GroupId }),
      z.object({ kind: z.literal('text'), text: NonEmpty }),
      NonEmpty,
    ]);
    expect(value(place, { kind: 'group', groupId: 'rw' })).toBe('Rwanda group');
    expect(value(place, { kind: 'text', text: 'Kigali' })).toBe('Kigali');
    expect(value(place, 'London')).toBe('London');
    expect(value(Edtf.nullable(), null)).toBe('none');
    expect(value(Edtf.nullable(), '2014')).toBe('2014');
  });
  it('leave a field that is called like a parameter of ours to the event', () => {
    expect(
      params(z.object({ type: z.enum(['a']), onKind: NonEmpty, on: Edtf }), { type: 'a', onKind: 'mine', on: '2014' }),
    ).toMatchObject({ type: 'a', onKind: 'mine' });
  });
  it('do without a shape', () => {
    const plain = sentenceParams(
      { type: 'T', category: 'c', streamId: UUID, data: { a: 'x', b: 2, c: ['y', 'z'] }, actor: anne },
      undefined,
      {
        formatters: i18n.formatters('en'),
        names: {},
      },
    );
    expect(plain).toMatchObject({ a: 'x', b: 2, c: 'y and z', subject: '(not shown)' });
    expect(() => params(z.object({}), null as never)).not.toThrow();
  });
});
