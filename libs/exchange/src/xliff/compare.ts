import { canonicalParagraph, type Refusal, refuse } from '#kernel';
import { checkSegment, type Finding } from '#text';
import type { ExchangedTranslation, ReadTranslation } from './model.js';

/** A clause of a file beside the same clause as it stands. */
export interface ComparedSegment {
  readonly segmentId: string;
  readonly label: string | null;
  /** As it stands here; of an unknown clause as the file has it. */
  readonly source: string;
  readonly sourceDigest: string | null;
  /** Digest of the words from which the file was translated. */
  readonly madeFrom: string;
  readonly current: string | null;
  /** Null where the file has no translation of it. */
  readonly incoming: string | null;
  /**
   * `new`: there was none; `changed`: other words, or the same ones, which the tool has approved and which are a draft here or behind; `source-moved`: it was translated
   * from other words than those that stand here; `unknown`: no clause of this text.
   */
  readonly status: 'new' | 'same' | 'changed' | 'source-moved' | 'unknown';
  readonly approved: boolean;
  /** Names of marks that a text here cannot keep; their words are kept. */
  readonly foreign: readonly string[];
  readonly findings: readonly Finding[];
}

/** Is a file about this translation? */
export function refuseOther(read: ReadTranslation, { document, sourceLang, targetLang }: Pick<ExchangedTranslation, 'document' | 'sourceLang' | 'targetLang'>): Refusal | null {
  if (read.document.type !== document.type || read.document.id !== document.id)
    return refuse('exchange.wrong-document', { found: `${read.document.type}/${read.document.id}`, expected: `${document.type}/${document.id}` });
  const same = (a: string | null, b: string) => a?.toLowerCase() === b.toLowerCase();
  if (!same(read.sourceLang, sourceLang) || !same(read.targetLang, targetLang))
    return refuse('exchange.wrong-language', { found: `${read.sourceLang} → ${read.targetLang ?? ''}`.slice(0, 80), expected: `${sourceLang} → ${targetLang}` });
  return null;
}

/** Every clause of the file in its order; nothing is written. `sha256` over UTF-8, in lower-case hexadecimal. */
export function compareTranslation(read: ReadTranslation, current: ExchangedTranslation, sha256: (text: string) => string): ComparedSegment[] {
  const own = new Map(current.segments.map((segment) => [segment.id, segment]));
  const { sourceLang, targetLang, terms } = current;
  return read.units.map(({ segmentId, label, source, sourceDigest, target, approved }): ComparedSegment => {
    const segment = own.get(segmentId);
    const incoming = target === null ? null : canonicalParagraph(target.text);
    const foreign = [...new Set([...source.foreign, ...(target?.foreign ?? [])])];
    const kept = sha256(canonicalParagraph(source.text));
    if (segment === undefined) return { segmentId, label, source: source.text, sourceDigest, madeFrom: sourceDigest ?? kept, current: null, incoming, status: 'unknown', approved, foreign, findings: [] };
    // By the digest that the export gave it, and by the words that the tool has kept.
    const madeFrom = [sourceDigest, kept].find((digest) => digest !== null && digest !== segment.sourceDigest) ?? segment.sourceDigest;
    const moved = madeFrom !== segment.sourceDigest;
    const before = segment.target === null ? null : canonicalParagraph(segment.target);
    // Who takes a draft as it is, or leaves as it is what has fallen behind, says so by approving it: our own export approves neither.
    const confirmed = approved && (segment.state === 'draft' || segment.state === 'stale');
    const status = incoming === null || (incoming === before && !confirmed) ? 'same' : moved ? 'source-moved' : before === null ? 'new' : 'changed';
    return {
      segmentId, label: segment.label, source: segment.source, sourceDigest: segment.sourceDigest, madeFrom, current: segment.target, incoming, status, approved, foreign,
      findings: incoming === null ? [] : checkSegment({ source: segment.source, target: incoming, sourceLang, targetLang, terms }),
    };
  });
}
