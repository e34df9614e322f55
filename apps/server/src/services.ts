import type { Attachments } from '#platform/attachments';
import type { I18n } from '#platform/i18n';
import type { Identity } from '#platform/identity';
import type { Presence } from '#platform/live';
import type { Config, Metrics, Platform } from '#platform/runtime';
import type { Logger } from 'pino';

/** What the server composes: opened before Nest, closed after it. */
export interface Services {
  readonly config: Config;
  readonly log: Logger;
  readonly platform: Platform;
  readonly identity: Identity;
  readonly attachments: Attachments;
  readonly presence: Presence;
  readonly i18n: I18n;
  readonly metrics: Metrics;
  /** True from the moment at which the process is told to stop. */
  draining: boolean;
}
export const SERVICES = Symbol('services');
