import type { Query } from '#kernel';
import { modelMou } from '../data/model-mou.js';

export const mouModel: Query = {
  path: 'mou-model',
  summary: 'The clauses of a standard memorandum, in English and French, from which a proposal can start',
  read: () => Promise.resolve(modelMou),
};
