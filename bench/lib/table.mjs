// The one form in which figures are shown.

const number = (value, digits) => (value === undefined || value === null || Number.isNaN(value) ? '' : value.toFixed(digits));
const short = (value) => {
  if (value === undefined || value === null || Number.isNaN(value)) return '';
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : number(value, value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 || value === 0 ? 2 : 4);
};

const COLUMNS = [
  ['figure', (r) => r.what],
  ['per second', (r) => short(r.rate)],
  ['p50 ms', (r) => number(r.p50, 2)],
  ['p95 ms', (r) => number(r.p95, 2)],
  ['p99 ms', (r) => number(r.p99, 2)],
  ['CPU µs', (r) => short(r.cpu)],
  ['other', (r) => r.other ?? ''],
  ['to floor', (r) => (r.ratio === undefined ? '' : `${short(r.ratio)} ${r.of ?? ''}`.trim())],
  ['goal', (r) => r.goal ?? ''],
  ['met', (r) => (r.met === undefined ? '' : r.met ? 'yes' : 'NO')],
];

/** Markdown, so that it can stand in the README as it was printed. Columns that nobody fills are left out. */
export function table(rows) {
  const columns = COLUMNS.filter(([name, cell]) => name === 'figure' || rows.some((row) => cell(row) !== ''));
  const cells = [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, cell]) => cell(row)))];
  const widths = columns.map((_, i) => Math.max(3, ...cells.map((line) => [...line[i]].length)));
  const right = columns.map(([name]) => / ms$|µs$|second$/.test(name));
  const line = (texts) => `| ${texts.map((t, i) => (right[i] ? t.padStart(widths[i]) : t.padEnd(widths[i]))).join(' | ')} |`;
  const rule = `|${widths.map((w, i) => (right[i] ? `${'-'.repeat(w + 1)}:` : '-'.repeat(w + 2))).join('|')}|`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}
