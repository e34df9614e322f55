import { parse } from 'csv-parse/sync';

/** Controls that no text has: without line ends, tabs and form feeds. */
const CONTROLS = /[\p{Cc}--[\n\r\t\f]]/v;
/** What a browser or a shell would run. */
const RUNS = /^\s*(?:<[!?a-z]|#!)|<(?:script|html|svg|iframe|body)[\s>/]/i;

/** Plain text in UTF-8, or a table of it; null for anything else. */
export function textType(bytes: Uint8Array): 'text/plain' | 'text/csv' | null {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
  if (text.trim() === '' || CONTROLS.test(text) || RUNS.test(text)) return null;
  return [',', ';', '\t'].some((delimiter) => isTable(text, delimiter)) ? 'text/csv' : 'text/plain';
}

/** Rows of the same number of columns, two of each at the least. */
function isTable(text: string, delimiter: string): boolean {
  try {
    const rows = parse(text, { delimiter, to: 1000 }) as string[][];
    return rows.length > 1 && rows[0]!.length > 1;
  } catch {
    return false;
  }
}
