export * from './checks.js';
export * from './memory.js';
export { type Designation, designationOf, type Term, termsIn, type TermUse } from './terms.js';
