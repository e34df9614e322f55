import type { DomainEvent, RecordedEvent } from './event.js';
import { GREEN, type Label } from './label.js';
import type { Multilingual } from './values.js';

/** Something that waits for somebody: the inbox is the sum of all open ones. */
export interface Duty {
  /** Which duty it is; its sentence is the message `duty.<kind>`. */
  readonly kind: string;
  /** Who holds it: `person:<id>`, or `<capacity>:<groupId>`, or `<capacity>` alone for the network's bodies. */
  readonly holder: string;
  /** ISO 8601 UTC instant. */
  readonly deadline?: string;
  /** The command that discharges it. */
  readonly command?: string;
}

/** A read model: one document per key, folded from events. The name and version identify its stored form. */
export interface View<D extends object = object, E extends DomainEvent = DomainEvent> {
  /** The collection's name, as in the API's path: `groups`. */
  readonly name: string;
  /** Raised whenever the fold or a column changes; the view is then rebuilt. */
  readonly version: number;
  /** The category whose streams it shows, where a document stands for a stream. */
  readonly category?: string;
  /** The document's key for an event; the stream's id where left out, no document where undefined. */
  readonly key?: (event: RecordedEvent) => string | undefined;
  /** By type of event, `*` for every other; `null` removes the document. */
  readonly on: {
    readonly [K in E['type']]?: (
      doc: D | null,
      data: Extract<E, { type: K }>['data'],
      event: RecordedEvent,
    ) => D | null;
  };
  /** Who may read the document; the label of the last event that touched it where left out. */
  readonly label?: (doc: D, event: RecordedEvent) => Label;
  /** Values by which lists are filtered and sorted. */
  readonly columns?: { readonly [column: string]: (doc: D) => string | number | null };
  /**
   * Rows like these are read by fewer people than before. Whatever belongs to such a row is withheld from everybody else too: its acts, drafts,
   * translations, and how it stood at a past moment (STM-8). A filter by columns that few rows pass.
   */
  readonly narrows?: Readonly<Record<string, string>>;
  /** The column that says to which thing a row belongs: its stream, or its id where the category is named. */
  readonly belongs?: { readonly column: string; readonly category?: string };
  /** What the thing is called, by language: for lists, sentences and search. */
  readonly title?: (doc: D) => Multilingual;
  /** Further words under which search finds it. */
  readonly words?: (doc: D) => string;
  readonly duties?: (doc: D) => readonly Duty[];
}

/** A view with its types forgotten, as the registries hold it. */
// oxlint-disable-next-line typescript/no-explicit-any -- the one place where views of every document type meet
export type AnyView = View<any, any>;

/** A document as it is read: with its place in the record, so that readers can wait for and build on it. */
export interface Row<D extends object = object> {
  readonly id: string;
  readonly doc: D;
  /** Revision of its stream at the last event that touched it; what a command sends back as `expectedRevision`. */
  readonly revision: number;
  readonly position: string;
  readonly label: Label;
  readonly mode: 'live' | 'import' | 'exercise';
  readonly recordedAt: string;
}

/** The row after an event: the same one where the event does not concern it, null where it is gone. */
export function fold<D extends object>(view: AnyView, row: Row<D> | null, event: RecordedEvent): Row<D> | null {
  const handler = (view.on[event.type] ?? view.on['*']) as View<D>['on'][string];
  if (handler === undefined) return row;
  const doc = handler(row?.doc ?? null, event.data as never, event);
  if (doc === null) return null;
  return {
    id: view.key?.(event) ?? event.streamId,
    doc,
    revision: event.revision,
    position: event.position,
    // What an exercise publishes stays inside the network, whatever a view says of its own (G4).
    label: within(event.meta.mode, view.label?.(doc, event) ?? event.meta.label),
    mode: event.meta.mode,
    recordedAt: event.meta.recordedAt,
  };
}

const within = (mode: Row['mode'], label: Label): Label => (mode === 'exercise' && label.tlp === 'CLEAR' ? GREEN : label);
