// The stores of several nodes, as the tests start them: a real PostgreSQL, and the tests' own server of KurrentDB's protocol.
import { spawnKurrentServer } from '../../test/kurrentdb-server/index.ts';
import { startPostgres } from '../../test/postgres/index.ts';
import { cpuOfTree, parentOf } from './process.mjs';

/** As tables name it: it keeps the protocol and is durable, but its speed is its own. */
export const PROTOCOL_SERVER = "the tests' own server, not KurrentDB";

export async function postgresServer({ atEnd }) {
  const server = await startPostgres();
  atEnd(() => server.stop());
  return server;
}

/** Its connection string. */
export async function protocolServer({ atEnd, folder }) {
  const server = await spawnKurrentServer({ folder: folder('protocol-server') });
  atEnd(() => server.kill());
  return `kurrentdb://admin:changeit@127.0.0.1:${server.port}?tls=false`;
}

/** A function that says how much CPU the server of this database has used since, in microseconds; NaN where it is on another machine. */
export async function cpuOfPostgres(database) {
  const { pid } = await database.get('SELECT pg_backend_pid() AS pid');
  const server = parentOf(pid, 'postgres');
  const before = cpuOfTree(server);
  return () => cpuOfTree(server) - before;
}
