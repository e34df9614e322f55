import type { Multilingual } from '#kernel';
import type { StatementDoc } from '#contexts/statements';
import { directionOf } from '#platform/i18n';
import { html, type Html, type Part } from '../html.js';
import { type PublicReading, type PublicStatement, type PublicText, versionName } from '../reading.js';
import type { Voice } from '../voice.js';

/** What groups, parliaments and other statements are called, by stream. */
export type Names = Readonly<Record<string, Multilingual>>;

/** Names of all that a statement speaks of; of chambers as `chamber-<code>`. */
export async function names(reading: PublicReading, { row: { doc } }: PublicStatement): Promise<Names> {
  const parliaments = [...new Set(doc.signatories.map((s) => s.snapshot.parliament))];
  const [chambers, streams] = await Promise.all([reading.chambers(parliaments), reading.names([
    ...doc.crossParty.map((p) => `parliament-${p.parliament}`), ...doc.signatories.map((s) => `parliament-${s.snapshot.parliament}`),
    ...[...doc.attribution.groups, ...doc.reservations.map((r) => r.groupId), ...doc.endorsements.map((e) => e.groupId)].map((id) => `group-${id}`),
    ...doc.notices.flatMap((n) => (n.kind === 'superseded' ? [`statement-${n.byStatementId}`] : [])),
  ])]);
  return { ...streams, ...chambers };
}

const called = (voice: Voice, known: Names, stream: string): Html => voice.span(known[stream] ?? { [voice.lang]: stream.slice(stream.indexOf('-') + 1) });

/** What stands above the text and stays there (STM-14): nothing that was published is ever taken away. */
export function notices(voice: Voice, statement: PublicStatement, text: PublicText, known: Names): Part {
  const { row: { doc }, texts } = statement;
  const newest = texts[0]!;
  const old = newest !== text;
  const to = (t: PublicText) => `/public/${voice.lang}/statements/${t.statementId}/${versionName(t)}`;
  const provisional = text.languages.some((l) => l.status === 'provisional');
  return [
    ...doc.notices.map((n) => html`<section class="notice ${n.kind}" role="note"><h2>${voice.say(`notice.${n.kind}`)}</h2><p>${voice.say('on-date')} ${voice.time(n.at)}.
      ${n.kind === 'retracted' && html` ${voice.say('reason')} ${voice.span(n.reason, text.leadLanguage)}`}
      ${n.kind === 'superseded' && html` ${voice.say('see')} <a href="/public/${voice.lang}/statements/${n.byStatementId}">${called(voice, known, `statement-${n.byStatementId}`)}</a>`}</p></section>`),
    old && html`<section class="notice corrected" role="note"><h2>${voice.say('notice.older')}</h2><p>${voice.say('newer-reading')} <a href="${to(newest)}">${voice.say('revision', { revision: newest.revision })}${newest.corrections > 0 && ` ${voice.say('corrected-n', { n: newest.corrections })}`}</a></p></section>`,
    text.corrections > 0 && readings(voice, statement, text),
    provisional && html`<section class="notice provisional" role="note"><h2>${voice.say('notice.provisional')}</h2><p>${voice.say('provisional-why')}</p></section>`,
  ];
}

/** Both readings of every passage that a procès-verbal has rectified, each in its own language. */
function readings(voice: Voice, { row: { doc }, texts }: PublicStatement, text: PublicText): Html {
  const before = texts.find((t) => t.revision === text.revision && t.corrections === text.corrections - 1);
  const quoted = (lang: string, words: string) => html`<dd lang="${lang}" dir="${directionOf(lang)}">${words}</dd>`;
  return html`<section class="notice corrected" role="note"><h2>${voice.say('notice.corrected')}</h2>
    ${doc.corrections.slice(0, text.corrections).map((c) => {
      const where = c.clauseId === null ? voice.say('in-title') : (text.clauses.find((own) => own.id === c.clauseId)?.label ?? '');
      return html`<p>${voice.say('on-date')} ${voice.time(c.at)}, ${where} (${voice.f.language(c.lang)}):</p><dl class="readings"><dt>${voice.say('reads-not')}</dt>${quoted(c.lang, c.wrong)}<dt>${voice.say('reads')}</dt>${quoted(c.lang, c.right)}</dl>`;
    })}${before && html`<p><a href="/public/${voice.lang}/statements/${text.statementId}/${versionName(before)}">${voice.say('as-before')}</a></p>`}</section>`;
}

