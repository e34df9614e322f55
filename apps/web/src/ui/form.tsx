import { createContext, use, useId, useState } from 'react';
import type { JsonSchema, Page, Row } from '../api.js';
import { useList, useWords } from '../context.js';
import { inLanguage } from '#platform/i18n/browser';
import { LANGUAGES } from '../i18n.js';

/** What a page knows of a field: things to choose from, and what a choice settles besides. */
export interface Choice {
  id: string;
  label: string;
  also?: Record<string, unknown>;
}
export interface Known {
  /** By name of field: offered for choice. */
  choices?: Readonly<Record<string, readonly Choice[]>>;
  /** By name of field: what is said beneath what is offered. */
  hints?: Readonly<Record<string, string>>;
  /** The context whose words the fields have. */
  home?: string;
  /** By name of field: filled in and not asked. */
  given?: Readonly<Record<string, unknown>>;
}
export const KnownContext = createContext<Known>({});

type Value = unknown;
interface FieldProps {
  name: string;
  path: string;
  schema: JsonSchema;
  value: Value;
  required: boolean;
  errors: Readonly<Record<string, string>>;
  onChange: (value: Value) => void;
}
const COLLECTIONS: Record<string, string> = {
  group: 'groups', person: 'persons', parliament: 'parliaments', partner: 'partners', network: 'networks', mou: 'mous', statement: 'statements', membership: 'memberships', decision: 'decisions', meeting: 'meetings',
};

/** The part of a schema that a form can show: of alternatives the first that is not null. */
const shown = (schema: JsonSchema): JsonSchema => {
  const alternatives = schema.anyOf ?? schema.oneOf;
  return alternatives ? { ...schema, ...alternatives.find((s) => s.type !== 'null') } : schema;
};

const alternativesOf = (schema: JsonSchema): readonly JsonSchema[] => schema.anyOf ?? schema.oneOf ?? [schema];
const listOf = (schema: JsonSchema) => alternativesOf(schema).find((s) => s.type === 'array' && s.items?.type !== 'object');

export function emptyOf(schema: JsonSchema): Value {
  const s = shown(schema);
  if (s.const !== undefined) return s.const;
  // Where one is needed, one is there to be filled in.
  if (s.type === 'array') return (s.minItems ?? 0) > 0 && s.items?.type === 'object' && s.items.properties ? [emptyOf(s.items)] : [];
  if (s.type === 'boolean') return false;
  if (s.type === 'object') return s.properties ? Object.fromEntries((s.required ?? []).map((k) => [k, emptyOf(s.properties![k]!)])) : {};
  return undefined;
}

function useLabel() {
  const { t } = useWords();
  const ns = use(KnownContext).home;
  return (name: string) => t(`field.${name}`, { defaultValue: name, ...(ns ? { ns } : {}) });
}

export function Field(props: FieldProps) {
  const offered = use(KnownContext).choices?.[props.name];
  if (offered && listOf(props.schema)) return <Ticked {...props} offered={offered} />;
  const schema = shown(props.schema);
  if (schema.const !== undefined) return null;
  if (schema.type === 'object' && schema.properties) return <Group {...props} schema={schema} />;
  if (schema.format === 'multilingual') return <Texts {...props} schema={schema} />;
  if (schema.type === 'object') return <Pairs {...props} schema={schema} />;
  if (schema.type === 'array') return <Items {...props} schema={schema} />;
  return <Single {...props} schema={schema} />;
}

function Group({ name, path, schema, value, errors, onChange }: FieldProps) {
  const label = useLabel();
  const all = (value ?? {}) as Record<string, unknown>;
  return (
    <fieldset className="field">
      <legend>{label(name)}</legend>
      <Fields schema={schema} path={path} value={all} errors={errors} onChange={onChange} />
    </fieldset>
  );
}

export function Fields({ schema, path, value, errors, onChange }: {
  schema: JsonSchema; path: string; value: Record<string, unknown>; errors: Readonly<Record<string, string>>; onChange: (value: Record<string, unknown>) => void;
}) {
  const { choices = {}, given = {} } = use(KnownContext);
  const asked = Object.entries(schema.properties ?? {}).filter(([key, child]) => !child.import && !(path === '' && given[key] !== undefined));
  return asked.map(([key, child]) => (
    <Field
      key={key} name={key} path={path === '' ? key : `${path}.${key}`} schema={child} value={value[key]}
      required={schema.required?.includes(key) ?? false} errors={errors}
      onChange={(next) => {
        const also = choices[key]?.find((c) => c.id === next)?.also ?? {};
        const known = Object.fromEntries(Object.entries(also).filter(([k]) => schema.properties?.[k] !== undefined));
        onChange(Object.fromEntries(Object.entries({ ...value, [key]: next, ...known }).filter(([, v]) => v !== undefined && v !== '')));
      }}
    />
  ));
}

