import { OPENING_VERBS } from '#contexts/statements';
import { directionOf } from '#platform/i18n';
import { html, type Html, type Part } from '../html.js';
import type { Page, Site } from '../layout.js';
import { type PublicClause, type PublicStatement, type PublicText, versionName } from '../reading.js';
import type { Voice } from '../voice.js';
import { digests, downloads, history, names, type Names, notices, reservations, sides, signatories, variants } from './statement-parts.js';

/** What a page of a statement is made of. */
export interface Shown {
  readonly statement: PublicStatement;
  readonly text: PublicText;
  /** Language of the text that is shown. */
  readonly lang: string;
  readonly names: Names;
  /** Is it asked for by its stable address? */
  readonly pinned: boolean;
  /** Endings of the files that it can be had as. */
  readonly endings: readonly string[];
}

/** The language in which a text is shown: asked for, that of the page, the lead. */
export function textLanguage(text: PublicText, pageLang: string, asked?: string): string {
  const tags = text.languages.map(({ tag }) => tag);
  return tags.find((tag) => tag === asked) ?? tags.find((tag) => tag.split('-')[0] === pageLang) ?? tags.find((tag) => tag === text.leadLanguage) ?? tags[0] ?? text.leadLanguage;
}

/** Who is said to speak, as a sentence (STM-1). */
export function attribution(voice: Voice, { kind, counts, groups }: PublicStatement['row']['doc']['attribution'], known: Names): string {
  return voice.word(`attribution.${kind}`, 'statements', {
    parliamentarians: counts.parliamentarians, parliaments: counts.parliaments, groupsCount: counts.groups,
    groups: voice.f.list(groups.map((id) => voice.said(known[`group-${id}`]).text || id)),
  });
}

/** Opening words in italics, as texts of assemblies have them. */
function words({ verb, text }: PublicClause, lang: string): Part {
  const said = text[lang] ?? '';
  const opening = verb === null ? undefined : OPENING_VERBS.find((v) => v.key === verb)?.words[lang.split('-')[0]!];
  return opening !== undefined && said.toLowerCase().startsWith(opening.toLowerCase()) ? [html`<em>${said.slice(0, opening.length)}</em>`, said.slice(opening.length)] : said;
}

function clauses(voice: Voice, { text, lang }: Shown): Html {
  const section = (name: PublicClause['section']) => {
    const own = text.clauses.filter((c) => c.section === name);
    return own.length > 0 && html`${name === 'annex' && html`<h2>${voice.word('value.section.annex', 'statements')}</h2>`}<ol class="clauses ${name}">${own.map((c) => {
      const missing = c.text[lang] === undefined;
      const shown = missing ? text.leadLanguage : lang;
      // By its label people cite it, by its id links find it whatever is put before it.
      return html`<li id="clause-${c.id}"><a class="label" id="${c.label}" href="#${c.label}" lang="en" dir="ltr" aria-label="${voice.say('link-to', { label: c.label })}">${c.label}</a>
        <p${missing && html` lang="${shown}" dir="${directionOf(shown)}"`}>${words(c, shown)}${missing && html` <small lang="${voice.lang}" dir="${voice.dir}">${voice.say('clause-missing', { language: voice.f.language(lang) })}</small>`}</p></li>`;
    })}</ol>`;
  };
  return html`<div class="text" lang="${lang}" dir="${directionOf(lang)}">${section('preambular')}${section('operative')}${section('annex')}</div>`;
}

/** One tab for each language of the text, each named in its own; those of the interface lead to their own page. */
function tabs(voice: Voice, shown: Shown, interfaceTags: readonly string[]): Part {
  const { text, lang } = shown;
  if (text.languages.length < 2) return null;
  const path = `/statements/${text.statementId}${shown.pinned ? `/${versionName(text)}` : ''}`;
  return html`<nav class="tabs" aria-label="${voice.say('text-languages')}"><ul>${text.languages.map(({ tag, status }) => {
    const page = interfaceTags.includes(tag) ? `/public/${tag}${path}` : `/public/${voice.lang}${path}?text=${tag}`;
    return html`<li><a href="${page}" hreflang="${tag}" lang="${tag}" dir="${directionOf(tag)}"${tag === lang && html` aria-current="true"`}>${nameOf(tag)}${status !== 'authentic' && html` <small lang="${voice.lang}" dir="${voice.dir}">${voice.word(`value.status.${status}`, 'statements')}</small>`}</a></li>`;
  })}</ul></nav>`;
}
function nameOf(tag: string): string {
  try {
    const own = new Intl.DisplayNames([tag], { type: 'language', fallback: 'none' });
    const known = own.resolvedOptions().locale.split('-')[0] === tag.split('-')[0] ? own.of(tag) : undefined;
    return known === undefined ? (tag === 'rw' ? 'Ikinyarwanda' : tag) : known.charAt(0).toLocaleUpperCase(tag) + known.slice(1);
  } catch {
    return tag;
  }
}

