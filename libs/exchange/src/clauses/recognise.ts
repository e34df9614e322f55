/** From paragraphs to proposed clauses: by labels, opening verbs, the comma or semicolon at the end, and headings. It proposes; a person decides. */

export interface ProposedClause {
  readonly section: 'preambular' | 'operative' | 'annex' | 'article';
  /** Key of the opening verb. */
  readonly verb: string | null;
  readonly text: string;
  /** The number as the file had it; null where it had none. */
  readonly label: string | null;
}
/** Why the result deserves a look; `text`: the words concerned, shortened. */
export interface ImportWarning {
  readonly code:
    | 'left-out' | 'heading' | 'speaker' | 'unwrapped' | 'no-clauses' | 'verb-of-other-section' | 'tracked-changes' | 'comments' | 'footnotes' | 'pictures' | 'macros' | 'external' | 'hidden' | 'table' | 'several-languages';
  readonly text?: string;
}
export interface ProposedText {
  readonly title: string | null;
  readonly clauses: readonly ProposedClause[];
  readonly warnings: readonly ImportWarning[];
}
/** Opening verbs as data; the words by language. */
export interface VerbOfClause {
  readonly key: string;
  readonly section: 'preambular' | 'operative';
  readonly words: Readonly<Record<string, string>>;
}
/** A paragraph before it is judged. `role`: what its style says; `label`: a number that the program gave it. */
export interface Line {
  readonly text: string;
  readonly label: string | null;
  readonly role: 'title' | 'heading' | ProposedClause['section'] | null;
  /** Depth in a numbered list, from 0. */
  readonly level: number;
}

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
const folded = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll(/[’‘ʼ]/g, "'").replaceAll('\u0640', '').replaceAll(/\s+/g, ' ');
const ADVERBS = /^(?:(?:also|further|again|once again|\p{L}+ly|aussi|également|también|asimismo|igualmente|também)\s+)/iu;

