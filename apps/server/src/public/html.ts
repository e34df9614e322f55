/** Markup that is safe as it stands. */
export class Html {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}
export type Part = Html | string | number | false | null | undefined | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** For text and for quoted attributes, of HTML and of XML. */
export const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign]!);

const written = new WeakMap<TemplateStringsArray, readonly string[]>();
/** Line breaks of a template with the spaces round them are for its writer: they are left out of the page. */
function pieces(strings: TemplateStringsArray): readonly string[] {
  let found = written.get(strings);
  if (found === undefined) written.set(strings, (found = strings.map((s) => s.replaceAll(/\s*\n\s*/g, ''))));
  return found;
}
function print(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  return typeof part === 'object' ? part.map(print).join('') : escape(String(part));
}

/** A template of HTML or XML: whatever is put in is escaped, unless it is markup of another template. Attributes stand in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const own = pieces(strings);
  let text = own[0]!;
  for (const [i, part] of parts.entries()) text += print(part) + own[i + 1]!;
  return new Html(text);
}

/** Data for programs within a page: no sign in it can end the element. */
export const jsonScript = (data: unknown): Html => new Html(JSON.stringify(data).replaceAll(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`));
