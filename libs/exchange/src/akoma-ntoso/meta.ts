import type { ExchangedDocument } from '../document.js';
import { el, type Xml } from '../markup.js';
import { type Authority, camel, dayOf, fullDate, OWN, threeLetters } from './names.js';

/** FRBR identification, lifecycle, workflow and references of one expression. */

export interface Identified {
  readonly work: string;
  readonly expression: string;
  readonly manifestation: string;
}
const first = (doc: ExchangedDocument, at: string): string => doc.history[0]?.at ?? doc.publishedAt ?? at;
/** The day of this expression: its publication, else the last act on it. */
export const expressionDay = (doc: ExchangedDocument, at: string): string => dayOf(doc.publishedAt ?? doc.history.at(-1)?.at ?? at);

/** `/akn/un/statement/joint-statement/gpn/2026/<id>/eng@2026-11-20/!main` */
export function addressesOf(doc: ExchangedDocument, lang: string, { country, actor }: Authority, at: string): Identified {
  const type = doc.type === 'mou' ? 'doc/memorandum-of-understanding' : `statement/${doc.kind ?? 'statement'}`;
  const work = `/akn/${country}/${type}/${actor}/${dayOf(first(doc, at)).slice(0, 4)}/${doc.id}`;
  const expression = `${work}/${threeLetters(lang)}@${expressionDay(doc, at)}`;
  return { work, expression, manifestation: `${expression}/!main.xml` };
}

const dated = (at: string, otherwise: string): Xml => {
  const { date, name } = fullDate(at);
  return el('FRBRdate', { date, name: name ?? otherwise });
};

export function identification(doc: ExchangedDocument, lang: string, authority: Authority, at: string): Xml {
  const { work, expression, manifestation } = addressesOf(doc, lang, authority, at);
  const author = el('FRBRauthor', { href: '#network', as: '#author' });
  const lead = doc.languages[0]?.tag ?? lang;
  const status = doc.languages.find((l) => l.tag === lang)?.status;
  const version = doc.corrections === 0 ? `${doc.revision}` : `${doc.revision}-c${doc.corrections}`;
  return el('identification', { source: '#network' },
    el('FRBRWork', {},
      el('FRBRthis', { value: `${work}/!main` }), el('FRBRuri', { value: work }), ...(doc.address === null ? [] : [el('FRBRalias', { value: doc.address, name: 'public' })]),
      dated(first(doc, at), 'generation'), author, el('FRBRcountry', { value: authority.country }),
      el('FRBRsubtype', { value: doc.type === 'mou' ? 'memorandum-of-understanding' : (doc.kind ?? 'statement') }), el('FRBRnumber', { value: doc.id }),
      el('FRBRauthoritative', { value: doc.publishedAt !== null })),
    el('FRBRExpression', {},
      el('FRBRthis', { value: `${expression}/!main` }), el('FRBRuri', { value: expression }), dated(doc.publishedAt ?? doc.history.at(-1)?.at ?? at, 'publication'), author,
      el('FRBRversionNumber', { value: version }), el('FRBRauthoritative', { value: status === 'authentic' }), el('FRBRlanguage', { language: lang }),
      ...(lang === lead ? [] : [el('FRBRtranslation', { href: addressesOf(doc, lead, authority, at).expression, fromLanguage: lead, authoritative: status === 'authentic', by: '#network' })])),
    el('FRBRManifestation', {},
      el('FRBRthis', { value: manifestation }), el('FRBRuri', { value: manifestation }), el('FRBRdate', { date: dayOf(at), name: 'export' }), author, el('FRBRformat', { value: 'application/akn+xml' })));
}

/** Which of the three kinds of the standard an act on the whole text is; the others are steps of the workflow only. */
const EVENTS: Readonly<Record<string, 'generation' | 'amendment' | 'repeal'>> = {
  proposed: 'generation', 'recorded-from-source': 'generation', adopted: 'generation', published: 'generation', signed: 'generation', corrected: 'amendment', amended: 'amendment', superseded: 'repeal', retracted: 'repeal', terminated: 'repeal', ended: 'repeal',
};
/** Names of those who acted, each once. */
export const agentsOf = (doc: ExchangedDocument): string[] => [...new Set(doc.history.flatMap(({ by }) => (by === null ? [] : [by])))];
const agentId = (doc: ExchangedDocument, by: string | null): string => (by === null ? '#network' : `#agent_${agentsOf(doc).indexOf(by) + 1}`);

