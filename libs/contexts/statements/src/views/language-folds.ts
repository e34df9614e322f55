import type { RecordedEvent } from '#kernel';
import { rectified, withWords } from '../statement/correcting.js';
import type { DataOf, StatementEvent } from '../statement/events.js';
import { textChanged } from '../statement/evolve-amendments.js';
import { inLanguages, withLanguage, withVersion } from '../statement/language-versions.js';
import type { Core, PublishedDoc, Stand, VersionDoc } from './statement-doc.js';

type Fold<K extends StatementEvent['type']> = (doc: Core, data: DataOf<K>, event: RecordedEvent) => Core;

const at = ({ meta }: RecordedEvent): string => (meta.mode === 'import' ? (meta.validTime ?? 'XXXX') : meta.recordedAt);
/** Where the words of these clauses stand in the record from now on. */
const standing = (doc: Core, lang: string, ids: readonly string[], place: (id: string) => Stand): Core => ({
  ...doc, clauses: doc.clauses.map((c) => (ids.includes(c.id) ? { ...c, stands: { ...c.stands, [lang]: place(c.id) } } : c)),
});
const frozenAs = (doc: Core, digests: Readonly<Record<string, string>> | undefined, digest: string | undefined): Core['frozen'] =>
  doc.frozen && digests !== undefined && digest !== undefined ? { ...doc.frozen, digests, digest } : doc.frozen;
/** The seal goes with the frozen text, or is broken. */
const sealedAs = (doc: Core, frozen: Core['frozen']): Core['sealed'] => (doc.sealed !== null && doc.sealed.digest === frozen?.digest ? doc.sealed : null);
const versioned = (doc: Core, version: VersionDoc): Core['versions'] => withVersion(doc.versions, version);
const provisional = (languages: PublishedDoc['languages']): boolean => languages.some((l) => l.status === 'provisional');

/** What the page of a statement makes of its last stretch: languages, seal, embargo, publication, corrections. */
export const languageFolds = {
  LanguageVersionEntered: (doc, d, event) => {
    const after = d.operations ? textChanged(doc, d.operations, doc.clauses) : doc;
    const touched = new Set((d.operations ?? []).map((o) => o.clauseId));
    const marked = { ...after, clauses: after.clauses.map((c) => (touched.has(c.id) ? { ...c, revision: after.revision } : c)) };
    const frozen = frozenAs(doc, d.digests, d.frozenDigest);
    const entered = { ...withLanguage(marked, d), frozen, sealed: sealedAs(doc, frozen), versions: versioned(doc, { lang: d.lang, status: d.status, digest: d.digest, at: at(event) }) };
    return standing(entered, d.lang, Object.keys(d.texts), (id) => ({ revision: event.revision, field: `texts.${id}` }));
  },
  TextSealed: (doc, d, event) => ({ ...doc, sealed: { at: at(event), digest: d.digest, digests: d.digests } }),
  EmbargoSet: (doc, d) => ({ ...doc, status: 'embargoed', embargo: { until: d.until, groups: d.list.groups, persons: d.list.persons, breach: null } }),
  EmbargoAccessGranted: (doc, { to }) => ({
    ...doc, embargo: doc.embargo && { ...doc.embargo, groups: [...doc.embargo.groups, ...to.groups], persons: [...doc.embargo.persons, ...to.persons] },
  }),
  EmbargoBreached: (doc, d) => ({ ...doc, embargo: doc.embargo && { ...doc.embargo, breach: { how: d.how, at: d.at } } }),
  EmbargoChanged: (doc, d) => ({ ...doc, embargo: doc.embargo && { ...doc.embargo, until: d.until } }),
  // The page is open to anyone from now on: who wrote what, who had still to confirm, who was on a list, and words in languages that are not published stay with the participants in the record.
  StatementPublished: (doc, d, { revision }) => {
    const tags = d.languages.map((l) => l.tag);
    const order = (d.clauses ?? []).map((c) => c.clauseId);
    return {
      ...doc, status: 'published', penholders: [], proposer: null, commentsDue: null, embargo: null,
      clauses: doc.clauses.map((c) => ({
        ...c, edited: null, pendingGroups: [], versions: {}, text: inLanguages(c.text, tags), stale: [],
        stands: Object.fromEntries(tags.filter((lang) => c.text[lang] !== undefined && order.includes(c.id)).map((lang) => [lang, { revision, field: `clauses.${order.indexOf(c.id)}.text.${lang}` }])),
      })),
      sources: doc.sources.map((s) => ({ ...s, key: '', title: null })),
      published: {
        at: d.at, revision: d.revision, corrections: d.corrections ?? 0, digests: d.digests, digest: d.digest ?? doc.frozen?.digest ?? '', languages: d.languages, signatoryCount: d.signatoryCount,
        parliamentCount: d.parliamentCount, provisional: provisional(d.languages),
      },
    };
  },
  LanguageVersionPublished: (doc, d, event) => {
    const after = {
      ...withLanguage(doc, d), frozen: frozenAs(doc, d.digests, d.frozenDigest),
      versions: d.status === 'provisional' ? doc.versions : versioned(doc, { lang: d.lang, status: d.status, digest: d.digest, at: at(event) }),
      published: doc.published && { ...doc.published, languages: d.languages, digests: d.digests, digest: d.frozenDigest, provisional: provisional(d.languages) },
    };
    return standing(after, d.lang, Object.keys(d.texts), (id) => ({ revision: event.revision, field: `texts.${id}` }));
  },
  StatementCorrected: (doc, d, event) => {
    const clause = doc.clauses.find((c) => c.id === d.clauseId);
    const words = rectified((d.clauseId === undefined ? doc.subject : clause?.text)?.[d.lang], d.wrong, d.corrected);
    const bound = doc.frozen && Object.fromEntries(Object.entries(doc.frozen.digests).map(([lang, digest]) => [lang, d.digests[lang] ?? digest]));
    const after = words === null ? doc : withWords(doc, d, words);
    const corrected: Core = {
      ...after, frozen: doc.frozen && { ...doc.frozen, digests: bound!, digest: d.frozenDigest },
      sealed: doc.sealed && { ...doc.sealed, digests: bound ?? doc.sealed.digests, digest: d.frozenDigest },
      versions: doc.versions.map((v) => ({ ...v, digest: d.digests[v.lang] ?? v.digest })),
      published: doc.published && { ...doc.published, corrections: d.corrections, digests: bound ?? doc.published.digests, digest: d.frozenDigest },
      corrections: [...doc.corrections, {
        clauseId: d.clauseId ?? null, lang: d.lang, wrong: d.wrong, right: d.corrected, at: at(event), ref: d.procesVerbalRef, correctionId: d.correctionId,
        before: d.before[d.lang] ?? null, after: d.digests[d.lang] ?? null,
      }],
    };
    const index = d.clauses.findIndex((c) => c.clauseId === d.clauseId);
    return index < 0 ? corrected : standing(corrected, d.lang, [d.clauseId!], () => ({ revision: event.revision, field: `clauses.${index}.text.${d.lang}` }));
  },
} satisfies { [K in StatementEvent['type']]?: Fold<K> };