/** Finds the opening verb of a paragraph: the longest that fits. */
export function verbFinder(verbs: readonly VerbOfClause[], lang?: string): (text: string) => VerbOfClause | null {
  const known = verbs
    .flatMap((verb) => Object.entries(verb.words).filter(([l]) => lang === undefined || l === lang).map(([, words]) => ({ verb, words: folded(words), prefix: words.endsWith('\u0640') })))
    .toSorted((a, b) => b.words.length - a.words.length);
  const find = (text: string) => known.find(({ words, prefix }) => text.startsWith(words) && (prefix || !/[\p{L}\p{M}]/u.test(text.charAt(words.length))))?.verb ?? null;
  return (text) => {
    const start = folded(text.slice(0, 200)).replace(/^[\s"“«*_]+/u, '');
    return find(start) ?? find(start.replace(ADVERBS, ''));
  };
}

const OWN = /^(PP|OP|AN)\s?(\d{1,3}(?:\s?(?:bis|ter|quater))?)[.:)]?\s+/iu;
const OWN_SECTION = { PP: 'preambular', OP: 'operative', AN: 'annex' } as const;
const NUMBER = /^(?:\(?\p{Nd}{1,3}[.)]|\(\p{Nd}{1,3}\)|\p{Nd}{1,3}\s*[.)-])\s+/u;
const ITEM = /^(?:\(?(?:[a-z]{1,2}|[ivx]{1,5}|\p{Script=Arabic})\)|[-–•*‣])\s+/iu;
const ARTICLE = /^(article|art\.|artículo|artigo|المادة|ingingo(?:\s+ya)?)\s+(\p{Nd}{1,3}(?:er|º|°)?|premier|première|i[xv]|v?i{1,3}|x{1,3}|[A-Z])(?![\p{L}\p{Nd}])[.:)\s–—-]*/iu;
/** A short line that is little more than a number: the heading of an article in whatever language. */
const NUMBERED_HEADING = /^[^\p{Nd}\n,;]{0,20}?\p{Nd}{1,3}[^\p{Nd}\n,;]{0,12}$/u;
/** 第一条; סעיף א': numbers that are no digits. */
const LETTERED_HEADING = /^(?:第[一二三四五六七八九十百零〇\p{Nd}]{1,6}[条條]|סעיף\s+\p{Script=Hebrew}[\p{Script=Hebrew}'"״׳]{0,5})[.:]?$/u;
const ANNEX = /^(annex|annexe|anexo|anexos|appendix|المرفق|مرفق|umugereka|附件)(?:\s+[\p{L}\p{Nd}]{1,4})?[.:]?$/iu;
const PREAMBLE = /^(preamble|préambule|preámbulo|preâmbulo|الديباجة|irangashingiro|序言)[.:]?$/iu;
const COMMA = /[,،，、]\s*$/u;
const SEMICOLON = /[;؛；]\s*(?:and|et|y|e|و)?\s*$/u;
const END = /[.。।!?…]["”»]?\s*$/u;

/** Headings of articles: named as such, or short lines whose numbers follow on each other. */
function articleHeadings(lines: readonly Line[]): ReadonlySet<Line> {
  const named = lines.filter((l) => ARTICLE.test(l.text));
  const shorts = lines.filter((l) => l.label === null && l.text.length <= 40 && !OWN.test(l.text) && (NUMBERED_HEADING.test(l.text) || LETTERED_HEADING.test(l.text)));
  return new Set([...named, ...(shorts.length >= 3 ? shorts : [])]);
}

/** @param lang the language of the file, where it is known: else verbs of all languages are tried */
export function recognise(lines: readonly Line[], verbs: readonly VerbOfClause[], lang?: string): ProposedText {
  const verbOf = verbFinder(verbs, lang);
  const headings = articleHeadings(lines);
  const labelled = lines.some((l) => OWN.test(l.text));
  const warnings: ImportWarning[] = [];
  const clauses: ProposedClause[] = [];
  let title: string | null = null;
  let section: ProposedClause['section'] | null = null;
  let article: { label: string; parts: string[] } | null = null;
  const closeArticle = () => {
    if (article !== null) clauses.push({ section: 'article', verb: null, label: article.label, text: article.parts.join('\n') });
    article = null;
  };
  const put = (line: Line, at: ProposedClause['section'], label: string | null, text: string) => {
    const found = verbOf(text);
    const verb = found === null || found.section === at ? found : null;
    if (found !== null && verb === null && (at === 'preambular' || at === 'operative')) warnings.push({ code: 'verb-of-other-section', text: short(text) });
    section = at;
    clauses.push({ section: at, verb: verb?.key ?? null, label: label ?? line.label, text });
  };
  for (const line of lines) {
    const text = line.text;
    if (text === '') continue;
    // What stands above the first of our own labels is the title, whatever it looks like.
    if (title === null && (line.role === 'title' || (labelled && clauses.length === 0 && !OWN.test(text)))) {
      title = text;
      continue;
    }
    const heading = headings.has(line);
    if (heading) {
      closeArticle();
      const named = ARTICLE.exec(text);
      const rest = named === null ? '' : text.slice(named[0].length);
      article = { label: named?.[2] ?? /\p{Nd}+|[一二三四五六七八九十百零〇]+|(?<=\s)\p{Script=Hebrew}\S*$/u.exec(text)?.[0] ?? text, parts: rest === '' ? [] : [rest] };
      section = 'article';
      continue;
    }
    const own = OWN.exec(text);
    if (own !== null) {
      closeArticle();
      put(line, OWN_SECTION[own[1]!.toUpperCase() as keyof typeof OWN_SECTION], `${own[1]!.toUpperCase()}${own[2]!}`, text.slice(own[0].length));
      continue;
    }
    if (line.role !== null && line.role !== 'title' && line.role !== 'heading') {
      closeArticle();
      put(line, line.role, null, text);
      continue;
    }
    if (ANNEX.test(text)) {
      closeArticle();
      section = 'annex';
      continue;
    }
    if (PREAMBLE.test(text)) {
      section = 'preambular';
      continue;
    }
    if (line.role === 'heading' && verbOf(text) === null) {
      if (title === null) title = text;
      else warnings.push({ code: 'heading', text: short(text) });
      continue;
    }
    if (article !== null) {
      article.parts.push(line.label === null ? text : `${line.label} ${text}`);
      continue;
    }
    const last = clauses.at(-1);
    if (last !== undefined && (ITEM.test(text) || line.level > 0)) {
      clauses[clauses.length - 1] = { ...last, text: `${last.text}\n${line.label === null ? '' : `${line.label} `}${text}` };
      continue;
    }
    const number = NUMBER.exec(text);
    const words = number === null ? text : text.slice(number[0].length);
    const label = number === null ? line.label : number[0].trim().replaceAll(/[().\s-]/g, '');
    const verb = verbOf(words);
    const numbered = label !== null && label !== '';
    const before = section as ProposedClause['section'] | null;
    if (before === 'annex') put(line, 'annex', label, words);
    else if (verb !== null) put(line, verb.section, label, words);
    else if (title === null && clauses.length === 0 && !COMMA.test(text) && !SEMICOLON.test(text) && !numbered && text.length <= 300) title = text;
    else if (clauses.length === 0 && COMMA.test(text) && text.length <= 80 && !text.includes('\n') && before === null) warnings.push({ code: 'speaker', text: short(text) });
    else if (COMMA.test(words) && before !== 'operative') put(line, 'preambular', label, words);
    else if (SEMICOLON.test(words) || numbered || (END.test(words) && before === 'operative')) put(line, 'operative', label, words);
    else if (before !== null) put(line, before, label, words);
    else warnings.push({ code: 'left-out', text: short(text) });
  }
  closeArticle();
  if (clauses.length === 0) warnings.push({ code: 'no-clauses' });
  return { title, clauses: clauses.filter((c) => c.text !== ''), warnings };
}
