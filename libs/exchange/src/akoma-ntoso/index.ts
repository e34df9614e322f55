export { toAkomaNtoso, type AkomaNtosoOptions } from './write.js';
export { fromAkomaNtoso, NotAkomaNtoso, type ReadAkomaNtoso } from './read.js';
export { addressesOf } from './meta.js';
export type { Authority } from './names.js';
