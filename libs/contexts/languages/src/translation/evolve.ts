import type { AggregateDefinition } from '#kernel';
import type { TranslationSchemas } from './events.js';
import type { Segment, Status, Translation } from './state.js';

const change = (state: Translation, id: string, by: (segment: Segment) => Partial<Segment>): Translation => ({
  ...state, segments: state.segments.map((s) => (s.id === id ? { ...s, ...by(s) } : s)),
});
const blank = { target: null, targetDigest: null, level: 'draft', aligned: null, origin: null, translatedBy: null, reviewedBy: null, attested: null, editorial: null } as const;
interface Made { readonly source: string; readonly sourceDigest: string; readonly target: string; readonly targetDigest: string }
const target = (d: Made) => ({ ...blank, target: d.target, targetDigest: d.targetDigest, aligned: { source: d.source, digest: d.sourceDigest } });
const known = <T extends object>(data: T): T => Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as T;

/** Where the whole stands once its source reads otherwise: a translated clause that fell behind, or a finished text of another shape, is stale; untranslated clauses are not. */
function statusAfter(before: Translation, segments: readonly Segment[], stale: readonly string[]): Status {
  if (before.status === 'none' || before.status === 'cancelled') return before.status;
  const shape = (list: readonly Segment[]) => list.map((s) => `${s.id} ${s.label}`).join('\n');
  const finished = before.status !== 'requested' && before.status !== 'inTranslation';
  return stale.length > 0 || (finished && shape(before.segments) !== shape(segments)) ? 'stale' : before.status;
}

export const evolve: AggregateDefinition<Translation, TranslationSchemas>['evolve'] = {
  TranslationRequested: (state, d) => ({
    ...state, status: 'requested', docRef: d.docRef, sourceLang: d.sourceLang, targetLang: d.targetLang, legalStatus: d.status, dueAt: d.dueAt ?? null,
    sourceRevision: d.sourceRevision, sourceDigest: d.sourceDigest, reach: d.reach, groups: d.groups, penholders: d.penholders,
    segments: d.segments.map((s): Segment => ({ ...blank, id: s.id, label: s.label, section: s.section, source: s.source, sourceDigest: s.digest })),
  }),
  TranslatorAssigned: (state, { personId, role }) => {
    const list = `${role}s` as const;
    return { ...state, status: 'inTranslation', [list]: [...new Set([...state[list], personId])], certified: null };
  },
  SegmentPretranslated: (state, d) =>
    change(state, d.segmentId, () => ({ ...target(d), origin: known({ kind: d.origin, engine: d.engine, score: d.score, ref: d.ref }) })),
  SegmentTranslated: (state, d) => change(state, d.segmentId, () => ({ ...target(d), level: 'translated', origin: d.origin ?? null, translatedBy: d.by })),
  SegmentConfirmedUnchanged: (state, d) =>
    change(state, d.segmentId, () => ({
      level: 'translated', aligned: { source: d.source, digest: d.sourceDigest }, translatedBy: d.by, reviewedBy: null, attested: null, editorial: null,
    })),
  SegmentReviewed: (state, d) =>
    change(state, d.segmentId, (s) => ({ level: 'reviewed', target: d.change ?? s.target, targetDigest: d.targetDigest, reviewedBy: d.by })),
  SourceQueryRaised: (state, d) => ({
    ...state, queries: [...state.queries, { id: d.queryId, segmentId: d.segmentId, question: d.question, by: d.by, answer: null, answeredBy: null, sourceToChange: false, promisedFor: null }],
  }),
  SourceQueryAnswered: (state, d) => ({
    ...state,
    queries: state.queries.map((q) =>
      q.id === d.queryId
        ? {
            ...q, answer: d.answer, answeredBy: d.by, sourceToChange: d.sourceToChange,
            promisedFor: d.sourceToChange ? (state.segments.find((s) => s.id === q.segmentId)?.sourceDigest ?? null) : null,
          }
        : q,
    ),
  }),
  SourceChangeDeclaredEditorial: (state, d) => change(state, d.segmentId, () => ({ editorial: { by: d.by, note: d.note, digest: d.sourceDigest } })),
  // In concordance a clause that falls behind takes the whole back, as a change of its source does.
  EditorialClaimContested: (state, d) => ({
    ...change(state, d.segmentId, () => ({ editorial: null })), status: state.status === 'inConcordance' ? 'stale' : state.status,
  }),
  TranslationSubmitted: (state) => ({ ...state, status: 'inRevision' }),
  TranslationReturned: (state) => ({ ...state, status: 'inTranslation' }),
  RevisionCompleted: (state) => ({ ...state, status: 'inConcordance' }),
  SegmentAttested: (state, d) => change(state, d.segmentId, () => ({ attested: { by: d.by, sourceDigest: d.sourceDigest, targetDigest: d.targetDigest } })),
  TranslationCertified: (state, d) => ({ ...state, status: 'certified', certified: { by: d.by, digest: d.digest, concordantWith: d.concordantWith }, provisional: null }),
  TranslationReleasedProvisionally: (state, d) => ({
    ...state, status: 'certified', certified: { by: d.by, digest: d.digest, concordantWith: [] }, provisional: { reason: d.reason, completeBy: d.completeBy },
  }),
  SourceChanged: (state, d) => {
    const segments = d.segments.map((s): Segment => {
      const before = state.segments.find((x) => x.id === s.id) ?? { ...blank, source: '' };
      return { ...before, id: s.id, label: s.label, section: s.section, source: s.source ?? before.source, sourceDigest: s.digest };
    });
    const status = statusAfter(state, segments, d.staleSegments);
    return {
      ...state, status, certified: status === 'certified' ? state.certified : null, sourceRevision: d.sourceRevision, sourceDigest: d.sourceDigest, reach: d.reach, groups: d.groups, penholders: d.penholders, segments,
      // A question about a clause that is gone has answered itself.
      queries: state.queries.filter((q) => segments.some((s) => s.id === q.segmentId)),
    };
  },
  XliffImported: (state, d) =>
    d.changed.reduce(
      (s, c) => change(s, c.segmentId, () => ({ ...target(c), level: c.approved ? 'translated' : 'draft', origin: { kind: 'xliff', ref: d.fileDigest }, translatedBy: d.by })),
      state,
    ),
  TranslationCancelled: (state) => ({ ...state, status: 'cancelled' }),
};
