import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
const carried = join(root, 'node_modules/.bin/node');

/** The Node that the project carries; where its platform package is missing (an official image), the running one. */
export const ownNode = existsSync(carried) ? carried : process.execPath;
