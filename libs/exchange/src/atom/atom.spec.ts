import { attributeOf, childOf, elementsOf, withXml } from '../markup.js';
import { type AtomFeed, toAtom } from './atom.js';

const FEED: AtomFeed = {
  lang: 'ar', title: 'بيانات الشبكة', author: 'الشبكة', self: 'https://example.org/public/ar/feed.atom', updated: '2026-11-20T12:00:00Z',
  alternates: [{ lang: 'ar', href: 'https://example.org/public/ar', type: 'text/html' }, { lang: 'fr', href: 'https://example.org/public/fr/feed.atom', type: 'application/atom+xml' }],
  entries: [
    { id: 'https://example.org/public/statements/s-1', title: 'عن <الحماية> & الإغاثة', updated: '2026-11-20T12:00:00Z', published: '2026-11-20T12:00:00Z', link: 'https://example.org/public/ar/statements/s-1/r3', summary: 'ملخص', categories: [{ term: 'joint-statement', label: 'بيان مشترك' }] },
  ],
};

describe('toAtom', () => {
  it('has what RFC 4287 asks of a feed and of each entry, once', () => {
    withXml(toAtom(FEED), (root) => {
      expect([root.name, root.namespaceUri, root.get('@xml:lang')?.content]).toEqual(['feed', 'http://www.w3.org/2005/Atom', 'ar']);
      const names = (e: typeof root) => elementsOf(e).map((c) => c.name);
      for (const name of ['id', 'title', 'updated', 'author']) expect(names(root).filter((n) => n === name)).toHaveLength(1);
      const links = elementsOf(root).filter((e) => e.name === 'link').map((e) => [attributeOf(e, 'rel'), attributeOf(e, 'hreflang'), attributeOf(e, 'href')]);
      expect(links).toEqual([['self', 'ar', FEED.self], ['alternate', 'ar', FEED.alternates[0]!.href], ['alternate', 'fr', FEED.alternates[1]!.href]]);
      const entry = childOf(root, 'entry')!;
      expect(names(entry)).toEqual(['id', 'title', 'updated', 'published', 'link', 'category', 'summary']);
      expect(childOf(entry, 'title')!.content).toBe('عن <الحماية> & الإغاثة');
    });
  });
  it('is valid without entries too', () => {
    withXml(toAtom({ ...FEED, entries: [] }), (root) => expect(childOf(root, 'entry')).toBeUndefined());
  });
});
