import { createHash } from 'node:crypto';
import { canonicalParagraph } from '#kernel';
import type { ExchangedDocument } from './document.js';
import type { ExportWords } from './words.js';

/** A statement and a memorandum as the tests of every format use them: three scripts, a draft's and a published text's features. */

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Digest of one clause, as the record has it. */
export const digestOf = (text: string): string => sha256(canonicalParagraph(text));

const PARLIAMENT = { en: 'Parliament of Atlantis & Lemuria', fr: 'Parlement de l’Atlantide', ar: 'برلمان أطلانتس' };
export const STATEMENT: ExchangedDocument = {
  type: 'statement', id: 's-1', kind: 'joint-statement', status: 'published',
  title: { en: 'On the protection of <civilians> & relief', fr: 'Sur la protection des civils', ar: 'بشأن حماية المدنيين' },
  languages: [{ tag: 'en', status: 'authentic', digest: 'a'.repeat(64) }, { tag: 'fr', status: 'authentic', digest: 'b'.repeat(64) }, { tag: 'ar', status: 'courtesy', digest: 'c'.repeat(64) }],
  clauses: [
    { id: 'c1', label: 'PP1', section: 'preambular', verb: 'recalling', text: { en: 'Recalling the Convention of 1948 on the Prevention and Punishment of the Crime of Genocide,', fr: 'Rappelant la Convention de 1948 pour la prévention et la répression du crime de génocide,', ar: 'إذ تشير إلى اتفاقية عام 1948 لمنع جريمة الإبادة الجماعية والمعاقبة عليها،' } },
    { id: 'c2', label: 'OP1', section: 'operative', verb: 'urges', text: { en: 'Urges all parties\n(a) to let relief pass “at once” & freely;\n(b) to spare <civilians>;', fr: 'Prie instamment toutes les parties de laisser passer les secours ;', ar: 'تحث جميع الأطراف على السماح بمرور الإغاثة (IHL) فورا؛' } },
    { id: 'c3', label: 'OP2', section: 'operative', verb: null, text: { en: 'Remains seized of the matter.', fr: 'Demeure saisie de la question.', ar: 'تبقي المسألة قيد نظرها.' } },
    { id: 'c4', label: 'AN1', section: 'annex', verb: null, text: { en: 'List of crossings.', fr: 'Liste des points de passage.', ar: 'قائمة المعابر.' } },
  ],
  attribution: { en: 'The groups A and B', fr: 'Les groupes A et B', ar: 'المجموعتان أ وب' },
  revision: 3, corrections: 1, digest: 'd'.repeat(64),
  signatories: [
    { personId: 'p-1', name: 'Ada Marlowe', title: 'Dr', party: 'Blue', side: 'government', chamber: 'XA-LC01', parliament: 'xa', parliamentName: PARLIAMENT, groupId: 'xa-group', capacity: 'officer', at: '2026-11-20T10:00:00.000Z', later: false, withdrawnAt: null },
    { personId: 'p-2', name: 'Omar Haddad', title: null, party: null, side: 'opposition', chamber: 'XA-LC01', parliament: 'xa', parliamentName: PARLIAMENT, groupId: null, capacity: 'individual', at: '2026-11-21T10:00:00.000Z', later: true, withdrawnAt: '2026-11-22T09:00:00.000Z' },
  ],
  groups: [{ id: 'xa-group', name: { en: 'Group A', ar: 'المجموعة أ' }, parliament: 'xa', endorsedAt: '2026-11-19T08:00:00.000Z' }],
  reservations: [{ groupId: 'xa-group', clauses: ['OP2'], text: { en: 'The group reads “seized” as “informed”.' } }],
  history: [
    { act: 'proposed', at: '2014', by: 'Group A', outcome: null }, { act: 'adopted', at: '2026-11-18T12:00:00.000Z', by: null, outcome: 'adopted' },
    { act: 'published', at: '2026-11-20T12:00:00.000Z', by: null, outcome: null }, { act: 'corrected', at: '2026-11-25T12:00:00.000Z', by: 'Ada Marlowe', outcome: null },
  ],
  notices: [{ kind: 'rectified', at: '2026-11-25T12:00:00.000Z', text: { en: 'Rectified by procès-verbal.' } }],
  amendments: [], publishedAt: '2026-11-20T12:00:00.000Z', address: 'https://example.org/public/statements/s-1/r3-c1', exercise: false,
};
/** The same while it is negotiated: three amendments, of which the third is in the way of the first. */
export const DRAFT: ExchangedDocument = {
  ...STATEMENT, status: 'negotiating', publishedAt: null, address: null, digest: null, corrections: 0, signatories: [], notices: [], reservations: [],
  brackets: [{ clauseId: 'c3', lang: 'en', from: 8, to: 14 }],
  amendments: [
    { id: 'a1', number: 1, by: { en: 'Group A', ar: 'المجموعة أ' }, author: 'Ada Marlowe', at: '2026-11-10T10:00:00.000Z', lang: 'en', rationale: {}, operations: [
      { op: 'replace', clauseId: 'c2', lang: 'en', from: 0, to: 5, expected: 'Urges', text: 'Calls upon' }, { op: 'move-clause', clauseId: 'c4', after: null },
      { op: 'insert-clause', clauseId: 'n1', section: 'operative', after: 'c2', text: { en: 'Decides to send a mission;' } }] },
    { id: 'a2', number: 2, by: { en: 'Group B' }, author: null, at: '2026-11-11T10:00:00.000Z', lang: 'en', rationale: {}, operations: [
      { op: 'insert', clauseId: 'c1', lang: 'en', at: 10, left: 'Recalling ', right: 'the', text: 'with concern ' }, { op: 'delete-clause', clauseId: 'c3' }] },
    { id: 'a3', number: 3, by: { en: 'Group C' }, author: 'Inés Robledo', at: '2026-11-12T10:00:00.000Z', lang: 'en', rationale: {}, operations: [
      { op: 'replace', clauseId: 'c2', lang: 'en', from: 0, to: 9, expected: 'Urges all', text: 'Begs the' }] },
  ],
};
const articles: readonly [string, string, string, string][] = [
  ['title', '', 'Memorandum of Understanding', 'Mémorandum d’entente'], ['parties', '', 'Group A and Group B', 'Le groupe A et le groupe B'], ['preamble', '', 'Recognising their duty', 'Reconnaissant leur devoir'],
  ['purpose', '1', 'To work together.', 'Œuvrer ensemble.'], ['other', '2', 'Each bears its own costs.', 'Chacun supporte ses frais.'], ['done-at', '', 'Done in two languages.', 'Fait en deux langues.'],
];
export const MOU: ExchangedDocument = {
  ...STATEMENT, type: 'mou', id: 'm-1', kind: null, status: 'in-effect', title: { en: 'Memorandum of Understanding', fr: 'Mémorandum d’entente' }, languages: STATEMENT.languages.slice(0, 2), corrections: 0, notices: [], reservations: [],
  clauses: articles.map(([kind, label, en, fr], i) => ({ id: `k${i}`, label, section: 'article', verb: null, kind, text: { en, fr } })), attribution: {},
};
export const WORDS: ExportWords = {
  signatures: 'Signatures', reservations: 'Reservations', verify: 'Digest of this text:', amendment: (number, by) => `Amendment ${number} (${by})`, withdrawn: (at) => `withdrawn ${at}`, later: 'signed later',
  status: (status) => (status === 'authentic' ? '' : status), authentic: 'Authentic text', kind: (kind) => kind, exercise: 'EXERCISE', draft: (revision) => `Draft, revision ${revision}`, date: (at) => at.slice(0, 10), capacity: (capacity) => capacity,
};
