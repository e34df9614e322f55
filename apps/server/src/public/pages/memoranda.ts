import type { Multilingual, Row } from '#kernel';
import type { MouDoc } from '#contexts/agreements';
import { html, type Html, type Part } from '../html.js';
import type { Page } from '../layout.js';
import type { Voice } from '../voice.js';
import type { Names } from './statement-parts.js';

const party = (voice: Voice, known: Names, id: string): Html => voice.span(known[`group-${id}`] ?? { [voice.lang]: id });
export const mouStreams = (docs: readonly MouDoc[]): string[] =>
  docs.flatMap((doc) => [...doc.participants.map((p) => `group-${p.groupId}`), ...doc.signatures.flatMap((s) => [...(s.personId === null ? [] : [`person-${s.personId}`]), ...(s.groupId === null ? [] : [`group-${s.groupId}`])]), ...doc.witnesses.flatMap((w) => (w.personId === null ? [] : [`person-${w.personId}`]))]);

export function mouEntry(voice: Voice, { id, doc }: Row<MouDoc>, known: Names, heading: 'h2' | 'h3' = 'h2'): Html {
  const title = voice.said(doc.titles);
  const link = html`<a href="/public/${voice.lang}/memoranda/${id}"${title.lang !== voice.lang && html` lang="${title.lang}" dir="${title.dir}" hreflang="${title.lang}"`}>${title.text}</a>`;
  return html`<li class="entry"><p class="kicker">${voice.word(`state.Mou.${doc.status}`, 'agreements')}${doc.signedOn !== null && [' · ', voice.date(doc.signedOn)]}</p>${heading === 'h2' ? html`<h2>${link}</h2>` : html`<h3>${link}</h3>`}
    <ul class="muted small">${doc.participants.map((p) => html`<li>${party(voice, known, p.groupId)}</li>`)}</ul></li>`;
}

export const memorandaPage = (voice: Voice, rows: readonly Row<MouDoc>[], known: Names): Page => ({
  title: voice.say('place.memoranda'), description: voice.say('memoranda-what'), path: '/memoranda', at: 'memoranda',
  body: html`<header class="heading"><h1>${voice.say('place.memoranda')}</h1><p class="lead">${voice.say('memoranda-what')}</p></header>
    ${rows.length === 0 ? html`<p class="empty">${voice.say('no-memoranda')}</p>` : html`<ol class="entries">${rows.map((row) => mouEntry(voice, row, known))}</ol>`}`,
});

/** One memorandum: who, since when, the text as far as it is known, who signed. */
export function memorandumPage(voice: Voice, { id, doc }: Row<MouDoc>, known: Names): Page {
  const title = voice.said(doc.titles);
  const lead = doc.authenticLanguages[0];
  const clauses = doc.clauses.filter((c) => !c.dropped);
  const fact = (name: string, value: Part) => value !== null && value !== false && html`<dt>${name}</dt><dd>${value}</dd>`;
  const person = (personId: string | null, asPrinted: string | null): Html => (asPrinted !== null ? html`<bdi>${asPrinted}</bdi>` : voice.span(personId === null ? {} : (known[`person-${personId}`] as Multilingual | undefined)));
  const body = html`<article class="statement">
    ${doc.ended !== null && html`<section class="notice retracted" role="note"><h2>${voice.word(`state.Mou.${doc.status}`, 'agreements')}</h2>${doc.ended.on !== null && html`<p>${voice.say('on-date')} ${voice.date(doc.ended.on)}.</p>`}</section>`}
    <header class="heading"><p class="kicker">${voice.say('memorandum')} · ${voice.word(`state.Mou.${doc.status}`, 'agreements')}</p>
      <h1 lang="${title.lang}" dir="${title.dir}">${title.text}</h1>
      ${doc.purpose !== null && html`<p class="speaks">${voice.span(doc.purpose, lead)}</p>`}</header>
    <div class="columns"><div class="main">
      ${clauses.length === 0
        ? html`<p class="empty">${voice.say('mou-no-text')}</p>`
        : html`<div class="text"><ol class="clauses">${clauses.map((c) => {
            const said = voice.said(c.text, lead);
            return html`<li id="clause-${c.clauseId}"><a class="label" href="#clause-${c.clauseId}">${c.number ?? '§'}</a><div lang="${said.lang}" dir="${said.dir}"><h2 lang="${voice.lang}" dir="${voice.dir}">${voice.word(`value.kind.${c.kind}`, 'agreements')}</h2><p>${said.text}</p></div></li>`;
          })}</ol></div>`}
      ${doc.signatures.length > 0 && html`<section class="signatories"><h2>${voice.say('signatories')}</h2><ul>${doc.signatures.map((s) => html`<li><span class="person">${person(s.personId, s.asPrinted)}</span>${s.groupId !== null && html`<span class="muted">, ${party(voice, known, s.groupId)}</span>`} <span class="later">${voice.date(s.at)}</span></li>`)}</ul></section>`}
      ${doc.witnesses.length > 0 && html`<section class="signatories"><h2>${voice.say('witnesses')}</h2><ul>${doc.witnesses.map((w) => html`<li><span class="person">${person(w.personId, w.asPrinted)}</span></li>`)}</ul></section>`}
    </div><aside><section><h2>${voice.say('facts')}</h2><dl class="facts">
      ${fact(voice.say('participants'), html`<ul>${doc.participants.map((p) => html`<li>${party(voice, known, p.groupId)}${p.acceded && p.since !== null && html` <span class="muted">${voice.say('acceded')} ${voice.date(p.since)}</span>`}${p.withdrewOn !== null && html` <span class="muted">${voice.say('withdrawn-on')} ${voice.date(p.withdrewOn)}</span>`}</li>`)}</ul>`)}
      ${fact(voice.say('signed'), doc.signedOn !== null && voice.date(doc.signedOn))}
      ${fact(voice.say('in-effect'), doc.effect !== null && [voice.date(doc.effect.on), html`<br><span class="muted">${voice.word(`value.byRule.${doc.effect.byRule}`, 'agreements')}</span>`])}
      ${fact(voice.say('until'), doc.expiresOn !== null && voice.date(doc.expiresOn))}
      ${fact(voice.say('force'), doc.bindingness !== null && voice.word(`value.bindingness.${doc.bindingness}`, 'agreements'))}
      ${fact(voice.say('authentic-languages'), doc.authenticLanguages.length > 0 && voice.f.list(doc.authenticLanguages.map((tag) => voice.f.language(tag))))}
    </dl></section>
    ${doc.source !== null && doc.source.sources.length > 0 && html`<section><h2>${voice.say('sources')}</h2><ul>${doc.source.sources.map((s) => html`<li>${s.url !== undefined && /^https?:\/\//.test(s.url) ? html`<a href="${s.url}" rel="noopener external">${s.title ?? s.url}</a>` : (s.title ?? s.url)}</li>`)}</ul></section>`}
    ${doc.digests !== null && Object.keys(doc.digests).length > 0 && html`<section class="proof"><h2>${voice.say('proof')}</h2><dl>${Object.entries(doc.digests).map(([tag, digest]) => html`<dt>SHA-256, ${voice.f.language(tag)}</dt><dd><code dir="ltr">${digest}</code></dd>`)}</dl></section>`}
    </aside></div></article>`;
  return { title: title.text, body, path: `/memoranda/${id}`, at: 'memoranda', kind: 'article', look: 'reading' };
}
