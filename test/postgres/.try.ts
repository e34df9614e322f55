import { startPostgres } from './index.ts';
for (let i = 0; i < 3; i++) { const t = performance.now(); const p = await startPostgres(); const t1 = performance.now(); const u = await p.createDatabase(); const t2 = performance.now();
 await p.kill(); const t3 = performance.now(); await p.restart(); const t4 = performance.now(); 
 if (i < 2) { await p.stop(); console.log({ start: t1 - t, db: t2 - t1, kill: t3 - t2, restart: t4 - t3, stop: performance.now() - t4 }); } else { console.log('left running', p.port); process.stdout.write(''); if (process.argv[2]) process.kill(process.pid, process.argv[2] as any); } }
