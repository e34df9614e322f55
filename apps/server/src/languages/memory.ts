import { Inject, Injectable } from '@nestjs/common';
import type { MemoryDoc } from '#contexts/languages';
import type { Multilingual, Row } from '#kernel';
import type { Viewer } from '#platform/identity';
import { Memory, type MemoryHit, type MemoryUnit } from '#text';
import { SERVICES, type Services } from '../services.js';

/** Where a translation stands, as a reader is told. */
export interface MemoryOrigin {
  readonly type: 'statement' | 'mou';
  readonly id: string;
  readonly segmentId: string;
  readonly title: Multilingual;
  /** When it was certified. */
  readonly at: string;
  readonly provisional: boolean;
}
export interface MemoryAnswer {
  readonly exact: readonly { readonly source: string; readonly target: string; readonly origin: MemoryOrigin }[];
  readonly fuzzy: readonly { readonly source: string; readonly target: string; readonly score: number; readonly origin: MemoryOrigin }[];
}
interface Place {
  /** Of the view `memory`. */
  readonly row: string;
  readonly segmentId: string;
  readonly at: string;
}
/** What a reader may know of a row of the view; null where he or she may not read it. */
type Seen = Pick<MemoryDoc, 'doc' | 'title' | 'at' | 'provisional'> | null;

/** Clocks of nodes differ: so many rows that are known already end the search for new ones. */
const MARGIN = 20;
const LIMIT = 10;
/** Hits that are looked at before those are left out that the reader may not see; and how often more are looked for in their place. */
const WIDE = 30;
const ROUNDS = 5;
/** Readers whose rights are remembered until the views move. */
const READERS = 50;

/** Translations of certified texts, indexed in this process and brought up to date when the views have moved. */
@Injectable()
export class TranslationMemory {
  #memory = new Memory<Place>();
  /** The certification of each row that the index holds. */
  #known = new Map<string, string>();
  /** Rows whose older certifications are still in the index. */
  #outdated = 0;
  #position = '';
  #busy: Promise<void> | undefined;
  readonly #seen = new Map<string, { readonly position: string; readonly rows: Map<string, Seen> }>();

  constructor(@Inject(SERVICES) private readonly services: Services) {}

  /** What the reader may see of it: a hit never shows a text that he or she may not read (G6). */
  async find(viewer: Viewer, source: string, from: string, to: string): Promise<MemoryAnswer> {
    await this.#upToDate();
    const rows = this.#rowsOf(viewer);
    const may = ({ origin: { row, at } }: MemoryUnit<Place>): boolean => this.#known.get(row) === at && rows.get(row) !== null;
    let exact: MemoryUnit<Place>[] = [];
    let fuzzy: MemoryHit<Place>[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      exact = this.#memory.exact(source, from, to, may).slice(0, WIDE);
      fuzzy = this.#memory.fuzzy(source, from, to, { limit: WIDE, may });
      const unseen = new Set([...exact, ...fuzzy.map((hit) => hit.unit)].map((unit) => unit.origin.row).filter((id) => !rows.has(id)));
      if (unseen.size === 0) break;
      for (const id of unseen) rows.set(id, await this.#look(viewer, id));
    }
    const origin = ({ row, segmentId, at }: Place): MemoryOrigin[] => {
      const found = rows.get(row);
      return found?.at === at ? [{ ...found.doc, segmentId, title: found.title, at, provisional: found.provisional }] : [];
    };
    return {
      exact: exact.flatMap(({ source: text, target, origin: place }) => origin(place).map((where) => ({ source: text, target, origin: where }))).slice(0, LIMIT),
      fuzzy: fuzzy.flatMap(({ unit, score }) => origin(unit.origin).map((where) => ({ source: unit.source, target: unit.target, score, origin: where }))).slice(0, LIMIT),
    };
  }

  /** What holders of the same rights have been told since the views moved. */
  #rowsOf({ tokens, account }: Viewer): Map<string, Seen> {
    const key = `${account?.exercise === true ? 'exercise' : 'real'} ${[...tokens].toSorted().join(' ')}`;
    const { position } = this.services.platform.runner;
    const known = this.#seen.get(key);
    if (known?.position === position) return known.rows;
    const rows = new Map<string, Seen>();
    this.#seen.delete(key);
    this.#seen.set(key, { position, rows });
    if (this.#seen.size > READERS) this.#seen.delete(this.#seen.keys().next().value!);
    return rows;
  }

  /** By the reader's own rights, as the label stands now. Exercises are for exercises. */
  async #look({ tokens, account }: Viewer, id: string): Promise<Seen> {
    const row = await this.services.platform.views.reader(tokens).row<MemoryDoc>('memory', id);
    if (row === null || (row.mode === 'exercise' && account?.exercise !== true)) return null;
    const { doc, title, at, provisional } = row.doc;
    return { doc, title, at, provisional };
  }

  /** One after another: whoever comes while it is brought up to date waits for that, and sees whether it moved since. */
  async #upToDate(): Promise<void> {
    // Where much is recorded the views move on and on: what came while this was asked may wait for the next time.
    for (let times = 0; times < 3 && this.#position !== this.services.platform.runner.position; times++) {
      this.#busy ??= this.#catchUp().finally(() => (this.#busy = undefined));
      await this.#busy;
    }
  }

  async #catchUp(): Promise<void> {
    const { runner, views } = this.services.platform;
    const position = runner.position;
    const reader = views.reader(null);
    let seen = 0;
    for (let after: string | null | undefined; after !== null && seen < MARGIN; ) {
      const page = await reader.list<MemoryDoc>('memory', {}, { sort: '-certifiedAt', limit: MARGIN, ...(after === undefined ? {} : { after }) });
      for (const row of page.rows) seen = this.#take(row) ? 0 : seen + 1;
      after = page.next;
    }
    if (this.#outdated > 100 && this.#outdated > this.#known.size) {
      // More of it is old than new: it is made again.
      [this.#memory, this.#known, this.#outdated] = [new Memory<Place>(), new Map(), 0];
      return;
    }
    this.#position = position;
  }

  /** Was there something new in it? */
  #take({ id, doc }: Row<MemoryDoc>): boolean {
    const before = this.#known.get(id);
    if (doc.at === null || before === doc.at) return false;
    this.#known.set(id, doc.at);
    if (before !== undefined) this.#outdated++;
    for (const { segmentId, source, target } of doc.segments)
      this.#memory.add({ source, target, sourceLang: doc.sourceLang, targetLang: doc.targetLang, origin: { row: id, segmentId, at: doc.at } });
    return true;
  }
}
