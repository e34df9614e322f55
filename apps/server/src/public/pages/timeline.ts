import { type Multilingual, parseEdtf, type Row } from '#kernel';
import type { I18n, Shape } from '#platform/i18n';
import type { Activity } from '#platform/views';
import { html } from '../html.js';
import { type Page, pager } from '../layout.js';
import type { Voice } from '../voice.js';

/** Acts of which the public timeline tells. */
export const TOLD = [
  'NetworkInitiativeLaunched', 'CharterAdopted', 'CharterAmended', 'GroupFounded', 'GroupBecameDormant', 'GroupReconstituted', 'GroupLapsed', 'GroupDissolved', 'GroupRenamed', 'MembershipActivated',
  'MouRecordedFromSource', 'MouSigned', 'MouEnteredIntoEffect', 'MouAcceded', 'MouTerminated', 'MouExpired', 'MouSuperseded', 'MouRenewed', 'ParliamentDissolved', 'ParliamentCeasedToFunction', 'ParliamentaryTermOpened',
  'StatementPublished', 'StatementClosedForSignature', 'StatementSuperseded', 'StatementRetracted', 'LanguageVersionPublished', 'ProcesVerbalIssued', 'TextCorrected',
];
const PER_PAGE = 60;
/** When it was so: as the source says, or when it was recorded. */
const at = ({ data, validTime, recordedAt, mode }: Activity): string => {
  const told = data as Readonly<Record<string, unknown>>;
  const named = ['on', 'effectiveOn', 'effectiveAt', 'foundedOn', 'since', 'openedOn', 'launchedOn', 'signedOn', 'at'].map((key) => told[key]).find((v): v is string => typeof v === 'string');
  return validTime ?? (mode === 'import' || named !== undefined ? (named ?? 'XXXX') : recordedAt);
};
const earliest = (edtf: string): string => (/T\d/.test(edtf) ? edtf : (parseEdtf(edtf)?.earliest ?? parseEdtf(edtf)?.latest ?? '')) || '';

export function timelinePage(
  voice: Voice, i18n: I18n, rows: readonly Row<Activity>[], known: Readonly<Record<string, Multilingual>>, shapes: Readonly<Record<string, Shape>>, asked: number,
): Page {
  const acts = rows.map(({ doc }) => ({ doc, at: at(doc) })).map((act) => ({ ...act, from: earliest(act.at) })).toSorted((a, b) => b.from.localeCompare(a.from));
  const pages = Math.max(1, Math.ceil(acts.length / PER_PAGE));
  const page = Math.min(asked, pages);
  const own = acts.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const years = [...new Set(own.map((act) => act.from.slice(0, 4)))];
  const href = (n: number) => `/public/${voice.lang}/timeline${n > 1 ? `?page=${n}` : ''}`;
  const link = ({ category, streamId }: Activity): string | null => (category === 'statement' ? `/public/${voice.lang}/statements/${streamId}` : category === 'mou' ? `/public/${voice.lang}/memoranda/${streamId}` : category === 'group' ? `/public/${voice.lang}/network#group-${streamId}` : null);
  const body = html`<header class="heading"><h1>${voice.say('place.timeline')}</h1><p class="lead">${voice.say('timeline-what')}</p></header>
    ${own.length === 0 && html`<p class="empty">${voice.say('nothing-yet')}</p>`}
    <div class="timeline">${years.map((year) => html`<section><h2>${year === '' ? voice.say('undated') : year}</h2><ol>${own.filter((act) => act.from.slice(0, 4) === year).map(({ doc, at: when }) => {
      const sentence = i18n.activity(voice.lang, doc, known, shapes[doc.type]);
      const to = link(doc);
      return html`<li><span class="when">${voice.date(when)}</span> ${to === null ? html`<span>${sentence}</span>` : html`<a href="${to}">${sentence}</a>`}</li>`;
    })}</ol></section>`)}</div>${pager(voice, { page, pages, href })}`;
  return { title: voice.say('place.timeline'), description: voice.say('timeline-what'), body, path: `/timeline${page > 1 ? `?page=${page}` : ''}`, at: 'timeline' };
}
