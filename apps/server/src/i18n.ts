import type { Refusal } from '#kernel';
import type { FieldIssue } from '#platform/event-store';

/** What the server needs of languages. */
export interface I18n {
  readonly languages: readonly string[];
  /** Setting of the account, then `?lang`, the cookie, Accept-Language, English. */
  negotiate(asked: { setting?: string; query?: unknown; cookie?: string | undefined; acceptLanguage?: string | undefined }): string;
  refusal(lang: string, refusal: Refusal): string;
  field(lang: string, issue: FieldIssue): string;
  /** All namespaces of a language, for the browser. */
  messages(lang: string): unknown;
  cldr(lang: string): unknown;
}
