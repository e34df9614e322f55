import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Accounts and sessions are no part of the record: they are changed and deleted, and a backup leaves the sessions out. */
const SCHEMA = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA busy_timeout = 2000;
PRAGMA secure_delete = ON;
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
) STRICT;
CREATE TABLE IF NOT EXISTS sessions (
  token_hash BLOB PRIMARY KEY,
  session_id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL REFERENCES accounts (account_id),
  user_agent TEXT,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_of_account ON sessions (account_id);
`;

/** Opens `identity.db` in the data folder; one process at a time holds the folder. */
export function openIdentityDatabase(folder: string): DatabaseSync {
  const db = new DatabaseSync(join(folder, 'identity.db'));
  db.exec(SCHEMA);
  return db;
}
