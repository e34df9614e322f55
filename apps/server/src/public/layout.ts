import { LANGUAGES } from '#platform/i18n';
import { ASSETS } from './assets.js';
import { html, type Html, jsonScript, type Part } from './html.js';
import type { Voice } from './voice.js';

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** One sentence for search engines and for those who share a link. */
  readonly description?: string;
  /** The same page in another language of the interface: the path behind `/public/<lang>`. */
  readonly path: string;
  /** Where it stands for good, if elsewhere; a path. */
  readonly canonical?: string;
  /** In which of the languages of the interface the page has something of its own to say; all where left out. */
  readonly data?: unknown;
  readonly script?: boolean;
  readonly kind?: 'website' | 'article';
  /** Part of the site, for the menu. */
  readonly at: Place;
  /** Class of the body. */
  readonly look?: string;
}
export const PLACES = ['statements', 'memoranda', 'network', 'timeline', 'verify'] as const;
export type Place = (typeof PLACES)[number] | 'home' | 'commitments';

/** What every page knows of the site it belongs to. */
export interface Site {
  /** Without a slash at its end. */
  readonly origin: string;
  /** Of the network, in the language of the page; null where there is none in the record. */
  readonly name: string | null;
}

const head = (voice: Voice, site: Site, page: Page): Html => {
  const title = page.at === 'home' ? page.title : `${page.title} — ${site.name ?? voice.say('name')}`;
  const address = (lang: string) => `${site.origin}/public/${lang}${page.path}`;
  return html`<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    ${page.description !== undefined && html`<meta name="description" content="${page.description}">`}
    <meta name="color-scheme" content="light dark">
    <link rel="stylesheet" href="${ASSETS.css}"><link rel="icon" href="${ASSETS.icon}" type="image/svg+xml">
    <link rel="canonical" href="${page.canonical === undefined ? address(voice.lang) : `${site.origin}${page.canonical}`}">
    ${LANGUAGES.map(({ tag }) => html`<link rel="alternate" hreflang="${tag}" href="${address(tag)}">`)}
    <link rel="alternate" type="application/atom+xml" title="${voice.say('feed')}" href="/public/${voice.lang}/feed.atom">
    <meta property="og:type" content="${page.kind ?? 'website'}"><meta property="og:title" content="${page.title}"><meta property="og:locale" content="${voice.lang}">
    <meta property="og:url" content="${address(voice.lang)}">${page.description !== undefined && html`<meta property="og:description" content="${page.description}">`}
    ${page.data !== undefined && html`<script type="application/ld+json">${jsonScript(page.data)}</script>`}
    ${page.script && html`<script src="${ASSETS.js}" defer></script>`}`;
};

/** A whole page: masthead, menu, content, foot. It reads without script and prints as a clean paper. */
export function layout(voice: Voice, site: Site, page: Page): Html {
  const own = (place: string) => `/public/${voice.lang}${place === 'home' ? '' : `/${place}`}`;
  return html`<!doctype html><html lang="${voice.lang}" dir="${voice.dir}"><head>${head(voice, site, page)}</head>
    <body${page.look !== undefined && html` class="${page.look}"`}><a class="skip" href="#content">${voice.say('skip')}</a>
    <header class="masthead"><div class="bar">
      <a class="name" href="${own('home')}"${page.at === 'home' && html` aria-current="page"`}><svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm0 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14Zm0 3.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7Z"/></svg><span>${site.name ?? voice.say('name')}</span></a>
      <nav class="languages" aria-label="${voice.say('languages')}"><ul>${LANGUAGES.map(({ tag, name, direction }) => html`<li><a href="/public/${tag}${page.path}" lang="${tag}" dir="${direction}" hreflang="${tag}"${tag === voice.lang && html` aria-current="true"`}>${name}</a></li>`)}</ul></nav>
    </div><nav class="menu" aria-label="${voice.say('menu')}"><ul>
      ${PLACES.map((place) => html`<li><a href="${own(place)}"${place === page.at && html` aria-current="page"`}>${voice.say(`place.${place}`)}</a></li>`)}
    </ul></nav></header>
    <main id="content">${page.body}</main>
    <footer class="foot"><div><p>${voice.say('disclaimer')}</p>
      <ul><li><a href="${own('feed.atom')}">${voice.say('feed')}</a></li><li><a href="${own('calendar.ics')}">${voice.say('calendar')}</a></li>
      <li><a href="${own('commitments')}">${voice.say('place.commitments')}</a></li><li><a href="/sign-in">${voice.say('workspace')}</a></li></ul>
      <p class="small">${voice.say('no-tracking')}</p></div></footer></body></html>`;
}

/** Links to the other pages of a list; nothing where there is one page. */
export function pager(voice: Voice, { page, pages, href }: { page: number; pages: number; href: (page: number) => string }): Part {
  if (pages <= 1) return null;
  return html`<nav class="pager" aria-label="${voice.say('pages')}">${page > 1 && html`<a rel="prev" href="${href(page - 1)}">${voice.say('newer')}</a>`}
    <span>${voice.say('page-of', { page, pages })}</span>${page < pages && html`<a rel="next" href="${href(page + 1)}">${voice.say('older')}</a>`}</nav>`;
}
