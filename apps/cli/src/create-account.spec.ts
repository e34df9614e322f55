import { existsSync } from 'node:fs';
import { type Database, LocalSignals, PostgresDatabase } from '#platform/database';
import { Identity, openIdentityDatabase } from '#platform/identity';
import { startPostgres } from '../../../test/postgres/index.ts';
import { Desk, typing } from './testing.js';

const PASSWORD = 'seven old bridges of stone';
const ADA = ['create-account', '--email', 'ada@parliament.example', '--name', 'Ada Marlowe', '--person', 'ada', '--capacity', 'chair', '--for', 'gb-group'];

describe('comity create-account', () => {
  let desk: Desk;
  beforeEach(() => (desk = new Desk()));
  afterEach(() => desk.clear());
  const signIn = (password: string) => signInBy(openIdentityDatabase(desk.data), password);
  const signInBy = async (database: Database, password: string) => {
    const identity = await Identity.open({ database, signals: new LocalSignals(), publicUrl: 'http://localhost:3000' });
    const found = await identity.accounts.verify('ada@parliament.example', password);
    await identity.close();
    await database.close();
    return found;
  };

  it('makes an account that can sign in, with the password from standard input', async () => {
    const { code, out, err } = await desk.run([...ADA, '--language', 'fr', '--password-stdin'], `${PASSWORD}\n`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^ada@parliament\.example: [0-9a-f-]{36}\n$/);
    expect(await signIn(PASSWORD)).toMatchObject({ personId: 'ada', language: 'fr', exercise: false, grants: [{ capacity: 'chair', onBehalfOf: 'gb-group' }] });
    expect(await signIn(`${PASSWORD}\n`)).toBeNull();
  });

  it('makes it where the nodes of a cluster have theirs', async () => {
    const postgres = await startPostgres();
    try {
      const url = await postgres.createDatabase();
      const env = { COMITY_EVENTS: 'kurrentdb://nobody.example:2113', COMITY_POSTGRES: url };
      const { code, err } = await desk.run([...ADA, '--password-stdin'], PASSWORD, env);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(await signInBy(await PostgresDatabase.open({ url }), PASSWORD)).toMatchObject({ personId: 'ada' });
      expect(existsSync(desk.data)).toBe(false);
    } finally {
      await postgres.stop();
    }
  }, 60_000);

  it('asks twice at a terminal, without echo, and takes mistypings back', async () => {
    const keyboard = typing(`${PASSWORD}xy\u007f\u007f\r`, `${PASSWORD}\r`);
    const { code, out, err } = await desk.run(ADA, keyboard);
    expect({ code, err }).toEqual({ code: 0, err: 'Password: \nThe same again: \n' });
    expect(out + err).not.toContain('bridges');
    expect(keyboard.raw).toEqual([true, false, true, false]);
    expect(await signIn(PASSWORD)).toMatchObject({ personId: 'ada' });
  });

  it('refuses two that differ, and stops at an interrupt; the terminal echoes again', async () => {
    expect(await desk.run(ADA, typing(`${PASSWORD}\r`, 'another\r'))).toMatchObject({ code: 1, err: expect.stringContaining('The two passwords differ.') });
    const interrupted = typing('sev\u0003');
    expect((await desk.run(ADA, interrupted)).code).toBe(1);
    expect(interrupted.raw.at(-1)).toBe(false);
  });

  it('does not wait for a person where there is none', async () => {
    expect(await desk.run(ADA)).toMatchObject({ code: 2, err: expect.stringContaining('--password-stdin') });
  });

  it('says what does not fit, in the language of the operator', async () => {
    const weak = await desk.run([...ADA, '--password-stdin', '--lang', 'en'], 'short');
    expect(weak).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/\n {2}password: .*15/) });
    const unfit = await desk.run(['create-account', '--email', 'x', '--name', 'X', '--person', 'x y', '--capacity', 'chair', '--password-stdin', '--lang', 'fr'], PASSWORD);
    for (const option of ['email', 'person', 'for']) expect(unfit.err).toMatch(new RegExp(`\n  --${option}: \\S`));
    expect(unfit.err).toContain('adresse');
    await desk.run([...ADA, '--password-stdin'], PASSWORD);
    expect(await desk.run([...ADA, '--password-stdin'], PASSWORD)).toMatchObject({ code: 1, err: expect.stringMatching(/\n {2}--email: /) });
  });

  it.each([
    ['capacity', 'king', 'auditor'],
    ['capacity', 'system', 'auditor'],
    ['language', 'tlh', 'rw'],
  ])('--%s %s is nothing that there is: it says what there is', async (option, value, other) => {
    const args = option === 'capacity' ? ADA.with(ADA.indexOf('--capacity') + 1, value) : [...ADA, '--language', value];
    const { code, err } = await desk.run([...args, '--password-stdin'], PASSWORD);
    expect(code).toBe(2);
    expect(err).toContain(`--${option}: there is no `);
    expect(err).toMatch(new RegExp(`there are .*\\b${other}\\b`));
  });

  it.each(['email', 'name', 'person', 'capacity'])('needs --%s', async (name) => {
    const at = ADA.indexOf(`--${name}`);
    expect(await desk.run(ADA.toSpliced(at, 2), PASSWORD)).toMatchObject({ code: 2, err: expect.stringContaining(`--${name} is missing`) });
  });
});
