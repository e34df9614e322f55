import { CLEAR, type Multilingual, type RecordedEvent, type View } from '#kernel';
import type { DataOf, StatementEvent } from '../statement/events.js';
import type { Kind, PublishedClause, Section } from '../statement/schemas.js';
import { labels } from '../statement/text.js';
import type { PublishedDoc } from './statement-doc.js';

/** A published state of a statement, kept as it was: every revision, and every procès-verbal after it, has its own and stays at its address. */
export interface PublicationDoc {
  statementId: string;
  revision: number;
  corrections: number;
  /** When this state came to be; languages that joined it later have their own day in the page of the statement. */
  at: string;
  kind: Kind;
  leadLanguage: string;
  title: Multilingual;
  clauses: readonly { id: string; label: string; section: Section; verb: string | null; text: Multilingual }[];
  languages: PublishedDoc['languages'];
  /** Of the authentic languages, and of others from the correction on. */
  digests: Readonly<Record<string, string>>;
  /** Over all authentic languages. */
  digest: string;
}

const addressOf = (id: string, revision: number, corrections: number): string => `${id}_r${revision}${corrections > 0 ? `-c${corrections}` : ''}`;
function labelled(clauses: readonly PublishedClause[]): PublicationDoc['clauses'] {
  const label = labels(clauses.map(({ clauseId, section }) => ({ id: clauseId, section })));
  return clauses.map(({ clauseId, section, verb = null, text }) => ({ id: clauseId, label: label[clauseId] ?? '', section, verb, text }));
}
const at = ({ meta }: RecordedEvent): string => (meta.mode === 'import' ? (meta.validTime ?? 'XXXX') : meta.recordedAt);

/** The archive of what was published: key `<id>_r<revision>`, with `-c<n>` after the n-th correction. */
export const publications: View<PublicationDoc, StatementEvent> = {
  name: 'publications',
  version: 1,
  key: ({ type, data, streamId }) => {
    const { revision, corrections = 0 } = data as DataOf<'StatementPublished'>;
    // What is corrected before it is published is no publication yet.
    return type === 'StatementCorrected' && (data as DataOf<'StatementCorrected'>).languages === undefined ? undefined : addressOf(streamId, revision, corrections);
  },
  on: {
    StatementPublished: (_, d, { streamId }) =>
      d.clauses === undefined || d.title === undefined || d.kind === undefined || d.leadLanguage === undefined
        ? null
        : {
            statementId: streamId, revision: d.revision, corrections: d.corrections ?? 0, at: d.at, kind: d.kind, leadLanguage: d.leadLanguage, title: d.title, clauses: labelled(d.clauses),
            languages: d.languages, digests: d.digests, digest: d.digest ?? '',
          },
    LanguageVersionPublished: (doc, d) =>
      doc && {
        ...doc, languages: d.languages, digests: d.digests, digest: d.frozenDigest, title: d.title === undefined ? doc.title : { ...doc.title, [d.lang]: d.title },
        clauses: doc.clauses.map((c) => (d.texts[c.id] === undefined ? c : { ...c, text: { ...c.text, [d.lang]: d.texts[c.id]! } })),
      },
    StatementCorrected: (_, d, event) => ({
      statementId: event.streamId, revision: d.revision, corrections: d.corrections, at: at(event), kind: d.kind, leadLanguage: d.leadLanguage, title: d.title, clauses: labelled(d.clauses),
      languages: d.languages ?? [], digests: d.digests, digest: d.frozenDigest,
    }),
  },
  columns: { statement: (doc) => doc.statementId, revision: (doc) => doc.revision, corrections: (doc) => doc.corrections, digest: (doc) => doc.digest },
};

/** That a text was fixed before its release, told by its digest alone: neither what it says nor whose it is (STM-8). */
export interface CommitmentDoc {
  digest: string;
  until: string;
  committedAt: string;
  releasedAt: string | null;
  /** Only once it is published. */
  statementId: string | null;
}

/** Key: the digest over all authentic languages. Anyone reads it while nobody outside reads the text; an exercise stays inside (G4). */
export const commitments: View<CommitmentDoc, StatementEvent> = {
  name: 'commitments',
  version: 1,
  key: ({ type, data }) => {
    const { digest, committed } = data as { digest?: string; committed?: string };
    return type === 'StatementPublished' ? committed : digest;
  },
  on: {
    EmbargoSet: (_, d, { meta }) => ({ digest: d.digest, until: d.until.instant, committedAt: meta.recordedAt, releasedAt: null, statementId: null }),
    EmbargoChanged: (doc, d) => doc && { ...doc, until: d.until.instant },
    StatementPublished: (doc, d, { streamId }) => doc && { ...doc, releasedAt: d.at, statementId: streamId },
  },
  label: () => CLEAR,
};
