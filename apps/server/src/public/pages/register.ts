import { html, type Html, type Part } from '../html.js';
import { type Page, pager } from '../layout.js';
import type { Entry } from '../record-index.js';
import type { Voice } from '../voice.js';
import { attribution } from './statement.js';
import type { Names } from './statement-parts.js';

export const PAGE_SIZE = 20;
export interface Filter {
  readonly kind: string | null;
  readonly parliament: string | null;
  readonly year: string | null;
  readonly page: number;
}

/** One statement in a list: what it is, who speaks, in which languages it is there. */
export function entry(voice: Voice, e: Entry, known: Names, heading: 'h2' | 'h3' = 'h2'): Html {
  const title = voice.said(e.title, e.leadLanguage);
  const link = html`<a href="/public/${voice.lang}/statements/${e.id}"${title.lang !== voice.lang && html` lang="${title.lang}" dir="${title.dir}" hreflang="${title.lang}"`}>${title.text}</a>`;
  return html`<li class="entry"><p class="kicker">${voice.word(`value.kind.${e.kind}`, 'statements')} · ${voice.date(e.at)}</p>
    ${heading === 'h2' ? html`<h2>${link}</h2>` : html`<h3>${link}</h3>`}
    <p class="speaks">${attribution(voice, e.attribution, known)}</p>
    <p class="muted small">${e.notices.map((n) => html`<strong class="flag">${voice.say(`notice.${n}`)}</strong> `)}${e.mark && html`<span class="cross-party">${voice.say('cross-party')}</span> `}
      ${voice.f.list(e.languages.map((tag) => voice.f.language(tag)))}</p></li>`;
}

/** Streams whose names a list needs. */
export const streamsOf = (entries: readonly Entry[]): string[] => entries.flatMap((e) => [...e.attribution.groups.map((g) => `group-${g}`), ...e.parliaments.map((p) => `parliament-${p}`)]);

/** Every statement that has been published, newest first; nothing leaves it (STM-14). */
export function registerPage(voice: Voice, all: readonly Entry[], filter: Filter, known: Names): Page {
  const found = all.filter((e) => (filter.kind === null || e.kind === filter.kind) && (filter.parliament === null || e.parliaments.includes(filter.parliament)) && (filter.year === null || e.year === filter.year));
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(filter.page, pages);
  const own = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const query = (at: number) => new URLSearchParams([...Object.entries({ kind: filter.kind, parliament: filter.parliament, year: filter.year }).flatMap(([k, v]) => (v === null ? [] : [[k, v]])), ...(at > 1 ? [['page', String(at)]] : [])]).toString();
  const href = (at: number) => `/public/${voice.lang}/statements${query(at) === '' ? '' : `?${query(at)}`}`;
  const select = (name: string, label: string, chosen: string | null, options: readonly (readonly [value: string, text: string])[]): Part =>
    options.length > 1 && html`<label><span>${label}</span><select name="${name}"><option value="">${voice.say('all')}</option>${options.map(([value, text]) => html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`)}</select></label>`;
  const parliaments = [...new Set(all.flatMap((e) => e.parliaments))].map((p) => [p, voice.said(known[`parliament-${p}`] ?? { [voice.lang]: p }).text] as const);
  const body = html`<header class="heading"><h1>${voice.say('place.statements')}</h1><p class="lead">${voice.say('statements-what')}</p></header>
    ${all.length > 0 && html`<form class="filter" method="get" action="/public/${voice.lang}/statements">
      ${select('kind', voice.say('filter.kind'), filter.kind, [...new Set(all.map((e) => e.kind))].map((k) => [k, voice.word(`value.kind.${k}`, 'statements')]))}
      ${select('parliament', voice.say('filter.parliament'), filter.parliament, parliaments.toSorted((a, b) => a[1].localeCompare(b[1], voice.lang)))}
      ${select('year', voice.say('filter.year'), filter.year, [...new Set(all.map((e) => e.year))].filter((y) => y !== '').toSorted().toReversed().map((y) => [y, y]))}
      <button type="submit">${voice.say('filter.show')}</button></form>`}
    ${own.length === 0 ? html`<p class="empty">${voice.say(all.length === 0 ? 'no-statements' : 'none-found')}</p>` : html`<ol class="entries">${own.map((e) => entry(voice, e, known))}</ol>`}
    ${pager(voice, { page, pages, href })}`;
  return { title: voice.say('place.statements'), description: voice.say('statements-what'), body, path: `/statements${query(page) === '' ? '' : `?${query(page)}`}`, at: 'statements' };
}
