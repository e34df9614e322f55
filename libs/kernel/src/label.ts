import { z } from 'zod';

/**
 * Traffic Light Protocol 2.0 (FIRST, first.org/tlp): who may read. The labels are never translated.
 * RED: the named persons. AMBER+STRICT: the named groups only. AMBER: those groups and the network's secretariat.
 * GREEN: every member of the network. CLEAR: anyone.
 */
export const Tlp = z.enum(['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR']);
export type Tlp = z.output<typeof Tlp>;

export const Label = z.object({
  tlp: Tlp,
  /** Group or partner ids that an AMBER or AMBER+STRICT label names. */
  groups: z.array(z.string()).optional(),
  /** Person ids that a RED label names. */
  persons: z.array(z.string()).optional(),
});
export type Label = z.output<typeof Label>;

export const CLEAR: Label = { tlp: 'CLEAR' };
export const GREEN: Label = { tlp: 'GREEN' };
export const amber = (...groups: string[]): Label => ({ tlp: 'AMBER', groups });

/**
 * An audience token names a set of readers: `public`, `network`, `secretariat`, `auditor`, `group:<id>`, `person:<id>`.
 * The same tokens are columns of views, rooms of sockets and the filter of search and export, so that one rule serves all.
 */
export type AudienceToken = string;

/** The readers of a label. A reader who holds any of these tokens may read. */
export function audienceOf(label: Label): readonly AudienceToken[] {
  const persons = (label.persons ?? []).map((id) => `person:${id}`);
  const groups = (label.groups ?? []).map((id) => `group:${id}`);
  switch (label.tlp) {
    case 'CLEAR':
      return ['public'];
    case 'GREEN':
      return ['network', 'auditor', ...groups];
    case 'AMBER':
      return ['secretariat', 'auditor', ...groups, ...persons];
    case 'AMBER+STRICT':
      return ['auditor', ...groups, ...persons];
    case 'RED':
      return persons;
  }
}

export const mayRead = (tokens: ReadonlySet<AudienceToken>, label: Label): boolean =>
  audienceOf(label).some((token) => tokens.has(token));
