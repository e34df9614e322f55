import { audienceOf, type AudienceToken, type AnyView, type Duty, fold, type Label, type Multilingual, type RecordedEvent, type Row } from '#kernel';

export interface StoredRow {
  key: string;
  doc: string;
  label: string;
  mode: Row['mode'];
  revision: number;
  position: string;
  recorded_at: string;
}

export const rowOf = <D extends object>(stored: StoredRow): Row<D> => ({
  id: stored.key,
  doc: JSON.parse(stored.doc) as D,
  revision: stored.revision,
  position: stored.position,
  label: JSON.parse(stored.label) as Label,
  mode: stored.mode,
  recordedAt: stored.recorded_at,
});

/** What is written beside a document: who may read it, what waits for whom, under what it is found. */
export interface Beside {
  readonly audience: readonly AudienceToken[];
  readonly duties: readonly Duty[];
  readonly found: { readonly title: Multilingual; readonly words: string } | null;
}
/** What a batch did to one document; null where there was none before, or is none after. */
export interface Written {
  readonly key: string;
  readonly before: Row | null;
  readonly row: Row | null;
  /** What has to be written beside it anew; the rest stands as it was. */
  readonly was: Beside | null;
  readonly is: Beside | null;
  readonly changed: Readonly<Record<keyof Beside, boolean>>;
}

function besideOf(view: AnyView, { doc, label }: Row): Beside {
  const title = view.title?.(doc);
  return { audience: audienceOf(label), duties: view.duties?.(doc) ?? [], found: title ? { title, words: view.words?.(doc) ?? '' } : null };
}

/** The events that concern a view, each with the key of its document. */
export function concerning(view: AnyView, events: readonly RecordedEvent[]): { key: string; event: RecordedEvent }[] {
  return events.flatMap((event) => {
    if (view.on[event.type] === undefined && view.on['*'] === undefined) return [];
    const key = view.key ? view.key(event) : event.streamId;
    return key === undefined ? [] : [{ key, event }];
  });
}

/** Folds events over the rows as they stand; what comes back is what changed, each document once. */
export function foldOver(view: AnyView, concerned: readonly { key: string; event: RecordedEvent }[], standing: (key: string) => Row | null): Written[] {
  const touched = new Map<string, { before: Row | null; row: Row | null }>();
  for (const { key, event } of concerned) {
    const entry = touched.get(key);
    const last = entry ? entry.row : standing(key);
    const row = fold(view, last, event);
    if (row !== last) touched.set(key, { before: entry ? entry.before : last, row });
  }
  return [...touched].map(([key, { before, row }]) => {
    const [was, is] = [before && besideOf(view, before), row && besideOf(view, row)];
    const differs = (part: keyof Beside) => was === null || is === null || JSON.stringify(was[part]) !== JSON.stringify(is[part]);
    return { key, before, row, was, is, changed: { audience: differs('audience'), duties: differs('duties'), found: differs('found') } };
  });
}
