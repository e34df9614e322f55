import { Worker } from 'node:worker_threads';
import { isRefusal, type Refusal } from '#kernel';
import type { ExchangedDocument } from '../document.js';
import type { ExportWords } from '../words.js';
import { pdfData } from './data.js';
import { fontsFor, unsettable } from './fonts.js';
import { TEMPLATE } from './template.js';

/** After so long without a document the thread ends, and with it the memory of compiler and fonts; milliseconds. */
const IDLE = 60_000;

interface Waiting {
  readonly resolve: (pdf: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}
let thread: Worker | undefined;
let next = 0;
let ending: NodeJS.Timeout | undefined;
const waiting = new Map<number, Waiting>();

function start(): Worker {
  // Under the tests the source runs as it is.
  const worker = new Worker(new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url));
  worker.unref();
  worker.on('message', ({ id, pdf, error }: { id: number; pdf?: Uint8Array; error?: string }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (pdf) asked?.resolve(pdf);
    else asked?.reject(new Error(error));
    if (waiting.size === 0) rest();
  });
  const fail = (error: Error) => {
    if (thread === worker) thread = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread that sets documents has ended')));
  return worker;
}

function rest(): void {
  clearTimeout(ending);
  thread?.unref();
  ending = setTimeout(() => void endPdf(), IDLE);
  ending.unref();
}

/** Ends the thread; the next document starts it again. */
export async function endPdf(): Promise<void> {
  clearTimeout(ending);
  const worker = thread;
  thread = undefined;
  await worker?.terminate();
}

function set(data: string, fonts: readonly string[]): Promise<Uint8Array> {
  clearTimeout(ending);
  const worker = (thread ??= start());
  worker.ref();
  return new Promise((resolve, reject) => {
    const id = next++;
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, template: TEMPLATE, data, fonts });
  });
}

/**
 * One language of a document as tagged PDF (1.7, with structure tree, language and title), set by Typst with embedded fonts; the same document
 * gives the same bytes. A refusal, `exchange.script-not-settable`, names characters that no font here holds.
 */
export async function toPdf(doc: ExchangedDocument, { lang, words }: { readonly lang: string; readonly words: ExportWords }): Promise<Uint8Array | Refusal> {
  const data = pdfData(doc, lang, words);
  const text = JSON.stringify(data);
  const { paths, families } = fontsFor(text);
  const refusal = unsettable(text, paths);
  return isRefusal(refusal) ? refusal : set(JSON.stringify({ ...data, families }), paths);
}
