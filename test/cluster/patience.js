import { jest } from '@jest/globals';

// Three processes and two databases start before the first test of a file.
jest.setTimeout(120_000);
