import type { Multilingual, View } from '#kernel';
import type { ParliamentEvent, RulesProfile } from '../parliament/events.js';
import type { Parliament } from '../parliament/parliament.js';

export interface ParliamentDoc {
  status: Parliament['status'];
  names: Multilingual;
  iso3166: string;
  m49Region: string;
  structure: 'unicameral' | 'bicameral';
  seatTimezone: string;
  workingLanguages: readonly string[];
  seat: { latitude: number; longitude: number } | null;
  chambers: readonly {
    code: string;
    kind: 'lower' | 'upper' | 'unicameral';
    names: Multilingual;
    memberTitle: Multilingual;
    totalSeats: number | null;
    dissolvedAt: string | null;
    term: { number: number; openedOn: string } | null;
  }[];
  profiles: readonly RulesProfile[];
  recess: { from: string; expectedReturn: string | null } | null;
  ceased: { since: string; cause: string } | null;
}

export const parliaments: View<ParliamentDoc, ParliamentEvent> = {
  name: 'parliaments',
  version: 1,
  category: 'parliament',
  on: {
    ParliamentRegistered: (_, d) => ({
      status: 'sitting', names: d.names, iso3166: d.iso3166, m49Region: d.m49Region, structure: d.structure,
      seatTimezone: d.seatTimezone, workingLanguages: d.workingLanguages, seat: d.seat ?? null,
      chambers: [], profiles: [], recess: null, ceased: null,
    }),
    ChamberRegistered: (doc, d) => doc && {
      ...doc,
      chambers: [...doc.chambers, {
        code: d.chamberCode, kind: d.kind, names: d.names, memberTitle: d.memberTitle, totalSeats: d.totalSeats ?? null,
        dissolvedAt: null, term: null,
      }],
    },
    RecessBegan: (doc, d) => doc && { ...doc, status: 'recess', recess: { from: d.from, expectedReturn: d.expectedReturn ?? null } },
    SittingsResumed: (doc) => doc && { ...doc, status: 'sitting', recess: null },
    ParliamentDissolved: (doc, d) => doc && {
      ...doc, status: 'dissolved',
      chambers: doc.chambers.map((c) => (d.chambers.includes(c.code) ? { ...c, dissolvedAt: d.effectiveAt } : c)),
    },
    ParliamentaryTermOpened: (doc, d) => doc && {
      ...doc, status: 'sitting', ceased: null,
      chambers: doc.chambers.map((c) =>
        c.code === d.chamber ? { ...c, dissolvedAt: null, term: { number: d.termNumber, openedOn: d.openedOn } } : c),
    },
    ParliamentCeasedToFunction: (doc, d) => doc && { ...doc, status: 'ceased', ceased: { since: d.since, cause: d.cause } },
    GroupRulesProfileAdopted: (doc, d) => doc && { ...doc, profiles: [...doc.profiles, d] },
  },
  columns: { status: (doc) => doc.status, iso3166: (doc) => doc.iso3166 },
  title: (doc) => doc.names,
  words: (doc) => doc.chambers.flatMap((c) => Object.values(c.names)).join(' '),
};