/** Of each parliament how many of each side have signed: the mark is computed from these (STM-7). */
export const sides = (voice: Voice, parties: StatementDoc['crossParty'], known: Names): Html =>
  html`<ul class="sides">${parties.map((p) => html`<li>${called(voice, known, `parliament-${p.parliament}`)} <span class="muted">${voice.say('sides', { government: p.government, opposition: p.opposition, other: p.other })}</span></li>`)}</ul>`;

/** In the same size as the text (STM-13). */
export function reservations(voice: Voice, doc: StatementDoc, lead: string, known: Names): Part {
  return doc.reservations.length > 0 && html`<section class="reservations"><h2>${voice.say('reservations')}</h2>${doc.reservations.map((r) => {
    const said = voice.said(r.text, lead);
    return html`<div class="reservation"><h3>${called(voice, known, `group-${r.groupId}`)}${r.clauses.length > 0 && html` <span class="muted">${voice.say('on-clauses', { count: r.clauses.length })} ${r.clauses.map((c, i) => [i > 0 && ', ', html`<a href="#clause-${c.id}">${c.label}</a>`])}</span>`}</h3>
      <p class="text" lang="${said.lang}" dir="${said.dir}">${said.text}</p></div>`;
  })}</section>`;
}

type Signatory = StatementDoc['signatories'][number];
const person = (voice: Voice, s: Signatory, known: Names): Html => {
  const { name, title, party, side, chamber } = s.snapshot;
  const house = chamber === undefined ? undefined : (known[`chamber-${chamber}`] ?? { [voice.lang]: chamber });
  const line = [title !== undefined && html`<bdi>${title}</bdi>`, party !== undefined && html`<bdi>${party}</bdi>`, house && voice.span(house), ['government', 'opposition'].includes(side) && voice.word(`value.side.${side}`, 'statements')];
  const shown = html`<bdi class="person">${name}</bdi>${line.map((part) => part && html`<span class="muted"> · ${part}</span>`)}`;
  return s.withdrawn === null
    ? html`<li>${shown}${s.later && html` <span class="later">${voice.say('signed-later')} ${voice.date(s.at)}</span>`}</li>`
    : html`<li class="withdrawn"><s>${shown}</s> <span class="later">${voice.say('withdrawn-on')} ${voice.date(s.withdrawn.at)}</span></li>`;
};

/** By parliament, as each was called on the day of signing; who signed later or withdrew is dated (STM-6, STM-9). */
export function signatories(voice: Voice, doc: StatementDoc, known: Names): Part {
  const parliaments = [...new Set(doc.signatories.map((s) => s.snapshot.parliament))];
  const sorted = parliaments.toSorted((a, b) => voice.said(known[`parliament-${a}`] ?? {}).text.localeCompare(voice.said(known[`parliament-${b}`] ?? {}).text, voice.lang));
  return [
    doc.endorsements.length > 0 && html`<section class="endorsements"><h2>${voice.say('endorsed-by')}</h2><ul>${doc.endorsements.map((e) => html`<li>${called(voice, known, `group-${e.groupId}`)} <span class="muted">${voice.date(e.at)}</span></li>`)}</ul></section>`,
    sorted.length > 0 && html`<section class="signatories" id="signatories"><h2>${voice.say('signatories')}</h2><p class="muted">${voice.say('signed-by', { ...doc.attribution.counts })}</p>${sorted.map((id) => html`<h3>${called(voice, known, `parliament-${id}`)}</h3><ul>${doc.signatories.filter((s) => s.snapshot.parliament === id).map((s) => person(voice, s, known))}</ul>`)}</section>`,
  ];
}

