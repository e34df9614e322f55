export { createCertificate } from './certificate.ts';
export { Faults } from './faults.ts';
export { type KurrentNode, type KurrentServer, type KurrentServerOptions, startKurrentServer } from './server.ts';
export { type KurrentProcess, spawnKurrentServer } from './spawn.ts';
