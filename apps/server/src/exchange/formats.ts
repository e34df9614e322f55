import { type CalendarEntry, type ExchangedDocument, type Popolo, toAkomaNtoso, toCalendar, toDocx, toPdf, toPlainText, toPopolo } from '#exchange';
import { isRefusal } from '#kernel';
import { Problem } from '../http/problem.js';
import { OPENING_VERBS } from '#contexts/statements';
import type { ExportVoice } from './voice.js';

export interface Export {
  readonly doc: ExchangedDocument;
  /** Languages asked for, in their order; at least one, and each is a language of the document. */
  readonly langs: readonly string[];
  readonly layout: 'columns' | 'sequence';
  /** Those to be drawn in; the document holds no others. */
  readonly amendments: readonly string[];
  readonly voice: ExportVoice;
  readonly network: { readonly id: string; readonly name: string };
  readonly deadlines: readonly CalendarEntry[];
  /** Instant of the export, ISO 8601. */
  readonly at: string;
  /** Host of this server, for identifiers of calendars. */
  readonly host: string;
}
export interface Format {
  readonly type: string;
  /** Of the file name: `akn` is `akn.xml` on a disk. */
  readonly extension: string;
  /** Holds one language, the first of those asked for. */
  readonly single: boolean;
  readonly write: (asked: Export) => Promise<string | Uint8Array> | string | Uint8Array;
}

/** The network has no country: its documents stand under `un`, as those of organisations of states do (domain 7). */
const COUNTRY = 'un';

/** Every format of exports; a further one is a further line. */
export const FORMATS: Readonly<Record<string, Format>> = {
  pdf: {
    type: 'application/pdf', extension: 'pdf', single: true,
    write: async ({ doc, langs, voice, network }) => {
      const written = await toPdf(doc, { lang: langs[0]!, words: voice.words(langs[0]!), network: network.name, openings: OPENING_VERBS });
      if (isRefusal(written)) throw new Problem(422, written);
      return written;
    },
  },
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', extension: 'docx', single: false,
    write: ({ doc, langs, layout, amendments, voice }) => toDocx(doc, { langs, layout, amendments, words: voice.words }),
  },
  akn: {
    type: 'application/akn+xml; charset=utf-8', extension: 'akn.xml', single: true,
    write: ({ doc, langs, network, at }) => toAkomaNtoso(doc, langs[0]!, { authority: { country: COUNTRY, actor: network.id, name: network.name }, at }),
  },
  json: {
    type: 'application/json; charset=utf-8', extension: 'json', single: true,
    write: ({ doc, langs, network }) => `${JSON.stringify(toPopolo(doc, { lang: langs[0]!, network }) satisfies Popolo, null, 1)}\n`,
  },
  // Byte for byte the canonical text: `sha256sum` of the file is the digest of that language.
  txt: { type: 'text/plain; charset=utf-8', extension: 'txt', single: true, write: ({ doc, langs }) => toPlainText(doc, langs[0]!) },
  ics: {
    type: 'text/calendar; charset=utf-8', extension: 'ics', single: true,
    write: ({ doc, langs, deadlines, host }) => toCalendar({ lang: langs[0]!, name: doc.title[langs[0]!] ?? Object.values(doc.title)[0] ?? doc.id, host, entries: deadlines }),
  },
};
