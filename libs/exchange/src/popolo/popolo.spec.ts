import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsonschema from 'jsonschema';
import { MOU, STATEMENT } from '../sample.contract.js';
import { popoloDate, toPopolo } from './popolo.js';

const SCHEMAS = join(import.meta.dirname, '../../../../../shared/schemas/popolo');
const OPTIONS = { lang: 'fr', network: { id: 'gpn', name: 'Réseau parlementaire mondial' } };
const KINDS = { persons: 'person', organizations: 'organization', memberships: 'membership', motions: 'motion', vote_events: 'vote_event' } as const;
const described = existsSync(SCHEMAS) ? describe : describe.skip;
if (!existsSync(SCHEMAS)) process.stderr.write('Popolo: the schemas are not beside this repository; validation is skipped\n');

described('Popolo by its schemas', () => {
  const validator = new jsonschema.Validator();
  const schemas = new Map(readdirSync(SCHEMAS).map((file) => {
    const schema = JSON.parse(readFileSync(join(SCHEMAS, file), 'utf8')) as jsonschema.Schema;
    validator.addSchema(schema, schema.id);
    return [file.replace('.json', ''), schema];
  }));
  const errors = (kind: string, one: unknown) => validator.validate(one, schemas.get(kind)!).errors.map((e) => e.stack);
  const all = (popolo: object) => Object.entries(KINDS).flatMap(([list, kind]) => (popolo as Record<string, object[]>)[list]!.flatMap((one) => errors(kind, one)));
  it.each([['a statement', STATEMENT], ['a memorandum', MOU]])('%s is valid, with people, bodies, memberships and the motion', (_, doc) => {
    const popolo = toPopolo(doc, OPTIONS);
    expect(all(popolo)).toEqual([]);
    expect([popolo.persons.length, popolo.organizations.length, popolo.memberships.length, popolo.motions.length]).toEqual([2, 4, 3, 1]);
  });
  it.each([
    ['a name that is a number', 'persons', { name: 7 }], ['a motion of a year only', 'motions', { date: '2014' }], ['sources that are no list', 'motions', { sources: 'https://example.org' }], ['a membership of two people', 'memberships', { person_id: ['a', 'b'] }],
  ] as const)('refuses %s', (_, list, defect) => {
    const popolo = toPopolo(STATEMENT, OPTIONS);
    expect(all({ ...popolo, [list]: [{ ...popolo[list][0], ...defect }] })).not.toEqual([]);
  });
});

describe('toPopolo', () => {
  it('keeps those who withdrew, with the day, and the names of bodies in all languages', () => {
    const { motions, organizations } = toPopolo(STATEMENT, OPTIONS);
    expect(motions[0]!.supporters.map((s) => [s.person_id, s.end_date])).toEqual([['person-p-1', null], ['person-p-2', '2026-11-22T09:00:00.000Z']]);
    expect(organizations.find((o) => o.id === 'parliament-xa')).toEqual({ id: 'parliament-xa', name: 'Parlement de l’Atlantide', classification: 'legislature', parent_id: null, other_names: [{ name: 'Parliament of Atlantis & Lemuria', note: 'en' }, { name: 'برلمان أطلانتس', note: 'ar' }] });
  });
  it('every id that is named is there', () => {
    const popolo = toPopolo(STATEMENT, OPTIONS);
    const ids = new Set([...popolo.persons, ...popolo.organizations, ...popolo.motions].map((one) => one.id));
    for (const m of popolo.memberships) for (const id of [m.person_id, m.organization_id, m.on_behalf_of_id]) if (id !== null) expect(ids).toContain(id);
    for (const o of popolo.organizations) if (o.parent_id !== null) expect(ids).toContain(o.parent_id);
  });
  it('a date keeps what is certain of it', () => {
    expect(['2014', '2014-06~', '2014-06-17', '2026-11-20T12:00:00.000Z', '[2013-12..2014-06-17]', 'XXXX'].map(popoloDate)).toEqual(['2014', '2014-06', '2014-06-17', '2026-11-20', null, null]);
  });
});
