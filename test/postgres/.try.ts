import { startPostgres } from './index.ts';
const t = performance.now(); const p = await startPostgres(); const t1 = performance.now(); await p.createDatabase();
console.log('start', Math.round(t1 - t)); 
if (process.argv[2] === 'kill') { await p.kill(); await p.restart(); console.log('restarted'); }
await p.stop();
