/** What is not seen, or only as space: soft hyphens, marks and controls of direction, zero-width signs. */
const UNSEEN = /[\u00AD\u200B\u200C\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;

/** A text as it is compared with a published one: NFC, without what is not seen, each run of spaces and line breaks one space. */
export const squeeze = (text: string): string => text.normalize('NFC').replaceAll(UNSEEN, '').replaceAll(/\s+/g, ' ').trim();

const SIGNS = 16;
/** One shingle in so many is kept: those whose hash says so, in every text the same. */
const KEPT = 4;

/** Hashes of runs of characters, a sample that is the same for the same words wherever they stand (winnowing by value). */
export function fingerprints(text: string): ReadonlySet<number> {
  const plain = squeeze(text).toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '');
  const found = new Set<number>();
  for (let i = 0; i + SIGNS <= plain.length; i++) {
    // FNV-1a, 32 bits.
    let hash = 0x811c9dc5;
    for (let k = i; k < i + SIGNS; k++) hash = Math.imul(hash ^ plain.charCodeAt(k), 0x01000193);
    hash >>>= 0;
    if (hash % KEPT === 0) found.add(hash);
  }
  return found;
}
