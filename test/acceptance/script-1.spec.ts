import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Act, type Json, readJson, RECORDS, type Seat, World } from './world.js';

const record = readJson(join(RECORDS, 'gpn-2014.json'));
/** Script 1 of the domain brief, as it was given. */
const script = readJson(join(import.meta.dirname, 'scenario-1.json'));
const given = join(import.meta.dirname, '../../../shared/domain/scenarios.json');

const COLLECTIONS: Record<string, string> = {
  Parliament: 'parliaments', Group: 'groups', Partner: 'partners', Person: 'persons', Network: 'networks', Mou: 'mous', Membership: 'memberships',
  RecordCorrection: 'corrections',
};
/** Ids of the script that the record spells out. */
const IDS: Record<string, string> = {
  twigg: 'stephen-twigg', dallaire: 'romeo-dallaire', vicechair: 'lord-carlisle', kapila: 'mukesh-kapila', '2014-1': '2014-gb-ca', c1: 'carlisle-spelling',
  c2: 'collective-strengthen', gb: 'gb-gpn', ca: 'ca-gpn',
};
/** What the system commands of the script record. */
const BY_RULE: Record<string, { event: string; rule: string }> = {
  MarkDormant: { event: 'GroupBecameDormant', rule: 'when-parliament-dissolved' },
  EnterAbeyance: { event: 'MembershipHeldInAbeyance', rule: 'when-group-dormant' },
  ResumeFromAbeyance: { event: 'MembershipResumed', rule: 'when-group-reconstituted' },
};

