import { specify } from '#kernel/testing';
import type { ParliamentEvent } from './events.js';
import { parliament, profileInForce } from './parliament.js';

const given = specify(parliament, { actor: { personId: 'p1', capacity: 'network-secretariat' } });

const registered: ParliamentEvent = {
  type: 'ParliamentRegistered',
  data: {
    parliamentId: 'XA', iso3166: 'XA', names: { en: 'Parliament of Exland' }, m49Region: '150',
    structure: 'bicameral', seatTimezone: 'Europe/London', workingLanguages: ['en'],
  },
};
const chamber = (chamberCode: string, kind: 'lower' | 'upper'): ParliamentEvent => ({
  type: 'ChamberRegistered', data: { chamberCode, kind, names: { en: kind }, memberTitle: { en: 'Member' } },
});
const lower = chamber('XA-LC01', 'lower');
const upper = chamber('XA-UC01', 'upper');
const dissolution = { chambers: ['XA-LC01'], effectiveAt: '2026-03-30T00:00:00Z', authority: 'Act of 2011' };
const dissolved: ParliamentEvent = { type: 'ParliamentDissolved', data: dissolution };
const term = (termNumber: number, openedOn: string) => ({ chamber: 'XA-LC01', termNumber, openedOn });
const profile = {
  profileId: 'xa', version: '1', validFrom: '2010-04', groupEndsAtDissolution: true, mayUseParliamentName: false,
  source: { title: 'Guide to the rules' },
};

describe('a parliament', () => {
  it('is registered by the network secretariat', () =>
    given().when('RegisterParliament', registered.data).yields(registered));
  it('is not registered by anybody else', () =>
    given().when('RegisterParliament', registered.data, { actor: { personId: 'p2', capacity: 'member' } }).refuses('not-permitted'));
  it('is not registered twice', () =>
    given(registered).when('RegisterParliament', registered.data).refuses('illegal-transition'));

  it('PRL-1 has each chamber once', () =>
    given(registered, lower).when('RegisterChamber', lower.data).refuses('parliament.chamber-exists', 'PRL-1'));
  it('PRL-1 has at most two chambers', () =>
    given(registered, lower, upper).when('RegisterChamber', chamber('XA-UC02', 'upper').data).refuses('parliament.too-many-chambers', 'PRL-1'));

  it('goes into recess and returns', () => {
    given(registered).when('RecordRecess', { from: '2026-07-20' }).yields({ type: 'RecessBegan', data: { from: '2026-07-20' } });
    given(registered, { type: 'RecessBegan', data: { from: '2026-07-20' } })
      .when('RecordReturn', { on: '2026-09-01' })
      .yields({ type: 'SittingsResumed', data: { on: '2026-09-01' } });
  });
  it('publishes a calendar for a chamber it has', () => {
    const calendar = { chamberCode: 'XA-LC01', sittings: [{ date: '2026-10-01', kind: 'plenary' }], recesses: [] };
    given(registered, lower).when('PublishSittingCalendar', calendar).yieldsTypes('SittingCalendarPublished');
    given(registered).when('PublishSittingCalendar', calendar).refuses('parliament.unknown-chamber');
  });

  it('PRL-2 dissolves the chambers that are named', () => given(registered, lower, upper).when('RecordDissolution', dissolution).yields(dissolved));
  it('PRL-2 does not dissolve a chamber it has not', () =>
    given(registered, lower).when('RecordDissolution', { ...dissolution, chambers: ['XA-LC09'] }).refuses('parliament.unknown-chamber', 'PRL-2'));

  it('PRL-4 opens a term with a greater number and a later day', () => {
    const opened: ParliamentEvent = { type: 'ParliamentaryTermOpened', data: term(56, '2026-05-18') };
    given(registered, lower, dissolved).when('OpenTerm', term(56, '2026-05-18')).yields(opened);
    given(registered, lower, dissolved, opened, dissolved).when('OpenTerm', term(56, '2030-05-18')).refuses('parliament.term-number', 'PRL-4');
    given(registered, lower, dissolved, opened, dissolved).when('OpenTerm', term(57, '2026-05-18')).refuses('parliament.terms-overlap', 'PRL-4');
  });
  it('is recorded as ceased with sources', () =>
    given(registered)
      .when('RecordUnconstitutionalCessation', { since: '2026-02', cause: 'coup', sources: [{ title: 'Report' }] })
      .yieldsTypes('ParliamentCeasedToFunction'));

  it('PRL-3 adopts each version of a profile once and finds the one in force on a day', () => {
    given(registered).when('AdoptRulesProfile', profile).yields({ type: 'GroupRulesProfileAdopted', data: profile });
    given(registered, { type: 'GroupRulesProfileAdopted', data: profile })
      .when('AdoptRulesProfile', profile)
      .refuses('parliament.profile-version-exists', 'PRL-3');
    const later = { ...profile, version: '2', validFrom: '2015-03-30' };
    expect(profileInForce([{ ...profile, validUntil: '2015-03-29' }, later], '2014-06-01')?.version).toBe('1');
    expect(profileInForce([{ ...profile, validUntil: '2015-03-29' }, later], '2016-01-01')?.version).toBe('2');
    expect(profileInForce([later], '2014-06-01')).toBeUndefined();
  });
});
