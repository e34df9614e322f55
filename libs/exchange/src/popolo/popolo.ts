import { parseEdtf } from '#kernel';
import type { ExchangedDocument, ExchangedSignatory } from '../document.js';

/** The parts of Popolo that we speak (popoloproject.com, JSON Schema draft-03); dates of memberships are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
export interface Popolo {
  readonly persons: readonly { readonly id: string; readonly name: string; readonly honorific_prefix: string | null }[];
  readonly organizations: readonly { readonly id: string; readonly name: string; readonly classification: string; readonly parent_id: string | null; readonly other_names: readonly { readonly name: string; readonly note: string }[] }[];
  readonly memberships: readonly PopoloMembership[];
  readonly motions: readonly PopoloMotion[];
  readonly vote_events: readonly { readonly id: string; readonly organization_id: string; readonly motion_id: string; readonly start_date: string | null; readonly result: string | null }[];
}
export interface PopoloMembership {
  readonly id: string;
  readonly person_id: string;
  readonly organization_id: string;
  readonly role: string;
  readonly on_behalf_of_id: string | null;
  readonly start_date: string | null;
  readonly end_date: string | null;
}
interface PopoloMotion {
  readonly id: string;
  readonly organization_id: string;
  readonly text: string;
  readonly identifier: string;
  readonly classification: string;
  readonly date: string | null;
  readonly result: string | null;
  readonly sources: readonly { readonly url: string; readonly note: string | null }[];
  /** Ours, since Popolo has no word for it: who put their name to it, also those who took it back. */
  readonly supporters: readonly { readonly person_id: string; readonly organization_id: string | null; readonly role: string; readonly date: string; readonly end_date: string | null }[];
}
export interface PopoloOptions {
  readonly lang: string;
  /** The network that the document is of. */
  readonly network: { readonly id: string; readonly name: string };
}

/** An instant as the schema wants it, or null for a date that is only partly known: then `history` of the other formats has it. */
const dateTime = (at: string | undefined): string | null => (at !== undefined && /^\d{4}-\d{2}-\d{2}T/.test(at) ? at : null);
/** The part of a date that is certain: `2014`, `2014-06`, a day; null for ranges and unknown dates. */
export const popoloDate = (at: string | null): string | null => {
  if (at === null) return null;
  const day = at.slice(0, 10);
  const parsed = parseEdtf(at.includes('T') ? day : at);
  return parsed === null || !['day', 'month', 'year'].includes(parsed.kind) ? null : (at.includes('T') ? day : at).replace(/[?~%]$/, '');
};

/** What became of the motion in the words that Popolo recommends. */
const resultOf = (outcome: string | null | undefined): string | null => (outcome === 'adopted' ? 'pass' : outcome === null || outcome === undefined || outcome === 'pending' ? null : 'fail');

const sideId = (s: ExchangedSignatory): string | null => (s.party === null ? null : `party-${s.parliament}-${encodeURIComponent(s.party)}`);

/** A statement or memorandum as a motion of the network, with those who signed as its supporters and the bodies to which they belong. */
export function toPopolo(doc: ExchangedDocument, { lang, network }: PopoloOptions): Popolo {
  const say = (texts: Readonly<Record<string, string>>) => texts[lang] ?? texts[doc.languages[0]?.tag ?? ''] ?? Object.values(texts)[0] ?? '';
  const others = (texts: Readonly<Record<string, string>>) => Object.entries(texts).filter(([, name]) => name !== say(texts)).map(([note, name]) => ({ name, note }));
  const once = <T extends { readonly id: string }>(list: readonly T[]): T[] => [...new Map(list.map((one) => [one.id, one])).values()];
  const { signatories } = doc;
  const organizations = once([
    { id: `network-${network.id}`, name: network.name, classification: 'network', parent_id: null, other_names: [] },
    ...signatories.map((s) => ({ id: `parliament-${s.parliament}`, name: say(s.parliamentName) || s.parliament, classification: 'legislature', parent_id: null, other_names: others(s.parliamentName) })),
    ...doc.groups.map((g) => ({ id: `group-${g.id}`, name: say(g.name) || g.id, classification: 'parliamentary group', parent_id: g.parliament === null ? null : `parliament-${g.parliament}`, other_names: others(g.name) })),
    ...signatories.flatMap((s) => (s.party === null ? [] : [{ id: sideId(s)!, name: s.party, classification: 'party', parent_id: null, other_names: [] }])),
  ]);
  const known = new Set(organizations.map((o) => o.id));
  const decided = doc.history.find((h) => h.outcome !== null);
  const motion: PopoloMotion = {
    id: `${doc.type}-${doc.id}`, organization_id: `network-${network.id}`, text: say(doc.title), identifier: doc.id, classification: doc.type === 'mou' ? 'memorandum of understanding' : (doc.kind ?? 'statement'),
    date: dateTime(doc.publishedAt ?? doc.history[0]?.at), result: resultOf(decided?.outcome), sources: doc.address === null ? [] : [{ url: doc.address, note: doc.digest === null ? null : `SHA-256 ${doc.digest}` }],
    supporters: signatories.map((s) => ({ person_id: `person-${s.personId}`, organization_id: s.groupId === null ? null : `group-${s.groupId}`, role: s.capacity, date: s.at, end_date: s.withdrawnAt })),
  };
  return {
    persons: once(signatories.map((s) => ({ id: `person-${s.personId}`, name: s.name, honorific_prefix: s.title }))),
    organizations: organizations.map((o) => (o.parent_id !== null && !known.has(o.parent_id) ? { ...o, parent_id: null } : o)),
    // What stands in a signature is how it was on that day; when the membership began or ended it does not tell.
    memberships: once(signatories.flatMap((s) => [
      { id: `membership-${s.personId}-${s.parliament}`, person_id: `person-${s.personId}`, organization_id: `parliament-${s.parliament}`, role: 'member', on_behalf_of_id: sideId(s), start_date: null, end_date: null },
      ...(s.groupId === null || !known.has(`group-${s.groupId}`) ? [] : [{ id: `membership-${s.personId}-${s.groupId}`, person_id: `person-${s.personId}`, organization_id: `group-${s.groupId}`, role: s.capacity, on_behalf_of_id: null, start_date: null, end_date: null }]),
    ])),
    motions: [motion],
    vote_events: decided === undefined ? [] : [{ id: `decision-${doc.id}`, organization_id: motion.organization_id, motion_id: motion.id, start_date: dateTime(decided.at), result: resultOf(decided.outcome) }],
  };
}
