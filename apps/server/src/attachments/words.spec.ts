import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STRIPPED } from '#platform/attachments';
import { checkResources, flatten, LANGUAGE_TAGS, loadResources } from '#platform/i18n';
import { AttachmentEvents } from '#contexts/record';
import { ATTACHMENT_WORDS } from '../open-i18n.js';
import { nameFor, subjectOf } from './attachments.controller.js';
import { disposition } from './files.controller.js';

const root = join(import.meta.dirname, '../../../..');
const sources = ['libs/platform/attachments/src/**/*.ts', 'apps/server/src/{attachments,http}/*.ts'].flatMap((pattern) => globSync(pattern, { cwd: root })).filter((file) => !file.includes('.spec.'));
const codes = [...new Set(sources.flatMap((file) => Array.from(readFileSync(join(root, file), 'utf8').matchAll(/(?:refuse|fail|problem)\((?:\d+, )?'(attachment\.[a-z-]+)'/g), ([, code]) => code!)))].toSorted();

describe('the words of attachments', () => {
  it('are the same messages in every language, well formed', () => {
    expect(checkResources([ATTACHMENT_WORDS])).toEqual([]);
  });
  it.each(LANGUAGE_TAGS)('say in %s why a file is refused, and nothing else', (lang) => {
    const said = [...flatten(loadResources([ATTACHMENT_WORDS])[lang]!['attachments']!)].map(([key]) => key).toSorted();
    expect(said).toEqual(codes.map((code) => `refusal.${code}`));
  });
  it('name in the record every kind that is taken out', () => {
    expect(AttachmentEvents.schema('FileAttached').shape.stripped.element.options).toEqual(STRIPPED);
  });
});

describe('names of files', () => {
  const pdf = { mediaType: 'application/pdf', digest: '0123456789abcdef'.repeat(4) };
  it('end as their content is, whatever their owner says', () => {
    expect(nameFor('letter.PDF', pdf)).toBe('letter.PDF');
    expect(nameFor('letter.exe', pdf)).toBe('letter.exe.pdf');
    expect(nameFor('letter', pdf)).toBe('letter.pdf');
    expect(nameFor(null, pdf)).toBe('0123456789abcdef.pdf');
  });
  it('are said in a header that nothing breaks out of', () => {
    expect(disposition('Déclaration "1".pdf')).toBe('attachment; filename="D_claration _1_.pdf"; filename*=UTF-8\'\'D%C3%A9claration%20%221%22.pdf');
    expect(disposition("a'(b)*.pdf")).toContain("UTF-8''a%27%28b%29%2A.pdf");
  });
  it('belong to a thing by its collection and id, or its stream', () => {
    expect(subjectOf('statements/s1')).toEqual({ collection: 'statements', id: 's1' });
    expect(subjectOf('mou-2014-1')).toEqual({ collection: 'mous', id: '2014-1' });
    for (const wrong of ['persons/p1', 'statements/', 'statements/../x', 'statements/a/b', undefined, ['statements/s1']]) expect(subjectOf(wrong)).toBeNull();
  });
});
