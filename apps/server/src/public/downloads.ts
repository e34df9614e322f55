import { Problem } from '../http/problem.js';
import type { Row } from '#kernel';
import type { StatementDoc } from '#contexts/statements';
import { canonicalText } from '#contexts/statements';
import type { GroupDoc } from '#contexts/directory';
import type { NetworkDoc } from '#contexts/governance';
import { actsOf, historyOf, streamsOf } from '../exchange/acts.js';
import { exchangedStatement, namedIn } from '../exchange/documents.js';
import { FORMATS as WRITTEN } from '../exchange/formats.js';
import { ExportVoice } from '../exchange/voice.js';
import type { Services } from '../services.js';
import type { Rendered } from './answers.js';
import type { Shown } from './pages/statement.js';
import { type PublicReading, type PublicText, versionName } from './reading.js';

const HOUR = 3_600;
/** Endings of the files of a text, in the order of their links; of those that are written by the exports, their name there. */
const ENDINGS: Readonly<Record<string, string | null>> = { pdf: 'pdf', docx: 'docx', txt: null, 'akn.xml': 'akn', json: null };
export const DOWNLOADS: readonly string[] = Object.entries(ENDINGS).flatMap(([ending, written]) => (written === null || written in WRITTEN ? [ending] : []));

/** The text exactly as it is digested (STM-5): the SHA-256 of this file is the digest on the page. */
function plain({ text, lang }: Shown): string {
  return canonicalText({ subject: text.title, leadLanguage: text.leadLanguage, languages: [lang], clauses: text.clauses.map((c) => ({ ...c, stale: [] })) }, lang);
}

/** The open-data form: the published text in every language with its digests, and who stands behind it. */
function data({ text, statement }: Shown, origin: string): string {
  const { doc } = statement.row;
  return JSON.stringify({
    id: text.statementId, revision: text.revision, corrections: text.corrections, kind: text.kind, title: text.title, leadLanguage: text.leadLanguage, publishedAt: text.at,
    address: `${origin}/public/statements/${text.statementId}/${versionName(text)}`, languages: text.languages, digests: text.digests, digest: text.digest,
    clauses: text.clauses.map(({ id, label, section, verb, text: said }) => ({ id, label, section, verb, text: said })),
    attribution: doc.attribution, crossParty: doc.crossParty, crossPartyMark: doc.mark, endorsements: doc.endorsements.map(({ groupId, at }) => ({ groupId, at })),
    signatories: doc.signatories.map(({ personId, groupId, capacity, snapshot, at, later, withdrawn }) => ({ personId, groupId, capacity, ...snapshot, at, later, withdrawnAt: withdrawn?.at ?? null })),
    reservations: doc.reservations, notices: doc.notices,
  }, null, 1);
}

/** The document of a statement as this text had it. */
const asOf = ({ row }: Shown['statement'], text: PublicText): Row<StatementDoc> => ({
  ...row,
  doc: {
    ...row.doc, subject: text.title, corrections: row.doc.corrections.slice(0, text.corrections),
    clauses: text.clauses.map((clause) => ({ ...row.doc.clauses.find((c) => c.id === clause.id)!, ...clause })),
    published: { ...row.doc.published!, at: text.at, revision: text.revision, corrections: text.corrections, digests: text.digests, digest: text.digest ?? '', languages: text.languages as NonNullable<StatementDoc['published']>['languages'] },
  },
});

/** @returns null for an ending that is not there */
export async function download(shown: Shown, ending: string, { i18n, config }: Services, { reader }: PublicReading): Promise<Rendered | null> {
  const { text, lang } = shown;
  const origin = config.publicUrl.replace(/\/$/, '');
  const answer = (body: string | Buffer, type: string): Rendered => ({ body, type, lang, maxAge: HOUR, fileName: `${text.statementId}-${versionName(text)}-${lang}.${ending}` });
  if (ending === 'txt') return answer(plain(shown), 'text/plain; charset=utf-8');
  if (ending === 'json') return answer(data(shown, origin), 'application/json; charset=utf-8');
  const format = WRITTEN[ENDINGS[ending] ?? ''];
  if (format === undefined) return null;
  const row = asOf(shown.statement, text);
  const acts = await actsOf(reader, `statement-${row.id}`);
  const named = namedIn(row.doc, []);
  const ids = [...new Set(named.filter((stream) => stream.startsWith('group-')).map((stream) => stream.slice('group-'.length)))];
  const groups = await Promise.all(ids.map(async (id) => [id, (await reader.row<GroupDoc>('groups', id))?.doc.parliamentId ?? null] as const));
  const names = await reader.titles([...named, ...streamsOf(acts), ...groups.flatMap(([, p]) => (p === null ? [] : [`parliament-${p}`]))]);
  const voice = new ExportVoice(i18n);
  const doc = exchangedStatement(row, [], { names, voice, history: historyOf(acts, names, lang), parliaments: Object.fromEntries(groups), origin });
  const network = (await reader.rows<NetworkDoc>('networks', {}, { limit: 1 }))[0];
  // What cannot be set as PDF is there in the other formats.
  const written = await Promise.resolve(format.write({
    doc, langs: [lang], layout: 'sequence', amendments: [], voice, network: { id: network?.id ?? 'network', name: network?.doc.names[lang] ?? network?.doc.names['en'] ?? 'Network' },
    // The same file whenever it is fetched, until the page itself changes.
    deadlines: [], at: row.recordedAt, host: new URL(origin).hostname,
  })).catch((error: unknown) => {
    if (error instanceof Problem) return null;
    throw error;
  });
  if (written === null) return null;
  return answer(Buffer.from(written as Uint8Array), format.type);
}
