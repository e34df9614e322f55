import { join } from 'node:path';
import { I18n } from '#platform/i18n';
import type { Logger } from 'pino';
import { contexts } from './contexts.js';

const CONTEXTS = join(import.meta.dirname, '../../../libs/contexts');

/** The words of the public site are spoken by the server alone: browsers are not sent them. */
export const PUBLIC_WORDS = { namespace: 'public', folder: join(import.meta.dirname, 'public/locales') };
/** What exports say beside the text, and why a file is refused. */
export const EXCHANGE_WORDS = { namespace: 'exchange', folder: join(import.meta.dirname, 'exchange/locales') };
/** Why a file of translators is refused, and what differs in a translation. */
export const TRANSLATORS_WORDS = { namespace: 'translators', folder: join(import.meta.dirname, 'languages/locales') };
/** Why a file cannot be attached. */
export const ATTACHMENT_WORDS = { namespace: 'attachments', folder: join(import.meta.dirname, 'attachments/locales') };

/** The words of the platform, of every context and of the public site. */
export function openI18n(log: Logger): I18n {
  const namespaces = contexts.map(({ name }) => ({ namespace: name, folder: join(CONTEXTS, name, 'src/locales') }));
  // Payloads stay out of the log: the key of the message is enough to mend it.
  return new I18n({ namespaces: [...namespaces, PUBLIC_WORDS, EXCHANGE_WORDS, TRANSLATORS_WORDS, ATTACHMENT_WORDS], onProblem: (_, key) => log.warn({ key }, 'a message could not be formed') });
}
