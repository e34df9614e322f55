import type { Actor, Row } from '#kernel';
import { isRefusal } from '#kernel';
import { openPlatform, type Platform } from '#platform/runtime';
import { pino } from 'pino';
import { ruleProfiles } from './data/rule-profiles.js';
import { directory } from './directory.context.js';
import type { AuthorisationDoc, GroupDoc, PersonDoc } from './index.js';

const secretariat: Actor = { personId: 's1', capacity: 'network-secretariat' };
const source = { title: 'Press release of 2014' };
let platform: Platform;
let count = 0;

/** Gives a command; an import where `valid` is told. */
async function give(subject: string, command: string, input: object, { actor = secretariat, valid }: { actor?: Actor; valid?: string } = {}) {
  const [aggregate = '', id = ''] = subject.split(':');
  return platform.executor.execute({
    aggregate, id, command, input, actor, commandId: `c-${(count += 1)}`,
    ...(valid === undefined ? { mode: 'live' } : { mode: 'import', validTime: valid, sources: [source] }),
  });
}
async function given(...commands: Parameters<typeof give>[]) {
  for (const command of commands) {
    const outcome = await give(...command);
    if (isRefusal(outcome)) throw new Error(`${command[0]} ${command[1]}: ${JSON.stringify(outcome)}`);
    await platform.runner.waitFor(outcome.position);
  }
}
const row = <D extends object>(view: string, id: string) => platform.views.reader(null).row<D>(view, id) as Promise<Row<D>>;
async function until<D extends object>(view: string, id: string, holds: (doc: D) => boolean): Promise<D> {
  for (let i = 0; i < 200; i += 1) {
    const found = await row<D>(view, id);
    if (found && holds(found.doc)) return found.doc;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${view} ${id} is ${JSON.stringify((await row(view, id))?.doc)}`);
}

const profile = (id: string) => ruleProfiles.find((p) => p.profileId === id)!;
const parliament = (iso: string) => ({
  parliamentId: iso, iso3166: iso, names: { en: `Parliament of ${iso}` }, m49Region: '150', structure: 'bicameral',
  seatTimezone: 'Europe/London', workingLanguages: ['en'],
});
const chamber = (chamberCode: string, kind: string) => ({ chamberCode, kind, names: { en: kind }, memberTitle: { en: 'Member' } });
const group = (groupId: string, parliamentId: string, foundedOn: string) => ({
  groupId, parliamentId, names: { en: groupId }, purpose: { en: 'Prevention of genocide' }, foundedOn, recognition: 'registered', sources: [source],
});
const person = (personId: string, full: string) => ({
  personId, names: [{ full, script: 'Latn', lang: 'en', asPrinted: full }], kind: 'parliamentarian', sources: [source],
});
const mandate = (mandateId: string, chamberCode: string, startedOn: string) => ({
  mandateId, chamberCode, seat: 'unknown', title: 'Member', startedOn,
});

beforeEach(async () => {
  platform = await openPlatform({ folder: ':memory:', contexts: [directory], log: pino({ enabled: false }) });
});
afterEach(() => platform.close());

describe('the record of 2014 (script 1)', () => {
  const history = { valid: '2014' };
  beforeEach(() =>
    given(
      ['Parliament:GB', 'RegisterParliament', parliament('GB'), { valid: 'XXXX' }],
      ['Parliament:GB', 'RegisterChamber', chamber('GB-LC01', 'lower'), { valid: 'XXXX' }],
      ['Parliament:GB', 'RegisterChamber', chamber('GB-UC01', 'upper'), { valid: 'XXXX' }],
      ['Parliament:GB', 'AdoptRulesProfile', profile('gb-appg-2010'), { valid: '2010-04' }],
      ['Parliament:CA', 'RegisterParliament', parliament('CA'), { valid: 'XXXX' }],
      ['Parliament:CA', 'RegisterChamber', chamber('CA-UC01', 'upper'), { valid: 'XXXX' }],
      ['Parliament:CA', 'AdoptRulesProfile', profile('ca-informal'), { valid: 'XXXX' }],
      ['Group:gb', 'ImportFoundedGroup', group('gb', 'GB', '2005'), { valid: '2005' }],
      ['Group:ca', 'ImportFoundedGroup', group('ca', 'CA', '2006'), { valid: '2006' }],
      ['Person:twigg', 'RecordPerson', person('twigg', 'Stephen Twigg'), history],
      ['Person:twigg', 'BeginMandate', mandate('m1', 'GB-LC01', 'XXXX'), { valid: 'XXXX' }],
      ['Group:gb', 'ElectOfficers', { officers: [{ personId: 'twigg', role: 'chair', since: '2013-12' }] }, { valid: '2013-12' }],
      ['Person:lord', 'RecordPerson', person('lord', 'Lord Carlisle'), history],
      ['Person:lord', 'BeginMandate', mandate('m1', 'GB-UC01', 'XXXX'), { valid: 'XXXX' }],
      ['Person:dallaire', 'RecordPerson', person('dallaire', 'Roméo A. Dallaire'), history],
      ['Person:dallaire', 'BeginMandate', mandate('m1', 'CA-UC01', 'XXXX'), { valid: 'XXXX' }],
      ['Group:ca', 'ElectOfficers', { officers: [{ personId: 'dallaire', role: 'chair' }] }, history],
    ));

  it('PRL-2 GRP-8 PER-2 the dissolution of 2015 ends the mandates of its chamber, puts the group to sleep and its officers stand down', async () => {
    const dissolution = { chambers: ['GB-LC01'], effectiveAt: '2015-03-29T23:30:00Z', authority: 'Fixed-term Parliaments Act 2011' };
    await given(['Parliament:GB', 'RecordDissolution', dissolution, { valid: '2015-03-30' }]);
    const gb = await until<GroupDoc>('groups', 'gb', (doc) => doc.status === 'dormant' && doc.officers.length === 0);
    // 23:30 UTC is the next day in London, where summer time had begun.
    expect(gb.dormant).toEqual({ cause: 'dissolution', since: '2015-03-30' });
    expect(gb.formerOfficers).toEqual([{ personId: 'twigg', role: 'chair', since: '2013-12', until: '2015-03-30', reason: 'dissolution' }]);
    expect((await row<PersonDoc>('persons', 'twigg')).doc.mandates[0]).toMatchObject({ endedOn: '2015-03-30', reason: 'dissolution' });
    expect((await row<PersonDoc>('persons', 'lord')).doc.status).toBe('serving');
    expect((await row<GroupDoc>('groups', 'ca')).doc).toMatchObject({ status: 'active', officers: [{ personId: 'dallaire' }] });

    await given(
      ['Parliament:GB', 'OpenTerm', { chamber: 'GB-LC01', termNumber: 56, openedOn: '2015-05-18' }, { valid: '2015-05-18' }],
      ['Group:gb', 'Reconstitute', { term: '56', on: '2015', present: [], officers: [] }, { valid: '2015' }],
    );
    expect((await row<GroupDoc>('groups', 'gb')).doc).toMatchObject({ status: 'active', activeSince: '2015', dormant: null });
  });
  it('a dissolution that is told late does not reach what began after it', async () => {
    await given(
      ['Group:later', 'ImportFoundedGroup', group('later', 'GB', '2016'), { valid: '2016' }],
      ['Parliament:GB', 'RecordDissolution', { chambers: ['GB-LC01'], effectiveAt: '2015-03-30T00:00:00Z', authority: 'Act' }, { valid: '2015-03-30' }],
    );
    await until<GroupDoc>('groups', 'gb', (doc) => doc.status === 'dormant');
    expect((await row<GroupDoc>('groups', 'later')).doc.status).toBe('active');
  });
  it('a death ends mandates in the public record, and erasure leaves a pseudonym', async () => {
    await given(['Person:lord', 'RecordDeath', { on: '2020' }, { valid: '2020' }], ['Person:lord', 'EraseProfileData', { scope: 'all' }]);
    const { doc } = await row<PersonDoc>('persons', 'lord');
    expect(doc).toMatchObject({ status: 'erased', names: [], mandates: [], sources: [], erased: { scope: 'all', legalBasis: null } });
    expect(await platform.views.reader(null).search('Carlisle')).toEqual([]);
  });
});

describe('a group of today', () => {
  const chair: Actor = { personId: 'a', capacity: 'chair', onBehalfOf: 'g' };
  const setUp = async () => {
    await given(
      ['Parliament:XA', 'RegisterParliament', parliament('XA')],
      ['Parliament:XA', 'RegisterChamber', chamber('XA-LC01', 'lower')],
      ['Parliament:XA', 'AdoptRulesProfile', {
        ...profile('gb-appg-2023'), profileId: 'xa', chairMustSitIn: 'XA-LC01', quorumByMeetingKind: { inaugural: 2 }, benefitDeadlineDays: 28,
      }],
    );
    for (const [id, side] of [['a', 'government'], ['b', 'opposition']] as const) {
      await given(
        [`Person:${id}`, 'RecordPerson', person(id, `Member ${id}`)],
        [`Person:${id}`, 'BeginMandate', mandate('m1', 'XA-LC01', '2024-07-04')],
        [`Person:${id}`, 'ChangePartyAffiliation', { chamberCode: 'XA-LC01', party: { ref: id, name: `Party ${id}` }, side, from: '2024-07-04' }],
      );
    }
    const founding = {
      meetingId: 'mt', on: '2026-01-10', present: ['a', 'b'], responsibleOfficer: 'a', recognition: 'registered',
      officers: [{ personId: 'a', role: 'chair' }, { personId: 'b', role: 'vice-chair' }],
    };
    const proposal = { groupId: 'g', parliamentId: 'XA', proposedName: { en: 'Group' }, purpose: { en: 'Prevention' }, promoters: ['a'] };
    await given(['Group:g', 'ProposeGroup', proposal, { actor: chair }]);
    return give('Group:g', 'FoundGroup', founding, { actor: chair });
  };

  it('GRP-1 GRP-2 PER-3 is founded by what the record says of its people on the day', async () => {
    expect(isRefusal(await setUp())).toBe(false);
    const { doc } = await row<GroupDoc>('groups', 'g');
    expect(doc.officers).toMatchObject([{ side: 'government', party: 'Party a', chamber: 'XA-LC01', electedOn: '2026-01-10' }, { side: 'opposition' }]);
    expect(doc.tier).toBeNull();
  });
  it('GRP-3 PER-2 an officer whose last mandate ends stands down, and somebody has to be designated', async () => {
    await setUp();
    await given(['Person:a', 'EndMandate', { mandateId: 'm1', endedOn: '2026-09-01', reason: 'resignation' }]);
    const doc = await until<GroupDoc>('groups', 'g', (g) => g.officers.length === 1);
    expect(doc).toMatchObject({ responsible: null, formerOfficers: [{ personId: 'a', since: '2026-01-10', until: '2026-09-01' }] });
    expect((await platform.views.reader(null).duties(['officer:g'])).map((d) => d.kind)).toEqual(['group-responsible-officer']);
  });
  it('GRP-6 income above the threshold asks for a statement', async () => {
    await setUp();
    const benefit = { source: 'Trust', kind: 'financial', value: { amount: 2000, currency: 'GBP' }, receivedOn: '2026-02-01', purpose: 'Report' };
    await given(['Group:g', 'RegisterBenefit', benefit, { actor: chair }]);
    expect((await row<GroupDoc>('groups', 'g')).doc.tier).toBe('higher');
    expect((await platform.views.reader(null).duties(['officer:g'])).map((d) => d.kind)).toEqual(['group-income-statement']);
  });
  it('GRP-7 what it authorises is not in the public record', async () => {
    await setUp();
    const grant = {
      subject: { type: 'mou', id: 'mou1' }, act: 'sign', holder: 'a', latitude: 'editorial', expiresAt: '2099-12-31T00:00:00Z', decisionRef: 'minutes',
    };
    await given(['Group:g', 'GrantAuthorisation', grant, { actor: chair }]);
    const seenBy = (...tokens: string[]) => platform.views.reader(new Set(tokens)).rows<AuthorisationDoc>('authorisations', { groupId: 'g' });
    expect(await seenBy('public', 'network', 'group:other')).toEqual([]);
    expect(await seenBy('group:g')).toMatchObject([{ doc: { act: 'sign', holder: 'a' } }]);
    expect(JSON.stringify((await row('groups', 'g')).doc)).not.toContain('mou1');
    expect((await row('groups', 'g')).label.tlp).toBe('CLEAR');
  });
  it('G6 a protection concern changes nothing in the public record of the person', async () => {
    await setUp();
    const before = await row('persons', 'b');
    await given(['Person:b', 'RaiseProtectionConcern', { category: 'threat', tlp: 'AMBER', summaryRef: 'file 1' }, { actor: chair }]);
    expect(await row('persons', 'b')).toEqual(before);
    expect((await row('protection-concerns', 'b')).label).toEqual({ tlp: 'AMBER', groups: ['g'] });
    expect((await platform.views.reader(null).duties(['network-secretariat'])).map((d) => d.kind)).toContain('person-protection-concern');
  });
  it('GRP-5 PTN-3 a secretariat from a foreign ministry is refused; a partner is cleared on the word of an officer', async () => {
    await setUp();
    await given(['Partner:pa', 'ListPartner', { partnerId: 'pa', names: { en: 'Ministry' }, kind: 'ministry', country: 'XB', links: [] }]);
    const appointment = { partnerId: 'pa', services: ['secretariat'], dueDiligence: { statementRef: 'd', foreignGovernmentFunding: 'none' }, from: '2026-10-01' };
    expect(await give('Group:g', 'AppointSecretariat', appointment, { actor: chair })).toMatchObject({ refused: 'group.foreign-government-secretariat' });
    const clearance = { checks: ['accounts'], validUntil: '2099-01-01' };
    expect(await give('Partner:pa', 'ClearPartner', { ...clearance, responsibleOfficer: 'nobody' })).toMatchObject({ refused: 'partner.responsible-not-officer' });
    await given(['Partner:pa', 'ClearPartner', { ...clearance, responsibleOfficer: 'b' }]);
  });
});
