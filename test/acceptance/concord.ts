import type { Json, Seat, World } from './world.js';

/** Who does what for one language: `translator` and `reviser` are two persons; the reviser certifies as linguist too. */
export interface Linguists {
  readonly translator: { readonly seat: Seat; readonly personId: string };
  readonly reviser: { readonly seat: Seat; readonly personId: string };
}
export type Desks = Readonly<Record<string, Linguists>>;

const DEFAULT_WORDS = (lang: string, segment: Json): string => segment.target ?? `[${lang}] ${segment.source}`.replaceAll(/[[\]]/g, '·');
const idOf = (docId: string, lang: string) => `${docId}-${lang}`;
export const translationOf = (seat: Seat, docId: string, lang: string): Promise<Json> => seat.doc('translations', idOf(docId, lang));

/** Accounts for these languages in a world that has none: `translator.<lang>`, `reviser.<lang>`. */
export async function newLinguists(world: World, langs: readonly string[], exercise = true): Promise<Desks> {
  const account = async (role: string, lang: string) => {
    const personId = `${role}-${lang}`;
    const seat = await world.newAccount({ email: `${role}.${lang}@linguists.example`, personId, displayName: `${role} ${lang}`, language: lang, exercise, grants: [{ capacity: 'translator' }] });
    return { seat, personId };
  };
  return Object.fromEntries(await Promise.all(langs.map(async (lang) => [lang, { translator: await account('translator', lang), reviser: await account('reviser', lang) }] as const)));
}

/** Hands a language version to its people; what is assigned already stays. */
export async function assign(network: Seat, docId: string, lang: string, { translator, reviser }: Linguists): Promise<void> {
  for (const [role, personId] of [['translator', translator.personId], ['reviser', reviser.personId], ['linguist', reviser.personId]])
    await network.does('translations', idOf(docId, lang), 'AssignTranslator', { personId, role });
}
/** Every clause that is not translated, or is behind, gets its words. */
export async function translate(docId: string, lang: string, { translator: { seat } }: Linguists, words: (segment: Json) => string = (s) => DEFAULT_WORDS(lang, s)): Promise<void> {
  const { segments } = await translationOf(seat, docId, lang);
  for (const segment of segments as Json[]) {
    if (['missing', 'draft', 'stale'].includes(segment.state))
      await seat.does('translations', idOf(docId, lang), 'TranslateSegment', { segmentId: segment.id, sourceDigest: segment.sourceDigest, target: words(segment) });
  }
}
/** Revised as far as the concordance: from here on the languages are read side by side. */
export async function revise(docId: string, lang: string, { translator, reviser }: Linguists): Promise<void> {
  const id = idOf(docId, lang);
  await translator.seat.does('translations', id, 'SubmitForRevision', {});
  for (const segment of (await translationOf(reviser.seat, docId, lang)).segments as Json[]) await reviser.seat.does('translations', id, 'ReviewSegment', { segmentId: segment.id });
  await reviser.seat.does('translations', id, 'SubmitForConcordance', {});
}
/** Each clause is attested, then the whole certified: every language must be in the concordance. */
export async function certify(docId: string, lang: string, { reviser: { seat } }: Linguists): Promise<void> {
  for (const s of (await translationOf(seat, docId, lang)).segments as Json[])
    await seat.does('translations', idOf(docId, lang), 'AttestClause', { segmentId: s.id, sourceDigest: s.sourceDigest, targetDigest: s.targetDigest });
  await seat.does('translations', idOf(docId, lang), 'Certify', {});
}

/** From the frozen text to certified versions in all these languages, which enter the statement by rule. */
export async function concord(network: Seat, docId: string, desks: Desks, words: Readonly<Record<string, (segment: Json) => string>> = {}): Promise<void> {
  for (const [lang, people] of Object.entries(desks)) {
    if ((await translationOf(network, docId, lang)).state === 'certified') continue;
    await assign(network, docId, lang, people);
    await translate(docId, lang, people, words[lang]);
    await revise(docId, lang, people);
  }
  for (const [lang, people] of Object.entries(desks)) if ((await translationOf(network, docId, lang)).state !== 'certified') await certify(docId, lang, people);
}
