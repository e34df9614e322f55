import { join } from 'node:path';
import { type Database, SqliteDatabase } from '#platform/database';

/** What is deleted is overwritten, and what was said to be done survives the loss of power. */
const PRAGMAS = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA busy_timeout = 2000;
PRAGMA secure_delete = ON;
`;

/**
 * The tables, in the order in which they came to be: accounts and sessions are no part of the record, they are changed and deleted.
 * The first step is `IF NOT EXISTS`: files from before there were steps have these tables already.
 */
export function identitySteps(dialect: Database['dialect']): readonly string[] {
  const { bytes, time, strict, keyed, counter } =
    dialect === 'sqlite'
      ? { bytes: 'BLOB', time: 'INTEGER', strict: 'STRICT', keyed: 'STRICT, WITHOUT ROWID', counter: 'INTEGER PRIMARY KEY AUTOINCREMENT' }
      : { bytes: 'BYTEA', time: 'BIGINT', strict: '', keyed: '', counter: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY' };
  const accountsAndSessions = `
CREATE TABLE IF NOT EXISTS accounts (
  account_id TEXT PRIMARY KEY,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL,
  display_name TEXT NOT NULL,
  language TEXT NOT NULL,
  exercise INTEGER NOT NULL,
  grants TEXT NOT NULL,
  password_hash TEXT,
  created_at TEXT NOT NULL,
  disabled_at TEXT
) ${strict};
CREATE TABLE IF NOT EXISTS sessions (
  token_hash ${bytes} PRIMARY KEY,
  session_id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL REFERENCES accounts (account_id),
  user_agent TEXT,
  created_at ${time} NOT NULL,
  last_seen_at ${time} NOT NULL
) ${keyed};
CREATE INDEX IF NOT EXISTS sessions_of_account ON sessions (account_id);`;
  // A session is good while its generation is its account's: one write ends all of them, on whatever node they are being opened.
  const generations = `
ALTER TABLE accounts ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;`;
  const ticketsAndFailures = `
CREATE TABLE tickets (
  number ${counter},
  token_hash ${bytes} NOT NULL UNIQUE,
  session_id TEXT NOT NULL,
  expires_at ${time} NOT NULL
) ${strict};
CREATE INDEX tickets_of_session ON tickets (session_id, number);
CREATE INDEX tickets_by_end ON tickets (expires_at);
CREATE TABLE failed_sign_ins (
  attempt_id TEXT PRIMARY KEY,
  key_hash ${bytes} NOT NULL,
  failed_at ${time} NOT NULL
) ${keyed};
CREATE INDEX failed_sign_ins_of_key ON failed_sign_ins (key_hash, failed_at);
CREATE INDEX failed_sign_ins_by_time ON failed_sign_ins (failed_at);`;
  return [accountsAndSessions, generations, ticketsAndFailures];
}

/** Who sweeps passes over what another holds: two sweeps never wait for each other, nor stand in each other's way. */
export const skippingLocked = ({ dialect }: Database): string => (dialect === 'postgres' ? 'FOR UPDATE SKIP LOCKED' : '');

/** `identity.db` in the data folder, for the process that holds the folder; whoever opens it closes it. */
export function openIdentityDatabase(folder: string): Database {
  return SqliteDatabase.open(folder === ':memory:' ? folder : join(folder, 'identity.db'), PRAGMAS);
}
