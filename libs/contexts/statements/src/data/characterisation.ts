/**
 * Words by which a text says that a crime under international law took place, and words by which it speaks of a risk, an allegation or a duty instead (STM-10).
 * By language; where a language is missing nothing is found in it, and the lead text decides.
 * Sources: Convention on the Prevention and Punishment of the Crime of Genocide (1948), Rome Statute (1998) art. 5 to 8, Framework of Analysis for Atrocity Crimes
 * (UN, 2014), each in its official languages; the register words are ours and were not reviewed by lawyers.
 */
interface Register {
  readonly crimes: RegExp;
  readonly cautious: RegExp;
}
export const CHARACTERISATION: Readonly<Record<string, Register>> = {
  en: {
    crimes: /\b(genocide|crimes? against humanity|war crimes?|ethnic cleansing)\b/iu,
    cautious: /\b(risks?|prevent\w*|alleg\w*|may|might|could|warn\w*|reports? of|reported|if|threat\w*|possible|potential|convention|protect\w*|incitement|duty|responsib\w*|amount to|tantamount|signs?|indicat\w*|early warning|punish\w*|memory|commemorat\w*|denial|investigat\w*|determin\w*)\b/iu,
  },
  fr: {
    crimes: /(génocide|crimes? contre l[’']humanité|crimes? de guerre|nettoyage ethnique)/iu,
    cautious: /(risque|prévention|prévenir|allég|pourrai|pourrait|peut|avert|alerte|signal|si |menace|possible|potentiel|convention|proté|incitation|devoir|responsab|constitu|signes|indice|punir|répress|mémoire|commémor|négation|enquêt|détermin)/iu,
  },
  es: {
    crimes: /(genocidio|crímen(es)? de lesa humanidad|crimen de lesa humanidad|crímenes de guerra|crimen de guerra|limpieza étnica)/iu,
    cautious: /(riesgo|preven|presunt|alega|podría|puede|advert|alerta|si |amenaza|posible|potencial|convención|proteg|incitación|deber|responsab|constitu|signos|indicio|castig|sanción|memoria|conmemor|negación|investig|determin)/iu,
  },
  ar: {
    crimes: /(الإبادة الجماعية|إبادة جماعية|جرائم ضد الإنسانية|جريمة ضد الإنسانية|جرائم حرب|جرائم الحرب|تطهير عرقي|التطهير العرقي)/u,
    cautious: /(خطر|منع|وقاية|مزاعم|يُزعم|قد |تحذير|إنذار|إذا|تهديد|محتمل|اتفاقية|حماية|تحريض|واجب|مسؤولية|ترقى|علامات|مؤشرات|معاقبة|ذكرى|إنكار|تحقيق)/u,
  },
};

/** Does this clause state as a fact, in this language, that such a crime occurred? A sentence with a cautious word does not. */
export function characterises(text: string, lang: string): boolean {
  const register = CHARACTERISATION[lang];
  if (register === undefined) return false;
  return text.split(/[.;!?؛؟。]/u).some((sentence) => register.crimes.test(sentence) && !register.cautious.test(sentence));
}
