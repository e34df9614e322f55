import type { Row } from '#kernel';
import type { GroupDoc, ParliamentDoc } from '#contexts/directory';
import type { MembershipDoc, NetworkDoc } from '#contexts/governance';
import { html } from '../html.js';
import type { Page } from '../layout.js';
import type { Voice } from '../voice.js';

export interface NetworkRead {
  readonly network: Row<NetworkDoc> | null;
  readonly parliaments: readonly Row<ParliamentDoc>[];
  readonly groups: readonly Row<GroupDoc>[];
  readonly memberships: readonly Row<MembershipDoc>[];
}

/** Groups by parliament, each with its standing in the network. */
export function networkPage(voice: Voice, { network, parliaments, groups, memberships }: NetworkRead): Page {
  const sorted = parliaments.filter((p) => groups.some((g) => g.doc.parliamentId === p.id)).toSorted((a, b) => voice.said(a.doc.names).text.localeCompare(voice.said(b.doc.names).text, voice.lang));
  const standing = (groupId: string) => memberships.filter((m) => m.doc.groupId === groupId).toSorted((a, b) => b.doc.since.localeCompare(a.doc.since))[0]?.doc;
  const aims = network && voice.said(network.doc.aims);
  const body = html`<header class="heading"><h1>${voice.say('place.network')}</h1>
      ${aims && aims.text !== '' && html`<p class="lead"${aims.lang !== voice.lang && html` lang="${aims.lang}" dir="${aims.dir}"`}>${aims.text}</p>`}
      ${network && html`<dl class="figures"><div><dt>${voice.say('parliaments')}</dt><dd>${voice.f.number(sorted.length)}</dd></div><div><dt>${voice.say('groups')}</dt><dd>${voice.f.number(groups.length)}</dd></div><div><dt>${voice.say('since')}</dt><dd>${voice.day(network.doc.launchedOn)}</dd></div></dl>`}</header>
    ${sorted.length === 0 && html`<p class="empty">${voice.say('no-groups')}</p>`}
    <div class="parliaments">${sorted.map((p) => html`<section><h2>${voice.span(p.doc.names)}</h2><p class="muted small">${voice.f.country(p.doc.iso3166)} · ${voice.word(`state.Parliament.${p.doc.status}`, 'directory')}</p>
      <ul>${groups.filter((g) => g.doc.parliamentId === p.id).map(({ id, doc }) => {
        const member = standing(id);
        const abbreviation = Object.values(doc.abbreviations)[0];
        return html`<li id="group-${id}"><h3>${voice.span(doc.names)}${abbreviation !== undefined && html` <span class="muted">(<bdi>${abbreviation}</bdi>)</span>`}</h3>
          <p class="small">${voice.word(`state.Group.${doc.status}`, 'directory')}${doc.foundedOn !== null && [' · ', voice.say('founded'), ' ', voice.date(doc.foundedOn)]}
          ${member && [' · ', html`<span class="member">${voice.say('member', { status: voice.word(`state.Membership.${member.status}`, 'governance') })}</span> `, voice.say('since-date'), ' ', voice.date(member.since)]}</p></li>`;
      })}</ul></section>`)}</div>`;
  return { title: voice.say('place.network'), description: voice.say('network-what'), body, path: '/network', at: 'network' };
}
