import type { Actor, AudienceToken } from '#kernel';
import type { Account, ActingCapacity, Grant } from './account.js';
import type { Session, SignedIn } from './sessions.js';

/** Whoever reads: the one value that HTTP, sockets, queries, search and exports ask by. */
export interface Viewer {
  readonly account: Account | null;
  readonly session: Session | null;
  /** What he may read, see label.ts of the kernel. */
  readonly tokens: ReadonlySet<AudienceToken>;
  /** For whom duties wait that are his. */
  readonly holders: readonly string[];
  /** As whom he may act, the likeliest first. */
  readonly actors: readonly Actor[];
}

export const ANONYMOUS: Viewer = { account: null, session: null, tokens: new Set(['public']), holders: [], actors: [] };

export const viewerOf = (signedIn: SignedIn | null): Viewer =>
  signedIn === null
    ? ANONYMOUS
    : {
        account: signedIn.account,
        session: signedIn.session,
        tokens: tokensOf(signedIn.account),
        holders: holdersOf(signedIn.account),
        actors: actorsOf(signedIn.account),
      };

/** Account and grants to audience tokens; the default is what anyone may read and what names the person. */
export function tokensOf({ personId, grants }: Pick<Account, 'personId' | 'grants'>): ReadonlySet<AudienceToken> {
  const tokens = new Set<AudienceToken>(['public']);
  for (const grant of grants) for (const token of tokensOfGrant(grant, personId)) tokens.add(token);
  if (grants.length === 0) tokens.add(`person:${personId}`);
  return tokens;
}

function tokensOfGrant({ capacity, onBehalfOf }: Grant, personId: string): AudienceToken[] {
  const person = `person:${personId}`;
  const group = onBehalfOf === undefined ? [] : [`group:${onBehalfOf}`];
  switch (capacity) {
    case 'network-secretariat':
      return ['network', 'secretariat', person, ...group];
    case 'network-chair':
    case 'chair':
    case 'officer':
    case 'member':
    case 'group-secretariat':
    case 'translator':
      return ['network', person, ...group];
    case 'auditor':
      return ['network', 'auditor', person];
    case 'observer':
      return [person, ...group];
    // A partner is an organisation: it reads what its own label names, not what names the person who signs in for it.
    case 'partner':
      return group;
    case 'administrator':
      return [person];
  }
}

/** A chair is an officer and a member of his group, an officer a member. */
const ALSO: Partial<Record<ActingCapacity, readonly ActingCapacity[]>> = { chair: ['officer', 'member'], officer: ['member'] };

/** Under which names duties wait for him: `person:<id>`, `<capacity>:<body>`, `<capacity>`. */
export function holdersOf({ personId, grants }: Pick<Account, 'personId' | 'grants'>): readonly string[] {
  const holders = grants.flatMap(({ capacity, onBehalfOf }) => {
    if (onBehalfOf === undefined) return [capacity];
    return [...[capacity, ...(ALSO[capacity] ?? [])].map((held) => `${held}:${onBehalfOf}`), capacity];
  });
  return [...new Set([`person:${personId}`, ...holders])];
}

const LIKELIEST: readonly ActingCapacity[] = [
  'chair',
  'network-secretariat',
  'network-chair',
  'officer',
  'group-secretariat',
  'member',
  'translator',
  'partner',
  'auditor',
  'observer',
  'administrator',
];

/** One for each grant, chair first; the first that may give a command gives it. */
export const actorsOf = ({ personId, grants }: Pick<Account, 'personId' | 'grants'>): readonly Actor[] =>
  [...grants]
    .sort((a, b) => LIKELIEST.indexOf(a.capacity) - LIKELIEST.indexOf(b.capacity))
    .map(({ capacity, onBehalfOf }) => ({ personId, capacity, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) }));
