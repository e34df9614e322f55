// Prints the path of a Chromium for the browser tests; on Debian it installs one where it is missing and may.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [
  process.env.COMITY_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const find = () => places.find((path) => path && existsSync(path));

export function ensureChromium() {
  if (!find() && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env });
    spawnSync('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-noto-core'], { stdio: ['ignore', 'ignore', 'inherit'], env });
  }
  return find();
}

if (process.argv[1] === import.meta.filename) {
  const path = ensureChromium();
  if (!path) {
    console.error('no Chromium was found: install one, or set COMITY_CHROMIUM to its path');
    process.exit(1);
  }
  console.log(path);
}
