import { type Refusal, refuse } from '#kernel';
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { type ExchangedConcept, gathered, MOST_CONCEPTS, STATUSES } from './model.js';

/** One line for each designation; a definition stands with its language, on a line of its own where the language has no term. */
const COLUMNS = ['concept', 'domain', 'protected', 'lang', 'term', 'status', 'source', 'definition'] as const;
type Line = Record<(typeof COLUMNS)[number], string>;
/** In bytes. */
const LIMIT = 10 * 1024 * 1024;

/** What programs for tables take for a formula: it gets an apostrophe before it, as they themselves would write it, and loses it when read (OWASP, CSV injection). */
const FORMULA = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
const unguarded = (text: string): string => (text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text);

/** RFC 4180 with CRLF, UTF-8 with its mark, by which Excel knows it. */
export function termsToCsv(concepts: readonly ExchangedConcept[]): string {
  const lines = concepts.flatMap(({ id, domain, protected: isProtected, definition, designations }): Line[] => {
    const told = new Set<string>();
    const line = (lang: string, rest: Pick<Line, 'term' | 'status' | 'source'>): Line => {
      const first = !told.has(lang);
      told.add(lang);
      return { concept: id, domain: domain ?? '', protected: isProtected ? 'yes' : 'no', lang, ...rest, definition: first ? (definition[lang] ?? '') : '' };
    };
    return [
      ...designations.map(({ lang, term, status, source }) => line(lang, { term, status, source })),
      ...Object.keys(definition).filter((lang) => !designations.some((d) => d.lang === lang)).map((lang) => line(lang, { term: '', status: '', source: '' })),
    ];
  });
  const rows = lines.map((line) => COLUMNS.map((column) => guarded(line[column])));
  return stringify([[...COLUMNS], ...rows], { bom: true, record_delimiter: 'windows' });
}

/** Comma, semicolon or tab between them: as the first line has it. */
export function termsFromCsv(bytes: Uint8Array): ExchangedConcept[] | Refusal {
  if (bytes.length > LIMIT) return refuse('exchange.too-large', { megabytes: LIMIT / 2 ** 20 });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('exchange.encoding', { encoding: 'utf-8' });
  }
  const [head = ''] = text.split(/[\r\n]/, 1);
  const delimiter = [',', ';', '\t'].toSorted((a, b) => head.split(b).length - head.split(a).length)[0]!;
  let lines: Partial<Line>[];
  try {
    lines = parse<Partial<Line>>(text, {
      delimiter, skip_empty_lines: true, relax_column_count_less: true, max_record_size: 200_000,
      columns: (header: string[]) => header.map((name) => (COLUMNS.find((column) => column === unguarded(name).trim().toLowerCase()) ?? false)),
    });
  } catch (error) {
    return refuse('exchange.not-csv', { line: error instanceof CsvError && typeof error['lines'] === 'number' ? error['lines'] : 1 });
  }
  if (lines.length > MOST_CONCEPTS * 10) return refuse('exchange.too-many', { most: MOST_CONCEPTS });
  const parts: ExchangedConcept[] = [];
  for (const [i, line] of lines.entries()) {
    const of = (column: keyof Line) => unguarded(line[column] ?? '');
    const [id, lang, term, status] = [of('concept').trim(), of('lang').trim(), of('term'), of('status').trim().toLowerCase() || 'preferred'];
    const missing = id === '' ? 'concept' : lang === '' ? 'lang' : !STATUSES.includes(status as never) ? 'status' : null;
    // In the file: the first line is that of the names.
    if (missing !== null) return refuse('exchange.csv-column', { line: i + 2, column: missing });
    const definition = of('definition');
    parts.push({
      id, domain: of('domain').trim() || null, protected: /^(yes|true|1|oui|sí|si|sim|yego|نعم)$/i.test(of('protected').trim()), definition: definition === '' ? {} : { [lang]: definition },
      designations: term.trim() === '' ? [] : [{ lang, term, status: status as never, source: of('source') }],
    });
  }
  return parts.length === 0 ? refuse('exchange.no-terms') : gathered(parts);
}
