import { jest } from '@jest/globals';

// A whole server with its demonstration comes before the first test of a file; on a busy machine that takes its time.
jest.setTimeout(30_000);
