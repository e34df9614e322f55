import type { Duty } from '#kernel';
import type { TranslationDoc } from './translation-doc.js';

type Kind = Pick<Duty, 'kind' | 'command'>;

/** What waits for whom: the assignment with the secretariat, each step with those who are assigned to it, a question with who holds the pen. */
export function dutiesOf(doc: TranslationDoc): Duty[] {
  const { state, counts, translators, revisers, linguists, dueAt, provisional } = doc;
  const due = dueAt === null ? {} : { deadline: dueAt };
  const persons = (ids: readonly string[], { kind, command }: Kind) => [...new Set(ids)].map((id) => ({ kind, holder: `person:${id}`, command, ...due }) as Duty);
  const assign: Duty = { kind: 'translation-assign', holder: 'network-secretariat', command: 'AssignTranslator', ...due };
  const asked = counts.openQueries > 0 ? questions(doc) : [];
  switch (state) {
    case 'requested':
    case 'stale':
      return [assign, ...asked];
    case 'inTranslation': {
      const left = counts.missing + counts.draft + counts.stale;
      const work = left > 0 ? { kind: 'translation-translate', command: 'TranslateSegment' } : { kind: 'translation-submit', command: 'SubmitForRevision' };
      return [...(translators.length === 0 || revisers.length === 0 ? [assign] : []), ...persons(translators, work), ...asked];
    }
    case 'inRevision': {
      const work = counts.translated > 0 ? { kind: 'translation-review', command: 'ReviewSegment' } : { kind: 'translation-to-concordance', command: 'SubmitForConcordance' };
      return [...persons(revisers, work), ...asked];
    }
    case 'inConcordance':
      return counts.reviewed > 0
        ? [...persons([...revisers, ...linguists], { kind: 'translation-attest', command: 'AttestClause' }), ...asked]
        : [...persons(linguists.length > 0 ? linguists : revisers, { kind: 'translation-certify', command: 'Certify' }), ...asked];
    case 'certified':
      return provisional === null ? [] : [{ kind: 'translation-complete', holder: 'network-secretariat', command: 'AssignTranslator', deadline: provisional.completeBy }];
    case 'none':
    case 'cancelled':
      return [];
  }
}

/** A statement’s questions go to its penholders, a memorandum’s to the chairs of its participants. */
function questions({ doc, penholders, groups }: TranslationDoc): Duty[] {
  const holders = doc.type === 'statement' ? penholders.map((id) => `person:${id}`) : groups.map((id) => `chair:${id}`);
  return holders.map((holder) => ({ kind: 'translation-answer', holder, command: 'AnswerQuery' }));
}
