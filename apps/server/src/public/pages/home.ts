import type { Row } from '#kernel';
import type { MouDoc } from '#contexts/agreements';
import { html } from '../html.js';
import type { Page, Site } from '../layout.js';
import type { Entry } from '../record-index.js';
import type { Voice } from '../voice.js';
import { mouEntry } from './memoranda.js';
import type { NetworkRead } from './network.js';
import { entry } from './register.js';
import type { Names } from './statement-parts.js';

const FEW = 5;

export function homePage(voice: Voice, site: Site, { entries, mous, network, names }: { entries: readonly Entry[]; mous: readonly Row<MouDoc>[]; network: NetworkRead; names: Names }): Page {
  const own = (place: string) => `/public/${voice.lang}/${place}`;
  const aims = network.network && voice.said(network.network.doc.aims);
  const parliaments = new Set(network.groups.map((g) => g.doc.parliamentId)).size;
  const name = site.name ?? voice.say('name');
  const body = html`<header class="hero"><h1>${name}</h1>
      ${aims && aims.text !== '' ? html`<p class="lead"${aims.lang !== voice.lang && html` lang="${aims.lang}" dir="${aims.dir}"`}>${aims.text}</p>` : html`<p class="lead">${voice.say('about')}</p>`}</header>
    <div class="columns home"><section class="main"><h2 class="over">${voice.say('newest-statements')}</h2>
      ${entries.length === 0 ? html`<p class="empty">${voice.say('no-statements')}</p>` : html`<ol class="entries">${entries.slice(0, FEW).map((e) => entry(voice, e, names, 'h3'))}</ol>`}
      <p class="more"><a href="${own('statements')}">${voice.say('all-statements')}</a></p>
      <h2 class="over">${voice.say('place.memoranda')}</h2>
      ${mous.length === 0 ? html`<p class="empty">${voice.say('no-memoranda')}</p>` : html`<ol class="entries">${mous.slice(0, 3).map((row) => mouEntry(voice, row, names, 'h3'))}</ol>`}
      <p class="more"><a href="${own('memoranda')}">${voice.say('all-memoranda')}</a></p></section>
    <aside><section><h2>${voice.say('place.network')}</h2><dl class="figures"><div><dt>${voice.say('parliaments')}</dt><dd>${voice.f.number(parliaments)}</dd></div><div><dt>${voice.say('groups')}</dt><dd>${voice.f.number(network.groups.length)}</dd></div>
        <div><dt>${voice.say('place.statements')}</dt><dd>${voice.f.number(entries.length)}</dd></div></dl><p><a href="${own('network')}">${voice.say('see-network')}</a></p></section>
      <section><h2>${voice.say('what-is-this')}</h2><p>${voice.say('what-public')}</p></section>
      <section><h2>${voice.say('place.verify')}</h2><p>${voice.say('verify-what')}</p><p><a class="button" href="${own('verify')}">${voice.say('place.verify')}</a></p></section></aside></div>`;
  return { title: name, description: voice.say('about'), body, path: '', at: 'home', look: 'home' };
}
