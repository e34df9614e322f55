/** What was taken out, by kind; the words of the record's context say it (`value.stripped.<kind>`). */
export const STRIPPED = [
  'exif', 'xmp', 'iptc', 'comment', 'text', 'time', 'thumbnail', 'trailing', 'other',
  'properties', 'document-ids', 'script', 'embedded-files', 'actions', 'authors', 'revision-ids', 'older-versions', 'private-data',
] as const;
export type StrippedKind = (typeof STRIPPED)[number];

export interface Stripped {
  readonly bytes: Uint8Array;
  readonly stripped: readonly StrippedKind[];
}

/** It is not what its first bytes say, or breaks off. */
export class Broken extends Error {}
