import { Id, refuse } from '#kernel';
import { StatementEvents } from './events.js';
import { inLanguages } from './language-versions.js';
import { tellOthers } from './leaving.js';
import { event, part } from './rules.js';
import type { PublishedClause } from './schemas.js';
import type { Statement } from './state.js';
import { canonicalText, digestOf, inOrder, type Written } from './text.js';

const schema = StatementEvents.schema.bind(StatementEvents) as typeof StatementEvents.schema;

const nfc = (text: string): string => text.normalize('NFC');
/** The words with the right reading in the place of the wrong one; null where the wrong one is not there. */
export function rectified(words: string | undefined, wrong: string, right: string): string | null {
  const [text, reading] = [nfc(words ?? ''), nfc(wrong)];
  const at = text.indexOf(reading);
  return at < 0 || reading === '' ? null : text.slice(0, at) + nfc(right) + text.slice(at + reading.length);
}

/** What the public reads of the text, in these languages. */
export const publicClauses = ({ clauses }: Pick<Statement, 'clauses'>, tags: readonly string[]): PublishedClause[] =>
  inOrder(clauses).map(({ id, section, verb, text }) => ({ clauseId: id, section, ...(verb === null ? {} : { verb }), text: inLanguages(text, tags) }));

interface Place {
  readonly clauseId?: string | undefined;
  readonly lang: string;
}
/** The text with other words at one place: a clause, or the title where none is named. */
export const withWords = <W extends Pick<Written, 'subject' | 'clauses'>>(text: W, { clauseId, lang }: Place, words: string): W =>
  clauseId === undefined
    ? { ...text, subject: { ...text.subject, [lang]: words } }
    : { ...text, clauses: text.clauses.map((c) => (c.id === clauseId ? { ...c, text: { ...c.text, [lang]: words } } : c)) };

/** A procès-verbal put the record right: the corrected words replace the defective ones from the beginning, and both stay readable (COR-2, STM-5). */
export const EnterCorrection = part({
  input: schema('StatementCorrected').pick({ clauseId: true, lang: true, wrong: true, corrected: true, procesVerbalRef: true }).extend({ correctionId: Id }),
  decide: (input, state, { sha256 }) => {
    const { frozen, corrections, languages, leadLanguage, published, versions, kind } = state;
    if (corrections.includes(input.correctionId)) return [];
    const clause = state.clauses.find((c) => c.id === input.clauseId);
    if (input.clauseId !== undefined && !clause) return refuse('statement.unknown-clause', { clause: input.clauseId }, 'STM-2');
    const words = rectified((clause ? clause.text : state.subject)[input.lang], input.wrong, input.corrected);
    if (words === null || frozen === null) return refuse('statement.reading-not-in-text', { lang: input.lang }, 'STM-5');
    const after = withWords(state, input, words);
    const all = [...new Set([...Object.keys(frozen.digests), ...versions.map((v) => v.lang)])];
    const of = (text: Written) => Object.fromEntries(all.map((lang) => [lang, sha256(canonicalText(text, lang))]));
    const digests = of(after);
    const tags = published?.map((l) => l.tag) ?? languages;
    return [event('StatementCorrected', {
      ...input, revision: frozen.revision, corrections: corrections.length + 1, before: of(state), digests,
      frozenDigest: digestOf(Object.fromEntries(Object.keys(frozen.digests).map((lang) => [lang, digests[lang]!])), sha256), kind, leadLanguage,
      title: inLanguages(after.subject, tags), clauses: publicClauses(after, tags), languages: published === null ? undefined : [...published], told: tellOthers(state).told,
    })];
  },
});