describe('Script 1: the record of 2014, imported step by step over HTTP', () => {
  let world: World;
  let secretariat: Seat;
  let auditor: Seat;
  const anyone = () => world.anonymous;

  beforeAll(async () => {
    world = await World.open({ demo: false });
    secretariat = await world.newAccount({
      email: 'secretariat@aegis.example', personId: 'network-secretariat', displayName: 'Network secretariat', language: 'en',
      grants: [{ capacity: 'network-secretariat', onBehalfOf: 'aegis' }],
    });
    auditor = await world.newAccount({
      email: 'auditor@example.org', personId: 'auditor', displayName: 'Auditor', language: 'en', grants: [{ capacity: 'auditor' }],
    });
  });
  afterAll(() => world.close());

  /** What the world sees after a step. */
  const seen: Record<string, (id: string, input: Json) => Promise<void>> = {
    RegisterParliament: async (id, input) => {
      expect(await anyone().doc('parliaments', id)).toMatchObject({
        status: 'sitting', names: input.names, structure: 'bicameral', seatTimezone: input.seatTimezone, workingLanguages: input.workingLanguages, chambers: [],
      });
    },
    RegisterChamber: async (id, input) => {
      const { chambers } = await anyone().doc('parliaments', id);
      expect(chambers.at(-1)).toMatchObject({ code: input.chamberCode, kind: input.kind, names: input.names, dissolvedAt: null });
    },
    AdoptRulesProfile: async (id, input) => {
      const { profiles } = await anyone().doc('parliaments', id);
      expect(profiles.at(-1)).toMatchObject({ profileId: input.profileId, groupEndsAtDissolution: id === 'GB', source: input.source });
    },
    ImportFoundedGroup: async (id, input) => {
      expect(await anyone().doc('groups', id)).toMatchObject({ status: 'active', names: input.names, foundedOn: id === 'gb-appg' ? '2005' : '2006', confidence: 'high' });
    },
    ListPartner: async (id, input) => {
      expect(await anyone().doc('partners', id)).toMatchObject({ status: 'listed', names: input.names, kind: input.kind, roles: [] });
    },
    AssignRole: async (id, input) => {
      const { roles } = await anyone().doc('partners', id);
      expect(roles.at(-1)).toEqual({ role: input.role, toOrgRef: input.toOrgRef, orgType: input.orgType, from: input.from, until: null });
    },
    AppointSecretariat: async (id) => {
      const { secretariats } = await anyone().doc('groups', id);
      expect(secretariats).toEqual([{ partnerId: 'aegis', services: ['secretariat'], from: '[2005..2014]', fundedBy: null, dueDiligence: null, until: null }]);
    },
    RecordPerson: async (id, input) => {
      const { names, kind } = await anyone().doc('persons', id);
      expect(names[0].asPrinted).toBe({
        'stephen-twigg': 'Stephen Twigg MP', 'romeo-dallaire': 'Senator Roméo A. Dallaire', 'lord-carlisle': 'Lord Carlisle', 'mukesh-kapila': 'Dr Mukesh Kapila',
      }[id]);
      expect(kind).toBe(input.kind);
    },
    BeginMandate: async (id, input) => {
      const person = await anyone().doc('persons', id);
      expect(person.status).toBe('serving');
      // The press release does not say when it began: not after 2014 is all that is known.
      expect(person.mandates).toMatchObject([{ chamberCode: input.chamberCode, startedOn: '[..2014]', endedOn: null }]);
    },
    ElectOfficers: async (id) => {
      const { officers } = await anyone().doc('groups', id);
      const chair = officers.find((o: Json) => o.role === 'chair');
      expect(chair).toMatchObject(id === 'gb-appg' ? { personId: 'stephen-twigg', since: '2013-12' } : { personId: 'romeo-dallaire' });
      if (id === 'gb-appg') expect(officers).toContainEqual(expect.objectContaining({ personId: 'lord-carlisle', role: 'vice-chair' }));
    },
    LaunchInitiative: async (id, input) => {
      const row = await anyone().row('networks', id);
      expect(row.doc).toMatchObject({ status: 'initiative', names: input.names, launchedOn: '2014?', charter: null });
      const [launched] = await anyone().history('networks', id);
      expect(launched?.doc).toMatchObject({ confidence: 'low', validTime: '2014' });
    },
    DesignateSecretariat: async (id) => {
      expect((await anyone().doc('networks', id)).secretariat).toMatchObject({ partnerId: 'aegis', mandate: 'Network Secretariat' });
    },
    ImportHistoricalMou: async (id) => {
      const mou = await anyone().doc('mous', id);
      expect(mou).toMatchObject({
        status: 'signed', signedOn: '2014', imported: true, clauses: [], effect: null,
        source: { textAvailable: false, present: [{ asPrinted: 'Lord Carlisle' }, { asPrinted: 'Dr Mukesh Kapila' }] },
        signatures: [
          { asPrinted: 'Stephen Twigg MP', groupId: 'gb-appg', method: 'unknown' },
          { asPrinted: 'Senator Roméo A. Dallaire', groupId: 'ca-gpg', method: 'unknown' },
        ],
      });
      expect(mou.source.sources[0].archivedDigest).toMatch(/^[0-9a-f]{64}$/);
      expect(mou.unknowns).toEqual(expect.arrayContaining(['text', 'authorisations', 'effect-rule']));
    },
    AttestSignature: async (id, input) => {
      const { witnesses } = await anyone().doc('mous', id);
      expect(witnesses.at(-1)).toMatchObject({ personId: input.personId, asPrinted: input.asPrinted });
    },
    RecordEntryIntoEffect: async (id) => {
      expect(await anyone().doc('mous', id)).toMatchObject({ status: 'inEffect', effect: { on: '2014', byRule: 'assumed-on-signature' } });
      expect((await anyone().history('mous', id)).at(-1)?.doc).toMatchObject({ type: 'MouEnteredIntoEffect', confidence: 'low' });
    },
    QueryRecord: async (id, input) => {
      const row = await secretariat.row('corrections', id);
      expect(row.doc).toMatchObject({ status: 'queried', mark: 'queried', reading: input.reading, right: null, queriedBy: 'auditor' });
      // Shown as queried, and what is printed has not changed.
      expect((await anyone().doc('persons', 'lord-carlisle')).names[0]).toMatchObject({ full: 'Lord Carlisle', asPrinted: 'Lord Carlisle' });
    },
    ActivateMembership: async (id, input) => {
      expect(await anyone().doc('memberships', id)).toMatchObject({ status: 'active', groupId: input.groupId, networkId: 'gpn', category: 'full', since: '2014' });
    },
    RecordDissolution: async (id) => {
      const parliament = await anyone().doc('parliaments', id);
      expect(parliament.status).toBe('dissolved');
      expect(parliament.chambers.map((c: Json) => c.dissolvedAt !== null)).toEqual([true, false]);
      expect(await anyone().doc('groups', 'gb-appg')).toMatchObject({ status: 'dormant', dormant: { cause: 'dissolution', since: '2015-03-30' } });
      expect(await anyone().doc('memberships', 'gb-gpn')).toMatchObject({ status: 'abeyance', abeyance: { cause: 'dissolution', graceUntil: '2016-03-30' } });
      const twigg = await anyone().doc('persons', 'stephen-twigg');
      expect(twigg).toMatchObject({ status: 'former', mandates: [{ endedOn: '2015-03-30', reason: 'dissolution' }] });
      // Canada is not concerned.
      expect(await anyone().doc('groups', 'ca-gpg')).toMatchObject({ status: 'active' });
      expect(await anyone().doc('memberships', 'ca-gpn')).toMatchObject({ status: 'active' });
      expect((await anyone().doc('persons', 'romeo-dallaire')).mandates[0].endedOn).toBeNull();
    },
    OpenTerm: async (id) => {
      const { status, chambers } = await anyone().doc('parliaments', id);
      expect(status).toBe('sitting');
      expect(chambers[0]).toMatchObject({ dissolvedAt: null, term: { number: 56, openedOn: '2015-05-18' } });
      // A new term by itself wakes nobody.
      expect(await anyone().doc('groups', 'gb-appg')).toMatchObject({ status: 'dormant' });
    },
    Reconstitute: async (id) => {
      expect(await anyone().doc('groups', id)).toMatchObject({ status: 'active', dormant: null, officers: [], terms: [{ term: '56' }] });
      expect(await anyone().doc('memberships', 'gb-gpn')).toMatchObject({ status: 'active', abeyance: null });
    },
  };

  test('the record has the parliaments, groups, partners, persons, network and memorandum of 2014', () => {
    expect(record.steps).toHaveLength(40);
    expect(script.steps).toHaveLength(43);
  });

  test('the script is the one that was given', () => {
    if (existsSync(given)) expect(script).toEqual(readJson(given)[0]);
  });

  test('the server is empty at first', async () => {
    for (const collection of Object.values(COLLECTIONS)) expect(await anyone().rows(collection)).toEqual([]);
  });

  test('an import without a source is refused, and nothing is recorded', async () => {
    const [step] = record.steps;
    const before = await world.head();
    expect(await secretariat.refused(422, 'parliaments', step.id, step.command, step.input, { mode: 'import' })).toEqual(['import-needs-source']);
    expect(await world.head()).toBe(before);
  });

  test.each(record.steps.map((step: Json, i: number) => [i + 1, step.command, step.id, step]))('step %i: %s %s', async (...[, , , step]) => {
    const { aggregate, id, command, input, validTime, actor, sources = record.sources, confidence = record.confidence } = step as Json;
    const who = actor?.capacity === 'auditor' ? auditor : secretariat;
    await who.does(COLLECTIONS[aggregate]!, id, command, input, { mode: 'import', sources, confidence, ...(validTime === undefined ? {} : { validTime }) });
    await seen[command]!(id, input);
  });

  const historyOf = async (subject: string): Promise<Act[]> => {
    const [aggregate = '', id = ''] = subject.split(':');
    return secretariat.history(COLLECTIONS[aggregate]!, IDS[id] ?? id);
  };

  test('what followed by rule names the rule, its cause and the source', async () => {
    for (const { subject, command } of script.steps.filter((s: Json) => s.who === 'System')) {
      const { event, rule } = BY_RULE[command]!;
      const act = (await historyOf(subject)).find((e) => e.doc.type === event);
      expect(act?.doc).toMatchObject({ actor: { personId: 'system', capacity: 'system', rule }, mode: 'import', causationId: expect.any(String) });
      expect(act?.doc.sources).not.toHaveLength(0);
    }
    const ended = (await secretariat.history('persons', 'stephen-twigg')).find((e) => e.doc.type === 'MandateEnded');
    expect(ended?.doc.actor).toEqual({ personId: 'system', capacity: 'system', rule: 'when-parliament-dissolved' });
  });

  test('every step of the script is a step of the record, in its order, or was made by a rule', async () => {
    const steps = [...record.steps];
    const unmatched: unknown[] = [];
    for (const step of script.steps) {
      const [aggregate, id] = step.subject.split(':') as [string, string];
      const next = steps[0];
      if (next?.aggregate === aggregate && next.id === (IDS[id] ?? id) && next.command === step.command) steps.shift();
      else {
        const made = (await historyOf(step.subject)).some(({ doc }) => doc.type === BY_RULE[step.command]?.event && doc.actor.rule === BY_RULE[step.command]?.rule);
        if (step.who !== 'System' || !made) unmatched.push(step);
      }
    }
    expect({ unmatched, left: steps }).toEqual({ unmatched: [], left: [] });
  });

  test('every act of the record is open to anyone, with its source', async () => {
    const { body } = await anyone().get('/api/v1/activity', { limit: 500, minPosition: await world.settled() }).expect(200);
    const acts = body.entries as Act[];
    expect(acts.length).toBeGreaterThanOrEqual(record.steps.length + 4);
    for (const { doc } of acts) expect({ type: doc.type, sourced: doc.sources?.length > 0, mode: doc.mode }).toEqual({ type: doc.type, sourced: true, mode: 'import' });
  });

  describe('as of a day in the world', () => {
    test('2004-12-31: no group', async () => {
      expect(await anyone().rows('groups', { asOf: '2004-12-31' })).toEqual([]);
      expect(await anyone().rows('mous', { asOf: '2004-12-31' })).toEqual([]);
      await anyone().get('/api/v1/groups/gb-appg', { asOf: '2004-12-31' }).expect(404);
    });
    test('2005-12-31: the British group and not yet the Canadian one', async () => {
      expect((await anyone().rows('groups', { asOf: '2005-12-31' })).map((r) => r.id)).toEqual(['gb-appg']);
    });
    test('2014-12-31: both groups and the memorandum, in effect', async () => {
      expect((await anyone().rows('groups', { asOf: '2014-12-31' })).map((r) => [r.id, r.doc.status])).toEqual([['ca-gpg', 'active'], ['gb-appg', 'active']]);
      expect(await anyone().doc('mous', '2014-gb-ca', { asOf: '2014-12-31' })).toMatchObject({ status: 'inEffect', signedOn: '2014' });
      expect(await anyone().doc('memberships', 'gb-gpn', { asOf: '2014-12-31' })).toMatchObject({ status: 'active' });
    });
    test('2015-04-15: the group sleeps and its membership is in abeyance', async () => {
      expect(await anyone().doc('groups', 'gb-appg', { asOf: '2015-04-15' })).toMatchObject({ status: 'dormant' });
      expect(await anyone().doc('memberships', 'gb-gpn', { asOf: '2015-04-15' })).toMatchObject({ status: 'abeyance', abeyance: { graceUntil: '2016-03-30' } });
      expect(await anyone().doc('parliaments', 'GB', { asOf: '2015-04-15' })).toMatchObject({ status: 'dissolved' });
      expect(await anyone().doc('groups', 'ca-gpg', { asOf: '2015-04-15' })).toMatchObject({ status: 'active' });
    });
    test('2015-05-20: the new Parliament sits', async () => {
      expect(await anyone().doc('parliaments', 'GB', { asOf: '2015-05-20' })).toMatchObject({ status: 'sitting' });
    });
  });

  test('the same record again changes nothing that is there', async () => {
    const before = await world.head();
    for (const step of record.steps.filter((s: Json) => ['RegisterParliament', 'ImportFoundedGroup', 'ImportHistoricalMou', 'LaunchInitiative'].includes(s.command)))
      await secretariat.refused(409, COLLECTIONS[step.aggregate]!, step.id, step.command, step.input, { mode: 'import', sources: record.sources });
    expect(await world.head()).toBe(before);
  });
});

