import { deflateRawSync } from 'node:zlib';
import { type Clause, compare } from './compare.js';
import { NotText, textOf } from './extract.js';
import { parseForm } from './form.js';
import { fingerprints, squeeze } from './squeeze.js';

const CLAUSES: readonly Clause[] = [
  { id: 'a', label: 'PP1', text: 'Recalling the duty to prevent,' },
  { id: 'b', label: 'PP2', text: 'Deeply concerned by the warning signs,' },
  { id: 'c', label: 'OP1', text: 'Urge every government to act;' },
  { id: 'd', label: 'OP2', text: 'Decide to meet each year.' },
];
const TEXT = CLAUSES.map((c) => `${c.label} ${c.text}`).join('\n\n');
const at = (text: string) => compare(CLAUSES, text, 'en', ['Operative paragraphs']);

describe('a text beside the published one', () => {
  it.each([
    ['as it was published', TEXT],
    ['without labels', CLAUSES.map((c) => c.text).join('\n')],
    ['broken into short lines', TEXT.replaceAll(/ (?=\w)/g, '\n')],
    ['with spaces, soft hyphens and marks of direction', TEXT.replaceAll(' ', '\u00A0 \u200F').replace('warning', 'war\u00ADning')],
    ['with other numbers and the names of sections', `1. ${CLAUSES[0]!.text}\n2) ${CLAUSES[1]!.text}\nOperative paragraphs\n(3) ${CLAUSES[2]!.text}\n4 – ${CLAUSES[3]!.text}`],
  ])('is the same: %s', (_, text) => {
    expect(at(text)).toMatchObject({ clauses: 4, same: 4, differences: [], before: '', after: '' });
  });
  it('tells what stands round it', () => {
    expect(at(`Dear colleagues,\n\n${TEXT}\n\nYours sincerely`)).toMatchObject({ same: 4, differences: [], before: 'Dear colleagues,', after: 'Yours sincerely' });
  });
  it('finds a word that was changed, and where', () => {
    const found = at(TEXT.replace('every government', 'some governments'));
    expect(found).toMatchObject({ same: 3, differences: [{ from: 'OP1', to: 'OP1' }] });
    const { pieces } = found.differences[0]!;
    expect(pieces.filter((p) => p.kind !== 'same')).toEqual([{ kind: 'removed', text: 'every government' }, { kind: 'added', text: 'some governments' }]);
  });
  it('finds a clause that was left out, one that was put between, and two that changed places', () => {
    expect(at(TEXT.replace('PP2 Deeply concerned by the warning signs,\n\n', ''))).toMatchObject({ same: 3, differences: [{ from: 'PP2', to: 'PP2', pieces: [{ kind: 'removed', text: CLAUSES[1]!.text }] }] });
    const between = at(TEXT.replace('OP2', 'OP2 Recognise the new authorities;\n\nOP3'));
    expect([between.same, between.differences.map((d) => d.pieces.map((p) => p.kind))]).toEqual([4, [['added']]]);
    expect(between.differences[0]!.pieces[0]!.text).toContain('Recognise the new authorities;');
    const swapped = at([CLAUSES[1]!, CLAUSES[0]!, CLAUSES[2]!, CLAUSES[3]!].map((c) => c.text).join('\n'));
    expect(swapped.same).toBe(3);
    expect(swapped.differences).not.toEqual([]);
  });
  it('is known by its fingerprints wherever it stands, and another text is not', () => {
    const own = fingerprints(TEXT);
    const found = fingerprints(`Before. ${squeeze(TEXT)} After.`);
    expect([...own].filter((print) => found.has(print)).length / own.size).toBeGreaterThan(0.95);
    expect([...fingerprints('Nothing of this has anything to do with that other text at all.')].filter((print) => own.has(print))).toEqual([]);
  });
});

/** A ZIP archive of one member, packed. */
function zip(name: string, text: string): Buffer {
  const data = deflateRawSync(Buffer.from(text));
  const head = (signature: number, size: number) => {
    const bytes = Buffer.alloc(size);
    bytes.writeUInt32LE(signature, 0);
    return bytes;
  };
  const local = head(0x04034b50, 30);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt16LE(name.length, 26);
  const central = head(0x02014b50, 46);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt16LE(name.length, 28);
  const end = head(0x06054b50, 22);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(30 + name.length + data.length, 16);
  return Buffer.concat([local, Buffer.from(name), data, central, Buffer.from(name), end]);
}

describe('the text of a file', () => {
  it('is read from plain text, HTML, XML and Word', () => {
    expect(textOf(Buffer.from('A & b'))).toBe('A & b');
    expect(squeeze(textOf(Buffer.from('<!doctype html><html><head><title>T</title><style>p{}</style></head><body><p>One &amp; <em>two</em></p><!-- not --><script>x()</script><p>three&#x2019;s</p>')))).toBe('One & two three’s');
    expect(squeeze(textOf(Buffer.from('<?xml version="1.0"?><akomaNtoso><meta><x>not</x></meta><clause><num>PP1</num><content><p>Recalling</p></content></clause></akomaNtoso>')))).toBe('PP1 Recalling');
    const word = '<w:document><w:body><w:p><w:r><w:t>Urge </w:t></w:r><w:del><w:r><w:delText>some </w:delText></w:r></w:del><w:r><w:t xml:space="preserve">every</w:t><w:tab/><w:t>one</w:t></w:r></w:p><w:p><w:r><w:t>Next &lt;line&gt;</w:t></w:r></w:p></w:body></w:document>';
    expect(textOf(zip('word/document.xml', word)).split('\n').map(squeeze)).toEqual(['Urge every one', 'Next <line>', '']);
  });
  it.each([
    ['a PDF', Buffer.from('%PDF-1.7'), 'kind'],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0xff]), 'kind'],
    ['an archive of something else', zip('other.xml', '<x/>'), 'kind'],
    ['half an archive', zip('word/document.xml', '<x/>').subarray(0, 40), 'damaged'],
    ['what unpacks to more than anybody writes', zip('word/document.xml', 'x'.repeat(13_000_000)), 'large'],
  ])('is refused of %s', (_, bytes, reason) => {
    expect(() => textOf(bytes)).toThrow(new NotText(reason as NotText['reason']));
  });
});

describe('a form', () => {
  it('is read as browsers send it', () => {
    expect(parseForm('application/x-www-form-urlencoded', Buffer.from('text=a+b%26c&digest=ff'))).toEqual({ text: 'a b&c', digest: 'ff', file: null });
    const body = ['--X', 'Content-Disposition: form-data; name="text"', '', 'été\r\nfin', '--X', 'Content-Disposition: form-data; name="file"; filename="a \u00e9.txt"', 'Content-Type: text/plain', '', 'bytes', '--X', 'Content-Disposition: form-data; name="digest"', '', '', '--X--', ''].join('\r\n');
    expect(parseForm('multipart/form-data; boundary=X', Buffer.from(body))).toEqual({ text: 'été\r\nfin', digest: '', file: { name: 'a é.txt', bytes: Buffer.from('bytes') } });
    expect(parseForm('multipart/form-data', Buffer.from(body))).toBeNull();
    expect(parseForm('application/json', Buffer.from('{}'))).toBeNull();
    expect(parseForm('multipart/form-data; boundary=X', Buffer.from('--X\r\nbroken'))).toEqual({ text: '', digest: '', file: null });
  });
});
