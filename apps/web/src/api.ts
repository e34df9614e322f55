import type { Label, Multilingual } from '#kernel';

/** A document as the API sends it. */
export interface Row<D> {
  id: string;
  doc: D;
  revision: number;
  position: string;
  label: Label;
  mode: 'live' | 'import' | 'exercise';
  recordedAt: string;
}
export interface Page<D> {
  rows: Row<D>[];
  next: string | null;
  total: number;
}
export type Names = Record<string, Multilingual>;

export interface Activity {
  type: string;
  stream: string;
  category: string;
  streamId: string;
  revision: number;
  data: Record<string, unknown>;
  actor: { personId: string; capacity: string; onBehalfOf?: string; authorityId?: string; grantedBy?: string; rule?: string };
  mode: string;
  recordedAt: string;
  validTime: string | null;
  basis?: Readonly<Record<string, string>>;
  sources?: { title?: string; url?: string; quote?: string; archivedDigest?: string }[];
  confidence?: string;
  eventId: string;
  commandId: string;
  correlationId: string;
  causationId: string | null;
}
export interface Duty {
  kind: string;
  view: string;
  id: string;
  deadline?: string;
  command?: string;
  title: Record<string, string> | null;
}
export interface Acts {
  entries: Row<Activity>[];
  next: string | null;
  names: Names;
}
export interface Action {
  aggregate: string;
  command: string;
  allowed: boolean;
  because: 'allowed' | 'not-now' | 'not-you';
  from: string[];
  guards: string[];
  input: JsonSchema | null;
  /** Only in the name of another: by what authority, whose, until when. */
  authority?: { authorityId: string; grantedBy: string; until: string };
}
export interface JsonSchema {
  type?: string;
  format?: string;
  ref?: string;
  /** Only an import gives it. */
  import?: boolean;
  enum?: (string | number)[];
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  minItems?: number;
  minimum?: number;
  maximum?: number;
  description?: string;
  $ref?: string;
}
export interface Me {
  account: {
    email: string;
    personId: string;
    displayName: string;
    language: string;
    exercise: boolean;
    grants: { capacity: string; onBehalfOf?: string }[];
  } | null;
  csrf: string | null;
  language: string;
  demo: boolean;
}

/** What the server refused, in the reader's language. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: {
      title: string;
      code: string;
      rule?: string;
      fields?: { path: string; code: string; message: string }[];
      unmet?: { code: string; rule?: string; message: string }[];
    },
  ) {
    super(problem.title);
  }
}

let csrf: string | null = null;
export const setCsrf = (token: string | null): void => {
  csrf = token;
};

async function answerOf<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  const json: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, (json ?? { title: response.statusText, code: 'unreachable' }) as Refused['problem']);
  return json as T;
}

async function call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: {
      accept: 'application/json',
      ...(method === 'GET' ? {} : { 'content-type': 'application/json', ...(csrf ? { 'x-comity-csrf': csrf } : {}) }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answerOf<T>(response);
}

/** Sends a file as it is; its name goes beside it. */
export const sendFile = async <T>(path: string, file: File, headers: Record<string, string> = {}): Promise<T> =>
  answerOf<T>(await fetch(path, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name), 'idempotency-key': crypto.randomUUID(), ...(csrf ? { 'x-comity-csrf': csrf } : {}), ...headers },
    body: file,
  }));

/** The same with how much of it is sent, in per cent. */
export const upload = <T>(path: string, file: File, sent: (percent: number) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    for (const [name, value] of Object.entries({ accept: 'application/json', 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name), 'idempotency-key': crypto.randomUUID(), ...(csrf ? { 'x-comity-csrf': csrf } : {}) })) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (e) => { if (e.lengthComputable) sent(Math.round((e.loaded / e.total) * 100)); });
    request.addEventListener('error', () => reject(new TypeError('network')));
    request.addEventListener('load', () => { answerOf<T>(new Response(request.status === 204 ? null : request.responseText, { status: request.status, statusText: request.statusText })).then(resolve, reject); });
    request.send(file);
  });

export const get = <T>(path: string): Promise<T> => call('GET', path);
export const send = <T>(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers?: Record<string, string>): Promise<T> =>
  call(method, path, body, headers);

const kebab = (name: string) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();

/** Gives a command; the same key may be sent again after a lost answer without doing it twice. */
export const command = (
  collection: string,
  id: string,
  name: string,
  input: unknown,
  options: { expectedRevision?: number; key?: string } = {},
): Promise<{ stream: string; revision: number; position: string }> =>
  send(
    'POST',
    `/api/v1/${collection}/${encodeURIComponent(id)}/${kebab(name)}`,
    { input, ...(options.expectedRevision === undefined ? {} : { expectedRevision: options.expectedRevision }) },
    { 'idempotency-key': options.key ?? crypto.randomUUID() },
  );
