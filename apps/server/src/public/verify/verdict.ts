import { canonicalParagraph } from '#kernel';
import { canonicalText } from '#contexts/statements';
import type { Commitment, PublicReading, PublicStatement, PublicText } from '../reading.js';
import { type RecordIndex, sha256 } from '../record-index.js';
import { type Comparison, compare } from './compare.js';
import { NotText, textOf } from './extract.js';
import type { Submitted } from './form.js';

export interface Against {
  readonly statement: PublicStatement;
  readonly text: PublicText;
  /** Null: all languages together. */
  readonly lang: string | null;
}
/** What is answered to “is this the text?”. */
export type Verdict =
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable'; readonly reason: NotText['reason'] }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'unknown'; readonly digest: string }
  | { readonly kind: 'committed'; readonly digest: string; readonly commitment: Commitment }
  /** By a digest; `clause` where it is that of one clause. */
  | ({ readonly kind: 'digest'; readonly digest: string; readonly clause: { readonly id: string; readonly label: string } | null } & Against)
  /** Word for word; `exact`: with the very digest of the published text. */
  | ({ readonly kind: 'same'; readonly digest: string; readonly exact: boolean; readonly comparison: Comparison } & Against)
  | ({ readonly kind: 'differs'; readonly digest: string; readonly comparison: Comparison } & Against);

const DIGEST = /^[0-9a-f]{64}$/;
/** Signs of a text that is compared: some six times the longest statement there has been. */
const MOST_SIGNS = 300_000;
/** Share of a text's own words below which what was given is called another text. */
const ALIKE = 0.25;

/** Compares what was handed in with everything that has been published, in every language; nothing of it is kept. */
export async function verify(submitted: Submitted, reading: PublicReading, index: RecordIndex, headings: (lang: string) => readonly string[]): Promise<Verdict> {
  await index.refresh();
  const bare = submitted.digest.replaceAll(/[\s:-]/g, '').toLowerCase();
  const typed = bare === '' ? submitted.text.trim().toLowerCase() : bare;
  if (DIGEST.test(typed)) return byDigest(typed, reading, index);
  let given = submitted.text;
  if (submitted.file !== null) {
    try {
      given = textOf(submitted.file.bytes);
    } catch (error) {
      if (error instanceof NotText) return { kind: 'unreadable', reason: error.reason };
      throw error;
    }
  }
  if (given.trim() === '') return bare === '' ? { kind: 'empty' } : { kind: 'unknown', digest: bare.slice(0, 80) };
  if (given.length > MOST_SIGNS) return { kind: 'too-long' };
  const digest = sha256(given.split(/\n\s*\n/).map(canonicalParagraph).filter((p) => p !== '').join('\n\n'));
  const whole = index.find(digest) ?? index.find(sha256(canonicalParagraph(given)));
  if (whole && whole.lang !== null && whole.clauseId !== null) return byDigest(sha256(canonicalParagraph(given)), reading, index);
  const candidates = index.nearest(given, 4);
  let best: Extract<Verdict, { kind: 'same' | 'differs' }> | null = null;
  for (const { at, share } of candidates) {
    if (share < ALIKE) continue;
    const against = await againstOf(reading, at.statementId, at.revision, at.corrections, at.lang);
    if (against === null) continue;
    const clauses = against.text.clauses.flatMap((c) => (c.text[at.lang] === undefined ? [] : [{ id: c.id, label: c.label, text: c.text[at.lang]! }]));
    const comparison = compare(clauses, given, at.lang, headings(at.lang));
    if (comparison.differences.length === 0) {
      const written = { subject: against.text.title, leadLanguage: against.text.leadLanguage, languages: [at.lang], clauses: against.text.clauses.map((c) => ({ ...c, stale: [] })) };
      return { kind: 'same', digest: against.text.digests[at.lang] ?? digest, exact: digest === against.text.digests[at.lang] || digest === sha256(canonicalText(written, at.lang)), comparison, ...against };
    }
    if (best === null || comparison.same > best.comparison.same) best = { kind: 'differs', digest, comparison, ...against };
  }
  return best ?? { kind: 'unknown', digest };
}

async function byDigest(digest: string, reading: PublicReading, index: RecordIndex): Promise<Verdict> {
  const found = index.find(digest);
  if (found) {
    const against = await againstOf(reading, found.statementId, found.revision, found.corrections, found.lang);
    const clause = against?.text.clauses.find((c) => c.id === found.clauseId) ?? null;
    if (against) return { kind: 'digest', digest, clause: clause && { id: clause.id, label: clause.label }, ...against };
  }
  const commitment = (await reading.commitments()).find(({ doc }) => doc.digest === digest)?.doc;
  return commitment ? { kind: 'committed', digest, commitment } : { kind: 'unknown', digest };
}

async function againstOf(reading: PublicReading, id: string, revision: number, corrections: number, lang: string | null): Promise<Against | null> {
  const statement = await reading.statement(id);
  const text = statement?.texts.find((t) => t.revision === revision && t.corrections === corrections);
  return statement && text ? { statement, text, lang } : null;
}
