import { type CellRef, type LostEdit, parseCell, parseStep, Replica } from '#text';
import { forget, keep, keptOf, recover, type Recovered } from './keep.js';

/** Keeps what of a text is not in the record yet, or forgets it once it is. A device without a store keeps nothing, and writing goes on. */
export function keepUnsent(person: string, cell: string, replica: Replica | null, lostAt: number | null): void {
  if (!replica || replica.unconfirmed === 0) {
    void forget(person, cell).catch(() => undefined);
    return;
  }
  void keep({ cell, person, confirmed: replica.confirmed.toJSON(), version: replica.version, steps: replica.pendingSteps, sent: replica.underWay, at: lostAt ?? Date.now() }).catch(() => undefined);
}

/** What an earlier page left unsent: the copy as it stood, and since when it has been without a line. */
export async function restoreUnsent(person: string, cell: string): Promise<{ replica: Replica; at: number } | undefined> {
  const kept = await keptOf(person, cell).catch(() => undefined);
  if (!kept) return undefined;
  try {
    const replica = new Replica(parseCell(kept.confirmed), kept.version);
    replica.edit(kept.steps.map(parseStep));
    if (kept.sent) replica.sentBefore(kept.sent);
    return { replica, at: kept.at };
  } catch {
    await forget(person, cell);
    return undefined;
  }
}

/** Edits that found no place go to the tray. Neighbouring edits of one hand are one entry: nobody wants a sentence back letter by letter. */
export function recoverLost({ document: { type, id }, clauseId, lang }: CellRef, person: string, lost: readonly LostEdit[], why: Recovered['why']): void {
  const [first] = lost;
  if (first === undefined) return;
  const words = lost.filter((l) => l.kind === 'insert').map((l) => l.text).join('');
  const text = words === '' ? `− ${lost.map((l) => l.text).join('')}` : words;
  void recover({ person, document: `${type}-${id}`, clauseId, lang, text, left: first.left, right: lost.at(-1)!.right, why }).catch(() => undefined);
}

/** SHA-256 of a text's UTF-8 bytes, lower-case hexadecimal. */
export async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, '0')).join('');
}

/** One tab writes, the others follow: takes the lock of this name. @returns how to let it go; nothing where another tab has it */
export function onlyHere(name: string): Promise<(() => void) | undefined> {
  if (!('locks' in navigator)) return Promise.resolve(() => undefined);
  return new Promise((known) => {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock === null) return known(undefined);
      return new Promise<void>((done) => known(done));
    });
  });
}
