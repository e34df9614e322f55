import { canonicalParagraph, Digest, isRefusal, LanguageTag, type Multilingual, refuse, type Refusal } from '#kernel';
import { isTextOperation } from '#text';
import { z } from 'zod';
import { settle } from './amendments.js';
import { StatementEvents } from './events.js';
import { type Ctx, event, part } from './rules.js';
import type { LegalStatus } from './schemas.js';
import { isSealed, sealObstacles, type Translation, uncertified } from './sealing.js';
import type { Frozen, Statement, Version } from './state.js';
import { canonicalText, digestOf, inOrder, labels, sameText, type Written } from './text.js';
import { operationsOfEdit } from './versions.js';

const schema = StatementEvents.schema.bind(StatementEvents) as typeof StatementEvents.schema;

type Texts = Readonly<Record<string, string>>;
interface Words {
  readonly lang: string;
  readonly texts: Texts;
  readonly title?: string | undefined;
}

/** The text with the words of one language in it, none of them behind. */
export const withLanguage = <W extends Pick<Written, 'subject' | 'clauses'>>(text: W, { lang, texts, title }: Words): W => ({
  ...text,
  subject: title === undefined ? text.subject : { ...text.subject, [lang]: title },
  clauses: text.clauses.map((c) => {
    const words = texts[c.id];
    return words === undefined ? c : { ...c, text: { ...c.text, [lang]: words }, stale: c.stale.filter((l) => l !== lang) };
  }),
});
/** What is frozen once a language has joined it, or has other words. */
export const frozenWith = (frozen: Frozen, lang: string, digest: string, sha256: (text: string) => string): Pick<Frozen, 'digests' | 'digest'> => {
  const digests = { ...frozen.digests, [lang]: digest };
  return { digests, digest: digestOf(digests, sha256) };
};
/** Of one language the newest version. */
export const withVersion = <V extends Version>(versions: readonly V[], version: V): V[] => [...versions.filter((v) => v.lang !== version.lang), version];

/** The lead text goes its own way, by drafting and amendment; beside it stand authentic languages as the document says, and others of lesser force. */
function languageProblem({ languages, leadLanguage }: Statement, lang: string, status: LegalStatus): Refusal | undefined {
  if (lang === leadLanguage) return refuse('statement.lead-is-the-source', { lang }, 'STM-12');
  if (status === 'authentic') return languages.includes(lang) ? undefined : refuse('statement.language-not-authentic', { lang }, 'STM-5');
  return languages.includes(lang) ? refuse('statement.language-is-authentic', { lang }, 'STM-5') : undefined;
}
function wordsProblem({ clauses }: Statement, { lang, texts }: Words): Refusal | undefined {
  const stranger = Object.keys(texts).find((id) => !clauses.some((c) => c.id === id));
  if (stranger !== undefined) return refuse('statement.unknown-clause', { clause: stranger }, 'STM-2');
  const lacking = inOrder(clauses).find((c) => texts[c.id] === undefined);
  return lacking && refuse('statement.language-missing', { clause: labels(clauses)[lacking.id] ?? lacking.id, lang }, 'STM-12');
}
/** Has the lead text other words than at the revision that was translated? Changes are known since the circulation; what was translated before it and changed is told by the clause alone. */
function leadMovedSince({ clauses, changes, leadLanguage }: Statement, revision: number): boolean {
  const known = new Set(changes.map((c) => c.revision));
  const inLead = changes.filter((c) => c.revision > revision).some(({ operations }) => operations.some((o) => o.op === 'insert-clause' || (isTextOperation(o) && o.lang === leadLanguage)));
  return inLead || clauses.some((c) => c.revision > revision && !known.has(c.revision));
}

/** What was certified enters the text; what it was certified against are the lead words of now (STM-12). */
export const EnterLanguageVersion = part({
  input: schema('LanguageVersionEntered').omit({ digests: true, frozenDigest: true, operations: true }).extend({ digest: Digest.optional() }),
  decide: ({ digest: _certified, ...input }, state, ctx) => {
    const { lang, status, texts, title } = input;
    const problem = languageProblem(state, lang, status) ?? wordsProblem(state, input);
    if (problem) return problem;
    if (input.sourceRevision > state.revision || leadMovedSince(state, input.sourceRevision))
      return refuse('statement.lead-changed-since', { base: input.sourceRevision, head: state.revision }, 'STM-12');
    const digest = ctx.sha256(canonicalText(withLanguage(state, input), lang));
    const before = state.versions.find((v) => v.lang === lang);
    const same = state.clauses.every((c) => sameText(c.text[lang], texts[c.id]) && !c.stale.includes(lang)) && (title === undefined || sameText(state.subject[lang], title));
    if (same && before?.digest === digest && before.status === status) return [];
    const data = { ...input, digest };
    if (state.frozen !== null) {
      const after = status === 'authentic' ? frozenWith(state.frozen, lang, digest, ctx.sha256) : null;
      return [event('LanguageVersionEntered', after === null ? data : { ...data, digests: after.digests, frozenDigest: after.digest })];
    }
    const operations = state.clauses.flatMap((c) => operationsOfEdit(c.id, c.text, { [lang]: texts[c.id] ?? '' }));
    if (operations.length === 0) return [event('LanguageVersionEntered', data)];
    return [event('LanguageVersionEntered', { ...data, operations }), ...settle(state, operations, state.revision + 1, null, ctx)];
  },
});

