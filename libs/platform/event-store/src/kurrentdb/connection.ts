import {
  AccessDeniedError,
  CancelledError,
  type Credentials,
  DeadlineExceededError,
  EventStoreDBClient,
  isCommandError,
  NotLeaderError,
  TimeoutError,
  UnavailableError,
  UnknownError,
} from '@eventstore/db-client';
import { isIP } from 'node:net';
import { ConnectionStringRefused, StoreUnavailable } from '../event-store.js';

const LOOPBACK = /^(localhost|127(\.\d+){3})$/;

/**
 * What the client takes: its own scheme, whatever the product is called by now. Without TLS credentials are dropped in silence, so
 * that is refused for any place but this machine. @throws ConnectionStringRefused
 */
export function readConnectionString(text: string): { connectionString: string; credentials: Credentials } {
  const found = /^(?:esdb|kurrentdb|kurrent|kdb)(\+discover)?:\/\/(?:([^:/@]+):([^@]+)@)?([^/?]+)(.*)$/.exec(text.trim());
  if (!found) throw new ConnectionStringRefused('it is not kurrentdb://[user:password@]host:port[,host:port][?options]');
  const [, discover = '', user, password, hosts = '', rest = ''] = found;
  const insecure = /[?&]tls=false\b/i.test(rest);
  if (insecure && !hosts.split(',').every((host) => LOOPBACK.test(host.replace(/:\d+$/, ''))))
    throw new ConnectionStringRefused('tls=false is for this machine only: credentials would be dropped, and anybody between could read and change the record');
  // Node takes no address for the name of a certificate: such a connection never comes about, and looks like an outage.
  const address = insecure ? undefined : hosts.split(',').find((host) => isIP(host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')) > 0);
  if (address !== undefined) throw new ConnectionStringRefused(`with TLS a node is named by its host name, not by an address such as ${address}; nodes must advertise names too`);
  // Always given with the call: that takes the classic append, whose deadline holds and whose errors are exact.
  const credentials = user === undefined ? { username: 'anonymous', password: 'anonymous' } : { username: decodeURIComponent(user), password: decodeURIComponent(password ?? '') };
  const login = user === undefined ? '' : `${user}:${password}@`;
  return { connectionString: `esdb${discover}://${login}${hosts}${rest}`, credentials };
}

const RETRYABLE = [UnavailableError, DeadlineExceededError, CancelledError, TimeoutError, NotLeaderError];

/** The store is away, slow, silent or changing its leader; anything else is ours to mend. */
export function isOutage(error: unknown): boolean {
  if (error instanceof StoreUnavailable || RETRYABLE.some((type) => error instanceof type)) return true;
  // The channel was closed under the call, or no node of the cluster was found.
  return !(error instanceof AccessDeniedError) && (error instanceof UnknownError || !isCommandError(error as Error)) &&
    /channel|discover|shutdown|ECONN|socket|RST_STREAM/i.test(String((error as Error | undefined)?.message));
}

/** One client at a time; one that has failed is replaced, since it does not mend itself after a failed discovery or on a silent line. */
export class Connection {
  readonly #connectionString: string;
  readonly #credentials: Credentials;
  #client: EventStoreDBClient | undefined;
  #answeredAt = 0;
  #closed = false;
  readonly #listeners = new Set<(client: EventStoreDBClient) => void>();

  /** @throws ConnectionStringRefused */
  constructor(text: string) {
    const { connectionString, credentials } = readConnectionString(text);
    this.#connectionString = connectionString;
    this.#credentials = credentials;
  }

  get credentials(): Credentials {
    return this.#credentials;
  }
  /** @throws StoreUnavailable after `close` */
  get client(): EventStoreDBClient {
    if (this.#closed) throw new StoreUnavailable('the event store is closed');
    return (this.#client ??= EventStoreDBClient.connectionString(this.#connectionString));
  }

  /** Told with a client that is given up: its subscriptions have no life any more. */
  onReplaced(listener: (client: EventStoreDBClient) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Runs one call, for so long at most. @throws StoreUnavailable where it may be tried again */
  async call<T>(milliseconds: number, work: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
    const { client } = this;
    const began = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new StoreUnavailable(`the event store did not answer in ${milliseconds} ms`)), milliseconds);
    });
    try {
      const running = work(client);
      running.catch(() => undefined);
      const answer = await Promise.race([running, late]);
      this.#answeredAt = performance.now();
      return answer;
    } catch (error) {
      if (!isOutage(error)) {
        this.#answeredAt = performance.now();
        throw error;
      }
      // Where it has answered others meanwhile, only this call is lost.
      if (this.#answeredAt < began) this.replace(client);
      throw error instanceof StoreUnavailable ? error : new StoreUnavailable('the event store cannot be reached', { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Gives a client up; the next call makes a new one. */
  replace(client: EventStoreDBClient): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    for (const listener of this.#listeners) listener(client);
    void dispose(client);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = this.#client;
    this.#client = undefined;
    if (client) await dispose(client);
  }
}

/** Ends the streams and the channel, which the client itself keeps open. */
async function dispose(client: EventStoreDBClient): Promise<void> {
  const inner = client as unknown as { getChannel(): Promise<{ close(): void }> };
  await Promise.race([client.dispose(), new Promise((resolve) => setTimeout(resolve, 500).unref())]).catch(() => undefined);
  await inner.getChannel().then((channel) => channel.close()).catch(() => undefined);
}
