import { isRefusal, type Refusal } from '#kernel';
import type { ExchangedDocument } from '../document.js';
import { pdfData, type PdfOptions } from './data.js';
import { familiesFor, pathsOf, unsettable } from './fonts.js';
import { TEMPLATE } from './template.js';
import { SettingThread } from './thread.js';

let thread: SettingThread | undefined;
/** Documents go to the thread one at a time: one that fails, or wears the thread out, takes no other along. */
let last: Promise<unknown> = Promise.resolve();

/** Ends the thread; the next document starts it again. */
export async function endPdf(): Promise<void> {
  const ended = thread;
  thread = undefined;
  await ended?.end();
}

/**
 * One language of a document as tagged PDF (1.7, with structure tree, language and title), set by Typst with embedded fonts; the same document
 * gives the same bytes. A refusal, `exchange.script-not-settable`, names characters that no font here holds.
 */
export async function toPdf(doc: ExchangedDocument, options: PdfOptions): Promise<Uint8Array | Refusal> {
  const data = pdfData(doc, options);
  const text = JSON.stringify(data);
  const families = familiesFor(text);
  const refusal = unsettable(text, families);
  if (isRefusal(refusal)) return refusal;
  const printed = JSON.stringify({ ...data, han: families.length > 2 });
  const made = last.then(() => {
    if (thread === undefined || thread.ended) thread = new SettingThread();
    return thread.set(TEMPLATE, printed, pathsOf(families));
  });
  last = made.catch(() => undefined);
  return made;
}
