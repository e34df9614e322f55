import { type Multilingual, type Row } from '#kernel';
import type { ParliamentDoc } from '#contexts/directory';
import { type StatementDoc } from '#contexts/statements';
import { ANONYMOUS } from '#platform/identity';
import type { Platform } from '#platform/runtime';
import type { ViewReader } from '#platform/views';

export interface PublicClause {
  readonly id: string;
  readonly label: string;
  readonly section: 'preambular' | 'operative' | 'annex';
  readonly verb: string | null;
  readonly text: Multilingual;
}
/** One published text: a revision, and how many procès-verbaux have rectified it. */
export interface PublicText {
  readonly statementId: string;
  readonly revision: number;
  readonly corrections: number;
  readonly at: string;
  readonly title: Multilingual;
  readonly kind: StatementDoc['kind'];
  readonly leadLanguage: string;
  readonly clauses: readonly PublicClause[];
  readonly languages: readonly { readonly tag: string; readonly status: string }[];
  /** SHA-256 by language. */
  readonly digests: Readonly<Record<string, string>>;
  readonly digest: string | null;
}
export interface PublicStatement {
  readonly row: Row<StatementDoc>;
  /** Newest first; never empty. */
  readonly texts: readonly PublicText[];
}
export interface Commitment {
  readonly digest: string;
  readonly until: string;
  readonly committedAt: string;
  readonly releasedAt: string | null;
  readonly statementId: string | null;
}

/** `r3`, `r3-c1`: the last part of a stable address. */
export const versionName = ({ revision, corrections }: Pick<PublicText, 'revision' | 'corrections'>): string => `r${revision}${corrections > 0 ? `-c${corrections}` : ''}`;
/** Statements that have been published, in whatever state they are now. */
export const PUBLIC_STATES = ['published', 'closed', 'retracted'];
const PAGE = 100;
const newestFirst = (a: PublicText, b: PublicText) => b.revision - a.revision || b.corrections - a.corrections;

/** The text of a statement as its own page has it. */
const asPublished = (statementId: string, doc: StatementDoc): PublicText => ({
  statementId, revision: doc.published!.revision, corrections: 0, at: doc.published!.at, title: doc.subject, kind: doc.kind, leadLanguage: doc.leadLanguage,
  clauses: doc.clauses, languages: doc.published!.languages, digests: doc.frozen?.digests ?? {}, digest: doc.frozen?.digest ?? null,
});

/**
 * What anybody may read, and nothing else: every read of the public site goes through here with the tokens of somebody who is not
 * signed in. What is under embargo, in negotiation or part of an exercise is not there.
 */
export class PublicReading {
  readonly #views: ReadonlySet<string>;
  constructor(private readonly platform: Platform) {
    this.#views = new Set(platform.views.views.map(({ name }) => name));
  }

  get reader(): ViewReader {
    return this.platform.views.reader(ANONYMOUS.tokens);
  }
  has(view: string): boolean {
    return this.#views.has(view);
  }

  async statement(id: string): Promise<PublicStatement | null> {
    const row = await this.reader.row<StatementDoc>('statements', id);
    return row === null || row.doc.published === null ? null : { row, texts: await this.texts(row) };
  }
  /** Every published text of a statement, newest first. */
  async texts({ id, doc }: Row<StatementDoc>): Promise<readonly PublicText[]> {
    if (!this.has('publications')) return [asPublished(id, doc)];
    const found: PublicText[] = [];
    for (let after = `${id}_`; ; ) {
      const rows = await this.reader.after<PublicText>('publications', after, PAGE);
      const own = rows.filter((row) => row.id.startsWith(`${id}_`));
      found.push(...own.map((row) => row.doc));
      if (own.length < PAGE) return found.length > 0 ? found.toSorted(newestFirst) : [asPublished(id, doc)];
      after = own.at(-1)!.id;
    }
  }
  commitments(): Promise<readonly Row<Commitment>[]> {
    return this.has('commitments') ? this.reader.rows<Commitment>('commitments', {}, { limit: null }) : Promise.resolve([]);
  }
  /** What the chambers of these parliaments are called, as `chamber-<code>`. */
  async chambers(parliaments: readonly string[]): Promise<Readonly<Record<string, Multilingual>>> {
    const rows = await Promise.all(parliaments.map((id) => this.reader.row<ParliamentDoc>('parliaments', id)));
    return Object.fromEntries(rows.flatMap((row) => (row?.doc.chambers ?? []).map((c) => [`chamber-${c.code}`, c.names])));
  }
  /** What streams are called: `group-<id>`, `parliament-<id>`. */
  names(streams: Iterable<string>): Promise<Readonly<Record<string, Multilingual>>> {
    return this.reader.titles(streams);
  }
}