/** Every language says the same, by those who attested it: from here on words change by procès-verbal only (STM-12). */
export const SealText = part({
  input: z.object({}),
  guard: (_, state, ctx) => sealObstacles(state, ctx.evidence?.translations ?? [], ctx.sha256),
  decide: (_, state, { evidence }) => {
    const { frozen, languages, leadLanguage, clauses } = state;
    if (frozen === null) return refuse('statement.no-whole-text', { lang: leadLanguage }, 'STM-5');
    if (isSealed(state)) return [];
    const lacking = languages.find((lang) => frozen.digests[lang] === undefined);
    if (lacking !== undefined) return uncertified(clauses, lacking);
    const concordance = languages.flatMap((lang) => {
      const found = evidence?.translations.find((t) => t.lang === lang);
      return found ? [{ lang, translationId: found.id, certifiedBy: [...(found.certified?.by ?? [])] }] : [];
    });
    return [event('TextSealed', { revision: frozen.revision, digests: frozen.digests, digest: frozen.digest, concordance })];
  },
});

/** The words of a translation, where it is whole and of the lead words of now; else what it lacks. */
function wordsOf(translation: Translation, { clauses, leadLanguage, subject }: Statement, sha256: Ctx['sha256']): Words | Refusal {
  const { lang, segments } = translation;
  const bad = (code: string, count: number) => refuse(code, { lang, count }, 'STM-12');
  if (translation.openQueries > 0) return bad('statement.queries-open', translation.openQueries);
  const targets = new Map(segments.map((s) => [s.id, s]));
  const title = targets.get('title')?.target;
  const source = (id: string) => (id === 'title' ? subject : clauses.find((c) => c.id === id)?.text)?.[leadLanguage];
  const stale = segments.filter((s) => source(s.id) !== undefined && (s.stale || s.sourceDigest !== sha256(canonicalParagraph(source(s.id)!)))).length;
  if (stale > 0) return bad('statement.translation-stale', stale);
  const texts = Object.fromEntries(clauses.flatMap((c) => (targets.get(c.id)?.target == null ? [] : [[c.id, targets.get(c.id)!.target!]])));
  if (Object.keys(texts).length < clauses.length) return refuse('statement.language-not-certified', { lang, missing: clauses.length - Object.keys(texts).length, stale: 0 }, 'STM-12');
  return { lang, texts, ...(title == null ? {} : { title }) };
}


/** A language follows what is published: certified, or under crisis urgency provisional until it is (STM-12). */
export const AddLanguageVersion = part({
  input: z.object({ lang: LanguageTag }),
  decide: ({ lang }, state, ctx) => {
    const { frozen, published, languages, leadLanguage, clauses } = state;
    const found = ctx.evidence?.translations.find((t) => t.lang === lang);
    if (frozen === null || published === null) return refuse('statement.no-whole-text', { lang: leadLanguage }, 'STM-5');
    const legal = found?.legalStatus ?? (languages.includes(lang) ? 'authentic' : 'courtesy');
    const problem = languageProblem(state, lang, legal);
    if (problem) return problem;
    const certified = found?.certified != null && !found.provisional;
    if (!found || (!certified && !(state.crisis && found.provisional))) return uncertified(clauses, lang);
    const words = wordsOf(found, state, ctx.sha256);
    if (isRefusal(words)) return words;
    const after = withLanguage(state, words);
    const digest = ctx.sha256(canonicalText(after, lang));
    if (certified && found.certified!.digest !== digest) return refuse('statement.certified-other-text', { lang }, 'STM-12');
    const status = certified ? legal : ('provisional' as const);
    const known = state.versions.find((v) => v.lang === lang)?.digest ?? frozen.digests[lang];
    if (published.some((l) => l.tag === lang && l.status === status) && known === digest) return [];
    const listed = [...published.filter((l) => l.tag !== lang), { tag: lang, status }];
    // The lead text went ahead for want of the others: with the last of them it is what they are.
    const whole = languages.every((l) => l === leadLanguage || listed.some((p) => p.tag === l && p.status === 'authentic'));
    const all = listed.map((l) => (whole && l.tag === leadLanguage ? { ...l, status: 'authentic' as const } : l));
    const bound = legal === 'authentic' ? frozenWith(frozen, lang, digest, ctx.sha256) : frozen;
    return [event('LanguageVersionPublished', {
      lang, status, digest, texts: words.texts, title: words.title, translationId: found.id, revision: frozen.revision, corrections: state.corrections.length, languages: inLanguageOrder(all, state),
      digests: bound.digests, frozenDigest: bound.digest,
    })];
  },
});

/** The lead first, then the authentic ones as the document names them, then the others. */
export const inLanguageOrder = <L extends { readonly tag: string }>(listed: readonly L[], { languages }: Pick<Statement, 'languages'>): L[] => {
  const place = ({ tag }: L) => (languages.includes(tag) ? languages.indexOf(tag) : languages.length);
  return listed.toSorted((a, b) => place(a) - place(b) || a.tag.localeCompare(b.tag, 'en'));
};
export const inLanguages = (text: Multilingual, tags: readonly string[]): Multilingual => Object.fromEntries(Object.entries(text).filter(([lang]) => tags.includes(lang)));
