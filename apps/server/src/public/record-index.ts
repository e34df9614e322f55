import { createHash } from 'node:crypto';
import { canonicalParagraph, type Multilingual, type Row } from '#kernel';
import type { StatementDoc } from '#contexts/statements';
import { comparePositions } from '#platform/event-store';
import type { Activity } from '#platform/views';
import type { Platform } from '#platform/runtime';
import { PUBLIC_STATES, type PublicReading, type PublicText } from './reading.js';
import { fingerprints } from './verify/squeeze.js';

/** A statement in the register. */
export interface Entry {
  readonly id: string;
  readonly kind: StatementDoc['kind'];
  readonly title: Multilingual;
  readonly leadLanguage: string;
  readonly languages: readonly string[];
  /** Of the first publication, instant or partial date. */
  readonly at: string;
  readonly year: string;
  /** Of the newest text, or of a notice that came later. */
  readonly changedAt: string;
  readonly parliaments: readonly string[];
  readonly attribution: StatementDoc['attribution'];
  readonly mark: boolean;
  readonly notices: readonly string[];
  readonly status: StatementDoc['status'];
  readonly corrections: number;
}
/** Where a digest was found. */
export interface Found {
  readonly statementId: string;
  readonly revision: number;
  readonly corrections: number;
  /** Null: the digest over all languages. */
  readonly lang: string | null;
  /** Null: the whole text. */
  readonly clauseId: string | null;
}
type At = Omit<Found, 'clauseId'> & { readonly lang: string };

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const PAGE = 500;

/**
 * What has been published, for the register and for “verify this text”: kept in memory and brought up to date with the public acts,
 * so that acts which the public may not read cost the site nothing.
 */
export class RecordIndex {
  #seen: string | undefined;
  #public = '0';
  #entries: readonly Entry[] = [];
  readonly #byId = new Map<string, { entry: Entry; digests: ReadonlyMap<string, Found>; shingles: readonly { at: At; found: ReadonlySet<number> }[] }>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly platform: Platform,
    private readonly reading: PublicReading,
  ) {}

  /** Newest first. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Brings it to where the views are; the position of the last public act, by which pages may be kept. */
  async refresh(): Promise<string> {
    if (this.#seen === this.platform.runner.position) return this.#public;
    const done = this.#turn.then(() => this.#follow());
    this.#turn = done.catch(() => undefined);
    await done;
    return this.#public;
  }

  async #follow(): Promise<void> {
    const target = this.platform.runner.position;
    if (this.#seen === target) return;
    if (this.#seen === undefined) await this.#fill();
    else await this.#changedSince(this.#seen);
    this.#seen = target;
    this.#entries = [...this.#byId.values()].map(({ entry }) => entry).toSorted((a, b) => b.at.localeCompare(a.at) || a.id.localeCompare(b.id));
  }

  async #fill(): Promise<void> {
    const { reader } = this.reading;
    const newest = await reader.list<Activity>('activity', {}, { sort: '-key', limit: 1 });
    this.#public = newest.rows[0]?.position ?? '0';
    for (let after: string | null | undefined; after !== null; ) {
      const page = await reader.list<StatementDoc>('statements', { status: PUBLIC_STATES }, { limit: PAGE, ...(after === undefined ? {} : { after }) });
      for (const row of page.rows) await this.#put(row);
      after = page.next;
    }
  }
  async #changedSince(seen: string): Promise<void> {
    const { reader } = this.reading;
    const changed = new Set<string>();
    for (let after = seen.padStart(20, '0'); ; ) {
      const rows = await reader.after<Activity>('activity', after, PAGE);
      for (const { doc } of rows) if (doc.category === 'statement') changed.add(doc.streamId);
      const last = rows.at(-1);
      if (last && comparePositions(this.#public, last.position) < 0) this.#public = last.position;
      if (rows.length < PAGE) break;
      after = last!.id;
    }
    for (const id of changed) {
      const row = await reader.row<StatementDoc>('statements', id);
      if (row === null || row.doc.published === null) this.#byId.delete(id);
      else await this.#put(row);
    }
  }

  async #put(row: Row<StatementDoc>): Promise<void> {
    const { id, doc } = row;
    if (doc.published === null) return;
    const texts = await this.reading.texts(row);
    const newest = texts[0]!;
    const digests = new Map<string, Found>();
    const shingles: { at: At; found: ReadonlySet<number> }[] = [];
    // Oldest last: where several revisions hold the same words, the newest is named.
    for (const text of texts) {
      const { revision, corrections } = text;
      const add = (digest: string | null, lang: string | null, clauseId: string | null) => {
        if (digest !== null && !digests.has(digest)) digests.set(digest, { statementId: id, revision, corrections, lang, clauseId });
      };
      add(text.digest, null, null);
      for (const { tag } of text.languages) {
        add(text.digests[tag] ?? null, tag, null);
        const clauses = text.clauses.flatMap((c) => c.text[tag] ?? []);
        for (const clause of text.clauses) if (clause.text[tag] !== undefined) add(sha256(canonicalParagraph(clause.text[tag])), tag, clause.id);
        shingles.push({ at: { statementId: id, revision, corrections, lang: tag }, found: fingerprints(clauses.join(' ')) });
      }
    }
    this.#byId.set(id, { entry: entryOf(row, newest), digests, shingles });
  }

  /** Whole texts before clauses. */
  find(digest: string): Found | null {
    let clause: Found | null = null;
    for (const { digests } of this.#byId.values()) {
      const found = digests.get(digest);
      if (found && found.clauseId === null) return found;
      clause ??= found ?? null;
    }
    return clause;
  }
  /** The texts that share most with this one, best first, with the share of their own words that it holds (0 to 1). */
  nearest(text: string, most: number): readonly { readonly at: At; readonly share: number }[] {
    const given = fingerprints(text);
    const scored = [...this.#byId.values()].flatMap(({ shingles }) =>
      shingles.map(({ at, found }) => ({ at, share: [...found].filter((print) => given.has(print)).length / Math.max(1, found.size) })),
    );
    return scored.filter(({ share }) => share > 0).toSorted((a, b) => b.share - a.share).slice(0, most);
  }
}

function entryOf({ id, doc }: Row<StatementDoc>, newest: PublicText): Entry {
  const { at } = doc.published!;
  return {
    id, kind: doc.kind, title: newest.title, leadLanguage: newest.leadLanguage, languages: newest.languages.map(({ tag }) => tag), at,
    year: /\d{4}/.exec(at)?.[0] ?? '', changedAt: [newest.at, ...doc.notices.map((n) => n.at)].toSorted().at(-1)!, parliaments: doc.crossParty.map((p) => p.parliament), attribution: doc.attribution, mark: doc.mark,
    notices: doc.notices.map(({ kind }) => kind), status: doc.status, corrections: newest.corrections,
  };
}
