import { z } from 'zod';
import type { Actor } from './actor.js';
import type { Label } from './label.js';
import type { Confidence, Source } from './values.js';

/** An event as the domain sees it: always the newest version. */
export interface DomainEvent<T extends string = string, D = unknown> {
  readonly type: T;
  readonly data: D;
}

/** Did it happen in the product, was it imported from a source, or is it an exercise (rules G3, G4)? */
export type Mode = 'live' | 'import' | 'exercise';

/** The envelope of an event (domain.md 8.2). Two clocks: `validTime` in the world, `recordedAt` in the record. */
export interface EventMeta {
  /** ISO 8601 UTC: when it was recorded. */
  readonly recordedAt: string;
  /** EDTF: when it was true in the world; absent where the source does not say. */
  readonly validTime?: string;
  readonly actor: Actor;
  readonly mode: Mode;
  /** What the decision rested on: charter version, rules profile version, decision reference. */
  readonly basis?: Readonly<Record<string, string>>;
  readonly sources?: readonly Source[];
  readonly confidence?: Confidence;
  readonly label: Label;
  /** The language of the text fields, BCP 47. */
  readonly lang?: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId?: string;
}

/** An event as it stands in the record, decoded to its newest version. */
export interface RecordedEvent<E extends DomainEvent = DomainEvent> {
  readonly id: string;
  readonly type: E['type'];
  readonly data: E['data'];
  readonly stream: string;
  readonly category: string;
  /** The part of the stream's name behind the first dash. */
  readonly streamId: string;
  /** Place in its stream, from 1. */
  readonly revision: number;
  /** Opaque place in the whole record, a decimal string; later events have greater ones. */
  readonly position: string;
  readonly meta: EventMeta;
}

interface OlderVersion {
  readonly schema: z.ZodType;
  readonly upcast: (old: unknown) => unknown;
}
interface Versions<S extends z.ZodType> {
  readonly newest: S;
  readonly older: readonly OlderVersion[];
}

/** An older shape of an event and the pure step to the next one. */
export const older = <S extends z.ZodType>(schema: S, upcast: (old: z.output<S>) => unknown): OlderVersion => ({
  schema,
  upcast: (old) => upcast(schema.parse(old)),
});
/** An event that was stored in other shapes before: the newest one, then the older ones, oldest first. */
export const versions = <S extends z.ZodType>(newest: S, ...olderFirst: OlderVersion[]): Versions<S> => ({
  newest,
  older: olderFirst,
});

type Definition = z.ZodType | Versions<z.ZodType>;
type SchemaOf<D> = D extends Versions<infer S> ? S : D;
export type EventSchemas = Readonly<Record<string, Definition>>;
export type EventOf<T extends EventSchemas> = {
  [K in keyof T & string]: DomainEvent<K, z.output<SchemaOf<T[K]>>>;
}[keyof T & string];

const isVersions = (d: Definition): d is Versions<z.ZodType> => 'newest' in d;

/** The events of one aggregate: the storage contract, and the source of the event catalogue. */
export class EventCatalogue<T extends EventSchemas = EventSchemas> {
  constructor(
    readonly context: string,
    readonly schemas: T,
  ) {}

  get names(): readonly string[] {
    return Object.keys(this.schemas);
  }

  schema<K extends keyof T & string>(name: K): SchemaOf<T[K]> {
    const definition = this.#definition(name);
    return (isVersions(definition) ? definition.newest : definition) as SchemaOf<T[K]>;
  }

  /** The newest version's number, from 1. */
  version(name: string): number {
    const definition = this.#definition(name);
    return isVersions(definition) ? definition.older.length + 1 : 1;
  }

  /** `<context>.<PastTense>.v<N>`: the name under which the newest version is stored. */
  storedType(name: string): string {
    return `${this.context}.${name}.v${this.version(name)}`;
  }

  /** Throws where data does not fit its schema: that is a bug of ours, since commands are checked before. */
  encode(event: DomainEvent): { readonly type: string; readonly data: unknown } {
    const data = (this.schema(event.type) as z.ZodType).parse(event.data);
    return { type: this.storedType(event.type), data };
  }

  /** From any version ever stored to the newest. */
  decode(type: string, data: unknown): EventOf<T> {
    const [context, name = '', version = ''] = type.split('.');
    if (context !== this.context) throw new Error(`${type} is not an event of ${this.context}`);
    const definition = this.#definition(name);
    const stored = Number(version.slice(1));
    // A newer program has written it: what this one would make of it is a guess.
    if (!(stored >= 1 && stored <= this.version(name))) throw new Error(`${type} is of a version that is not known here`);
    const upcasters = isVersions(definition) ? definition.older.slice(stored - 1) : [];
    const newest = upcasters.reduce((shape, step) => step.upcast(shape), data);
    const checked = upcasters.length > 0 ? (this.schema(name) as z.ZodType).parse(newest) : newest;
    return { type: name, data: checked } as EventOf<T>;
  }

  #definition(name: string): Definition {
    const found = this.schemas[name];
    if (found === undefined) throw new Error(`${this.context} has no event ${name}`);
    return found;
  }
}
