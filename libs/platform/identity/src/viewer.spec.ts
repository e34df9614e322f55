import { mayRead } from '#kernel';
import type { Grant } from './account.js';
import { actorsOf, ANONYMOUS, holdersOf, tokensOf, viewerOf } from './viewer.js';

const person = (...grants: Grant[]) => ({ personId: 'anne', grants });
const tokens = (...grants: Grant[]) => [...tokensOf(person(...grants))].sort();

describe('a viewer', () => {
  it('reads what is public when nobody is signed in', () => {
    expect(viewerOf(null)).toBe(ANONYMOUS);
    expect([...ANONYMOUS.tokens]).toEqual(['public']);
    expect(ANONYMOUS.actors).toEqual([]);
  });
  it.each(['network-chair', 'chair', 'officer', 'member', 'group-secretariat'] as const)(
    'reads the network and his group as %s',
    (capacity) => expect(tokens({ capacity, onBehalfOf: 'rw' })).toEqual(['group:rw', 'network', 'person:anne', 'public']),
  );
  it.each<[string, Grant, string[]]>([
    ['the network secretariat', { capacity: 'network-secretariat' }, ['network', 'person:anne', 'public', 'secretariat']],
    ['an auditor', { capacity: 'auditor' }, ['auditor', 'network', 'person:anne', 'public']],
    ['an observer', { capacity: 'observer' }, ['person:anne', 'public']],
    ['an observer of a group', { capacity: 'observer', onBehalfOf: 'un' }, ['group:un', 'person:anne', 'public']],
    ['a partner', { capacity: 'partner', onBehalfOf: 'ngo' }, ['group:ngo', 'public']],
    ['an administrator', { capacity: 'administrator' }, ['person:anne', 'public']],
  ])('%s reads', (_who, grant, expected) => expect(tokens(grant)).toEqual(expected));
  it('reads by all grants together, and without one what names him', () => {
    expect(tokens({ capacity: 'member', onBehalfOf: 'ca' }, { capacity: 'auditor' })).toEqual([
      'auditor',
      'group:ca',
      'network',
      'person:anne',
      'public',
    ]);
    expect(tokens()).toEqual(['person:anne', 'public']);
  });
  it('agrees with the labels of the kernel', () => {
    const member = tokensOf(person({ capacity: 'member', onBehalfOf: 'ca' }));
    expect(mayRead(member, { tlp: 'AMBER', groups: ['ca'] })).toBe(true);
    expect(mayRead(member, { tlp: 'AMBER', groups: ['rw'] })).toBe(false);
    expect(mayRead(member, { tlp: 'RED', persons: ['ben'] })).toBe(false);
    expect(mayRead(ANONYMOUS.tokens, { tlp: 'GREEN' })).toBe(false);
    const secretariat = tokensOf(person({ capacity: 'network-secretariat' }));
    expect(mayRead(secretariat, { tlp: 'AMBER', groups: ['rw'] })).toBe(true);
    expect(mayRead(secretariat, { tlp: 'AMBER+STRICT', groups: ['rw'] })).toBe(false);
  });
  it('holds duties by person, by capacity for a body, and by capacity', () => {
    expect(holdersOf(person({ capacity: 'chair', onBehalfOf: 'rw' }))).toEqual([
      'person:anne',
      'chair:rw',
      'officer:rw',
      'member:rw',
      'chair',
    ]);
    expect(holdersOf(person({ capacity: 'officer', onBehalfOf: 'rw' }))).toEqual([
      'person:anne',
      'officer:rw',
      'member:rw',
      'officer',
    ]);
    expect(holdersOf(person({ capacity: 'network-secretariat' }, { capacity: 'member', onBehalfOf: 'ca' }))).toEqual([
      'person:anne',
      'network-secretariat',
      'member:ca',
      'member',
    ]);
  });
  it('may act as each of his grants, the chair first', () => {
    expect(
      actorsOf(
        person({ capacity: 'member', onBehalfOf: 'ca' }, { capacity: 'auditor' }, { capacity: 'chair', onBehalfOf: 'rw' }),
      ),
    ).toEqual([
      { personId: 'anne', capacity: 'chair', onBehalfOf: 'rw' },
      { personId: 'anne', capacity: 'member', onBehalfOf: 'ca' },
      { personId: 'anne', capacity: 'auditor' },
    ]);
  });
});
