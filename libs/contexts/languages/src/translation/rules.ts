import { type Circumstances, type CommandRow, refuse, type Refusal } from '#kernel';
import { checkSegment, type Finding, type Term } from '#text';
import type { z } from 'zod';
import type { DataOf, LegalStatus, TranslationEvent } from './events.js';
import { awaitsChange, isOpen, nameOf, type Segment, segmentOf, stateOf, type Translation } from './state.js';

/** A clause of the document in the language in which it is drafted. */
export interface SourceSegment {
  readonly id: string;
  readonly label: string;
  readonly section: Segment['section'];
  /** Canonical. */
  readonly source: string;
  /** What the document itself says in the target language, where that follows the source; null where it says nothing. */
  readonly existing: string | null;
}
/** The document as it stands now. */
export interface SourceDocument {
  readonly type: 'statement' | 'mou';
  readonly id: string;
  readonly lang: string;
  /** The authentic languages, the one in which it is drafted first. */
  readonly languages: readonly string[];
  readonly revision: number;
  readonly crisis: boolean;
  readonly reach: 'groups' | 'network';
  readonly groups: readonly string[];
  readonly penholders: readonly string[];
  readonly segments: readonly SourceSegment[];
}
/** What a decision on a translation must know from elsewhere; each part is gathered for the commands that ask it. */
export interface TranslationEvidence {
  readonly document: SourceDocument | null;
  /** Does the id of the stream name this document and language? */
  readonly ownId: boolean;
  /** The termbase in force. */
  readonly terms: readonly Term[];
  /** The other language versions of the document. */
  readonly versions: readonly { readonly lang: string; readonly status: Translation['status']; readonly legalStatus: LegalStatus }[];
}
export type Ctx = Circumstances<TranslationEvidence | undefined>;

/** What a row of the table does; who may, from where and to where stands in the table. */
export type Part<I> = Pick<CommandRow<Translation, TranslationEvent, I, TranslationEvidence | undefined>, 'input' | 'guard' | 'decide'>;
export const part = <I>(row: { input: z.ZodType<I> } & Omit<Part<I>, 'input'>): Part<I> => row;
export const event = <K extends TranslationEvent['type']>(type: K, data: DataOf<K>): TranslationEvent => ({ type, data: known(data) }) as TranslationEvent;
/** Without the fields of which nothing is said. */
export const known = <T extends object>(data: T): T => Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as T;

export const unknownSegment = (id: string): Refusal => refuse('translation.unknown-segment', { segment: id }, 'TRN-1');
export const sourceMoved = (segment: Segment): Refusal => refuse('translation.source-moved', { segment: nameOf(segment) }, 'TRN-1');
/** Goes on with the segment, if the one who acts has seen its source as it stands. */
export function onSegment<T>(state: Translation, id: string, seen: string | undefined, then: (segment: Segment) => T): T | Refusal {
  const segment = segmentOf(state, id);
  if (!segment) return unknownSegment(id);
  return seen === undefined || seen === segment.sourceDigest ? then(segment) : sourceMoved(segment);
}

/** Nobody revises or attests what he or she has translated (TRN-3). */
export const fourEyes = (state: Translation, id: string, { actor }: Ctx): Refusal | undefined => {
  const segment = segmentOf(state, id);
  return segment && segment.translatedBy === actor.personId ? refuse('translation.same-person', { segment: nameOf(segment) }, 'TRN-3') : undefined;
};

/** Segments that nobody has translated yet, or whose source has changed since (TRN-2). */
export function untranslated(state: Translation): Refusal[] {
  return state.segments.flatMap((s) => {
    const segment = nameOf(s);
    switch (stateOf(s)) {
      case 'missing':
        return [refuse('translation.segment-missing', { segment }, 'TRN-2')];
      case 'draft':
        return [refuse('translation.segment-draft', { segment }, 'TRN-4')];
      case 'stale':
        return [refuse('translation.segment-stale', { segment }, 'TRN-1')];
      case 'translated':
      case 'reviewed':
      case 'attested':
        return [];
    }
  });
}
export const unreviewed = (state: Translation): Refusal[] =>
  state.segments.filter((s) => stateOf(s) === 'translated').map((s) => refuse('translation.segment-not-reviewed', { segment: nameOf(s) }, 'TRN-2'));
export const unattested = (state: Translation): Refusal[] =>
  state.segments.filter((s) => stateOf(s) === 'reviewed').map((s) => refuse('translation.segment-not-attested', { segment: nameOf(s) }, 'TRN-5'));

/** A difference of structure that no reader of both languages would let pass; what only asks for a look is for the desk to show. */
function refusalOf(segment: string, { kind, params }: Finding): Refusal {
  const { missing = '', extra = '', term = '', expected = '', found = '' } = params;
  switch (kind) {
    case 'terms':
      return refuse('translation.term-missing', { segment, term, wanted: expected }, 'TRN-6');
    case 'forbidden-variant':
      return refuse('translation.term-avoided', { segment, term: found, wanted: expected }, 'TRN-6');
    case 'tlp':
      return refuse('translation.label-differs', { segment, missing, extra }, 'TRN-6');
    case 'brackets':
      return refuse('translation.brackets-differ', { segment }, 'TRN-5');
    case 'numbers':
    case 'dates':
    case 'references':
      return refuse('translation.figures-differ', { segment, missing, extra }, 'TRN-5');
    case 'ending':
    case 'empty':
    case 'untranslated':
      return refuse('translation.segment-missing', { segment }, 'TRN-2');
  }
}
/** What stands in the way of what is final: protected terms and labels (TRN-6), brackets, figures and references. The desk finds the same while one types (`checkSegment`). */
export function mismatched(state: Translation, terms: readonly Term[]): Refusal[] {
  const { sourceLang, targetLang } = state;
  return state.segments.flatMap((s) =>
    s.target === null ? [] : checkSegment({ source: s.source, target: s.target, sourceLang, targetLang, terms }).filter((f) => f.severity === 'blocks').map((f) => refusalOf(nameOf(s), f)),
  );
}

/** Questions to the penholder that nobody has answered, and changes of the source that were promised and have not come. */
export function unanswered(state: Translation): Refusal[] {
  const name = (id: string) => nameOf(segmentOf(state, id) ?? { id, label: '' });
  return [
    ...state.queries.filter(isOpen).map((q) => refuse('translation.query-open', { segment: name(q.segmentId) }, 'TRN-5')),
    ...state.queries.filter((q) => awaitsChange(q, state)).map((q) => refuse('translation.source-to-change', { segment: name(q.segmentId) }, 'TRN-5')),
  ];
}

/** Has the document moved on since the record of this translation last heard of it? */
export function behind(state: Translation, document: SourceDocument | null, { sha256 }: Pick<Ctx, 'sha256'>): Refusal[] {
  if (document === null) return [refuse('translation.unknown-document', {}, 'TRN-1')];
  const as = (list: readonly { id: string; label: string; digest: string }[]) => JSON.stringify(list.map((s) => [s.id, s.label, s.digest]));
  const now = as(document.segments.map((s) => ({ id: s.id, label: s.label, digest: sha256(s.source) })));
  return now === as(state.segments.map((s) => ({ id: s.id, label: s.label, digest: s.sourceDigest }))) ? [] : [refuse('translation.source-changing', {}, 'TRN-1')];
}