/** One text for each language: the reader's first, others added as they are needed. */
function Texts({ name, path, value, required, errors, onChange }: FieldProps) {
  const label = useLabel();
  const { lang, t } = useWords();
  const texts = (value ?? {}) as Record<string, string>;
  const open = Object.keys(texts).length > 0 ? Object.keys(texts) : [lang];
  const more = LANGUAGES.filter((l) => !open.includes(l.tag));
  return (
    <fieldset className="field">
      <legend>{label(name)}{required && <Required />}</legend>
      {open.map((tag) => (
        <label key={tag} className="text-in-language">
          <span>{LANGUAGES.find((l) => l.tag === tag)?.name ?? tag}</span>
          <textarea rows={2} lang={tag} dir="auto" value={texts[tag] ?? ''} onChange={(e) => onChange({ ...texts, [tag]: e.target.value })} />
        </label>
      ))}
      {more.length > 0 && (
        <select aria-label={t('addLanguage')} value="" onChange={(e) => onChange({ ...Object.fromEntries(open.map((o) => [o, texts[o] ?? ''])), [e.target.value]: '' })}>
          <option value="">{t('addLanguage')}</option>
          {more.map((l) => <option key={l.tag} value={l.tag}>{l.name}</option>)}
        </select>
      )}
      <Problem of={errors[path]} />
    </fieldset>
  );
}

function Pairs({ name, path, schema, value, errors, onChange }: FieldProps) {
  const label = useLabel();
  const { t } = useWords();
  const pairs = Object.entries((value ?? {}) as Record<string, unknown>);
  const child = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : { type: 'string' };
  const put = (next: [string, unknown][]) => onChange(Object.fromEntries(next));
  return (
    <fieldset className="field">
      <legend>{label(name)}</legend>
      {pairs.map(([key, v], i) => (
        <div key={i} className="row">
          <input aria-label={t('key')} value={key} onChange={(e) => put(pairs.map((p, j) => (i === j ? [e.target.value, p[1]] : p)))} />
          <Field name={t('valueFor', { key })} path={`${path}.${key}`} schema={child} value={v} required={false} errors={errors} onChange={(n) => put(pairs.map((p, j) => (i === j ? [p[0], n] : p)))} />
        </div>
      ))}
      <button type="button" className="quiet" onClick={() => put([...pairs, ['', emptyOf(child)]])}>{t('add')}</button>
      <Problem of={errors[path]} />
    </fieldset>
  );
}

function Items({ name, path, schema, value, required, errors, onChange }: FieldProps) {
  const label = useLabel();
  const { t } = useWords();
  const items = Array.isArray(value) ? (value as unknown[]) : [];
  const child = schema.items ?? { type: 'string' };
  return (
    <fieldset className="field">
      <legend>{label(name)}{required && schema.minItems ? <Required /> : null}</legend>
      {items.map((item, i) => (
        <div key={i} className="row">
          <Field name={`${label(name)} ${i + 1}`} path={`${path}.${i}`} schema={child} value={item} required errors={errors} onChange={(n) => onChange(items.map((old, j) => (i === j ? n : old)))} />
          <button type="button" className="quiet" aria-label={t('remove')} onClick={() => onChange(items.filter((_, j) => j !== i))}>✕</button>
        </div>
      ))}
      <button type="button" className="quiet" onClick={() => onChange([...items, emptyOf(child) ?? ''])}>{t('add')}</button>
      <Problem of={errors[path]} />
    </fieldset>
  );
}

/** Several of what is known: ticked, in their order; or, where the field has a word for it, the whole. */
function Ticked({ name, path, schema, value, required, errors, onChange, offered }: FieldProps & { offered: readonly Choice[] }) {
  const label = useLabel();
  const { t } = useWords();
  const id = useId();
  const { hints, home } = use(KnownContext);
  const whole = alternativesOf(schema).find((s) => s.const !== undefined)?.const;
  const some = Array.isArray(value) ? (value as unknown[]) : [];
  const tick = (one: string, on: boolean) => onChange(offered.map((c) => c.id).filter((c) => (c === one ? on : some.includes(c))));
  return (
    <fieldset className="field ticks" aria-describedby={`${id}-beneath`}>
      <legend>{label(name)}{required && listOf(schema)?.minItems ? <Required /> : null}</legend>
      {whole !== undefined && (
        <>
          <label><input type="radio" name={id} checked={!Array.isArray(value)} onChange={() => onChange(whole)} /> {t(`value.${name}.${whole as string}`, home ? { ns: home } : {})}</label>
          <label><input type="radio" name={id} checked={Array.isArray(value)} onChange={() => onChange([])} /> {t('onlySome')}</label>
        </>
      )}
      {(whole === undefined || Array.isArray(value)) &&
        offered.map((c) => (
          <label key={c.id}><input type="checkbox" checked={some.includes(c.id)} onChange={(e) => tick(c.id, e.target.checked)} /> <bdi>{c.label}</bdi></label>
        ))}
      <div id={`${id}-beneath`}>
        {hints?.[name] && <small className="muted">{hints[name]}</small>}
        <Problem of={errors[path]} />
      </div>
    </fieldset>
  );
}

