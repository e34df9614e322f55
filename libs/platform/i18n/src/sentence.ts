import type { Actor, Multilingual } from '#kernel';
import { dateKind, formatEdtf } from './edtf.js';
import { type Formatters, inLanguage } from './format.js';
import { isolate } from './format-direction.js';

/** Browser-safe: the server and the workspace make the same sentence of the same act. */

/** The part of JSON Schema that says what a value means: as `z.toJSONSchema` writes the schemas of the kernel. */
export interface Shape {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  /** The category of the stream that an id names. */
  readonly ref?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape | boolean;
  readonly additionalProperties?: Shape | boolean;
  readonly propertyNames?: Shape;
  readonly anyOf?: readonly Shape[];
}

/** An entry of the activity stream, as far as its sentence needs it. */
export interface Act {
  readonly type: string;
  readonly category: string;
  readonly streamId: string;
  readonly data: unknown;
  readonly actor: Actor;
}

/** Who reads, and what the things that he may see are called, by stream: `person-<id>`. */
export interface Reading {
  readonly formatters: Formatters;
  readonly names: Readonly<Record<string, Multilingual>>;
}

export type Params = Readonly<Record<string, string | number>>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const COUNTRY = '^[A-Z]{2}$';
/** Longer texts are for the page of the thing itself, not for a sentence about it. */
const LONGEST = 240;
const CODE = /^[a-z]+(-[a-z]+)*$/;
/** What an object is called where it names nothing of the record. */
const NAMES = ['asPrinted', 'full', 'name', 'names', 'title', 'titles', 'text', 'label', 'fact'];

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The parameters of `event.<Type>`: `actor`, `actorCapacity`, `actorBody`, `subject`, and every top-level field of the event
 * under its own name, in the reader's words. A field that is absent is `none`. Beside them, unless a field is called so:
 * `<field>Kind` of a date (`day`, `month`, `year`, `one-of`, `interval`, `unknown`), `<field>Count` of a list or record,
 * `<field>Value` of an enumeration as it is stored.
 */
export function sentenceParams(act: Act, shape: Shape | undefined, reading: Reading): Params {
  const data = isObject(act.data) ? act.data : {};
  const fields = shape?.properties ?? {};
  const beside: Record<string, string | number> = {};
  const params: Record<string, string | number> = {};
  for (const name of new Set([...Object.keys(fields), ...Object.keys(data)])) {
    const field = fields[name] ?? {};
    Object.assign(beside, companions(name, data[name], field));
    params[name] = spoken(data[name], field, name, reading);
  }
  return {
    type: act.type,
    ...beside,
    ...params,
    actor: actorName(act.actor, reading),
    actorCapacity: reading.formatters.say(`capacity.${act.actor.capacity}`) ?? act.actor.capacity,
    actorBody: bodyName(act.actor, reading),
    subject: nameOf(act.category, act.streamId, reading),
  };
}

function companions(name: string, value: unknown, shape: Shape): Record<string, string | number> {
  const variant = fitting(value, shape);
  if (value == null) {
    if (isDate(variant)) return { [`${name}Kind`]: 'none' };
    if (isMany(variant)) return { [`${name}Count`]: 0 };
    return variant.enum === undefined ? {} : { [`${name}Value`]: 'none' };
  }
  if (isDate(variant) && typeof value === 'string') return { [`${name}Kind`]: dateKind(value) };
  if (variant.enum !== undefined && typeof value === 'string') return { [`${name}Value`]: value };
  if (Array.isArray(value)) return { [`${name}Count`]: value.length };
  return isMany(variant) && isObject(value) ? { [`${name}Count`]: Object.keys(value).length } : {};
}
const isDate = ({ format }: Shape) => format === 'edtf' || format === 'date';
const isMany = ({ type, format, properties }: Shape) =>
  type === 'array' || (type === 'object' && properties === undefined && format !== 'multilingual');

/** Of several shapes the one that the value has. */
function fitting(value: unknown, shape: Shape): Shape {
  const { anyOf } = shape;
  if (anyOf === undefined) return shape;
  const real = anyOf.filter((variant) => variant.type !== 'null');
  const kind = Array.isArray(value) ? 'array' : value === null || value === undefined ? undefined : typeof value;
  return real.find((v) => (kind === undefined || kinds(v).includes(kind)) && constantsFit(value, v)) ?? real[0] ?? shape;
}
const kinds = ({ type, enum: values, const: one }: Shape): readonly string[] => {
  if (type === undefined) return values ? values.map((v) => typeof v) : one === undefined ? [] : [typeof one];
  return (typeof type === 'string' ? [type] : type).map((t) => (t === 'integer' ? 'number' : t));
};
const constantsFit = (value: unknown, { properties = {} }: Shape): boolean =>
  !isObject(value) || Object.entries(properties).every(([name, { const: one }]) => one === undefined || value[name] === one);

