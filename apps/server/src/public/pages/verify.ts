import { html, type Html, type Part } from '../html.js';
import type { Page } from '../layout.js';
import { type Commitment, versionName } from '../reading.js';
import type { Difference } from '../verify/compare.js';
import type { Against, Verdict } from '../verify/verdict.js';
import type { Voice } from '../voice.js';
import { attribution } from './statement.js';
import type { Names } from './statement-parts.js';

const SHOWN = 400;
/** Signs of a text that are put back into the form, so that a slip can be mended. */
const ECHOED = 20_000;
const short = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

/** Which text it was found to be: revision, language, when it was published, who signed. */
function found(voice: Voice, { statement, text, lang }: Against, names: Names): Html {
  const title = voice.said(text.title, text.leadLanguage);
  const stable = `/public/${lang ?? voice.lang}/statements/${text.statementId}/${versionName(text)}`;
  const newest = statement.texts[0] === text;
  return html`<dl class="facts"><dt>${voice.say('place.statements')}</dt><dd><a href="/public/${voice.lang}/statements/${text.statementId}/${versionName(text)}">${voice.mark(title)}</a></dd>
    <dt>${voice.say('version')}</dt><dd>${voice.say('revision', { revision: text.revision })}${text.corrections > 0 && ` ${voice.say('corrected-n', { n: text.corrections })}`}${lang !== null && `, ${voice.f.language(lang)}`}${!newest && html` <strong class="flag">${voice.say('notice.older')}</strong>`}
      ${statement.row.doc.notices.map((n) => html` <strong class="flag">${voice.say(`notice.${n.kind}`)}</strong>`)}</dd>
    <dt>${voice.say('published-at')}</dt><dd>${voice.time(text.at)}</dd><dt>${voice.say('signed-by-label')}</dt><dd>${attribution(voice, statement.row.doc.attribution, names)} <a href="${stable}#signatories">${voice.say('signatories')}</a></dd></dl>`;
}
/** The redline from the published words to those that were handed in; what is the same and far from any change is left out. */
function redline(voice: Voice, { from, to, pieces }: Difference, lang: string, dir: string): Html {
  const CONTEXT = 120;
  const shown = pieces.map((piece, i): Part => {
    if (piece.kind === 'removed') return html`<del><span class="hidden">${voice.say('published-words')} </span>${short(piece.text)}</del>`;
    if (piece.kind === 'added') return html`<ins><span class="hidden">${voice.say('your-words')} </span>${short(piece.text)}</ins>`;
    const { text } = piece;
    if (text.length <= 2 * CONTEXT) return text;
    return [i > 0 && text.slice(0, CONTEXT), ' … ', i < pieces.length - 1 && text.slice(-CONTEXT)];
  });
  return html`<li><h3>${from === '' ? voice.say('behind-the-text') : from === to ? html`<bdi>${from}</bdi>` : html`<bdi>${from}</bdi> – <bdi>${to}</bdi>`}</h3><p class="redline" lang="${lang}" dir="${dir}">${shown}</p></li>`;
}

