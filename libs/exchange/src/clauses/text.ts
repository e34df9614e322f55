import { canonicalParagraph } from '#kernel';
import { type ImportWarning, type Line, type ProposedText, recognise, type VerbOfClause } from './recognise.js';

const MARKED = /^\s*(?:\(?[\p{L}\p{Nd}]{1,4}[.)]|[-–•*‣])\s/u;
const OWN = /^(PP|OP|AN)\s?\d/;

/** Lines that a mail program cut at about 72 characters belong together; a list of items does not. */
const wrapped = (lines: readonly string[]): boolean =>
  lines.length > 1 && !OWN.test(lines[0]!) && lines.slice(0, -1).every((l) => l.length >= 55 && l.length <= 90) && lines.slice(1).every((l) => !MARKED.test(l));

/**
 * Proposes clauses from plain text: paragraphs stand apart by empty lines, or are single lines where there is no empty line. What this product writes as plain text
 * comes back clause by clause, by digest.
 */
export function clausesFromText(text: string, verbs: readonly VerbOfClause[], lang?: string): ProposedText {
  const clean = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n').replaceAll('\f', '\n');
  const blocks = /\n[^\S\n]*\n/.test(clean.trim()) ? clean.split(/\n(?:[^\S\n]*\n)+/) : clean.split('\n');
  const warnings: ImportWarning[] = [];
  const lines = blocks.map((block): Line => {
    const own = canonicalParagraph(block).split('\n');
    const joined = wrapped(own);
    if (joined && warnings.length === 0) warnings.push({ code: 'unwrapped' });
    return { text: own.join(joined ? ' ' : '\n'), label: null, role: null, level: 0 };
  });
  const found = recognise(lines, verbs, lang);
  return { ...found, warnings: [...warnings, ...found.warnings] };
}
