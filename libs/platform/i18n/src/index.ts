export { checkMessage, checkNamespace, checkResources, type ResourceIssue } from './check-resources.js';
export { assertLocale, cldrData, MissingLocale, type NameOverrides } from './cldr.js';
export { EXERCISE_COUNTRIES } from './data/countries.js';
export { type DateKind, dateKind, formatEdtf } from './edtf.js';
export { type CldrData, type Formatters, inLanguage, languageIn, makeFormatters, type Say } from './format.js';
export { type Direction, directionOf, directionOfText, isolate } from './format-direction.js';
export { icuFormat, icuLocale, type OnProblem, pluralCategories } from './format-icu.js';
export { relativeTime } from './format-relative.js';
export { I18n, type I18nOptions, type Translate } from './i18n.js';
export { type Asked, FALLBACK, type Language, LANGUAGE_COOKIE, LANGUAGE_TAGS, LANGUAGES, negotiate } from './languages.js';
export { issueSentence, refusalSentence } from './refusals.js';
export {
  COMMON,
  flatten,
  loadResources,
  type Messages,
  MissingWords,
  type NamespaceSource,
  type Resources,
} from './resources.js';
export { type Act, type Params, type Reading, sentenceParams, type Shape } from './sentence.js';
