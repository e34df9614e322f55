import type { AggregateDefinition } from '#kernel';
import type { z } from 'zod';
import { CHARTER_DEFAULTS } from '../data/charter-defaults.js';
import type { Kind } from '../meeting/events.js';
import type { NetworkSchemas, RulesOfProcedure } from './events.js';

/** A version of the charter with what decisions read from it. */
export interface Charter {
  readonly version: string;
  readonly effectiveOn: string;
  readonly decisionRules: Readonly<Record<string, string>>;
  readonly categories: readonly string[];
}
export interface Network {
  readonly status: 'none' | 'initiative' | 'constituted' | 'dissolved';
  /** Every version, in the order of adoption. */
  readonly charters: readonly Charter[];
  readonly rules: z.output<typeof RulesOfProcedure> | null;
  readonly rulesVersions: readonly string[];
  /** Open amendments of the charter: the end of their notice, and what was proposed by whom in their own words. */
  readonly amendments: Readonly<Record<string, { readonly noticeUntil: string; readonly wording: string }>>;
  /** Which partner is the secretariat, from when and by which mandate, in its own words. */
  readonly secretariat: string | null;
  readonly chairs: z.output<NetworkSchemas['NetworkChairRotated']>['to'];
  readonly chapters: readonly string[];
  /** Who sits on the steering committee for which term, in its own words. */
  readonly steering: string | null;
  /** Languages and the day from which they hold, as last designated. */
  readonly languages: string | null;
}

export const initialNetwork: Network = {
  status: 'none', charters: [], rules: null, rulesVersions: [], amendments: {}, secretariat: null, chairs: [], chapters: [], steering: null, languages: null,
};

/** The charter in force on a day: an amendment counts from its stated day and never before (NET-3, G10). */
export const charterOn = ({ charters }: Pick<Network, 'charters'>, day: string): Charter | null =>
  charters.filter((c) => c.effectiveOn <= day).toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : 0)).at(-1) ?? null;

type Widened<T> = { readonly [K in keyof T]: T[K] extends number ? number : T[K] };
/** The periods and thresholds that apply: what the rules of procedure say, and the defaults for what they leave out. */
export interface Settings {
  readonly silence: Widened<(typeof CHARTER_DEFAULTS)['silence']>;
  readonly periods: Widened<(typeof CHARTER_DEFAULTS)['periods']>;
  /** Null where the rules say nothing: the one who opens a ballot may then state it. */
  readonly quorumPercent: number | null;
  readonly recuseSameParliament: boolean;
  readonly quietWindows: readonly { readonly from: string; readonly to: string }[];
  /** Of meetings, by their kind, as far as the rules say it. */
  readonly noticeDays: { readonly [kind in Kind]?: number | undefined };
}
export const settingsOf = ({ rules }: Pick<Network, 'rules'>): Settings => ({
  silence: rules?.silence ?? CHARTER_DEFAULTS.silence,
  periods: { ...CHARTER_DEFAULTS.periods, ...known(rules?.periods ?? {}) },
  quorumPercent: rules?.quorumPercent ?? null,
  recuseSameParliament: rules?.recuseSameParliament ?? CHARTER_DEFAULTS.recuseSameParliament,
  quietWindows: rules?.quietWindows ?? [],
  noticeDays: rules?.noticeDays ?? {},
});
const known = (periods: { readonly [name: string]: number | undefined }) =>
  Object.fromEntries(Object.entries(periods).filter(([, value]) => value !== undefined));

export const languagesOf = (d: z.output<NetworkSchemas['OfficialLanguagesDesignated']>) => JSON.stringify([d.official, d.working, d.effectiveOn]);
/** The same words of the same groups are the same proposal, whatever day it names. */
export const wordingOf = ({ text, proposers }: Pick<z.output<NetworkSchemas['CharterAmendmentProposed']>, 'text' | 'proposers'>) =>
  JSON.stringify([Object.entries(text).toSorted(([a], [b]) => (a < b ? -1 : 1)), proposers.toSorted()]);
export const mandateOf = (d: z.output<NetworkSchemas['NetworkSecretariatDesignated']>) => JSON.stringify([d.partnerId, d.from, d.mandate]);
const without = (all: Network['amendments'], id: string) => Object.fromEntries(Object.entries(all).filter(([k]) => k !== id));

export const evolveNetwork: AggregateDefinition<Network, NetworkSchemas>['evolve'] = {
  NetworkInitiativeLaunched: (state) => ({ ...state, status: 'initiative' }),
  NetworkSecretariatDesignated: (state, d) => ({ ...state, secretariat: mandateOf(d) }),
  CharterAdopted: (state, { version, effectiveOn, decisionRules, categories, languages }) => ({
    ...state, status: 'constituted', charters: [...state.charters, { version, effectiveOn, decisionRules, categories }],
    languages: languagesOf({ ...languages, effectiveOn }),
  }),
  CharterAmendmentProposed: (state, d) => ({
    ...state, amendments: { ...state.amendments, [d.amendmentId]: { noticeUntil: d.noticeUntil, wording: wordingOf(d) } },
  }),
  CharterAmended: (state, d) => {
    const { decisionRules = {}, categories = [] } = state.charters.at(-1) ?? {};
    const next = { version: d.newVersion, effectiveOn: d.effectiveOn, decisionRules: d.decisionRules ?? decisionRules, categories: d.categories ?? categories };
    return { ...state, amendments: without(state.amendments, d.amendmentId), charters: [...state.charters, next] };
  },
  CharterAmendmentRejected: (state, d) => ({ ...state, amendments: without(state.amendments, d.amendmentId) }),
  RulesOfProcedureAdopted: (state, d) => ({ ...state, rules: d.rules, rulesVersions: [...state.rulesVersions, d.version] }),
  OfficialLanguagesDesignated: (state, d) => ({ ...state, languages: languagesOf(d) }),
  SteeringCommitteeElected: (state, d) => ({ ...state, steering: JSON.stringify([d.seats, d.term]) }),
  NetworkChairRotated: (state, d) => ({ ...state, chairs: d.to }),
  RegionalChapterEstablished: (state, d) => ({ ...state, chapters: [...state.chapters, d.m49] }),
  NetworkDissolved: (state) => ({ ...state, status: 'dissolved' }),
};
