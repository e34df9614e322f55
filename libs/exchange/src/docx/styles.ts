import { AlignmentType, type INumberingOptions, type IStylesOptions, LevelFormat, LevelSuffix } from 'docx';

/** Names of paragraph styles, by which a file of ours is recognised when it comes back. */
export const STYLE = { preambular: 'PreambularClause', operative: 'OperativeClause', annex: 'AnnexClause', article: 'ArticleClause', unnumbered: 'UnnumberedClause', title: 'DocumentTitle', beside: 'Beside', heading: 'PartHeading', signatory: 'Signatory' } as const;
/** Character style of brackets that are drawn, and are no part of the words. */
export const BRACKET = 'BracketMark';

const clause = (id: string, name: string) => ({ id, name, basedOn: 'Normal', quickFormat: true, paragraph: { spacing: { after: 160, line: 300 } } });
export const STYLES: IStylesOptions = {
  default: { document: { run: { size: 22, sizeComplexScript: 24 } } },
  paragraphStyles: [
    clause(STYLE.preambular, 'Preambular clause'), clause(STYLE.operative, 'Operative clause'), clause(STYLE.annex, 'Annex clause'), clause(STYLE.article, 'Article'), clause(STYLE.unnumbered, 'Clause without number'),
    { id: STYLE.title, name: 'Document title', basedOn: 'Normal', quickFormat: true, run: { bold: true, boldComplexScript: true, size: 32, sizeComplexScript: 34 }, paragraph: { alignment: AlignmentType.CENTER, outlineLevel: 0, spacing: { before: 240, after: 200 } } },
    { id: STYLE.beside, name: 'Beside the text', basedOn: 'Normal', run: { italics: true, italicsComplexScript: true, color: '444444' }, paragraph: { spacing: { after: 120 } } },
    { id: STYLE.heading, name: 'Part heading', basedOn: 'Normal', run: { bold: true, boldComplexScript: true, size: 26, sizeComplexScript: 28 }, paragraph: { keepNext: true, outlineLevel: 1, spacing: { before: 320, after: 120 } } },
    { id: STYLE.signatory, name: 'Signatory', basedOn: 'Normal', paragraph: { spacing: { after: 60 } } },
  ],
  characterStyles: [{ id: BRACKET, name: 'Bracket mark', run: { color: 'AA0000', bold: true } }],
};

type Format = (typeof LevelFormat)[keyof typeof LevelFormat];
const numbering = (reference: string, text: string, left: number, format: Format = LevelFormat.DECIMAL) => ({
  reference, levels: [{ level: 0, format, text, start: 1, alignment: AlignmentType.START, suffix: LevelSuffix.TAB, style: { paragraph: { indent: { left, hanging: 720 } } } }],
});
/**
 * Labels are numbers of the list, never typed: a clause that is put in or taken out moves those behind it, in Word as here. Each language has definitions of its own,
 * since lists of one definition count on from each other, side by side too. From right to left LibreOffice draws the number on the outer side of its place, so that it is
 * given room there.
 */
export const numberingOf = (rtl: readonly boolean[]): INumberingOptions => ({
  config: rtl.flatMap((is, i) => {
    const left = is ? 1200 : 720;
    return [numbering(`preambular-${i}`, 'PP%1', left), numbering(`operative-${i}`, 'OP%1', left), numbering(`annex-${i}`, 'AN%1', left), numbering(`article-${i}`, '%1.', left), numbering(`article-letters-${i}`, '%1.', left, LevelFormat.UPPER_LETTER)];
  }),
});
