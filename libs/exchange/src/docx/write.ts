import { Document, Footer, type ISectionOptions, Packer, PageNumber, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from 'docx';
import { drafted, type DraftParagraph, type DraftPiece } from '../draft/drafted.js';
import type { ExchangedAmendment, ExchangedDocument } from '../document.js';
import { writable } from '../markup.js';
import type { ExportWords } from '../words.js';
import { changeOf, direction, isRtl, type Mark, runs } from './runs.js';
import { BRACKET, numberingOf, STYLE, STYLES } from './styles.js';

export interface DocxOptions {
  /** In the order in which they are to stand. */
  readonly langs: readonly string[];
  /** Side by side in a table, clause by clause, or one text after the other. With amendments always the latter. */
  readonly layout?: 'columns' | 'sequence';
  /** Amendments that are drawn in as tracked changes; without them the file has none. */
  readonly amendments?: readonly string[] | 'all';
  readonly words: (lang: string) => ExportWords;
}

/** `Group A, Ada Marlowe (1)`: Word shows and takes changes by author, so that each amendment is one author. */
export const authorOf = ({ by, author, number, lang }: ExchangedAmendment): string => writable(`${by[lang] ?? Object.values(by)[0] ?? ''}${author === null ? '' : `, ${author}`} (${number})`);
const secondsOf = (at: string): string => at.replace(/\.\d+Z$/, 'Z');

class Writing {
  #changes = 0;
  constructor(private readonly doc: ExchangedDocument, private readonly options: DocxOptions) {}

  say(texts: Readonly<Record<string, string>>, lang: string): string {
    return texts[lang] ?? texts[this.doc.languages[0]?.tag ?? ''] ?? Object.values(texts)[0] ?? '';
  }
  beside = (text: string, lang: string, style: string = STYLE.beside): Paragraph => new Paragraph({ style, ...direction(lang), children: runs(text, lang) });

  #mark(kind: 'added' | 'removed', by: ExchangedAmendment): Mark {
    return { kind, id: () => ++this.#changes, author: authorOf(by), date: secondsOf(by.at) };
  }
  #words(pieces: readonly DraftPiece[], clauseId: string, lang: string) {
    const brackets = (this.doc.brackets ?? []).filter((b) => b.clauseId === clauseId && b.lang === lang);
    const draw = (sign: string) => new TextRun({ text: sign, style: BRACKET });
    let at = 0;
    return pieces.flatMap(({ kind, text, by }) => {
      if (kind === 'added') return runs(text, lang, this.#mark('added', by!));
      const start = at;
      at += text.length;
      const mark = kind === 'removed' ? this.#mark('removed', by!) : null;
      const cuts = [...new Set([0, text.length, ...brackets.flatMap((b) => [b.from - start, b.to - start]).filter((p) => p > 0 && p < text.length)])].toSorted((a, b) => a - b);
      return cuts.slice(0, -1).flatMap((from, i) => [
        ...brackets.filter((b) => b.from - start === from).map(() => draw('[')), ...runs(text.slice(from, cuts[i + 1]), lang, mark), ...brackets.filter((b) => b.to - start === cuts[i + 1]).map(() => draw(']')),
      ]);
    });
  }
  clause({ clause, pieces, added, removed }: DraftParagraph, lang: string, column: number, numbered = true): Paragraph {
    const by = added ?? removed;
    const letters = clause.section === 'article' && this.doc.clauses.some((c) => /^[A-Z]+$/.test(c.label));
    const reference = `${letters ? 'article-letters' : clause.section}-${column}`;
    const isNumbered = numbered && (clause.section !== 'article' || clause.label !== '');
    const style = clause.kind === 'title' ? STYLE.title : isNumbered || !numbered ? STYLE[clause.section] : STYLE.unnumbered;
    // The mark of the paragraph itself is put in or taken out with its words: accepted or refused, no empty line stays.
    const mark = by === null ? {} : { run: added !== null ? { insertion: changeOf(this.#mark('added', by)) } : { deletion: changeOf(this.#mark('removed', by)) } };
    return new Paragraph({ style, ...direction(lang), ...(isNumbered ? { numbering: { reference, level: 0 } } : {}), ...mark, children: this.#words(pieces, clause.id, lang) });
  }
  above(lang: string): Paragraph[] {
    const { doc } = this;
    const words = this.options.words(lang);
    const status = words.status(doc.languages.find((l) => l.tag === lang)?.status ?? 'courtesy');
    const lines = [...(doc.exercise ? [words.exercise] : []), ...doc.notices.map((n) => `${words.date(n.at)}: ${this.say(n.text, lang)}`), ...(doc.publishedAt === null ? [words.draft(doc.revision)] : []), ...(status === '' ? [] : [status])];
    return lines.map((line) => this.beside(line, lang));
  }
  title(lang: string): Paragraph[] {
    // A memorandum whose text has its own title shows that one.
    const own = this.doc.clauses.some((c) => c.kind === 'title');
    const attribution = this.doc.attribution[lang] ?? '';
    return [...(own ? [] : [this.beside(this.say(this.doc.title, lang), lang, STYLE.title)]), ...(attribution === '' ? [] : [this.beside(attribution, lang)])];
  }
  below(lang: string): Paragraph[] {
    const { doc } = this;
    const words = this.options.words(lang);
    const heading = (text: string) => this.beside(text, lang, STYLE.heading);
    const signatories = doc.signatories.map((s) => {
      const who = [s.title === null ? s.name : `${s.title} ${s.name}`, s.party, words.capacity(s.capacity), this.say(s.parliamentName, lang)].filter((part) => part !== null && part !== '').join(', ');
      const notes = [words.date(s.at), ...(s.later ? [words.later] : []), ...(s.withdrawnAt === null ? [] : [words.withdrawn(words.date(s.withdrawnAt))])];
      return this.beside(`${who} (${notes.join('; ')})`, lang, STYLE.signatory);
    });
    const reservations = doc.reservations.map((r) => this.beside(`${this.say(doc.groups.find((g) => g.id === r.groupId)?.name ?? {}, lang) || r.groupId} (${r.clauses.join(', ')}): ${this.say(r.text, lang)}`, lang));
    return [...(signatories.length === 0 ? [] : [heading(words.signatures), ...signatories]), ...(reservations.length === 0 ? [] : [heading(words.reservations), ...reservations])];
  }
  text(lang: string, column: number): Paragraph[] {
    const { amendments } = this.options;
    const asked = this.doc.amendments.filter((a) => amendments === 'all' || amendments?.includes(a.id));
    const { paragraphs, apart } = drafted(this.doc, lang, asked);
    const words = this.options.words(lang);
    return [
      ...this.above(lang), ...this.title(lang), ...paragraphs.map((p) => this.clause(p, lang, column)),
      ...apart.flatMap(({ amendment, paragraphs: own }) => [this.beside(words.amendment(amendment.number, this.say(amendment.by, lang)), lang, STYLE.heading), ...own.map((p) => this.clause(p, lang, column, false))]),
      ...this.below(lang),
    ];
  }
  columns(): Table {
    const { langs } = this.options;
    const width = Math.floor(100 / langs.length);
    const row = (cells: (lang: string, i: number) => Paragraph[]) => new TableRow({ cantSplit: true, children: langs.map((lang, i) => new TableCell({ width: { size: width, type: WidthType.PERCENTAGE }, children: cells(lang, i) })) });
    const texts = langs.map((lang) => drafted(this.doc, lang, []).paragraphs);
    const filled = (list: Paragraph[]) => (list.length === 0 ? [new Paragraph({})] : list);
    return new Table({
      width: { size: 100, type: WidthType.PERCENTAGE }, visuallyRightToLeft: isRtl(langs[0]!),
      rows: [row((lang) => filled([...this.above(lang), ...this.title(lang)])), ...texts[0]!.map((_, n) => row((lang, i) => [this.clause(texts[i]![n]!, lang, i)])), row((lang) => filled(this.below(lang)))],
    });
  }
}

/**
 * The text as Word opens it: labels as list numbers, direction, language and fonts of each run, and the amendments that are asked for as tracked changes. To accept the
 * changes of one author and refuse all others gives exactly the text of that amendment; to refuse all gives the text as it stands.
 */
export async function toDocx(doc: ExchangedDocument, options: DocxOptions): Promise<Uint8Array> {
  const tracked = options.amendments !== undefined && options.amendments.length > 0;
  const langs = options.langs.length > 0 ? options.langs : doc.languages.slice(0, 1).map((l) => l.tag);
  const writing = new Writing(doc, { ...options, langs });
  const footer = () => new Footer({ children: [new Paragraph({ alignment: 'center', children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })] })] });
  const landscape = options.layout === 'columns' && !tracked && langs.length > 2;
  const page = landscape ? { page: { size: { orientation: 'landscape' as const } } } : {};
  const sections: ISectionOptions[] =
    options.layout === 'columns' && !tracked && langs.length > 1 ? [{ properties: page, footers: { default: footer() }, children: [writing.columns()] }] : langs.map((lang, i) => ({ footers: { default: footer() }, children: writing.text(lang, i) }));
  const file = new Document({
    title: writable(writing.say(doc.title, langs[0] ?? 'en')), creator: 'Comity', styles: STYLES, numbering: numberingOf(langs.map(isRtl)), sections, ...(tracked ? { features: { trackRevisions: true } } : {}),
  });
  return Packer.toBuffer(file);
}
