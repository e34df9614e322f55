import { canonicalParagraph } from '#kernel';
import type { ExchangedDocument } from '../document.js';

/**
 * The canonical text in one language: what is digested, signed and verified, byte for byte, without a line feed at the end. In UTF-8 its SHA-256 is the published
 * digest, so that `sha256sum` of the file shows it. Of a statement the title and each clause behind its label; of a memorandum the clauses; an empty line between.
 */
export function toPlainText({ type, title, languages, clauses }: Pick<ExchangedDocument, 'type' | 'title' | 'languages' | 'clauses'>, lang: string): string {
  const words = clauses.map((c) => c.text[lang] ?? '');
  const parts = type === 'mou' ? words : [title[lang] ?? title[languages[0]?.tag ?? ''] ?? '', ...words.map((text, i) => `${clauses[i]!.label} ${text}`)];
  return parts.map(canonicalParagraph).join('\n\n');
}
