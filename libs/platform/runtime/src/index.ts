export * from './config.js';
export * from './platform.js';
export * from './processes/process-store.js';
export * from './processes/processes.js';
