import { join } from 'node:path';
import { type Database, SqliteDatabase } from '#platform/database';

/** What the record says to be kept survives the loss of power. */
const PRAGMAS = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000;';

/** `attachments.db` in the data folder, for the process that holds the folder; whoever opens it closes it. */
export function openAttachmentsDatabase(folder: string): Database {
  return SqliteDatabase.open(folder === ':memory:' ? folder : join(folder, 'attachments.db'), PRAGMAS);
}

/** In the order in which the tables came to be. */
export const attachmentSteps = (dialect: Database['dialect']): readonly string[] => [
  `CREATE TABLE attachments (
     digest TEXT PRIMARY KEY,
     media_type TEXT NOT NULL,
     size ${dialect === 'sqlite' ? 'INTEGER' : 'BIGINT'} NOT NULL,
     bytes ${dialect === 'sqlite' ? 'BLOB' : 'BYTEA'} NOT NULL
   ) ${dialect === 'sqlite' ? 'STRICT' : ''}`,
];
