import { inLanguage, languageIn, directionOf, formatEdtf, relativeTime } from '#platform/i18n/browser';
import type { Label, Multilingual } from '#kernel';
import { Link } from '@tanstack/react-router';
import { useNames, useWords } from '../context.js';

/** A text that stands in several languages, in the reader's or the nearest there is, said to the browser as what it is. */
export function Text({ of, block }: { of: Multilingual | undefined; block?: boolean }) {
  const { lang, t } = useWords();
  const text = inLanguage(of, lang);
  const tag = languageIn(of, lang);
  if (text === undefined || tag === undefined) return <span className="muted">{t('unnamed')}</span>;
  const Tag = block ? 'p' : 'bdi';
  return <Tag lang={tag} dir={directionOf(tag)}>{text}</Tag>;
}

/** A partial date as it is recorded: “2005”, “date unknown, between … and …”. */
export function When({ edtf }: { edtf: string | null | undefined }) {
  const words = useWords();
  if (!edtf) return <span className="muted">{words.t('notRecorded')}</span>;
  return <time title={edtf}>{formatEdtf(edtf, words)}</time>;
}

/** An instant in the reader's zone, the UTC one behind it. */
export function At({ instant }: { instant: string | null | undefined }) {
  const words = useWords();
  if (!instant) return <span className="muted">{words.t('notRecorded')}</span>;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return <time dateTime={instant} title={words.instant(instant)}>{words.instant(instant, zone)}</time>;
}
export function Ago({ instant }: { instant: string }) {
  const words = useWords();
  return <time dateTime={instant} title={words.instant(instant)}>{relativeTime(instant, Date.now(), words)}</time>;
}

/** How a state is called, with a mark that does not rest on colour alone. */
export function State({ of, aggregate }: { of: string; aggregate: string }) {
  const { t } = useWords();
  return <span className={`state state-${of}`}>{t(`state.${aggregate}.${of}`)}</span>;
}

/** TLP labels are never translated; what they mean is. */
export function Tlp({ label }: { label: Label }) {
  const { t } = useWords();
  return <bdi className={`tlp tlp-${label.tlp.replace('+', '-')}`} lang="en" dir="ltr" title={t(`tlp.${label.tlp}`)}>TLP:{label.tlp}</bdi>;
}
export function Mode({ mode }: { mode: string }) {
  const { t } = useWords();
  return mode === 'live' ? null : <span className={`mode mode-${mode}`}>{t(`mode.${mode}`)}</span>;
}

const PATHS: Record<string, string> = {
  group: 'groups', person: 'people', parliament: 'parliaments', partner: 'partners', network: 'network', mou: 'mous', statement: 'statements', application: 'joining',
  decision: 'decisions', meeting: 'meetings', correction: 'record', translation: 'translate',
};
export const pathOf = (category: string, id: string): string | undefined =>
  category === 'network' ? '/network' : PATHS[category] ? `/${PATHS[category]}/${id}` : undefined;

/** What a thing is called, as a link to its page. */
export function Ref({ category, id }: { category: string; id: string | null | undefined }) {
  const { lang } = useWords();
  const names = useNames(id ? [`${category}-${id}`] : []);
  if (!id) return null;
  const title = names[`${category}-${id}`];
  const text = inLanguage(title, lang) ?? id;
  const tag = languageIn(title, lang) ?? 'en';
  const to = pathOf(category, id);
  const inner = <bdi lang={tag} dir={directionOf(tag)}>{text}</bdi>;
  return to ? <Link to={to}>{inner}</Link> : inner;
}

/** Languages of a text with the reader's own first: on a narrow screen it is the column that is seen. */
export const ownFirst = (languages: readonly string[], own: string): readonly string[] =>
  languages.includes(own) ? [own, ...languages.filter((l) => l !== own)] : languages;
