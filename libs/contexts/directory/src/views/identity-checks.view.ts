import { amber, type View } from '#kernel';
import type { PersonEvent } from '../person/events.js';

export interface IdentityDoc {
  checks: readonly { method: string; by: string; evidenceRef: string; at: string }[];
}

/** How somebody's identity was proved: the secretariat's affair. */
export const identityChecks: View<IdentityDoc, PersonEvent> = {
  name: 'identity-checks',
  version: 1,
  on: {
    IdentityVerified: (doc, d, { meta }) => ({ checks: [...(doc?.checks ?? []), { ...d, at: meta.recordedAt }] }),
    PersonalDataErased: () => null,
  },
  label: () => amber(),
};
