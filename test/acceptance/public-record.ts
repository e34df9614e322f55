import { createHash } from 'node:crypto';
import { canonicalText } from '#contexts/statements';
import { RecordFile } from '#platform/runtime';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

export interface Written {
  readonly id: string;
  readonly kind?: string;
  readonly subject: Readonly<Record<string, string>>;
  readonly languages: readonly string[];
  readonly clauses: readonly { readonly section: 'preambular' | 'operative' | 'annex'; readonly verb?: string; readonly text: Readonly<Record<string, string>> }[];
  readonly publishedOn: string;
  readonly signatories?: readonly { readonly personId: string; readonly groupId: string; readonly at: string; readonly snapshot: object }[];
  readonly laterSignatories?: readonly { readonly personId: string; readonly groupId: string; readonly at: string; readonly snapshot: object }[];
  readonly reservations?: readonly { readonly groupId: string; readonly text: Readonly<Record<string, string>> }[];
  /** Where it stops: before it is frozen, or frozen and open for signature. */
  readonly until?: 'drafting' | 'open';
}

/** Digest of a text in one language, as it is frozen. */
export const digestIn = ({ subject, languages, clauses }: Written, lang: string): string =>
  sha256(canonicalText({ subject, leadLanguage: languages[0]!, languages, clauses: clauses.map((c, i) => ({ id: `c${i}`, section: c.section, text: c.text, stale: [] })) }, lang));

function steps(written: Written) {
  const { id, kind = 'open-letter', subject, languages, clauses, publishedOn, signatories = [], laterSignatories = [], reservations = [], until } = written;
  const by = { personId: 'stephen-twigg', groupId: 'gb-appg' };
  const give = (command: string, input: object, validTime = publishedOn) => ({ aggregate: 'Statement', id, command, input, validTime });
  const sign = (s: (typeof signatories)[number]) => give('SignStatement', { digest: digestIn(written, languages[0]!), languageSeen: languages[0], ...s }, s.at);
  const drafted = [
    give('ProposeStatement', { statementId: id, kind, subject, leadLanguage: languages[0], authenticLanguages: languages, urgency: 'ordinary', ...by }),
    give('StartDrafting', {}),
    ...clauses.map((clause) => give('AddClause', clause)),
  ];
  if (until === 'drafting') return drafted;
  const opened = [...drafted, give('CirculateDraft', { commentsDue: { instant: '2014-06-01T12:00:00Z', wallTime: '2014-06-01T13:00', timezone: 'Europe/London' } }), give('FreezeText', {}), give('OpenSignature', { at: publishedOn, thresholds: { signatories: 0, parliaments: 0, crossParty: false } })];
  if (until === 'open') return opened;
  return [
    ...opened, ...signatories.map(sign), ...reservations.map(({ groupId, text }) => ({ ...give('EnterStatementReservation', { clauses: [], text, groupId }) })), give('Publish', { at: publishedOn }), ...laterSignatories.map(sign),
  ];
}

/** A file of history that publishes these statements in the name of the groups of 2014. */
export const recordOf = (name: string, ...statements: readonly Written[]): RecordFile =>
  RecordFile.parse({
    name, title: 'Statements for the public site', mode: 'import', actor: { personId: 'network-secretariat', capacity: 'network-secretariat', onBehalfOf: 'aegis' },
    sources: [{ title: 'A source' }], confidence: 'high', steps: statements.flatMap(steps),
  });

