import type { Section } from '../statement/schemas.js';

/**
 * How clauses open (domain 4.2). `words`: what stands in italics, in the form of United Nations texts; where a language agrees with the
 * speaker it is the form for "the Network" (feminine singular). A language without a settled form here is left out, not guessed.
 */
export interface OpeningVerb {
  readonly key: string;
  readonly section: Exclude<Section, 'annex'>;
  /** Verbs of one ladder are of a kind; a higher strength says more. `call`: what is asked of others; `judgement`: what is thought of a thing. */
  readonly ladder?: 'call' | 'judgement';
  readonly strength?: number;
  readonly words: Readonly<Record<string, string>>;
}
type Words = readonly [en: string, fr: string, es: string, ar: string, pt: string, rw?: string];

const words = ([en, fr, es, ar, pt, rw]: Words) => ({ en, fr, es, ar, pt, ...(rw === undefined ? {} : { rw }) });
const pre = (key: string, ...w: Words): OpeningVerb => ({ key, section: 'preambular', words: words(w) });
const op = (key: string, ...w: Words): OpeningVerb => ({ key, section: 'operative', words: words(w) });
const on = (ladder: 'call' | 'judgement', ...verbs: OpeningVerb[]): OpeningVerb[] => verbs.map((v, i) => ({ ...v, ladder, strength: i + 1 }));

// prettier-ignore
export const OPENING_VERBS: readonly OpeningVerb[] = [
  pre('recalling', 'Recalling', 'Rappelant', 'Recordando', 'إذ تشير إلى', 'Recordando', 'Yibutsa'),
  pre('guided-by', 'Guided by', 'Guidée par', 'Guiada por', 'إذ تسترشد بـ', 'Guiada por', 'Ishingiye ku'),
  pre('reaffirming', 'Reaffirming', 'Réaffirmant', 'Reafirmando', 'إذ تعيد تأكيد', 'Reafirmando'),
  pre('recognizing', 'Recognizing', 'Reconnaissant', 'Reconociendo', 'إذ تقر بـ', 'Reconhecendo'),
  pre('bearing-in-mind', 'Bearing in mind', 'Ayant à l’esprit', 'Teniendo presente', 'إذ تضع في اعتبارها', 'Tendo presente', 'Izirikana'),
  pre('considering', 'Considering', 'Considérant', 'Considerando', 'إذ ترى', 'Considerando'),
  pre('convinced', 'Convinced', 'Convaincue', 'Convencida', 'واقتناعا منها', 'Convencida'),
  pre('stressing', 'Stressing', 'Soulignant', 'Subrayando', 'إذ تشدد على', 'Sublinhando'),
  pre('determined', 'Determined', 'Résolue', 'Decidida', 'وتصميما منها على', 'Determinada'),
  pre('welcoming', 'Welcoming', 'Se félicitant', 'Acogiendo con beneplácito', 'إذ ترحب بـ', 'Acolhendo com satisfação'),
  ...on('judgement',
    pre('taking-note', 'Taking note of', 'Prenant note de', 'Tomando nota de', 'إذ تحيط علما بـ', 'Tomando nota de'),
    pre('noting', 'Noting', 'Notant', 'Observando', 'إذ تلاحظ', 'Observando'),
    pre('noting-with-concern', 'Noting with concern', 'Notant avec préoccupation', 'Observando con preocupación', 'إذ تلاحظ مع القلق', 'Observando com preocupação'),
    pre('deeply-concerned', 'Deeply concerned', 'Profondément préoccupée', 'Profundamente preocupada', 'إذ يساورها القلق العميق', 'Profundamente preocupada'),
    pre('gravely-concerned', 'Gravely concerned', 'Gravement préoccupée', 'Gravemente preocupada', 'إذ يساورها بالغ القلق', 'Gravemente preocupada'),
    pre('alarmed', 'Alarmed', 'Alarmée', 'Alarmada', 'إذ يثير جزعها', 'Alarmada'),
  ),
  op('affirms', 'Affirms', 'Affirme', 'Afirma', 'تؤكد', 'Afirma'),
  op('reaffirms', 'Reaffirms', 'Réaffirme', 'Reafirma', 'تعيد تأكيد', 'Reafirma'),
  op('welcomes', 'Welcomes', 'Se félicite', 'Acoge con beneplácito', 'ترحب بـ', 'Acolhe com satisfação'),
  op('commends', 'Commends', 'Salue', 'Encomia', 'تشيد بـ', 'Louva', 'Irashima'),
  op('decides', 'Decides', 'Décide', 'Decide', 'تقرر', 'Decide', 'Yemeje'),
  op('undertakes', 'Undertakes', 'S’engage', 'Se compromete', 'تتعهد بـ', 'Compromete-se', 'Yiyemeje'),
  op('remains-seized', 'Remains seized', 'Demeure saisie', 'Decide seguir ocupándose', 'تبقي المسألة قيد نظرها', 'Permanece ocupada'),
  ...on('judgement',
    op('takes-note', 'Takes note of', 'Prend note de', 'Toma nota de', 'تحيط علما بـ', 'Toma nota de'),
    op('expresses-concern', 'Expresses concern', 'Se déclare préoccupée', 'Expresa preocupación', 'تعرب عن القلق', 'Expressa preocupação'),
    op('regrets', 'Regrets', 'Regrette', 'Lamenta', 'تعرب عن الأسف', 'Lamenta'),
    op('deplores', 'Deplores', 'Déplore', 'Deplora', 'تشجب', 'Deplora'),
    op('condemns', 'Condemns', 'Condamne', 'Condena', 'تدين', 'Condena', 'Iramagana'),
    op('strongly-condemns', 'Strongly condemns', 'Condamne énergiquement', 'Condena enérgicamente', 'تدين بشدة', 'Condena veementemente', 'Iramagana yivuye inyuma'),
  ),
  ...on('call',
    op('invites', 'Invites', 'Invite', 'Invita', 'تدعو', 'Convida'),
    op('encourages', 'Encourages', 'Encourage', 'Alienta', 'تشجع', 'Encoraja', 'Irashishikariza'),
    op('requests', 'Requests', 'Prie', 'Solicita', 'تطلب إلى', 'Solicita', 'Irasaba'),
    op('calls-upon', 'Calls upon', 'Demande à', 'Exhorta', 'تهيب بـ', 'Apela', 'Irahamagarira'),
    op('urges', 'Urges', 'Prie instamment', 'Insta', 'تحث', 'Insta'),
    op('demands', 'Demands', 'Exige', 'Exige', 'تطالب', 'Exige'),
  ),
];

export const isVerbOf = (section: Section, key: string): boolean => OPENING_VERBS.some((v) => v.section === section && v.key === key);
