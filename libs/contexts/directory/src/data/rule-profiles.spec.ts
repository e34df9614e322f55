import { profileInForce } from '../parliament/parliament.js';
import { RulesProfile } from '../parliament/events.js';
import { ruleProfiles } from './rule-profiles.js';

const gb = ruleProfiles.filter((p) => p.profileId.startsWith('gb-'));

describe('rule profiles as data', () => {
  it.each(ruleProfiles.map((p) => [p.profileId, p] as const))('%s is a rules profile with its source', (_, profile) => {
    expect(RulesProfile.parse(profile)).toEqual(profile);
    expect(profile.source.url).toMatch(/^https:/);
    expect(profile.source.quote).toMatch(/\[W \d+\]/);
  });
  it('has each profile and version once', () =>
    expect(new Set(ruleProfiles.map((p) => `${p.profileId} ${p.version}`)).size).toBe(ruleProfiles.length));

  it.each([
    ['2014', 'gb-appg-2010'],
    ['2014-05-08', 'gb-appg-2010'],
    ['2015-03-30', 'gb-appg-2015'],
    ['2023-10-15', 'gb-appg-2015'],
    ['2023-10-16', 'gb-appg-2023'],
  ])('PRL-3 on %s a British group is judged by %s', (day, id) => expect(profileInForce(gb, day)?.profileId).toBe(id));
  it('PRL-3 at the dissolution of 2015 the profile of 2010 still speaks where the later one is not adopted', () => {
    expect(profileInForce([gb[0]!], '2015-03-30')?.groupEndsAtDissolution).toBe(true);
    expect(profileInForce([gb[0]!], '2009-01-01')).toBeUndefined();
  });
});
