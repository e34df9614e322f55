import { hostname } from 'node:os';
import { Attachments, openAttachmentsDatabase } from '#platform/attachments';
import { SqliteDatabase } from '#platform/database';
import { Identity, openIdentityDatabase } from '#platform/identity';
import { Presence } from '#platform/live';
import { type Config, Metrics, observeViews, openPlatform } from '#platform/runtime';
import type { Logger } from 'pino';
import { contexts } from './contexts.js';
import { openI18n } from './open-i18n.js';
import type { Services } from './services.js';

/** How this process calls itself in logs, metrics, traces and at the databases. */
export const nodeName = ({ COMITY_NODE: name }: Config): string => name ?? `${hostname()}-${process.pid}`.slice(0, 64);

/** Opens everything below the server; `close` ends it in the opposite order. @throws FolderInUse, ConnectionStringRefused, WrongCollation, DatabaseUnavailable */
export async function openServices(config: Config, log: Logger): Promise<Services & { close(): Promise<void> }> {
  const { COMITY_DATA: folder, COMITY_EVENTS: events, COMITY_POSTGRES: postgres, COMITY_ROLES: roles, publicUrl } = config;
  const node = nodeName(config);
  const cluster = events !== undefined && postgres !== undefined ? { events, postgres, node } : undefined;
  const platform = await openPlatform({ folder, cluster, roles, contexts, log, onBroken: () => process.exit(1) });
  const { shared, signals } = platform;
  const accounts = shared ?? openIdentityDatabase(folder);
  const identity = await Identity.open({ database: accounts, signals, publicUrl, onError: (err) => log.warn({ err }, 'accounts and sessions') });
  const files = shared ?? openAttachmentsDatabase(folder);
  const attachments = await Attachments.open(files);
  // Where this process is alone nobody else asks who is there.
  const presence = await Presence.open({ database: shared ?? SqliteDatabase.open(':memory:'), signals, node, onError: (err) => log.warn({ err }, 'presence') });
  const i18n = openI18n(log);
  const metrics = new Metrics(node);
  observeViews(platform.runner, metrics);
  return {
    config, log, platform, identity, attachments, presence, i18n, metrics, draining: false,
    close: async () => {
      await presence.close().catch((err: unknown) => log.warn({ err }, 'presence'));
      await identity.close();
      if (accounts !== shared) await accounts.close();
      if (files !== shared) await files.close();
      await platform.close();
    },
  };
}
