export * from './command-executor.js';
export * from './event-store.js';
export * from './field-issue.js';
export * from './ids.js';
export * from './memory-event-store.js';
export * from './registry.js';
export * from './sqlite/folder-lock.js';
export * from './sqlite/sqlite-event-store.js';
