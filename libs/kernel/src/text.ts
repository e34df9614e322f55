/**
 * One paragraph as it is compared, digested and signed (rule G8): NFC, line ends LF, no space at line ends, no empty lines, so
 * that an empty line can stand between paragraphs and nowhere else.
 */
export const canonicalParagraph = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+(?=\n|$)/g, '')
    .replace(/\n{2,}/g, '\n')
    .trim();
