/** What a chamber asks of the form of a motion. Only what can be counted or compared stands here; what a table office judges (neutrality, propriety) does not. */
export interface MotionForm {
  /** Words with which it opens, by language of the chamber. */
  readonly opens: Readonly<Record<string, string>>;
  readonly maxSentences: number | null;
  readonly maxWords: number | null;
}
export interface MotionText {
  readonly lang: string;
  readonly title: string;
  readonly text: string;
}
/** One rule of the form: `have` and `need` are figures, or the words with which it opens. */
export interface MotionCheck {
  readonly rule: 'title' | 'opening' | 'sentences' | 'words';
  readonly ok: boolean;
  readonly have: string | number;
  readonly need: string | number;
}

/** Whatever stands between spaces and holds a letter or a figure; so `15-year` and `£5,000` are one word each. */
export const wordsIn = (text: string): number => text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** Behind these a full stop ends no sentence. */
const SHORT = /(?:^|[\s(.])(?:Mr|Mrs|Ms|Dr|St|Prof|Rev|Hon|Rt|No|Nos|art|para|v|M|MM|Mme|\p{Lu})\.$/u;
/** Sentences of a text: as many as there are marks at which one ends and another begins, and one. */
export function sentencesIn(text: string): number {
  const whole = text.trim();
  if (whole === '') return 0;
  const ends = [...whole.matchAll(/[.!?…][”"’')\]]*\s+(?=\p{Lu})/gu)];
  return 1 + ends.filter(({ index }) => !SHORT.test(whole.slice(0, index + 1))).length;
}

const plain = (text: string): string => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();

/** Does the motion keep to the form of the chamber? Pure, for the decision and for a page while somebody types. */
export function checkMotion({ form }: { readonly form: MotionForm }, { lang, title, text }: MotionText): MotionCheck[] {
  const [words, sentences, said] = [wordsIn(text), sentencesIn(text), plain(text)];
  const opens = form.opens[lang.split('-')[0] ?? lang];
  const titled = plain(title) !== '' && !title.trim().includes('\n');
  return [
    { rule: 'title', ok: titled, have: titled ? 1 : 0, need: 1 },
    ...(opens === undefined ? [] : [{ rule: 'opening' as const, ok: said.startsWith(opens) && !/^\p{L}/u.test(said.slice(opens.length)), have: said.slice(0, opens.length), need: opens }]),
    ...(form.maxSentences === null ? [] : [{ rule: 'sentences' as const, ok: sentences > 0 && sentences <= form.maxSentences, have: sentences, need: form.maxSentences }]),
    { rule: 'words', ok: words > 0 && (form.maxWords === null || words <= form.maxWords), have: words, need: form.maxWords ?? 1 },
  ];
}
