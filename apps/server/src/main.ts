import type { Server } from 'node:http';
import { join } from 'node:path';
import { FolderInUse } from '#platform/event-store';
import { ConfigError, describeConfig, readConfig } from '#platform/runtime';
import { pino } from 'pino';
import { createApp } from './create-app.js';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, setUpDemo } from './demo.js';
import { openServices } from './open-services.js';

if (process.argv.includes('--help')) {
  console.log(`comity server\n\nSettings, by environment or file:\n${describeConfig()}`);
  process.exit(0);
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ level: config.COMITY_LOG, base: { service: 'comity' }, redact: ['req.headers.cookie'] });
  const services = await openServices(config, log);
  if (config.COMITY_DEMO === 'on') await setUpDemo(services.platform, services.identity, join(import.meta.dirname, '../records'));
  const app = await createApp(services, join(import.meta.dirname, '../../../web'));
  await app.listen({ port: config.PORT, host: config.HOST });
  const address = await app.getUrl();
  console.log(`\nComity is at ${address.replace('127.0.0.1', 'localhost').replace('[::1]', 'localhost')}\n`);
  if (config.COMITY_DEMO === 'on') {
    console.log(`Demo accounts, all with the password "${DEMO_PASSWORD}":`);
    for (const { email, grants, language } of DEMO_ACCOUNTS)
      console.log(`  ${email.padEnd(30)} ${grants.map((g) => [g.capacity, g.onBehalfOf].filter(Boolean).join(' of ')).join(', ')} (${language})`);
    console.log('');
  }

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    const late = setTimeout(() => process.exit(1), (config.COMITY_DRAIN_SECONDS + 5) * 1000);
    late.unref();
    // Running requests are answered; a connection that stays busy longer than the drain is cut.
    const drained = setTimeout(() => (app.getHttpServer() as Server).closeAllConnections(), config.COMITY_DRAIN_SECONDS * 1000);
    await app.close();
    clearTimeout(drained);
    await services.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
}

main().catch((error: unknown) => {
  // What a person can mend is said plainly; everything else with its trace.
  const plain = error instanceof ConfigError || error instanceof FolderInUse || (error as { code?: string }).code === 'EADDRINUSE';
  console.error(plain ? (error as Error).message : error);
  process.exit(1);
});
