import { mou } from '#contexts/agreements';
import { inOrder, labels, statement } from '#contexts/statements';
import { canonicalParagraph, type Gather, type World } from '#kernel';
import { type DocRef, TITLE } from './translation/events.js';
import type { SourceDocument, SourceSegment, TranslationEvidence } from './translation/rules.js';
import { translation } from './translation/translation.js';
import type { Translation } from './translation/state.js';
import type { TermEvidence } from './term/term.js';
import type { TermDoc } from './views/terms.view.js';
import type { z } from 'zod';

type Ref = z.output<typeof DocRef>;
type Texts = Readonly<Record<string, string>>;

/** A clause in the language of the document; without words there it is not translated yet. */
function segment(place: Omit<SourceSegment, 'source' | 'existing'>, text: Texts, from: string, existing: string | undefined): SourceSegment[] {
  const source = canonicalParagraph(text[from] ?? '');
  return source === '' ? [] : [{ ...place, source, existing: existing === undefined ? null : canonicalParagraph(existing) }];
}
const title = (texts: Texts, from: string, to: string) => segment({ id: TITLE, label: TITLE, section: 'title' }, texts, from, texts[to]);

async function statementOf(world: Pick<World, 'state'>, id: string, to: string): Promise<SourceDocument | null> {
  const s = await world.state(statement, id);
  if (s.status === 'none') return null;
  const lang = s.leadLanguage;
  const label = labels(s.clauses);
  const clauses = inOrder(s.clauses).flatMap((c) => segment({ id: c.id, label: label[c.id] ?? '', section: c.section }, c.text, lang, c.stale.includes(to) ? undefined : c.text[to]));
  return {
    type: 'statement', id, lang, languages: s.languages, revision: s.revision, crisis: s.crisis, reach: s.reach === 'sponsors' || s.embargo !== null ? 'groups' : 'network',
    // Under embargo those whose text it is, and the groups on the list (STM-8).
    groups: s.embargo === null ? s.sponsors : [...new Set([...s.sponsors, ...s.endorsements, ...s.embargo.groups])],
    // Until a penholder is appointed the one who proposed holds the pen.
    penholders: s.penholders.length > 0 ? s.penholders : s.proposer === null ? [] : [s.proposer], segments: [...title(s.subject, lang, to), ...clauses],
  };
}

async function mouOf(world: Pick<World, 'state' | 'row'>, id: string, to: string): Promise<SourceDocument | null> {
  const m = await world.state(mou, id);
  const [lang] = m.languages;
  if (m.status === 'none' || lang === undefined) return null;
  const page = (await world.row<{ titles: Texts }>('mous', id))?.doc;
  const clauses = m.clauses.filter((c) => !c.dropped);
  return {
    type: 'mou', id, lang, languages: m.languages, revision: clauses.reduce((sum, c) => sum + c.revision, 0), crisis: false,
    reach: m.reach === 'participants' ? 'groups' : 'network', groups: m.participants, penholders: [],
    segments: [...title(page?.titles ?? {}, lang, to), ...clauses.flatMap((c, n) => segment({ id: c.id, label: String(n + 1), section: 'article' }, c.text, lang, c.text[to]))],
  };
}

/** The document as it stands now, as far as it is translated; null where there is none. */
export const documentOf = (world: Pick<World, 'state' | 'row'>, { type, id }: Ref, to: string): Promise<SourceDocument | null> =>
  type === 'statement' ? statementOf(world, id, to) : mouOf(world, id, to);

/** Approved entries; an exercise practises with the real ones, and its own bind nothing real. */
async function termsInForce(world: World, mode: string): Promise<TranslationEvidence['terms']> {
  const rows = await world.rows<TermDoc>('terms', { status: 'approved' });
  return rows.filter((row) => row.mode !== 'exercise' || mode === 'exercise').map(({ doc }) => ({ concept: doc.conceptId, protected: doc.protected, designations: doc.designations }));
}

async function versionsOf(world: World, document: SourceDocument | null, own: string): Promise<TranslationEvidence['versions']> {
  const others = (document?.languages ?? []).filter((lang) => lang !== document?.lang && lang !== own);
  return Promise.all(
    others.map(async (lang) => {
      const { status, legalStatus } = await world.state(translation, `${document!.id}-${lang}`);
      return { lang, status, legalStatus };
    }),
  );
}

const ASK_DOCUMENT: ReadonlySet<string> = new Set(['RequestTranslation', 'MarkStale', 'Certify', 'CertifyProvisionally']);
const ASK_TERMS: ReadonlySet<string> = new Set(['SubmitForConcordance', 'Certify', 'CertifyProvisionally']);

export const gatherForTranslation: Gather<Translation, TranslationEvidence> = async (world, { command, id, input, state, mode }) => {
  const said = input as { readonly docRef?: Ref; readonly targetLang?: string };
  const ref = state.docRef ?? said.docRef;
  const to = state.status === 'none' ? (said.targetLang ?? '') : state.targetLang;
  const document = ref && ASK_DOCUMENT.has(command) ? await documentOf(world, ref, to) : null;
  return {
    document,
    ownId: ref !== undefined && id === `${ref.id}-${to}`,
    terms: ASK_TERMS.has(command) ? await termsInForce(world, mode) : [],
    versions: command === 'Certify' ? await versionsOf(world, document, to) : [],
  };
};

/** Other entries in force in the same domain, and whether there is one that is said to replace this one. */
export const gatherForTerm: Gather<{ readonly status: string; readonly domain: string | null }, TermEvidence> = async (world, { id, input, state, mode }) => {
  const { replacedBy } = input as { readonly replacedBy?: string };
  const rows = (await world.rows<TermDoc>('terms', { status: 'approved', domain: state.domain })).filter((row) => row.id !== id && (row.mode === 'exercise') === (mode === 'exercise'));
  const replacement = replacedBy === undefined ? null : await world.row<TermDoc>('terms', replacedBy);
  return {
    taken: rows.flatMap(({ doc }) => doc.designations.filter((d) => d.status === 'preferred').map(({ lang, term }) => ({ lang, term }))),
    replacement: replacement === null || replacedBy === id ? null : replacement.doc.status,
  };
};