describe('An import is the network secretariat’s', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  test('a chair cannot pass the rules of his group by calling an act an import', async () => {
    const chair = await world.newAccount({
      email: 'chair@gb.example', personId: 'stephen-twigg', displayName: 'Chair', language: 'en', grants: [{ capacity: 'chair', onBehalfOf: 'gb-appg' }],
    });
    const before = await world.head();
    const around = { mode: 'import', sources: [{ title: 'my own word' }] };
    const input = {
      subject: { type: 'mou', id: '2014-gb-ca' }, act: 'sign', holder: 'nobody-of-the-group', latitude: 'none', expiresAt: '2020-01-01T00:00:00Z', decisionRef: 'none',
    };
    // Live, four rules stand against it.
    expect((await chair.refused(409, 'groups', 'gb-appg', 'GrantAuthorisation', input)).length).toBeGreaterThanOrEqual(3);
    expect(await chair.refused(403, 'groups', 'gb-appg', 'GrantAuthorisation', input, around)).toEqual(['not-permitted']);
    expect(await world.head()).toBe(before);
  });

  test('an account of the exercise acts in the exercise only, and nobody else does', async () => {
    const network = await world.signIn('network');
    expect(await network.refused(403, 'parliaments', 'GB', 'RecordRecess', { from: '2026-07-20' })).toEqual(['exercise-on-real']);
    const real = await world.newAccount({
      email: 'sec@aegis.example', personId: 'network-secretariat', displayName: 'Secretariat', language: 'en', grants: [{ capacity: 'network-secretariat', onBehalfOf: 'aegis' }],
    });
    expect(await real.refused(403, 'parliaments', 'XA', 'RecordRecess', { from: '2026-07-20' })).toEqual(['real-on-exercise']);
  });
});