function Single({ name, path, schema, value, required, errors, onChange }: FieldProps) {
  const id = useId();
  const label = useLabel();
  const { t } = useWords();
  const problem = errors[path];
  const common = { id, 'aria-invalid': problem !== undefined, 'aria-describedby': problem ? `${id}-problem` : undefined };
  const text = value === undefined || value === null ? '' : String(value as string | number);
  const hint = schema.format === 'edtf' ? t('hint.edtf') : undefined;
  const { choices, home } = use(KnownContext);
  const offered = choices?.[name];
  const control = () => {
    if (offered)
      return (
        <select {...common} value={text} onChange={(e) => onChange(e.target.value || undefined)}>
          <option value="">{t('choose')}</option>
          {offered.map((c) => <option key={c.id} value={c.id}>{c.label}</option>)}
        </select>
      );
    if (schema.enum)
      return (
        <select {...common} value={text} onChange={(e) => onChange(e.target.value || undefined)}>
          <option value="">{t('choose')}</option>
          {schema.enum.map((v) => <option key={v} value={v}>{t(`value.${path.split('.').findLast((p) => !/^\d+$/.test(p)) ?? name}.${v}`, { defaultValue: String(v), ...(home ? { ns: home } : {}) })}</option>)}
        </select>
      );
    if (schema.ref && COLLECTIONS[schema.ref]) return <Chooser common={common} collection={COLLECTIONS[schema.ref]!} value={text} onChange={onChange} />;
    if (schema.type === 'boolean') return <input {...common} type="checkbox" checked={value === true} onChange={(e) => onChange(e.target.checked)} />;
    if (schema.type === 'number' || schema.type === 'integer')
      return <input {...common} type="number" value={text} min={schema.minimum} onChange={(e) => onChange(e.target.value === '' ? undefined : Number(e.target.value))} />;
    if (schema.format === 'date') return <input {...common} type="date" value={text} onChange={(e) => onChange(e.target.value || undefined)} />;
    if (schema.format === 'date-time')
      return <input {...common} type="datetime-local" value={text.slice(0, 16)} onChange={(e) => onChange(e.target.value ? new Date(`${e.target.value}:00Z`).toISOString().replace('.000', '') : undefined)} />;
    if (schema.format === 'prose') return <textarea {...common} rows={4} dir="auto" value={text} onChange={(e) => onChange(e.target.value || undefined)} />;
    if (schema.format === 'language')
      return (
        <select {...common} value={text} onChange={(e) => onChange(e.target.value || undefined)}>
          <option value="">{t('choose')}</option>
          {LANGUAGES.map((l) => <option key={l.tag} value={l.tag}>{l.name}</option>)}
        </select>
      );
    return <input {...common} type="text" dir="auto" value={text} onChange={(e) => onChange(e.target.value || undefined)} />;
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label(name)}{required && <Required />}{schema.format === 'date-time' && <small> UTC</small>}</label>
      {control()}
      {hint && <small className="muted">{hint}</small>}
      <span id={`${id}-problem`}><Problem of={problem} /></span>
    </div>
  );
}

interface Titled { names?: Record<string, string> | { full: string }[]; titles?: Record<string, string>; subject?: Record<string, string> }
function Chooser({ common, collection, value, onChange }: { common: object; collection: string; value: string; onChange: (v: unknown) => void }) {
  const { lang, t } = useWords();
  const { data } = useList<Titled>(`${collection}?limit=500`);
  const name = ({ id, doc }: Row<Titled>) => (Array.isArray(doc.names) ? doc.names[0]?.full : inLanguage(doc.names ?? doc.titles ?? doc.subject, lang)) ?? id;
  const rows = ((data as Page<Titled> | undefined)?.rows ?? []).map((r) => ({ id: r.id, name: name(r) })).toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <select {...common} value={value} onChange={(e) => onChange(e.target.value || undefined)}>
      <option value="">{t('choose')}</option>
      {rows.map((r) => <option key={r.id} value={r.id}>{r.name}</option>)}
    </select>
  );
}

function Required() {
  const { t } = useWords();
  return <span className="required"> {t('required')}</span>;
}
function Problem({ of }: { of: string | undefined }) {
  return of ? <strong className="problem" role="alert">{of}</strong> : null;
}
export function useFormState(schema: JsonSchema, preset: Record<string, unknown> = {}) {
  return useState<Record<string, unknown>>({ ...(emptyOf(schema) as Record<string, unknown> | undefined), ...preset });
}
