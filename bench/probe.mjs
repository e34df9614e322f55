import { bench } from './lib/bench.mjs';
import { inProcess, openViews } from './lib/build-views.mjs';
import { recordedFolder, VIEWS } from './lib/dataset.mjs';
import { postgresServer } from './lib/engines.mjs';
await bench(async (a) => {
  let t = performance.now(); const f = await recordedFolder(100_000); console.log('made', (performance.now() - t) / 1000);
  const pg = await postgresServer(a); const views = await pg.createDatabase();
  console.log(JSON.stringify((await inProcess({ kind: 'build', folder: f, views })).figures));
  const { store, database, close } = await openViews(views, VIEWS);
  const b = store.servingBuild('activity');
  for (const t of ['audience', 'search', 'duties']) console.log(t, await database.all(`SELECT count(*) AS n, count(*) FILTER (WHERE build = ${b}) AS activity FROM ${t}`));
  for (const table of ['search', 'duties', 'audience']) { t = performance.now(); console.log(table, await database.run(`DELETE FROM ${table} WHERE build = ?`, [b]), performance.now() - t); }
  await close();
});
