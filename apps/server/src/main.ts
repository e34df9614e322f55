import type { Server } from 'node:http';
import { join } from 'node:path';
import { ConnectionStringRefused, FolderInUse, StoreUnavailable } from '#platform/event-store';
import { DatabaseUnavailable, WrongCollation } from '#platform/database';
import { ConfigError, describeConfig, readConfig, startTracing } from '#platform/runtime';
import { type Logger, pino } from 'pino';
import { createApp } from './create-app.js';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, setUpDemo } from './demo.js';
import { nodeName, openServices } from './open-services.js';
import type { Services } from './services.js';

if (process.argv.includes('--help')) {
  console.log(`comity server\n\nSettings, by environment or file:\n${describeConfig()}`);
  process.exit(0);
}

/** A database quotes in its errors what it was given. */
const REDACTED = ['req.headers.cookie', 'err.detail', 'err.where', 'err.hint', 'err.query', 'err.parameters'];

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const node = nodeName(config);
  const endTracing = await startTracing(node, process.env);
  const log = pino({ level: config.COMITY_LOG, base: { service: 'comity', node }, redact: REDACTED });
  const services = await openServices(config, log);
  const demo = config.COMITY_DEMO === 'on' && setUpDemoOnce(services, log);
  // Alone over a folder the demonstration is there before the first request; of several nodes the one that projects sets it up.
  if (demo && services.platform.shared === undefined) await demo;
  const app = await createApp(services, join(import.meta.dirname, '../../../web'));
  await app.listen({ port: config.PORT, host: config.HOST });
  const metrics = config.COMITY_METRICS_PORT === undefined ? undefined : await services.metrics.listen(config.COMITY_METRICS_PORT, config.HOST);
  const address = await app.getUrl();
  console.log(`\nComity is at ${address.replace('127.0.0.1', 'localhost').replace('[::1]', 'localhost')}\n`);
  if (config.COMITY_DEMO === 'on') {
    console.log(`Demo accounts, all with the password "${DEMO_PASSWORD}":`);
    for (const { email, grants, language } of DEMO_ACCOUNTS)
      console.log(`  ${email.padEnd(30)} ${grants.map((g) => [g.capacity, g.onBehalfOf].filter(Boolean).join(' of ')).join(', ')} (${language})`);
    console.log('');
  }

  const stop = async (signal: string) => {
    if (services.draining) return;
    services.draining = true;
    log.info({ signal }, 'stopping');
    const late = setTimeout(() => process.exit(1), (config.COMITY_DRAIN_SECONDS + 5) * 1000);
    late.unref();
    // Another node goes on with views and rules while this one answers what it was asked.
    if (services.platform.shared) await services.platform.stepDown();
    // Running requests are answered; a connection that stays busy longer than the drain is cut.
    const drained = setTimeout(() => (app.getHttpServer() as Server).closeAllConnections(), config.COMITY_DRAIN_SECONDS * 1000);
    await app.close();
    clearTimeout(drained);
    metrics?.close();
    await services.close();
    await endTracing().catch(() => undefined);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
}

/** Resolves when the demonstration is there; where this node does not project, or stops before, never. A store that is away for a while is waited for. */
function setUpDemoOnce(services: Services, log: Logger): Promise<void> {
  const { platform, identity } = services;
  const folder = join(import.meta.dirname, '../records');
  const setUp = async (): Promise<boolean> => {
    while (!services.draining) {
      try {
        await setUpDemo(platform, identity, folder);
        return true;
      } catch (err) {
        if (services.draining) break;
        if (!(err instanceof StoreUnavailable || err instanceof DatabaseUnavailable)) throw err;
        await new Promise((again) => setTimeout(again, 1_000));
      }
    }
    return false;
  };
  return new Promise((resolve, reject) =>
    platform.whenLeading(() => {
      setUp().then((there) => there && resolve(), (err: unknown) => {
        log.error({ err }, 'the demonstration could not be set up');
        reject(err instanceof Error ? err : new Error(String(err)));
      });
    }),
  );
}

main().catch((error: unknown) => {
  // What a person can mend is said plainly; everything else with its trace.
  const plain = [ConfigError, FolderInUse, ConnectionStringRefused, WrongCollation].some((kind) => error instanceof kind) || (error as { code?: string }).code === 'EADDRINUSE';
  console.error(plain ? (error as Error).message : error);
  process.exit(1);
});