export function lifecycle(doc: ExchangedDocument): Xml | null {
  const events = doc.history.flatMap((h, i) => (EVENTS[h.act] === undefined ? [] : [el('eventRef', { eId: `eventRef_${i + 1}`, date: fullDate(h.at).date, source: '#network', refersTo: `#act_${h.act}`, type: EVENTS[h.act] })]));
  return events.length === 0 ? null : el('lifecycle', { source: '#network' }, ...events);
}
export function workflow(doc: ExchangedDocument): Xml | null {
  const steps = doc.history.map((h, i) =>
    el('step', { eId: `step_${i + 1}`, date: fullDate(h.at).date, by: agentId(doc, h.by), refersTo: `#act_${h.act}`, outcome: h.outcome === null ? null : `#outcome_${h.outcome}` }));
  return steps.length === 0 ? null : el('workflow', { source: '#network' }, ...steps);
}

export function references(doc: ExchangedDocument, lang: string, { country, actor, name }: Authority): Xml {
  const say = (texts: Readonly<Record<string, string>>) => texts[lang] ?? texts[doc.languages[0]?.tag ?? ''] ?? Object.values(texts)[0] ?? '';
  const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];
  const base = `/akn/ontology`;
  const concepts = (kind: string, prefix: string, values: readonly string[]) => unique(values).map((v) => el(kind, { eId: `${prefix}_${v}`, href: `${base}/${kind.slice(3).toLowerCase()}/${country}/${v}`, showAs: v }));
  const people = new Map(doc.signatories.map((s) => [s.personId, s.name]));
  const parliaments = new Map(doc.signatories.map((s) => [s.parliament, say(s.parliamentName)]));
  const names = agentsOf(doc);
  return el('references', { source: '#network' },
    el('TLCOrganization', { eId: 'network', href: `${base}/organization/${country}/${actor}`, showAs: name }),
    doc.groups.map((g) => el('TLCOrganization', { eId: `group_${g.id}`, href: `${base}/organization/${country}/${g.id}`, showAs: say(g.name) })),
    [...parliaments].map(([id, showAs]) => el('TLCOrganization', { eId: `parliament_${id}`, href: `${base}/organization/${country}/${id}`, showAs: showAs || id })),
    [...people].map(([id, showAs]) => el('TLCPerson', { eId: `person_${id}`, href: `${base}/person/${country}/${id}`, showAs })),
    names.map((showAs, i) => el([...people.values()].includes(showAs) ? 'TLCPerson' : 'TLCOrganization', { eId: `agent_${i + 1}`, href: `${base}/agent/${country}/${encodeURIComponent(showAs)}`, showAs })),
    doc.amendments.map((a) => el('TLCProcess', { eId: `amendment_${a.id}`, href: `${base}/process/${country}/${a.id}`, showAs: `${a.number} (${say(a.by)}${a.author === null ? '' : `, ${a.author}`})` })),
    el('TLCRole', { eId: 'author', href: `${base}/role/${country}/author`, showAs: 'author' }),
    concepts('TLCRole', 'role', doc.signatories.map((s) => s.capacity)),
    concepts('TLCEvent', 'act', doc.history.map((h) => h.act)),
    concepts('TLCConcept', 'outcome', doc.history.flatMap((h) => (h.outcome === null ? [] : [h.outcome]))),
    concepts('TLCConcept', 'verb', doc.clauses.flatMap((c) => (c.verb === null ? [] : [c.verb]))),
  );
}

/** What the standard has no place for, in full: partial dates as they are, digests, status of the language. */
export function proprietary(doc: ExchangedDocument, lang: string): Xml {
  const language = doc.languages.find((l) => l.tag === lang);
  const partial = doc.history.flatMap((h, i) => (fullDate(h.at).name === null ? [] : [el('c:date', { step: `#step_${i + 1}`, edtf: h.at })]));
  return el('proprietary', { source: '#network', 'xmlns:c': OWN },
    el('c:document', { id: doc.id, type: doc.type, kind: doc.kind, status: doc.status, revision: doc.revision, corrections: doc.corrections, digest: doc.digest, exercise: doc.exercise ? true : null }),
    doc.languages.map((l) => el('c:language', { tag: l.tag, status: l.status, digest: l.digest, this: l === language ? true : null })),
    partial,
  );
}
export const nameOf = (doc: ExchangedDocument): string => (doc.type === 'mou' ? 'memorandumOfUnderstanding' : camel(doc.kind ?? 'statement'));
