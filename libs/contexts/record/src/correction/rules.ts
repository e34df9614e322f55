import { type Circumstances, type Label, refuse, type Refusal } from '#kernel';
import type { Target } from './events.js';

/** What is known of the target. A target that the actor may not read is answered like one that is not there (G6). */
export interface CorrectionEvidence {
  readonly target: {
    readonly label: Label;
    /** The value of the field; null where the event has no such field. */
    readonly value: string | null;
    readonly bound: boolean;
    /** Ids of those who put their names to the text. */
    readonly signatories: readonly string[];
  } | null;
  /** The earliest instant at which objections may end. */
  readonly objectionsNotBefore: string;
}
export type Ctx = Circumstances<CorrectionEvidence | undefined>;

/** The strictest that names nobody: for a target of which an import knows nothing more (security, rule 1). */
const UNKNOWN: Label = { tlp: 'AMBER', groups: [] };

export const asOfTarget = ({ evidence }: Ctx) => ({ label: evidence?.target?.label ?? UNKNOWN, bound: evidence?.target?.bound ?? false });

const nfc = (text: string) => text.normalize('NFC');
/** The reading that is queried or called wrong stands in the record, letter for letter (COR-1). */
export function notAsRecorded(target: Target, reading: string, { evidence }: Ctx): Refusal | undefined {
  const found = evidence?.target ?? null;
  if (found === null) return refuse('correction.unknown-target', { stream: target.stream }, 'COR-1');
  if (found.value === null) return refuse('correction.unknown-field', { field: target.field }, 'COR-1');
  return nfc(found.value).includes(nfc(reading)) ? undefined : refuse('correction.not-the-reading', { reading }, 'COR-1');
}

export const sameTarget = (a: Target, b: Target): boolean =>
  a.stream === b.stream && a.field === b.field && a.position === b.position && a.revision === b.revision;

/** Instants are compared without their final Z, so that fractions of a second sort where they belong. */
export const isBefore = (a: string, b: string): boolean => a.slice(0, -1) < b.slice(0, -1);
