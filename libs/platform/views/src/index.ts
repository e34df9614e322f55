export * from './activity.view.js';
export * from './as-of.js';
export * from './postgres/postgres-view-store.js';
export * from './references.js';
export * from './sqlite/sqlite-view-store.js';
export * from './view-reader.js';
export * from './view-runner.js';
export * from './view-store.js';
