export * from './database.js';
export * from './leadership.js';
export { PostgresDatabase, type PostgresOptions, type Transaction, WrongCollation } from './postgres-database.js';
export * from './postgres-signals.js';
export { LocalSignals, type Signals } from './signals.js';
export * from './sqlite-database.js';
