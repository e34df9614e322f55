import fc from 'fast-check';
import { isRefusal } from '#kernel';
import { el } from '../xml/tree.js';
import { notXml, writeXml } from '../xml/write.js';
import { compareTranslation, refuseOther } from './compare.js';
import { readText } from './inline.js';
import { readXliff } from './read.js';
import { bytes, declaration, must, SAMPLE, segment, sha256, translation } from './sample.contract.js';
import { writeXliff12, writeXliff21 } from './write.js';

const read = (xml: string) => readXliff(bytes(xml));
const code = (xml: string) => {
  const found = read(xml);
  return isRefusal(found) ? found.refused : 'read';
};
const file12 = must(writeXliff12(SAMPLE));
const file21 = must(writeXliff21(SAMPLE));

/** Any Unicode, right-to-left, combining, emoji, CJK, brackets and what breaks XML. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom('[', ']', '[', ']', '&', '<', '>', '"', '&lt;', '&#13;', ']]>', '\r\n', '\t', ' ', 'é', 'e\u0301', 'لا', '\u200F', '中文', '👩‍👩‍👧', 'ក្ម', 'a', '.'), maxLength: 40 }),
);
const texts = fc.array(fc.record({ source: text, target: fc.option(text.filter((t) => t.trim() !== '')), state: fc.constantFrom('draft', 'translated', 'reviewed', 'attested', 'stale') }), { minLength: 1, maxLength: 6 })
  .map((list) => translation(list.map(({ source, target, state }, i) => segment(`c${i}`, source, target, target === null ? 'missing' : state))));
const words = (t: typeof SAMPLE) => t.segments.map((s) => [s.id, sha256(s.source), s.target === null ? null : sha256(s.target), s.sourceDigest]);

describe('XLIFF 1.2, the working format', () => {
  it('says what workspace.md asks of it', () => {
    expect(file12).toContain('<file original="statement/s-1" source-language="en" target-language="fr" datatype="plaintext"');
    expect(file12).toContain(`<group id="title"><trans-unit id="title.s1" approved="no" xml:space="preserve" extradata="${SAMPLE.segments[0]!.sourceDigest}"><source xml:lang="en">On early warning</source><target xml:lang="fr" state="needs-translation">On early warning</target><note>TITLE</note></trans-unit></group>`);
    expect(file12).toContain('<g id="1" ctype="x-bracket">[the outcome <g id="2" ctype="x-bracket">[of 2005]</g>]</g> of &lt;genocide&gt;,</source>');
    expect(Array.from(file12.matchAll(/approved="(\w+)"/g), ([, a]) => a)).toEqual(['no', 'yes', 'yes', 'no', 'no']);
  });
  it('brings every text back by its digest, or names the character that XML cannot hold', () => {
    fc.assert(fc.property(texts, (t) => {
      const written = writeXliff12(t);
      const bad = t.segments.flatMap((s) => [s.source, s.target ?? '']).some((s) => notXml(s) !== null);
      if (bad) {
        expect(written).toMatchObject({ refused: 'exchange.unwritable', params: { character: expect.stringMatching(/^U\+/), segment: expect.stringMatching(/^c\d$/) } });
        return;
      }
      const { units } = must(read(must(written)));
      expect(units.map((u) => [u.segmentId, sha256(u.source.text), u.target === null ? null : sha256(u.target.text), u.sourceDigest])).toEqual(words(t));
      expect(units.flatMap((u) => [...u.source.foreign, ...(u.target?.foreign ?? [])])).toEqual([]);
    }), { numRuns: 200 });
  });
  it('takes the copy of the source for nothing, until a tool says that it is the translation', () => {
    expect(must(read(file12)).units[0]!.target).toBeNull();
    expect(must(read(file12.replace('state="needs-translation"', 'state="translated"'))).units[0]!.target?.text).toBe('On early warning');
    expect(must(read(file12.replace('needs-translation">On early warning', 'needs-translation">De l’alerte'))).units[0]!.target?.text).toBe('De l’alerte');
  });
});

describe('XLIFF 2.1, the export', () => {
  it('tells states, glossary and what it is for', () => {
    expect(file21).toContain('srcLang="en" trgLang="fr"');
    expect(file21).toContain('<segment id="s1" state="initial" subState="comity:draft">');
    expect(file21).toContain('<gls:term source="comity">genocide</gls:term><gls:translation source="comity">génocide</gls:translation>');
    expect(Array.from(file21.matchAll(/ state="(\w+)"/g), ([, s]) => s)).toEqual(['initial', 'reviewed', 'final', 'initial', 'initial']);
  });
  it('brings every text back by its digest, those too that XML cannot hold', () => {
    fc.assert(fc.property(texts, (t) => {
      const { units } = must(read(must(writeXliff21(t))));
      expect(units.map((u) => [u.segmentId, sha256(u.source.text), u.target === null ? null : sha256(u.target.text), u.sourceDigest])).toEqual(words(t));
    }), { numRuns: 200 });
  });
  it('one unit may have been cut into segments: they are one text again', () => {
    const cut = file21.replace(/<source xml:space="preserve">Calls upon all States to act;<\/source><target xml:space="preserve">Engage[^<]*<\/target><\/segment>/,
      '<source>Calls upon </source><target>Engage </target></segment><ignorable><source>all </source></ignorable><segment id="s2" state="final"><source>States to act;</source><target>agir ;</target></segment>');
    expect(must(read(cut)).units[2]).toMatchObject({ source: { text: 'Calls upon all States to act;' }, target: { text: 'Engage all agir ;' }, approved: true });
  });
});

describe('marks of others', () => {
  const inner = fc.letrec<{ content: unknown[] }>((tie) => ({
    content: fc.array(fc.oneof({ depthSize: 'small' }, fc.string({ unit: fc.constantFrom('a', 'é', '中', '[', '&', ' '), minLength: 1, maxLength: 5 }),
      fc.tuple(fc.constantFrom('g', 'mrk', 'ph', 'bpt', 'ept', 'it', 'sub', 'pc', 'x', 'bx', 'ex', 'sc', 'ec'), tie('content')).map(([name, children]) => el(name, { id: '1' }, children as never))), { maxLength: 4 }),
  })).content;
  const joined = (list: readonly unknown[]): string => list.map((c) => (typeof c === 'string' ? c : joined((c as { children: unknown[] }).children))).join('');
  it('no character in them is dropped, however they lie in each other; they are named', () => {
    fc.assert(fc.property(inner, (content) => {
      const xml = writeXml(el('target', {}, content as never));
      const unit = file12.replace(/<target xml:lang="fr" state="final">.*?<\/target>/, xml.slice(xml.indexOf('<target')).trim());
      const found = must(read(unit)).units.find((u) => u.segmentId === 'op1')!;
      const expected = joined(content);
      expect(found.target?.text ?? '').toBe(expected.trim() === '' ? '' : expected);
      for (const name of ['ph', 'x', 'bx', 'sub']) if (found.target !== null) expect(found.target.foreign.includes(name)).toBe(JSON.stringify(content).includes(`"name":"${name}"`));
    }), { numRuns: 150 });
  });
  it('what stands for an empty mark is its text; what XML cannot hold has a mark of its own', () => {
    expect(readText(el('target', {}, 'a', el('x', { id: 1, 'equiv-text': '–' }), 'b', el('ph', { id: 2, equiv: '•' }), el('cp', { hex: '0001' })))).toMatchObject({ text: 'a–b•\u0001', foreign: ['x', 'ph'] });
  });
});

describe('a file is refused', () => {
  it.each([
    ['exchange.not-xml', 'no XML at all'],
    ['exchange.not-xml', file12.replace('</body>', '')],
    ['exchange.not-xliff', '<html/>'],
    ['exchange.wrong-version', file12.replace('version="1.2"', 'version="1.1"')],
    ['exchange.wrong-version', file12.replace('document:1.2', 'document:1.1')],
    ['exchange.wrong-version', file21.replace('version="2.1"', 'version="3.0"')],
    ['exchange.one-document', file12.replace(/<file[\s\S]*<\/file>/, (f) => f + f)],
    ['exchange.one-document', file12.replace(/<file[\s\S]*<\/file>/, '')],
    ['exchange.not-ours', file12.replace('statement/s-1', 'chapter.html')],
    ['exchange.not-ours', file12.replace('statement/s-1', 'statement/../../x')],
    ['exchange.no-segments', file12.replace(/<body>[\s\S]*<\/body>/, '<body/>')],
    ['exchange.no-source', file12.replace(/<source[^>]*>On early warning<\/source>/, '')],
    ['exchange.duplicate-segment', file12.replace('op2.s1', 'op1.s1')],
    ['exchange.doctype', file12.replace('?>', '?><!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>')],
    ['exchange.doctype', file12.replace('?>', '?><!DOCTYPE xliff SYSTEM "xliff.dtd">')],
  ])('%s: %#', (expected, xml) => expect(code(xml)).toBe(expected));
  it('that is of another text or of other languages', () => {
    const of = (around: Partial<typeof SAMPLE>) => refuseOther(must(read(file12)), { ...SAMPLE, ...around })?.refused ?? null;
    expect(of({})).toBeNull();
    expect(of({ targetLang: 'FR' })).toBeNull();
    expect(of({ document: { type: 'statement', id: 's-2' } })).toBe('exchange.wrong-document');
    expect(of({ document: { type: 'mou', id: 's-1' } })).toBe('exchange.wrong-document');
    expect(of({ targetLang: 'ar' })).toBe('exchange.wrong-language');
    expect(of({ sourceLang: 'es' })).toBe('exchange.wrong-language');
  });
});

describe('a comparison', () => {
  const compare = (xml: string, current = SAMPLE) => compareTranslation(must(read(xml)), current, sha256);
  const statuses = (xml: string, current = SAMPLE) => compare(xml, current).map((c) => c.status);
  it('tells what is new, the same, changed, moved and unknown', () => {
    expect(statuses(file12)).toEqual(['same', 'same', 'same', 'same', 'same']);
    expect(statuses(file12.replace('needs-translation">On early warning', 'translated">De l’alerte').replace('rester saisie', 'demeurer saisie').replaceAll('"op3', '"op9'))).toEqual(['new', 'same', 'same', 'changed', 'unknown']);
    const edited = translation([...SAMPLE.segments.slice(0, 2), segment('op1', 'Calls upon all States to act at once;', 'Engage tous les États à agir aussitôt ;')]);
    expect(statuses(file12, edited)).toEqual(['same', 'same', 'source-moved', 'unknown', 'unknown']);
    // A tool that lets the digest go, or changes the source, is found out by the words.
    expect(statuses(file12.replaceAll(/ extradata="[^"]*"/g, '').replace('Engage tous', 'Prie tous'))).toEqual(['same', 'same', 'changed', 'same', 'same']);
    expect(statuses(file12.replace('Calls upon all States', 'Urges all States').replace('Engage tous', 'Prie tous'))[2]).toBe('source-moved');
  });
  it('a draft, or what has fallen behind, that the tool approves as it is, is a change', () => {
    const t = translation((['draft', 'stale', 'reviewed'] as const).map((state, i) => ({ ...segment(`op${i}`, `Calls upon State ${i};`, `Engage l’État ${i} ;`), state })));
    const file = must(writeXliff12(t));
    expect(statuses(file, t)).toEqual(['same', 'same', 'same']);
    expect(statuses(file.replaceAll('approved="no"', 'approved="yes"'), t)).toEqual(['changed', 'changed', 'same']);
  });
  it('tells what is wrong with what comes in, against the source as it stands', () => {
    const lost = file12.replace('<g id="1" ctype="x-bracket">[le document <g id="2" ctype="x-bracket">[de 2005]</g>]</g>', 'le document de 2006').replace('&lt;génocide&gt;', 'extermination');
    expect(compare(lost)[1]!.findings.map((f) => `${f.kind} ${f.severity}`)).toEqual(['brackets blocks', 'dates blocks', 'terms blocks', 'forbidden-variant blocks']);
  });
});

it.each(['fr', 'ar', 'zh', 'km', 'ru', 'rw', 'am'])('the Universal Declaration of Human Rights goes out in %s and comes back, in both versions', (lang) => {
  const [source, target] = [declaration('en'), declaration(lang)];
  const t = translation(source.map((text, i) => segment(`a${i}`, text, target[i]!)), { targetLang: lang });
  for (const file of [must(writeXliff12(t)), must(writeXliff21(t))]) {
    const { units, targetLang } = must(read(file));
    expect(targetLang).toBe(lang);
    expect(units.map((u) => [u.segmentId, sha256(u.source.text), sha256(u.target!.text), u.sourceDigest])).toEqual(words(t));
    expect(compareTranslation(must(read(file)), t, sha256).map((c) => c.status)).toEqual(t.segments.map(() => 'same'));
  }
});
