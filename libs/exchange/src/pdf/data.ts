import type { ExchangedDocument, ExchangedSignatory } from '../document.js';
import type { ExportWords } from '../words.js';

/** What the template prints; strings only, so that nothing that somebody wrote is read as anything else. */
export interface PdfData {
  readonly lang: string;
  readonly region: string | null;
  readonly script: string;
  readonly rtl: boolean;
  readonly title: string;
  readonly [field: string]: unknown;
}

const RTL = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Adlm', 'Nkoo', 'Rohg']);
/** The script in which a language is written by default: `fa` Arab, `zh` Hans. */
export const scriptOf = (tag: string): string => new Intl.Locale(tag).maximize().script ?? 'Latn';
export const isRtl = (tag: string): boolean => RTL.has(scriptOf(tag));
const pick = (texts: Readonly<Record<string, string>>, lang: string, lead: string): readonly [string, string] =>
  texts[lang] !== undefined ? [texts[lang], lang] : texts[lead] !== undefined ? [texts[lead], lead] : [Object.values(texts)[0] ?? '', Object.keys(texts)[0] ?? lang];

const said = (s: ExchangedSignatory, words: ExportWords): string =>
  [s.title, s.party, words.capacity(s.capacity), s.later ? `${words.later} ${words.date(s.at)}` : null, s.withdrawnAt === null ? null : words.withdrawn(words.date(s.withdrawnAt))].filter((part) => part !== null && part !== '').join(', ');

/** The document in one language; where it lacks a text, that of the lead language, marked as such for screen readers by its own language. */
export function pdfData(doc: ExchangedDocument, lang: string, words: ExportWords): PdfData {
  const lead = doc.languages[0]?.tag ?? lang;
  const version = doc.languages.find((l) => l.tag === lang);
  const [title] = pick(doc.title, lang, lead);
  const locale = new Intl.Locale(lang);
  const parliaments = [...new Set(doc.signatories.map((s) => s.parliament))];
  const nameOf = (id: string) => pick(doc.groups.find((g) => g.id === id)?.name ?? {}, lang, lead)[0] || id;
  const label = Object.fromEntries(doc.clauses.map((c) => [c.id, c.label]));
  return {
    lang: locale.language, region: locale.region ?? null, script: scriptOf(lang), rtl: isRtl(lang), title,
    // A signed text is nobody's manuscript: who speaks stands in the attribution.
    author: [], keywords: [doc.id, `r${doc.revision}`],
    short: title.length > 90 ? `${title.slice(0, 88)}…` : title,
    language: new Intl.DisplayNames([lang], { type: 'language' }).of(lang) ?? lang,
    above: doc.exercise ? words.exercise : doc.publishedAt === null ? words.draft(doc.revision) : words.date(doc.publishedAt),
    attribution: pick(doc.attribution, lang, lead)[0], status: version === undefined ? '' : words.status(version.status),
    notices: doc.notices.map((n) => pick(n.text, lang, lead)[0]).filter((text) => text !== ''),
    clauses: doc.clauses.map((c) => {
      const [text, tag] = pick(c.text, lang, lead);
      return { label: c.label, text, lang: new Intl.Locale(tag).language, rtl: isRtl(tag) };
    }),
    reservations: doc.reservations.map((r) => {
      const [text, tag] = pick(r.text, lang, lead);
      return { by: nameOf(r.groupId), on: r.clauses.map((c) => label[c] ?? c).join(', '), text, lang: new Intl.Locale(tag).language, rtl: isRtl(tag) };
    }),
    signatories: parliaments.map((id) => {
      const people = doc.signatories.filter((s) => s.parliament === id);
      return { parliament: pick(people[0]!.parliamentName, lang, lead)[0] || id, people: people.map((s) => ({ name: s.name, withdrawn: s.withdrawnAt !== null, more: said(s, words) })) };
    }),
    digest: version?.digest ?? '', address: doc.address ?? '',
    foot: [`r${doc.revision}${doc.corrections > 0 ? `-c${doc.corrections}` : ''}`, version?.digest?.slice(0, 16) ?? ''].filter(Boolean).join(' · '),
    words: { signatures: words.signatures, reservations: words.reservations, verify: words.verify },
  };
}