function spoken(value: unknown, whole: Shape, name: string, reading: Reading): string | number {
  const { formatters } = reading;
  if (value === undefined || value === null) return 'none';
  const shape = fitting(value, whole);
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return spokenText(value, shape, name, reading);
  if (Array.isArray(value)) {
    const items = typeof shape.items === 'object' ? shape.items : {};
    return value.length === 0
      ? 'none'
      : formatters.list(value.map((item) => asText(spoken(item, items, name, reading), formatters)));
  }
  return isObject(value) ? spokenObject(value, shape, name, reading) : 'none';
}

function spokenText(value: string, shape: Shape, name: string, reading: Reading): string {
  const { formatters } = reading;
  if (shape.ref !== undefined) return nameOf(shape.ref, value, reading);
  if (isDate(shape)) return formatEdtf(value, formatters);
  if (shape.format === 'date-time') return formatters.instant(value);
  if (shape.format === 'language') return formatters.language(value);
  if (shape.format === 'act') return formatters.say(`command.${value.split('.')[1] ?? value}`) ?? value;
  if (shape.pattern === COUNTRY) return formatters.country(value);
  if (shape.enum !== undefined || shape.const !== undefined) return formatters.say(`value.${name}.${value}`) ?? value;
  // A code that a rule wrote into a field of free text, such as the reason of a lapse.
  return (CODE.test(value) ? formatters.say(`value.${name}.${value}`) : undefined) ?? isolate(shorten(value), formatters.direction);
}

function spokenObject(value: Fields, shape: Shape, name: string, reading: Reading): string {
  const { formatters } = reading;
  if (shape.format === 'multilingual')
    return isolate(shorten(inLanguage(value as Multilingual, formatters.lang) ?? ''), formatters.direction);
  const { instant, timezone, amount, currency, from, to } = value;
  if (typeof instant === 'string' && typeof timezone === 'string') return formatters.instant(instant, timezone);
  if (typeof amount === 'number' && typeof currency === 'string') return `${formatters.number(amount)} ${currency}`;
  if (typeof from === 'string' && typeof to === 'string' && dateKind(`${from}/${to}`) === 'interval')
    return formatEdtf(`${from}/${to}`, formatters);

  const of = (key: string): Shape => shape.properties?.[key] ?? recordShape(shape);
  const keys = Object.keys(value).filter((key) => value[key] !== null && value[key] !== undefined);
  if (shape.properties === undefined) {
    const byLanguage = shape.propertyNames?.format === 'language' || shape.propertyNames?.pattern?.startsWith('^[A-Za-z]{2,8}');
    const texts = keys.map((key) =>
      byLanguage ? formatters.language(key) : asText(spoken(value[key], of(key), name, reading), formatters),
    );
    return texts.length === 0 ? 'none' : formatters.list(texts);
  }
  if (keys.length > 1 && keys.every((key) => typeof value[key] === 'number'))
    return formatters.list(keys.map((key) => `${formatters.say(`field.${key}`) ?? key}: ${formatters.number(value[key] as number)}`));
  const called =
    keys.find((key) => fitting(value[key], of(key)).ref !== undefined) ?? NAMES.find((key) => keys.includes(key)) ?? keys[0];
  return called === undefined ? 'none' : asText(spoken(value[called], of(called), called, reading), formatters);
}
const recordShape = ({ additionalProperties }: Shape): Shape =>
  typeof additionalProperties === 'object' ? additionalProperties : {};

const asText = (value: string | number, { number }: Formatters): string => (typeof value === 'number' ? number(value) : value);
const shorten = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST).trimEnd()}…`);

/** What a thing is called; short names of parliaments and networks speak for themselves, other ids tell a reader nothing. */
function nameOf(category: string, id: string, { names, formatters }: Reading): string {
  const name = inLanguage(names[`${category}-${id}`], formatters.lang) ?? (UUID.test(id) ? undefined : id);
  return name === undefined ? (formatters.say('word.unnamed') ?? id) : isolate(name, formatters.direction);
}

function actorName({ personId, capacity, rule }: Actor, reading: Reading): string {
  const { names, formatters } = reading;
  if (capacity === 'system') return formatters.say('actor.system', { rule: rule ?? '' }) ?? 'system';
  const name = inLanguage(names[`person-${personId}`], formatters.lang);
  if (name !== undefined) return isolate(name, formatters.direction);
  // Who has no entry of his own is named by what he acted as.
  return formatters.say(`capacity.${capacity}`) ?? formatters.say('actor.unnamed') ?? personId;
}

function bodyName({ onBehalfOf }: Actor, reading: Reading): string {
  if (onBehalfOf === undefined) return 'none';
  const category = ['group', 'partner', 'network'].find((c) => `${c}-${onBehalfOf}` in reading.names) ?? 'group';
  return nameOf(category, onBehalfOf, reading);
}
