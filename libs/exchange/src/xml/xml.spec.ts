import fc from 'fast-check';
import { isRefusal } from '#kernel';
import { readXml, XML_LIMIT } from './read.js';
import { type Element, el } from './tree.js';
import { notXml, NotWritable, writeXml } from './write.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const code = (xml: string | Uint8Array) => {
  const read = readXml(typeof xml === 'string' ? bytes(xml) : xml);
  return isRefusal(read) ? read.refused : 'read';
};
/** Whatever Unicode a person can type, and what breaks XML. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom('&', '<', '>', '"', "'", '&lt;', '&#13;', '&amp;amp;', ']]>', '<!--', '\r', '\n', '\t', ' ', '[', ']', 'é', 'e\u0301', 'لا', '\u200f', '中', '👩‍👩‍👧', 'ក្ម', '\u0301', 'n'), maxLength: 30 }),
);
const writable = anyText.filter((text) => notXml(text) === null);
const name = fc.constantFrom('a', 'b', 'seg', 'trans-unit');
const tree = fc.letrec<{ element: Element }>((tie) => ({
  element: fc.record({
    name,
    attributes: fc.dictionary(fc.constantFrom('id', 'x', 'xml:lang'), writable.map((t) => t), { noNullPrototype: true }),
    children: fc.array(fc.oneof({ depthSize: 'small' }, writable.filter((t) => t !== ''), tie('element')), { maxLength: 4 })
      // Two texts side by side are read as one.
      .map((list) => list.reduce<(Element | string)[]>((all, c) => (typeof c === 'string' && typeof all.at(-1) === 'string' ? [...all.slice(0, -1), `${all.at(-1) as string}${c}`] : [...all, c]), [])),
  }) as fc.Arbitrary<Element>,
})).element;

it('what is written is read again, every character of it', () => {
  fc.assert(fc.property(tree, (root) => {
    expect(readXml(bytes(writeXml(root)))).toEqual(root);
  }), { numRuns: 500 });
});
it('what XML cannot hold is refused by name and place, not dropped', () => {
  expect(() => writeXml(el('seg', {}, 'a\u0001b'))).toThrow(new NotWritable('U+0001', 'seg'));
  expect(() => writeXml(el('seg', { x: '\uD83D' }))).toThrow('U+D83D in seg/@x');
  fc.assert(fc.property(anyText, (text) => {
    if (notXml(text) === null) expect(readXml(bytes(writeXml(el('a', {}, text))))).toEqual(el('a', {}, text));
    else expect(() => writeXml(el('a', {}, text))).toThrow(NotWritable);
  }));
});
it('CDATA is text; comments and instructions are nothing; namespaces are told', () => {
  expect(readXml(bytes('<?xml version="1.0"?><!-- c --><a xmlns="urn:x" xmlns:y="urn:y"><?p?>1<![CDATA[<2>]]>3<!-- c -->4<y:b y:k="v"/></a>'))).toEqual({
    name: 'a', namespace: 'urn:x', attributes: {}, children: ['1<2>34', { name: 'y:b', namespace: 'urn:y', attributes: { 'y:k': 'v' }, children: [] }],
  });
});
it('UTF-16 with its mark is read; what is not in the encoding that it says is refused', () => {
  expect(readXml(Uint8Array.from([0xff, 0xfe, ...Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a>é中</a>', 'utf16le')]))).toEqual(el('a', {}, 'é中'));
  expect(readXml(bytes('\uFEFF<a>é</a>'))).toEqual(el('a', {}, 'é'));
  expect(code(Uint8Array.from([0x3c, 0x61, 0x3e, 0xe9, 0x3c, 0x2f, 0x61, 0x3e]))).toBe('exchange.encoding');
  expect(code('<?xml version="1.0" encoding="ISO-8859-1"?><a/>')).toBe('exchange.encoding');
});
it.each([
  ['', 'exchange.not-xml'],
  ['hello', 'exchange.not-xml'],
  ['<a><b></a>', 'exchange.not-xml'],
  ['<a>&nbsp;</a>', 'exchange.not-xml'],
  ['<a>\u0001</a>', 'exchange.not-xml'],
  ['<a x="1" x="2"/>', 'exchange.not-xml'],
  [`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, 'exchange.not-xml'],
  [`${'<a>'.repeat(230)}${'</a>'.repeat(230)}`, 'exchange.not-xml'],
  ['<!DOCTYPE a><a/>', 'exchange.doctype'],
  ['<?xml version="1.0"?>\n<!-- a > b --><?x?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'exchange.doctype'],
  ['<!DOCTYPE a [<!ENTITY x0 "lol"><!ENTITY x1 "&x0;&x0;&x0;&x0;&x0;&x0;&x0;&x0;&x0;&x0;">]><a>&x1;</a>', 'exchange.doctype'],
  ['<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', 'exchange.doctype'],
  ['<!DOCTYPE tmx SYSTEM "tmx14.dtd" [<!ENTITY x "y">]><tmx/>', 'exchange.doctype'],
  ['<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx/>', 'read'],
  ['<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></a>', 'read'],
])('what is no XML, or more than that: %#', (xml, expected) => expect(code(xml)).toBe(expected));
it('nothing is included from elsewhere', () => {
  expect(JSON.stringify(readXml(bytes('<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></a>')))).not.toContain('root:');
});
it('a file that is too large is refused before it is read', () => {
  expect(code(new Uint8Array(XML_LIMIT + 1))).toBe('exchange.too-large');
});
