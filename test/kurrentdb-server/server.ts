import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { handleUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js';
import { appendHandler, deleteHandler, tombstoneHandler } from './appends.ts';
import { batchAppendHandler } from './batch-append.ts';
import type { Context } from './context.ts';
import { EventLog } from './event-log.ts';
import { Faults } from './faults.ts';
import { features, featuresService, gossip, gossipService, grpc, serialize, shared, streamsService } from './protocol.ts';
import { readHandler } from './reads.ts';

const VERSION = '26.0.0.0';

export interface KurrentNode {
  readonly address: string;
  readonly port: number;
  readonly state: 'leader' | 'follower' | 'read-only-replica';
  readonly alive?: boolean;
}

export interface KurrentServerOptions {
  readonly folder: string;
  /** 0: any free one. */
  readonly port?: number;
  /** Files in PEM; without them it speaks in the clear. */
  readonly tls?: { readonly keyFile: string; readonly certFile: string };
  /** What calls must come with; without it everybody is let in. */
  readonly login?: { readonly user: string; readonly password: string };
  /** What gossip says; otherwise this node alone, as leader. */
  readonly nodes?: readonly KurrentNode[];
  /** After how many appends an event of the system stands between those of the users; 0: never. */
  readonly systemEvery?: number;
}

export interface KurrentServer {
  readonly port: number;
  readonly faults: Faults;
  /** What gossip says; may be changed while it runs. */
  nodes: readonly KurrentNode[];
  /** Ends what streams with CANCELLED, and closes. */
  stop(): Promise<void>;
  /** Breaks every connection off; only what was on the disk stays. */
  kill(): Promise<void>;
}

export async function startKurrentServer(options: KurrentServerOptions): Promise<KurrentServer> {
  const log = await EventLog.open(options.folder, options.systemEvery);
  const stopping = new AbortController();
  const faults = new Faults();
  const context: Context = { log, faults, login: options.login, stopping: stopping.signal };
  // Its own sockets, so that they can be broken off.
  const sockets = new Set<Socket>();
  const listener = createServer({ noDelay: true });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = listener.address() as AddressInfo;
  const running: { nodes: readonly KurrentNode[] } = {
    nodes: options.nodes ?? [{ address: '127.0.0.1', port, state: 'leader' }],
  };

  const server = new grpc.Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
  server.addService({ ...streamsService, read: { ...streamsService.read, responseSerialize: serialize } }, {
    read: readHandler(context),
    append: appendHandler(context),
    batchAppend: batchAppendHandler(context),
    delete: deleteHandler(context),
    tombstone: tombstoneHandler(context),
  } as UntypedServiceImplementation);
  server.addService(featuresService, { getSupportedMethods });
  server.addService(gossipService, { read: gossipHandler(() => running.nodes) });
  const injector = server.createConnectionInjector(credentialsOf(options.tls));
  listener.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    injector.injectConnection(socket);
  });

  let ended: Promise<void> | undefined;
  const end = async (graceful: boolean): Promise<void> => {
    const closed = new Promise((resolve) => listener.close(resolve));
    if (graceful) {
      stopping.abort();
      // What was said last must still arrive: a socket that is reset loses it.
      const quiet = Promise.all([
        new Promise((resolve) => server.tryShutdown(resolve)),
        ...[...sockets].map((socket) => once(socket, 'close')),
      ]);
      await Promise.race([quiet, new Promise((resolve) => setTimeout(resolve, 1_000).unref())]);
    }
    for (const socket of sockets) socket.resetAndDestroy();
    server.forceShutdown();
    await closed;
    await log.close();
  };
  return Object.assign(running, {
    port,
    faults,
    stop: () => (ended ??= end(true)),
    kill: () => (ended ??= end(false)),
  });
}

function credentialsOf(tls: KurrentServerOptions['tls']) {
  if (!tls) return grpc.ServerCredentials.createInsecure();
  return grpc.ServerCredentials.createSsl(null, [
    { private_key: readFileSync(tls.keyFile), cert_chain: readFileSync(tls.certFile) },
  ]);
}

const getSupportedMethods: handleUnaryCall<Empty, SupportedMethods> = (_call, callback) => {
  const methods = [streamsService, gossipService, featuresService].flatMap(
    (service) => Object.values(service) as { path: string }[],
  );
  const answer = new features.SupportedMethods().setEventStoreServerVersion(VERSION);
  for (const { path } of methods) {
    const [, service = '', method = ''] = path.toLowerCase().split('/');
    answer.addMethods(new features.SupportedMethod().setServiceName(service).setMethodName(method));
  }
  callback(null, answer);
};

function gossipHandler(nodes: () => readonly KurrentNode[]): handleUnaryCall<Empty, ClusterInfo> {
  const { LEADER, FOLLOWER, READONLYREPLICA } = gossip.MemberInfo.VNodeState;
  const states = { leader: LEADER, follower: FOLLOWER, 'read-only-replica': READONLYREPLICA };
  return (_call, callback) => {
    const info = new gossip.ClusterInfo();
    for (const { address, port, state, alive = true } of nodes()) {
      info.addMembers(
        new gossip.MemberInfo()
          .setInstanceId(new shared.UUID().setString(randomUUID()))
          .setTimeStamp(String(Date.now()))
          .setState(states[state])
          .setIsAlive(alive)
          .setHttpEndPoint(new gossip.EndPoint().setAddress(address).setPort(port)),
      );
    }
    callback(null, info);
  };
}
