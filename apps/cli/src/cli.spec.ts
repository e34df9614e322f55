import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '#platform/event-store';
import { Desk } from './testing.js';

const NAMES = ['status', 'import', 'rebuild', 'export', 'create-account'];

describe('comity', () => {
  const desk = new Desk();
  afterAll(() => desk.clear());

  it('says with --help what it can do', async () => {
    const { code, out, err } = await desk.run(['--help']);
    expect(code).toBe(0);
    for (const name of NAMES) expect(out).toContain(`  ${name}`);
    expect(err).toBe('');
  });
  it.each(NAMES)('says what %s takes', async (name) => {
    const { code, out } = await desk.run([name, '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`comity ${name}`);
    expect(out).toContain('--data <folder>');
    for (const args of [[name, '-h'], ['help', name]]) expect((await desk.run(args)).out).toBe(out);
  });
  it.each([
    [[], 'what is to be done is missing'],
    [['erase'], 'there is no erase'],
    [['help', 'erase'], 'there is no erase'],
    [['--lang', 'fr', 'status'], 'what is to be done comes before --lang'],
    [['status', '--lang', 'de'], 'there is no language de; there are en, fr, es, ar, pt, rw'],
    [['status', '--data', ''], '--data is empty'],
    [['export', '--stream', ''], '--stream is empty'],
    [['status', '--colour'], '--colour'],
    [['status', 'everything'], 'everything was not expected'],
    [['rebuild'], '<view> is missing'],
    [['export', '--from', 'yesterday'], 'yesterday is not a position'],
  ])('%j was not said right: 2', async (args, why) => {
    const { code, err, out } = await desk.run(args);
    expect(err).toContain(why);
    expect(err).toContain('--help');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
  it('says which setting does not fit', async () => {
    const { code, err } = await desk.run(['status'], '', { PORT: 'harbour' });
    expect(code).toBe(1);
    expect(err).toMatch(/^PORT: /);
  });
  it('says plainly what is wrong with a folder or a file in it', async () => {
    const file = desk.write('file', 'this is a file and neither a folder nor a database, and it says so at length');
    const made = await desk.run(['import', desk.record(), '--data', file]);
    mkdirSync(join(desk.folder, 'other'));
    desk.write('other/events.db', 'this is a file and neither a folder nor a database, and it says so at length');
    const read = await desk.run(['status', '--data', join(desk.folder, 'other')]);
    for (const { code, out, err } of [made, read]) {
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(/^The system says: [^\n]+\n$/);
    }
  });
  it.each([['status'], ['rebuild', 'parliaments'], ['export']].map((args) => [args]))('%j: a folder without a record is a plain sentence', async (args) => {
    expect(await desk.run(args)).toEqual({ code: 1, out: '', err: `There is no record in ${desk.data}.\n` });
  });
});

describe('while a server has the folder open', () => {
  const desk = new Desk();
  let lock: ReturnType<typeof lockFolder>;
  beforeAll(async () => {
    await desk.run(['import', desk.record()]);
    mkdirSync(desk.data, { recursive: true });
    lock = lockFolder(desk.data);
  });
  afterAll(() => {
    lock.release();
    desk.clear();
  });

  const account = ['create-account', '--email', 'a@b.example', '--name', 'A', '--person', 'a', '--capacity', 'auditor', '--password-stdin'];
  it.each([['status'], ['import', 'RECORD'], ['rebuild', 'parliaments'], ['export'], account].map((args) => [args]))('%j is refused plainly', async (args) => {
    const record = desk.record();
    const { code, out, err } = await desk.run(args.map((a) => (a === 'RECORD' ? record : a)), 'seven old bridges of stone');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe(`The data folder ${desk.data} is in use: a server or another comity has it open. Stop it first, then try again.\n`);
  });
});
