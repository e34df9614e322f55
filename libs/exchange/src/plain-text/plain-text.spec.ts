import { MOU, STATEMENT } from '../sample.contract.js';
import { toPlainText } from './plain-text.js';

describe('toPlainText', () => {
  it('is the title, then each clause behind its label, an empty line between them', () => {
    expect(toPlainText(STATEMENT, 'fr').split('\n\n')).toEqual([STATEMENT.title['fr'], ...STATEMENT.clauses.map((c) => `${c.label} ${c.text['fr']}`)]);
  });
  it('of a memorandum the clauses alone', () => {
    expect(toPlainText(MOU, 'en')).toBe(MOU.clauses.map((c) => c.text['en']).join('\n\n'));
  });
});
