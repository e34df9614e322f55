import { el, xmlDocument } from '../markup.js';

export interface AtomEntry {
  /** Absolute address or `urn:uuid:`; stays the same when the entry changes. */
  readonly id: string;
  readonly title: string;
  /** Instants, ISO 8601 UTC. */
  readonly updated: string;
  readonly published?: string;
  readonly link: string;
  readonly summary?: string;
  readonly author?: string;
  readonly categories?: readonly { readonly term: string; readonly label?: string }[];
}
export interface AtomFeed {
  readonly lang: string;
  readonly title: string;
  /** Who publishes it: the network. */
  readonly author: string;
  /** Absolute address of this feed; also its id. */
  readonly self: string;
  /** The page that the feed follows, and the feed in other languages. */
  readonly alternates: readonly { readonly lang: string; readonly href: string; readonly type: 'text/html' | 'application/atom+xml' }[];
  readonly updated: string;
  readonly entries: readonly AtomEntry[];
}

/** One language of a feed, Atom 1.0 (RFC 4287). Written over our own XML: what npm feed writes has no `hreflang` and no `xml:lang`. */
export const toAtom = ({ lang, title, author, self, alternates, updated, entries }: AtomFeed): string =>
  xmlDocument(
    el('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': lang },
      el('id', {}, self), el('title', {}, title), el('updated', {}, updated), el('author', {}, el('name', {}, author)),
      el('link', { rel: 'self', type: 'application/atom+xml', href: self, hreflang: lang }),
      alternates.map((a) => el('link', { rel: 'alternate', type: a.type, href: a.href, hreflang: a.lang })),
      entries.map((e) =>
        el('entry', {},
          el('id', {}, e.id), el('title', {}, e.title), el('updated', {}, e.updated), e.published === undefined ? null : el('published', {}, e.published),
          el('link', { rel: 'alternate', type: 'text/html', href: e.link, hreflang: lang }), e.author === undefined ? null : el('author', {}, el('name', {}, e.author)),
          (e.categories ?? []).map((c) => el('category', { term: c.term, label: c.label })), e.summary === undefined ? null : el('summary', {}, e.summary)))),
  );
