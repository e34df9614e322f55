import type { EventStore } from './event-store.js';

/** The adapter of KurrentDB; its client is loaded only where it is used. @throws ConnectionStringRefused */
export async function openKurrentDb(connectionString: string): Promise<EventStore> {
  const { KurrentDbEventStore } = await import('./kurrentdb/kurrentdb-event-store.js');
  return new KurrentDbEventStore(connectionString);
}
