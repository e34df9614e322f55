export * from './config.js';
export * from './dispatch/command-dispatch.js';
export * from './dispatch/queries.js';
export * from './platform.js';
export * from './processes/process-store.js';
export * from './processes/processes.js';
export * from './record-file.js';
