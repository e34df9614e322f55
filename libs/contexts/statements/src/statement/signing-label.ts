import type { Label } from '#kernel';
import type { StatementEvent } from './events.js';

/** Events on a signature that not everybody who reads the statement may read; undefined for all others. */
export function signingLabel(sponsors: readonly string[], { type, data }: StatementEvent): Label | undefined {
  switch (type) {
    case 'StatementSigned':
    case 'SignatureWithdrawn':
    case 'SignatureRemoved':
      return data.private ? { tlp: 'AMBER', persons: [data.personId] } : undefined;
    // A refusal is for those who asked and those who have signed; the public has no part in it.
    case 'SignatureDeclined':
      return { tlp: 'AMBER', ...(data.private ? {} : { groups: [...sponsors] }), persons: [data.personId, ...(data.told ?? [])] };
    default:
      return undefined;
  }
}

/** Does the page of the statement show this event? What is private moves nothing there: not the text of the page, not its revision (G6). */
export const onThePage = ({ type, data }: { readonly type: string; readonly data: unknown }): boolean =>
  type !== 'SignatureDeclined' && (data as { readonly private?: boolean } | undefined)?.private !== true;
