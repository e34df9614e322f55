import type { Actor } from '#kernel';
import { sha256 } from '#kernel/testing';
import type { Term } from '#text';
import type { DataOf, TranslationEvent } from './translation/events.js';
import type { SourceDocument, SourceSegment, TranslationEvidence } from './translation/rules.js';

/** Facts of an invented network, for the tests of this context. */
export const actors = {
  secretariat: { personId: 'p-sec', capacity: 'network-secretariat', onBehalfOf: 'net' },
  pen: { personId: 'p-pen', capacity: 'member', onBehalfOf: 'g-p' },
  member: { personId: 'p-member', capacity: 'member', onBehalfOf: 'g-q' },
  translator: { personId: 'p-translator', capacity: 'translator' },
  reviser: { personId: 'p-reviser', capacity: 'translator' },
  linguist: { personId: 'p-linguist', capacity: 'translator' },
  system: { personId: 'system', capacity: 'system', rule: 'when-source-of-translation-changes' },
} as const satisfies Record<string, Actor>;

export const happened = <K extends TranslationEvent['type']>(type: K, data: DataOf<K>): TranslationEvent => ({ type, data }) as TranslationEvent;

export const EN = { title: 'On early warning', c1: 'Recalling the duty to prevent genocide,', c2: 'Urges all governments to act;' };
export const FR = { title: 'Sur l’alerte rapide', c1: 'Rappelant le devoir de prévenir le génocide,', c2: 'Prie instamment tous les gouvernements d’agir;' };
type Id = keyof typeof EN;
export const IDS: readonly Id[] = ['title', 'c1', 'c2'];
const LABEL = { title: 'title', c1: 'PP1', c2: 'OP1' };
const SECTION = { title: 'title', c1: 'preambular', c2: 'operative' } as const;

export const source = (over: Partial<Record<Id, string>> = {}, existing: Partial<Record<Id, string>> = {}): SourceSegment[] =>
  IDS.map((id) => ({ id, label: LABEL[id], section: SECTION[id], source: over[id] ?? EN[id], existing: existing[id] ?? null }));
export const document: SourceDocument = {
  type: 'statement', id: 's1', lang: 'en', languages: ['en', 'fr', 'ar'], revision: 2, crisis: false, reach: 'network', groups: ['g-p'], penholders: ['p-pen'], segments: source(),
};
export const terms: readonly Term[] = [
  {
    concept: 'genocide', protected: true,
    designations: [
      { lang: 'en', term: 'genocide', status: 'preferred' }, { lang: 'fr', term: 'génocide', status: 'preferred' }, { lang: 'fr', term: 'massacre', status: 'avoid' },
      { lang: 'ar', term: 'إبادة جماعية', status: 'preferred' },
    ],
  },
];
export const evidence: TranslationEvidence = { document, ownId: true, terms, versions: [{ lang: 'ar', status: 'inConcordance', legalStatus: 'authentic' }] };
export const knowing = (over: Partial<SourceDocument>, more: Partial<TranslationEvidence> = {}): TranslationEvidence => ({ ...evidence, document: { ...document, ...over }, ...more });

const wholeEn = sha256(`${EN.title}\n\nPP1 ${EN.c1}\n\nOP1 ${EN.c2}`);
export const requested = (over: Partial<DataOf<'TranslationRequested'>> = {}) =>
  happened('TranslationRequested', {
    docRef: { type: 'statement', id: 's1' }, sourceLang: 'en', targetLang: 'fr', status: 'authentic', sourceRevision: 2, sourceDigest: wholeEn,
    segments: IDS.map((id) => ({ id, label: LABEL[id], section: SECTION[id], source: EN[id], digest: sha256(EN[id]) })), reach: 'network', groups: ['g-p'], penholders: ['p-pen'], ...over,
  });
export const assigned = (role: DataOf<'TranslatorAssigned'>['role'] = 'translator', personId = `p-${role}`) => happened('TranslatorAssigned', { personId, role });
export const made = (id: Id, target: string = FR[id]) => ({ segmentId: id, sourceDigest: sha256(EN[id]), source: EN[id], target, targetDigest: sha256(target) });
export const translated = (id: Id, target?: string, by = 'p-translator') => happened('SegmentTranslated', { ...made(id, target), by });
export const reviewed = (id: Id, target: string = FR[id], by = 'p-reviser') => happened('SegmentReviewed', { segmentId: id, sourceDigest: sha256(EN[id]), targetDigest: sha256(target), by });
export const attested = (id: Id, target: string = FR[id], by = 'p-linguist') => happened('SegmentAttested', { segmentId: id, sourceDigest: sha256(EN[id]), targetDigest: sha256(target), by });
export const submitted = happened('TranslationSubmitted', { segments: 3 });
export const completed = happened('RevisionCompleted', { by: 'p-reviser' });

export const inTranslation = [requested(), assigned(), assigned('reviser'), assigned('linguist')];
export const allTranslated = [...inTranslation, ...IDS.map((id) => translated(id))];
export const inRevision = [...allTranslated, submitted];
export const inConcordance = [...inRevision, ...IDS.map((id) => reviewed(id)), completed];
export const allAttested = [...inConcordance, ...IDS.map((id) => attested(id))];
export const certifiedText = `${FR.title}\n\nPP1 ${FR.c1}\n\nOP1 ${FR.c2}`;
export const certified = [
  ...allAttested,
  happened('TranslationCertified', { by: 'p-linguist', digest: sha256(certifiedText), concordantWith: ['en', 'ar'], sourceRevision: 2, sourceDigest: wholeEn }),
];
/** The source of one clause has changed, as `MarkStale` records it. */
export const changed = (id: Id, text: string, stale: readonly string[] = [id]) =>
  happened('SourceChanged', {
    sourceRevision: 3, sourceDigest: sha256(text), staleSegments: [...stale], reach: 'network', groups: ['g-p'], penholders: ['p-pen'],
    segments: IDS.map((x) => ({ id: x, label: LABEL[x], section: SECTION[x], digest: sha256(x === id ? text : EN[x]), ...(x === id ? { source: text } : {}) })),
  });
