import type { CellRole, Shut } from '#contexts/drafting';
import type { CellDoc } from '#text';

/** How it stands with one's own words, as it is said on the screen. */
export type Saving = 'saved' | 'saving' | 'offline';
export interface Snapshot {
  readonly ready: boolean;
  readonly status: 'none' | 'open' | 'closed';
  readonly role: CellRole | 'none';
  readonly shut: Shut | null;
  readonly text: string;
  readonly doc: CellDoc | null;
  readonly version: number;
  readonly saving: Saving;
  readonly savedAt: number | null;
  readonly unconfirmed: number;
  /** Others wrote here while one was away for long: nothing is sent before one has compared. */
  readonly comparing: { readonly mine: string; readonly theirs: string } | null;
  readonly lastBy: string | null;
  readonly elsewhere: boolean;
}

export const NOTHING_YET: Snapshot = {
  ready: false, status: 'none', role: 'read', shut: null, text: '', doc: null, version: 0, saving: 'saved', savedAt: null, unconfirmed: 0, comparing: null, lastBy: null, elsewhere: false,
};
