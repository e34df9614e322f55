/** The part of the library that runs in the workspace too: no file system, no framework. */
export * from './edtf.js';
export * from './format.js';
export * from './format-direction.js';
export * from './format-icu.js';
export * from './format-relative.js';
export * from './sentence.js';
