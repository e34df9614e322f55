import type { CrossParty, Snapshot } from './schemas.js';

type Sided = Pick<Snapshot, 'parliament' | 'side'>;

export const parliamentsOf = (signatories: readonly Pick<Snapshot, 'parliament'>[]): string[] =>
  [...new Set(signatories.map((s) => s.parliament))].toSorted();

/**
 * The sides among the signatories of each claimed parliament. A parliament bears the mark when at least one signatory sat on the
 * government side and at least one on the opposition side on the day of signing (STM-7); who sits on neither counts for neither.
 */
export const crossParty = (signatories: readonly Sided[]): CrossParty[] =>
  parliamentsOf(signatories).map((parliament) => {
    const sides = signatories.filter((s) => s.parliament === parliament).map((s) => s.side);
    const government = sides.filter((s) => s === 'government').length;
    const opposition = sides.filter((s) => s === 'opposition').length;
    return { parliament, government, opposition, other: sides.length - government - opposition, mark: government > 0 && opposition > 0 };
  });

/** The statement bears the cross-party mark when every claimed parliament does, and there is one. */
export const bearsMark = (parliaments: readonly CrossParty[]): boolean => parliaments.length > 0 && parliaments.every((p) => p.mark);
