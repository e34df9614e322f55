import { Identity } from '#platform/identity';
import { type Config, openPlatform } from '#platform/runtime';
import type { Logger } from 'pino';
import { contexts } from './contexts.js';
import { openI18n } from './open-i18n.js';
import type { Services } from './services.js';

/** Opens everything below the server; `close` ends it in the opposite order. @throws FolderInUse */
export async function openServices(config: Config, log: Logger): Promise<Services & { close(): Promise<void> }> {
  const platform = await openPlatform({ folder: config.COMITY_DATA, contexts, log, onBroken: () => process.exit(1) });
  const identity = new Identity({ folder: config.COMITY_DATA, publicUrl: config.publicUrl });
  const i18n = openI18n(log);
  return {
    config, log, platform, identity, i18n,
    close: async () => {
      identity.close();
      await platform.close();
    },
  };
}
