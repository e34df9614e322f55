import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, answerOf } from './answers.js';

const TYPES: Readonly<Record<string, string>> = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' };

function load(name: string): { readonly path: string; readonly answer: Answer } {
  const body = readFileSync(join(import.meta.dirname, 'assets', name));
  const [stem, ending = ''] = name.split('.');
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 10);
  return { path: `/public/assets/${stem}-${hash}.${ending}`, answer: answerOf({ body, type: TYPES[ending]!, maxAge: 31_536_000, immutable: true }) };
}
const [css, js, icon] = [load('site.css'), load('verify.js'), load('mark.svg')];

/** Addresses of the stylesheet, of the script of “verify this text” and of the mark; a new file has a new one. */
export const ASSETS = { css: css.path, js: js.path, icon: icon.path };
export const assetAt = (path: string): Answer | undefined => [css, js, icon].find((asset) => asset.path === path)?.answer;