export function result(voice: Voice, verdict: Verdict, names: Names, dirOf: (tag: string) => string): Part {
  const panel = (kind: string, title: string, rest: Part) => html`<section class="verdict ${kind}" role="status" aria-labelledby="verdict"><h2 id="verdict">${title}</h2>${rest}</section>`;
  const digest = (text: string) => html`<p class="small muted">SHA-256 <code dir="ltr">${text}</code></p>`;
  switch (verdict.kind) {
    case 'empty':
      return panel('none', voice.say('verdict.empty'), null);
    case 'unreadable':
      return panel('none', voice.say('verdict.unreadable'), html`<p>${voice.say(`unreadable.${verdict.reason}`)}</p>`);
    case 'too-long':
      return panel('none', voice.say('verdict.too-long'), null);
    case 'unknown':
      return panel('unknown', voice.say('verdict.unknown'), [html`<p>${voice.say('unknown-why')}</p>`, digest(verdict.digest)]);
    case 'committed':
      return panel('committed', voice.say('verdict.committed'), [html`<p>${voice.say('committed-why')} ${voice.time(verdict.commitment.committedAt)}. ${voice.say('release-at')} ${voice.time(verdict.commitment.until)}.</p>`, digest(verdict.digest)]);
    case 'digest':
      return panel('same', voice.say(verdict.clause === null ? 'verdict.digest' : 'verdict.clause', { label: verdict.clause?.label ?? '' }), [found(voice, verdict, names), digest(verdict.digest)]);
    case 'same': {
      const { before, after } = verdict.comparison;
      const title = verdict.lang === null ? '' : (verdict.text.title[verdict.lang] ?? '');
      const round = [before.replace(title, '').trim(), after].filter((t) => t !== '');
      return panel('same', voice.say('verdict.same', { revision: verdict.text.revision, language: voice.f.language(verdict.lang ?? '') }), [
        found(voice, verdict, names),
        verdict.exact ? html`<p>${voice.say('exact')}</p>` : html`<p>${voice.say('all-clauses-same', { count: verdict.comparison.clauses })}</p>`,
        round.length > 0 && html`<p>${voice.say('around')}</p>${round.map((t) => html`<blockquote dir="auto">${short(t)}</blockquote>`)}`,
        digest(verdict.digest),
      ]);
    }
    case 'differs': {
      const lang = verdict.lang ?? verdict.text.leadLanguage;
      return panel('differs', voice.say('verdict.differs', { revision: verdict.text.revision, language: voice.f.language(lang) }), [
        html`<p>${voice.say('same-of', { same: verdict.comparison.same, count: verdict.comparison.clauses })} ${voice.say('how-to-read')}</p>
          <ol class="differences">${verdict.comparison.differences.slice(0, 50).map((d) => redline(voice, d, lang, dirOf(lang)))}</ol>`,
        found(voice, verdict, names),
      ]);
    }
  }
}

/** The form, and above it what was found of what was handed in. It works without script; nothing that is handed in is kept. */
export function verifyPage(voice: Voice, answer: Part, text = '', digest = ''): Page {
  const body = html`<header class="heading"><h1>${voice.say('place.verify')}</h1><p class="lead">${voice.say('verify-what')}</p></header>${answer}
    <form class="verify" method="post" action="/public/${voice.lang}/verify" enctype="multipart/form-data">
      <label for="text">${voice.say('paste')}</label><textarea id="text" name="text" rows="10" dir="auto" maxlength="300000" spellcheck="false">${text.length <= ECHOED ? text : ''}</textarea>
      <div class="drop"><label for="file">${voice.say('file')}</label><input id="file" type="file" name="file" accept=".txt,.docx,.xml,.html,.htm,.md"><p class="small muted">${voice.say('file-kinds')}</p></div>
      <label for="digest">${voice.say('digest')}</label><input id="digest" name="digest" dir="ltr" autocomplete="off" spellcheck="false" inputmode="text" maxlength="200" value="${digest}">
      <button type="submit" class="primary">${voice.say('compare')}</button><p class="small muted">${voice.say('kept-nothing')}</p></form>
    <section class="how"><h2>${voice.say('how')}</h2><p>${voice.say('how-compare')}</p><p>${voice.say('how-file')}</p><pre dir="ltr"><code>sha256sum r3.txt</code></pre></section>`;
  return { title: voice.say('place.verify'), description: voice.say('verify-what'), body, path: '/verify', at: 'verify', script: true };
}

/** Digests that were made public before their texts: at the instant of release anybody can see that nothing was changed. */
export const commitmentsPage = (voice: Voice, commitments: readonly Commitment[]): Page => ({
  title: voice.say('place.commitments'), description: voice.say('commitments-what'), path: '/commitments', at: 'commitments',
  body: html`<header class="heading"><h1>${voice.say('place.commitments')}</h1><p class="lead">${voice.say('commitments-what')}</p></header>
    ${commitments.length === 0 ? html`<p class="empty">${voice.say('no-commitments')}</p>` : html`<ol class="entries">${commitments.map((c) => html`<li class="entry"><p class="kicker">${c.releasedAt === null ? voice.say('not-yet-public') : voice.say('released')}</p><p><code dir="ltr">${c.digest}</code></p>
      <p class="small muted">${voice.say('committed-at')} ${voice.time(c.committedAt)} · ${voice.say('release-at')} ${voice.time(c.until)}${c.releasedAt !== null && c.statementId !== null && [' · ', html`<a href="/public/${voice.lang}/statements/${c.statementId}">${voice.say('read-it')}</a>`]}</p></li>`)}</ol>`}`,
});
