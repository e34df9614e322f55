import { eventStoreContract } from './event-store.contract.js';
import { MemoryEventStore } from './memory-event-store.js';

eventStoreContract('memory', () =>
  Promise.resolve({ open: () => Promise.resolve(new MemoryEventStore()), refusesUsedIds: true, dispose: () => Promise.resolve() }),
);
