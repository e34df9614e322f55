import type { SentCommit, StepJson } from '#text';

/** What of a text is not in the record yet, kept on this device so that neither a closed tab nor a dead battery loses it. */
export interface Kept {
  readonly cell: string;
  /** Whose it is: another account on this device never sees it. */
  readonly person: string;
  readonly confirmed: unknown;
  readonly version: number;
  readonly steps: readonly StepJson[];
  readonly sent: SentCommit | null;
  readonly at: number;
}
/** Words that found no place in the text, with the place that they belonged to. */
export interface Recovered {
  readonly id: string;
  readonly person: string;
  readonly document: string;
  readonly clauseId: string;
  readonly lang: string;
  readonly text: string;
  readonly left: string;
  readonly right: string;
  /** `dropped`: others deleted the words round it; else why it was not taken. */
  readonly why: 'dropped' | 'stale' | 'denied' | 'frozen' | 'invalid' | 'kept';
  readonly at: number;
}

let opening: Promise<IDBDatabase> | undefined;
function database(): Promise<IDBDatabase> {
  return (opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('comity-drafting', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('kept', { keyPath: ['person', 'cell'] });
      request.result.createObjectStore('recovered', { keyPath: 'id' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('indexedDB'));
  }));
}
async function run<T>(store: 'kept' | 'recovered', mode: IDBTransactionMode, act: (s: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await database();
  return new Promise((resolve, reject) => {
    const request = act(db.transaction(store, mode).objectStore(store));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('indexedDB'));
  });
}

export const keep = (kept: Kept): Promise<unknown> => run('kept', 'readwrite', (s) => s.put(kept));
export const forget = (person: string, cell: string): Promise<unknown> => run('kept', 'readwrite', (s) => s.delete([person, cell]));
export const keptOf = (person: string, cell: string): Promise<Kept | undefined> => run('kept', 'readonly', (s) => s.get([person, cell]) as IDBRequest<Kept | undefined>);

type Listener = () => void;
const listeners = new Set<Listener>();
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('comity-recovered');
const tell = () => listeners.forEach((l) => l());
if (channel) channel.onmessage = tell;
export const onRecovered = (listener: Listener): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const changed = () => {
  tell();
  channel?.postMessage(null);
};
export async function recover(entry: Omit<Recovered, 'id' | 'at'>): Promise<void> {
  await run('recovered', 'readwrite', (s) => s.put({ ...entry, id: crypto.randomUUID(), at: Date.now() } satisfies Recovered));
  changed();
}
export async function discard(id: string): Promise<void> {
  await run('recovered', 'readwrite', (s) => s.delete(id));
  changed();
}
export async function recoveredIn(person: string, document: string): Promise<Recovered[]> {
  const all = await run<Recovered[]>('recovered', 'readonly', (s) => s.getAll() as IDBRequest<Recovered[]>);
  return all.filter((r) => r.person === person && r.document === document).toSorted((a, b) => b.at - a.at);
}
