import type { TermDoc, TranslationDoc } from '#contexts/languages';
import type { ExchangedConcept, ExchangedTranslation, ExchangedUnit } from '#exchange';
import type { Row } from '#kernel';
import type { Term } from '#text';
import type { ViewReader } from '#platform/views';

const PAGE = 500;
/** All rows of a view that the reader may see. */
export async function allRows<D extends object>(reader: ViewReader, view: string, where: Parameters<ViewReader['list']>[1] = {}): Promise<Row<D>[]> {
  const found: Row<D>[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await reader.list<D>(view, where, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    found.push(...page.rows);
    after = page.next;
  }
  return found;
}

/** Terms in force; those of exercises where the text is one. */
export async function termsInForce(reader: ViewReader, exercise: boolean): Promise<Row<TermDoc>[]> {
  return (await allRows<TermDoc>(reader, 'terms', { status: 'approved' })).filter((row) => exercise || row.mode !== 'exercise');
}
const termOf = ({ conceptId, protected: isProtected, designations }: TermDoc): Term => ({ concept: conceptId, protected: isProtected, designations });

/** A language version as its tools see it. */
export async function exchangedTranslation(reader: ViewReader, { doc, mode }: Row<TranslationDoc>): Promise<ExchangedTranslation> {
  const terms = await termsInForce(reader, mode === 'exercise');
  return {
    document: doc.doc,
    title: doc.segments.find((s) => s.id === 'title')?.source ?? '',
    sourceLang: doc.sourceLang,
    targetLang: doc.targetLang,
    legalStatus: doc.legalStatus,
    sourceRevision: doc.sourceRevision,
    segments: doc.segments.map(({ id, label, source, sourceDigest, target, state, origin }) => ({
      id, label, source, sourceDigest, target, state, draftOf: origin?.kind === 'mt' ? 'mt' : origin?.kind === 'tm' ? 'tm' : null,
    })),
    terms: terms.map((row) => termOf(row.doc)),
  };
}

/** What is translated in it so far, for a tool's memory. */
export function unitsOf({ doc, recordedAt }: Row<TranslationDoc>): ExchangedUnit[] {
  const origin = doc.segments.find((s) => s.id === 'title')?.source ?? null;
  return doc.segments.flatMap((s): ExchangedUnit[] =>
    s.target === null || s.state === 'stale' || s.state === 'draft' ? [] : [{ id: `${doc.doc.id}.${s.id}`, texts: { [doc.sourceLang]: s.source, [doc.targetLang]: s.target }, at: toTheSecond(recordedAt), origin }],
  );
}
export const toTheSecond = (instant: string): string => instant.replace(/\.\d+/, '');

export const conceptOf = ({ conceptId, domain, protected: isProtected, definition, designations }: TermDoc): ExchangedConcept => ({
  id: conceptId, domain, protected: isProtected, definition: definition ?? {}, designations,
});
