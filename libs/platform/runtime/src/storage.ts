import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyView } from '#kernel';
import { type Database, type Leadership, leadAlone, leadWithPostgres, LocalSignals, PostgresDatabase, PostgresSignals, type Signals, SqliteDatabase } from '#platform/database';
import { type EventStore, lockFolder, MemoryEventStore, openKurrentDb, SqliteEventStore } from '#platform/event-store';
import { PostgresViewStore, SqliteViewStore, type ViewStore } from '#platform/views';
import { ProcessStore } from './processes/process-store.js';

/** Where everything is kept. Nothing above knows which it is. */
export interface Storage {
  readonly events: EventStore;
  readonly views: ViewStore;
  readonly processes: ProcessStore;
  readonly signals: Signals;
  /** The database that all nodes share; without it this process is alone. */
  readonly shared: Database | undefined;
  /** Competes for the one place from which views are folded and rules run; resolves when that has begun. */
  lead(candidate: Candidate): Promise<Leadership>;
  close(): Promise<void>;
}
export interface Candidate {
  readonly onLead: () => Promise<void>;
  readonly onLost: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}
export interface Cluster {
  /** Connection string of KurrentDB. */
  readonly events: string;
  /** URL of PostgreSQL. */
  readonly postgres: string;
  /** How this node calls itself there. */
  readonly node: string;
}

/** What is lost with the power is done again from an earlier checkpoint, under the same ids: no fsync of its own. */
const PROCESSES = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;';

/** One process over one folder, or over nothing where it is `:memory:`. @throws FolderInUse where another process has it */
export async function openEmbedded(folder: string, views: readonly AnyView[], onBroken: (error: unknown) => void): Promise<Storage> {
  const inMemory = folder === ':memory:';
  if (!inMemory) mkdirSync(folder, { recursive: true });
  const lock = inMemory ? undefined : lockFolder(folder);
  const at = (name: string) => (inMemory ? folder : join(folder, name));
  const events = inMemory ? new MemoryEventStore() : new SqliteEventStore(folder, onBroken);
  const viewStore = await SqliteViewStore.open(at('views.db'), views);
  const processes = await ProcessStore.open(SqliteDatabase.open(at('processes.db'), PROCESSES));
  const signals = new LocalSignals();
  return {
    events, views: viewStore, processes, signals, shared: undefined,
    lead: ({ onLead, onLost }) => leadAlone(onLead, onLost),
    close: async () => {
      await events.close();
      await viewStore.close();
      await processes.close();
      await signals.close();
      lock?.release();
    },
  };
}

/** One node of several, over KurrentDB and PostgreSQL. @throws ConnectionStringRefused, WrongCollation, DatabaseUnavailable */
export async function openCluster({ events: connectionString, postgres, node }: Cluster, views: readonly AnyView[], onError: (error: unknown) => void): Promise<Storage> {
  const events = await openKurrentDb(connectionString);
  const shared = await PostgresDatabase.open({ url: postgres, applicationName: `comity ${node}` });
  const viewStore = await PostgresViewStore.open(shared, views);
  const processes = await ProcessStore.open(shared);
  const signals = await PostgresSignals.open({ url: postgres, database: shared, onError });
  return {
    events, views: viewStore, processes, signals, shared,
    lead: (candidate) => leadWithPostgres({ url: postgres, name: 'projector', ...candidate }),
    close: async () => {
      await events.close();
      await viewStore.close();
      await signals.close();
      await shared.close();
    },
  };
}
