import type { RulesProfile } from '../parliament/events.js';

/**
 * Rules under which groups live, as data (PRL-3): the facts are those of domain.md part 1 and nothing else. The quote says where
 * each one comes from: [W n] a page read, [K] knowledge that nobody has checked, with its confidence. What is not there is not known.
 */
const gb2010: RulesProfile = {
  profileId: 'gb-appg-2010',
  version: '2010-04',
  validFrom: '2010-04',
  validUntil: '2015',
  minMembers: 20,
  quorumByMeetingKind: { inaugural: 5, agm: 5 },
  benefitThreshold: { amount: 1000, currency: 'GBP' },
  groupEndsAtDissolution: true,
  mayUseParliamentName: false,
  source: {
    title: 'Guide to the Rules on All-Party Groups, April 2010',
    url: 'https://publications.parliament.uk/pa/cm/cmparty/070613/memi02.htm',
    version: 'April 2010',
    quote:
      '20 qualifying members for the Approved List [W 21]; officers registered, at least one an MP [W 21]; quorum of 5 at the inaugural and annual ' +
      'meeting [W 22]; benefits over £1,000 a year [W 23]; groups exist for one Parliament [W 3: a page on the later guide]; informal, no official ' +
      'status [W 19]. Succeeded by the guide of 2015, after the resolution of the House of 13 May 2014 [W 8]; the day is not known here.',
  },
};

const gb2015: RulesProfile = {
  profileId: 'gb-appg-2015',
  version: '2015',
  validFrom: '2015',
  validUntil: '2023-10-15',
  quorumByMeetingKind: { inaugural: 5, agm: 5 },
  noticeDays: { inaugural: 7, agm: 7 },
  benefitThreshold: { amount: 1500, currency: 'GBP' },
  chairMustSitIn: 'GB-LC01',
  groupEndsAtDissolution: true,
  mayUseParliamentName: false,
  foreignGovernmentSecretariat: 'declared',
  disclaimer: { en: 'This is not an official publication.' },
  source: {
    title: 'Guide to the Rules on All-Party Parliamentary Groups, 2015 (by its registration form)',
    url: 'https://docest.com/doc/203359/registration-form-for-appgs',
    version: '2015',
    quote:
      'Quorum of 5 members, at least one an MP; one week of notice; ends with the Parliament, a new inaugural meeting is needed [W 3]; chair and registered ' +
      'contact must be an MP [W 20]; “not an official publication” on every report [W 1]. [K, high]: benefits over £1,500. [K, medium], not encoded: at ' +
      'least 4 officers including the chair. Funding by foreign governments is registered: table of domain.md 1.1, no mark of its own.',
  },
};

const gb2023: RulesProfile = {
  profileId: 'gb-appg-2023',
  version: '2023-10-16',
  validFrom: '2023-10-16',
  maxOfficers: 4,
  officerBalance: 'government-and-opposition',
  quorumByMeetingKind: { inaugural: 8, agm: 8 },
  noticeDays: { inaugural: 7, agm: 7 },
  benefitThreshold: { amount: 1500, currency: 'GBP' },
  chairMustSitIn: 'GB-LC01',
  maxGroupsPerOfficer: 6,
  groupEndsAtDissolution: true,
  mayUseParliamentName: false,
  foreignGovernmentSecretariat: 'forbidden',
  disclaimer: { en: 'This is not an official publication.' },
  source: {
    title: 'Rules on All-Party Parliamentary Groups from 16 October 2023 (two secondary summaries)',
    url: 'https://ukevents.org.uk/news/partnernews/1193-appg-for-events-briefing-notes-01-09-2024',
    version: '2023-10-16',
    quote:
      'At most 4 officers; an MP at most 6 groups; quorum of 8 [W 6]; two tiers at £1,500 [W 7]; no secretariat from a foreign government [W 6, W 7]; one ' +
      'week of notice; chair and registered contact an MP [W 20]; from 16 October 2023 [W 24]; “not an official publication” [W 1]; ends with the Parliament ' +
      '[W 3]. [K, medium]: government and main opposition both among the officers. [K, medium], not encoded: 20 members for the higher tier. Rests on ' +
      'secondary summaries: to be checked against the official Guide.',
  },
};

const caInformal: RulesProfile = {
  profileId: 'ca-informal',
  version: '1',
  validFrom: 'XXXX',
  groupEndsAtDissolution: false,
  mayUseParliamentName: false,
  source: {
    title: 'All-party groups in Canada (Thomas 2015)',
    url: 'https://docslib.org/doc/10201536/all-party-groups-in-canada',
    quote:
      'All-party caucuses and friendship groups are unofficial: no funding, no registration [W 26]; a vice-chair for each party by the custom of the group ' +
      '[W 27, W 28]. Nothing read says that such a group ends with a Parliament, or that it may use the name of the Parliament: both are set to no.',
  },
};

const chGruppe: RulesProfile = {
  profileId: 'ch-parlamentarische-gruppe',
  version: '1',
  validFrom: 'XXXX',
  groupEndsAtDissolution: false,
  mayUseParliamentName: false,
  source: {
    title: 'Parlamentsgesetz (ParlG), Art. 63',
    url: 'https://droit-bilingue.ch/fr-de/1/17/171.10-63-73.html',
    version: 'Art. 63',
    quote:
      'Open to all members; founding and members are notified; public register; may not act in the name of the Federal Assembly (Art. 63) [W 2]. Nothing ' +
      'read says that a group ends with a legislature: set to no.',
  },
};

export const ruleProfiles: readonly RulesProfile[] = [gb2010, gb2015, gb2023, caInformal, chGruppe];