/** Of a harmonised motion: the same text in the form of each chamber. */
export function variants(voice: Voice, doc: StatementDoc): Part {
  return doc.variants.length > 0 && html`<section class="variants"><h2>${voice.say('variants')}</h2>${doc.variants.map((v) => html`<details><summary>${v.chamber} (${voice.f.language(v.lang)})</summary><div class="text" lang="${v.lang}" dir="${directionOf(v.lang)}"><h3>${v.title}</h3><p>${v.text}</p></div></details>`)}</section>`;
}

export function digests(voice: Voice, text: PublicText, lang: string): Html {
  const own = text.digests[lang];
  return html`<section class="proof"><h2>${voice.say('proof')}</h2><p>${voice.say('proof-what')}</p>
    ${own !== undefined && html`<dl><dt>SHA-256, ${voice.f.language(lang)}</dt><dd><code dir="ltr">${own}</code></dd></dl>`}
    ${(Object.keys(text.digests).length > 1 || text.digest !== null) && html`<details><summary>${voice.say('all-digests')}</summary><dl>${Object.entries(text.digests).filter(([tag]) => tag !== lang).map(([tag, digest]) => html`<dt>${voice.f.language(tag)}</dt><dd><code dir="ltr">${digest}</code></dd>`)}
      ${text.digest !== null && html`<dt>${voice.say('all-languages')}</dt><dd><code dir="ltr">${text.digest}</code></dd>`}</dl></details>`}
    <p><a class="button" href="/public/${voice.lang}/verify">${voice.say('place.verify')}</a></p></section>`;
}

export function downloads(voice: Voice, text: PublicText, lang: string, endings: readonly string[]): Html {
  const at = (ending: string) => `/public/${voice.lang}/statements/${text.statementId}/${versionName(text)}.${ending}${lang.split('-')[0] === voice.lang ? '' : `?text=${lang}`}`;
  return html`<section class="downloads"><h2>${voice.say('downloads')}</h2><ul>${endings.map((format) => html`<li><a href="${at(format)}" hreflang="${lang}" download>${voice.say(`format.${format.replace('.', '-')}`)}</a></li>`)}</ul></section>`;
}

interface Act {
  readonly at: string | null;
  readonly what: Part;
}
/** The life of the text, oldest first, as far as it is public. */
export function history(voice: Voice, { row: { doc }, texts }: PublicStatement, shown: PublicText): Html {
  const oldest = texts.toReversed();
  const acts: (false | Act)[] = [
    doc.frozen !== null && { at: doc.frozen.at, what: voice.say('act.frozen') },
    doc.sealed !== null && { at: doc.sealed.at, what: voice.say('act.sealed') },
    doc.decision?.outcome === 'adopted' && { at: null, what: voice.say('act.adopted', { procedure: voice.word(`value.procedure.${doc.decision.procedure}`, 'statements') }) },
    ...oldest.map((t) => ({
      at: t.at,
      what: html`<a href="/public/${voice.lang}/statements/${t.statementId}/${versionName(t)}"${t === shown && html` aria-current="true"`}>${voice.say(t.corrections > 0 ? 'act.corrected' : 'act.published', { revision: t.revision })}</a> <span class="muted">${voice.f.list(t.languages.map((l) => voice.f.language(l.tag)))}</span>`,
    })),
    ...doc.versions.filter((v) => v.at > doc.published!.at).map((v) => ({ at: v.at, what: voice.say('act.language', { language: voice.f.language(v.lang) }) })),
    doc.closed !== null && { at: doc.closed.at, what: voice.say('act.closed', { count: doc.closed.finalCount }) },
    ...doc.notices.toReversed().map((n) => ({ at: n.at, what: voice.say(`act.${n.kind}`) })),
  ];
  return html`<section class="history"><h2>${voice.say('history')}</h2><ol>${acts.map((act) => act && html`<li>${act.at !== null && voice.date(act.at)}<span>${act.what}</span></li>`)}</ol>
    <p class="small">${voice.say('permanent')}</p></section>`;
}