/** In words what this version of the text counts for, and in which language it is when that is not the page's. */
function standing(voice: Voice, { text, lang }: Shown): Html {
  const status = text.languages.find((l) => l.tag === lang)?.status ?? 'authentic';
  const language = voice.f.language(lang);
  const authentic = text.languages.filter((l) => l.status === 'authentic').map((l) => voice.f.language(l.tag));
  const foreign = lang.split('-')[0] !== voice.lang;
  return html`<div class="standing ${status}">${foreign && html`<p class="foreign">${voice.say('not-in-your-language', { language: voice.f.language(voice.lang), shown: language })}</p>`}
    <p>${voice.say(`standing.${status}`, { language, languages: voice.f.list(authentic), count: authentic.length })}</p></div>`;
}

/** The page of a statement: of its newest text, or of one that a stable address names. */
export function statementPage(voice: Voice, site: Site, shown: Shown, interfaceTags: readonly string[]): Page {
  const { statement, text, lang, names: known, pinned } = shown;
  const { doc } = statement.row;
  const title = text.title[lang] === undefined ? voice.said(text.title, text.leadLanguage) : { lang, dir: directionOf(lang), text: text.title[lang] };
  const speaks = attribution(voice, doc.attribution, known);
  const path = `/statements/${text.statementId}${pinned ? `/${versionName(text)}` : ''}`;
  const stable = `/public/${voice.lang}/statements/${text.statementId}/${versionName(text)}`;
  const description = `${voice.word(`value.kind.${doc.kind}`, 'statements')} · ${speaks} · ${voice.day(text.at)}`;
  const body = html`<article class="statement">
    ${notices(voice, statement, text, known)}
    <header class="heading"><p class="kicker">${voice.word(`value.kind.${doc.kind}`, 'statements')}</p>
      <h1 lang="${title.lang}" dir="${title.dir}">${title.text}</h1>
      <p class="speaks">${speaks}</p>
      <p class="dateline">${voice.say('published-on')} ${voice.time(text.at)} · <a href="${stable}">${voice.say('revision', { revision: text.revision })}${text.corrections > 0 && ` ${voice.say('corrected-n', { n: text.corrections })}`}</a></p>
      ${doc.mark && html`<p class="mark-line"><span class="cross-party">${voice.say('cross-party')}</span> ${sides(voice, doc.crossParty, known)}</p>`}
    </header>
    ${tabs(voice, shown, interfaceTags)}
    <div class="columns"><div class="main">${standing(voice, shown)}${clauses(voice, shown)}
      ${variants(voice, doc)}${reservations(voice, doc, text.leadLanguage, known)}${signatories(voice, doc, known)}</div>
    <aside>${digests(voice, text, lang)}${downloads(voice, text, lang, shown.endings)}${history(voice, statement, text)}</aside></div></article>`;
  return {
    title: title.text, body, path, at: 'statements', kind: 'article', description, look: 'reading', ...(pinned ? {} : { canonical: stable }),
    data: {
      '@context': 'https://schema.org', '@type': 'CreativeWork', name: title.text, inLanguage: lang, datePublished: text.at, version: versionName(text),
      url: `${site.origin}${stable}`, creator: { '@type': 'Organization', name: site.name ?? voice.say('name') }, abstract: speaks,
      ...(text.digests[lang] === undefined ? {} : { identifier: `sha256:${text.digests[lang]}` }),
    },
  };
}

/** A short form for the pages of others: title, who speaks, where the text stands. No script, nothing of anybody else. */
export function embedPage(voice: Voice, site: Site, { statement, text, lang, names: known }: Shown, css: string): Html {
  const title = text.title[lang] === undefined ? voice.said(text.title, text.leadLanguage) : { lang, dir: directionOf(lang), text: text.title[lang] };
  return html`<!doctype html><html lang="${voice.lang}" dir="${voice.dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title.text}</title><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><link rel="stylesheet" href="${css}"></head>
    <body class="embed"><article><p class="kicker">${voice.word(`value.kind.${statement.row.doc.kind}`, 'statements')}</p>
    <h1 lang="${title.lang}" dir="${title.dir}"><a href="${site.origin}/public/${voice.lang}/statements/${text.statementId}" target="_blank" rel="noopener">${title.text}</a></h1>
    ${statement.row.doc.notices.map((n) => html`<p class="notice">${voice.say(`notice.${n.kind}`)}</p>`)}
    <p>${attribution(voice, statement.row.doc.attribution, known)}</p><p class="dateline">${voice.say('published-on')} ${voice.date(text.at)}</p></article></body></html>`;
}

export { names };