const member = (name: string, party: string, side: string, parliament: string, chamber: string) => ({ name, title: parliament === 'GB' ? 'MP' : 'Senator', party, side, chamber, parliament });
export const WARNING: Written = {
  id: 'warning-signs',
  subject: {
    en: 'On the warning signs of atrocity crimes', fr: 'Sur les signes avant-coureurs des atrocités criminelles', ar: 'بشأن علامات الإنذار بالجرائم الفظيعة', es: 'Sobre las señales de alerta de los crímenes atroces',
  },
  languages: ['en', 'fr', 'ar', 'es'],
  clauses: [
    { section: 'preambular', verb: 'recalling', text: { en: 'Recalling the duty of every State to prevent genocide and to punish those who commit it, and the commitment of 2005 to protect populations,', fr: 'Rappelant l’obligation de tout État de prévenir le génocide et d’en punir les auteurs, ainsi que l’engagement pris en 2005 de protéger les populations,', ar: 'إذ نستذكر واجب كل دولة في منع الإبادة الجماعية ومعاقبة مرتكبيها، والالتزام الذي قُطع في عام 2005 بحماية السكان،', es: 'Recordando el deber de todo Estado de prevenir el genocidio y castigar a quienes lo cometen, y el compromiso de 2005 de proteger a las poblaciones,' } },
    { section: 'preambular', text: { en: 'Deeply concerned by the warning signs that parliaments have seen and not acted upon,', fr: 'Profondément préoccupés par les signes avant-coureurs que des parlements ont vus sans agir,', ar: 'وإذ يساورنا قلق عميق إزاء علامات الإنذار التي رأتها برلمانات ولم تتحرك،', es: 'Profundamente preocupados por las señales de alerta que los parlamentos han visto sin actuar,' } },
    { section: 'operative', text: { en: 'Urge every government to set up a national mechanism for early warning, with a budget of its own and a yearly report to parliament;', fr: 'Exhortons chaque gouvernement à mettre en place un mécanisme national d’alerte précoce, doté d’un budget propre et d’un rapport annuel au parlement;', ar: 'نحث كل حكومة على إنشاء آلية وطنية للإنذار المبكر، لها ميزانيتها الخاصة وتقدم تقريراً سنوياً إلى البرلمان؛', es: 'Instamos a cada gobierno a establecer un mecanismo nacional de alerta temprana, con presupuesto propio y un informe anual al parlamento;' } },
    { section: 'operative', text: { en: 'Call upon parliamentarians of all parties to speak against incitement, whoever it is directed against;', fr: 'Appelons les parlementaires de tous les partis à s’élever contre l’incitation à la haine, quelle qu’en soit la cible;', ar: 'ندعو البرلمانيين من جميع الأحزاب إلى رفع أصواتهم ضد التحريض أياً كان المستهدف به؛', es: 'Pedimos a los parlamentarios de todos los partidos que se pronuncien contra la incitación, sea quien sea su blanco;' } },
    { section: 'operative', text: { en: 'Decide to meet each year in June to review what was done.', fr: 'Décidons de nous réunir chaque année en juin pour examiner ce qui a été fait.', ar: 'نقرر أن نجتمع كل عام في شهر يونيو لاستعراض ما أُنجز.', es: 'Decidimos reunirnos cada año en junio para examinar lo que se ha hecho.' } },
  ],
  publishedOn: '2014-06-17',
  signatories: [
    { personId: 'stephen-twigg', groupId: 'gb-appg', at: '2014-06-16', snapshot: member('Stephen Twigg', 'Labour', 'opposition', 'GB', 'GB-LC01') },
    { personId: 'lord-carlisle', groupId: 'gb-appg', at: '2014-06-16', snapshot: { ...member('Lord Carlisle', 'Liberal Democrats', 'government', 'GB', 'GB-UC01'), title: 'Lord' } },
    { personId: 'romeo-dallaire', groupId: 'ca-gpg', at: '2014-06-17', snapshot: member('Roméo A. Dallaire', 'Liberal', 'opposition', 'CA', 'CA-UC01') },
  ],
  reservations: [{ groupId: 'ca-gpg', text: { en: 'The group understands the third operative paragraph as an invitation.', fr: 'Le groupe comprend le troisième paragraphe du dispositif comme une invitation.' } }],
};
/** A title that would be a program, were it not escaped. */
export const HOSTILE: Written = {
  id: 'hostile', kind: 'open-letter', subject: { en: '</title><script>alert(1)</script><img src=x onerror="alert(2)"> & \'quoted\'' }, languages: ['en'],
  clauses: [{ section: 'operative', text: { en: '<b onmouseover=alert(3)>Demand</b> that </script> nothing of this is markup & "stays" as written;' } }], publishedOn: '2015-01-10',
};
export const IN_FRENCH: Written = {
  id: 'a-paris', subject: { fr: 'Sur la tribune de Paris' }, languages: ['fr'], clauses: [{ section: 'operative', text: { fr: 'Demandons que la parole soit donnée aux survivants;' } }], publishedOn: '2015-04-07',
};
/** Written, open for signature, not published. */
export const UNPUBLISHED: readonly Written[] = [
  { id: 'still-open', subject: { en: 'Canary of the open text' }, languages: ['en'], clauses: [{ section: 'operative', text: { en: 'Canary sentence that nobody outside may read before its hour;' } }], publishedOn: '2015-05-01', until: 'open' },
  { id: 'still-drafted', subject: { en: 'Canary of the draft' }, languages: ['en'], clauses: [{ section: 'operative', text: { en: 'Canary draft that is being written;' } }], publishedOn: '2015-05-02', until: 'drafting' },
];
