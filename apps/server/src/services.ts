import type { I18n } from '#platform/i18n';
import type { Identity } from '#platform/identity';
import type { Config, Platform } from '#platform/runtime';
import type { Logger } from 'pino';

/** What the server composes: opened before Nest, closed after it. */
export interface Services {
  readonly config: Config;
  readonly log: Logger;
  readonly platform: Platform;
  readonly identity: Identity;
  readonly i18n: I18n;
}
export const SERVICES = Symbol('services');
