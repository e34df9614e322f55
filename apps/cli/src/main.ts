import { runCli } from './cli.js';

// Set instead of called: what stands in a pipe is still written.
process.exitCode = await runCli(process.argv.slice(2), {
  in: process.stdin,
  out: process.stdout,
  err: process.stderr,
  env: process.env,
});
