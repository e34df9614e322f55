import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { LanguageTag } from '#kernel';
import { type CommandRefusal, fieldIssue } from '#platform/event-store';
import { type Account, foldEmail, type Grant, issue, NewAccount, refuseFields } from './account.js';
import { passwordIssues } from './passwords/password-rules.js';
import type { Passwords } from './passwords/passwords.js';

interface AccountRow {
  account_id: string;
  email: string;
  person_id: string;
  display_name: string;
  language: string;
  exercise: number;
  grants: string;
  created_at: string;
  disabled_at: string | null;
}

/** Why every session of an account ends at once. */
export type AccountEnd = 'disabled' | 'password-changed';

export interface NewPassword {
  readonly password: string;
  /** The word of a demo, shown on the sign-in page: exercise accounts only. */
  readonly anyPassword?: boolean;
}

const COLUMNS = 'account_id, email, person_id, display_name, language, exercise, grants, created_at, disabled_at';
const statements = (db: DatabaseSync) => ({
  add: db.prepare(`INSERT INTO accounts (account_id, email, email_folded, person_id, display_name, language, exercise, grants,
    password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (email_folded) DO NOTHING`),
  byId: db.prepare(`SELECT ${COLUMNS} FROM accounts WHERE account_id = ?`),
  byEmail: db.prepare(`SELECT ${COLUMNS} FROM accounts WHERE email_folded = ?`),
  byPerson: db.prepare(`SELECT ${COLUMNS} FROM accounts WHERE person_id = ? ORDER BY created_at, account_id`),
  all: db.prepare(`SELECT ${COLUMNS} FROM accounts ORDER BY created_at, account_id`),
  hash: db.prepare('SELECT password_hash FROM accounts WHERE account_id = ?'),
  setHash: db.prepare('UPDATE accounts SET password_hash = ? WHERE account_id = ?'),
  setLanguage: db.prepare('UPDATE accounts SET language = ? WHERE account_id = ?'),
  disable: db.prepare('UPDATE accounts SET disabled_at = ? WHERE account_id = ? AND disabled_at IS NULL'),
});

export const toAccount = (row: AccountRow): Account => ({
  accountId: row.account_id,
  email: row.email,
  personId: row.person_id,
  displayName: row.display_name,
  language: row.language,
  exercise: row.exercise === 1,
  grants: JSON.parse(row.grants) as Grant[],
  createdAt: row.created_at,
  ...(row.disabled_at === null ? {} : { disabledAt: row.disabled_at }),
});

/** Who can sign in. What an account may do follows from its grants; see viewer.ts. */
export class AccountStore {
  readonly #sql: ReturnType<typeof statements>;
  readonly #listeners = new Set<(accountId: string, why: AccountEnd) => void>();

  constructor(
    db: DatabaseSync,
    private readonly passwords: Passwords,
    private readonly now: () => number = Date.now,
  ) {
    this.#sql = statements(db);
  }

  /** An account without a password cannot sign in until one is set. Refused with the fields that do not fit. */
  async create(input: unknown, secret?: NewPassword): Promise<Account | CommandRefusal> {
    const parsed = NewAccount.safeParse(input);
    const fields = parsed.success ? [] : parsed.error.issues.map(fieldIssue);
    const owner = parsed.data ?? (input as { email?: string; displayName?: string } | null);
    if (secret?.anyPassword && !parsed.data?.exercise) fields.push(issue('password', 'exercise-only'));
    else if (secret && !secret.anyPassword) fields.push(...passwordIssues(secret.password, owner ?? {}));
    if (parsed.success && this.findByEmail(parsed.data.email)) fields.push(issue('email', 'email-taken'));
    if (!parsed.success || fields.length > 0) return refuseFields('CreateAccount', fields);

    const { email, personId, displayName, language, exercise, grants } = parsed.data;
    const hash = secret ? await this.passwords.hash(secret.password) : null;
    const accountId = randomUUID();
    const createdAt = new Date(this.now()).toISOString();
    const { changes } = this.#sql.add.run(
      accountId,
      email,
      foldEmail(email),
      personId,
      displayName,
      language,
      exercise ? 1 : 0,
      JSON.stringify(grants),
      hash,
      createdAt,
    );
    if (changes === 0) return refuseFields('CreateAccount', [issue('email', 'email-taken')]);
    return this.find(accountId)!;
  }

  find(accountId: string): Account | undefined {
    return one(this.#sql.byId.get(accountId));
  }
  findByEmail(email: string): Account | undefined {
    return one(this.#sql.byEmail.get(foldEmail(email)));
  }
  ofPerson(personId: string): readonly Account[] {
    return (this.#sql.byPerson.all(personId) as unknown as AccountRow[]).map(toAccount);
  }
  list(): readonly Account[] {
    return (this.#sql.all.all() as unknown as AccountRow[]).map(toAccount);
  }

  /** Ends all its sessions. Saying it twice changes nothing; `not-found` for an account that is not there. */
  disable(accountId: string): Account | CommandRefusal {
    const { changes } = this.#sql.disable.run(new Date(this.now()).toISOString(), accountId);
    if (changes > 0) this.#end(accountId, 'disabled');
    return this.find(accountId) ?? notFound(accountId);
  }

  /** Ends all its sessions, so that who knew the old password is out. */
  async setPassword(accountId: string, password: string): Promise<Account | CommandRefusal> {
    const account = this.find(accountId);
    if (account === undefined) return notFound(accountId);
    const fields = passwordIssues(password, account);
    if (fields.length > 0) return refuseFields('SetPassword', fields);
    this.#sql.setHash.run(await this.passwords.hash(password), accountId);
    this.#end(accountId, 'password-changed');
    return account;
  }

  setLanguage(accountId: string, language: string): Account | CommandRefusal {
    if (!LanguageTag.safeParse(language).success) return refuseFields('SetLanguage', [issue('language', 'language')]);
    this.#sql.setLanguage.run(language, accountId);
    return this.find(accountId) ?? notFound(accountId);
  }

  /**
   * The account whose password this is; null for a wrong password, an unknown address, a disabled account alike, after
   * the same work. A sign-in that finds too many before it is refused with `sign-in-busy`.
   */
  async verify(email: string, password: string): Promise<Account | CommandRefusal | null> {
    const account = this.findByEmail(email);
    const row = account && (this.#sql.hash.get(account.accountId) as { password_hash: string | null } | undefined);
    const right = await this.passwords.verify(password, row?.password_hash ?? null);
    if (typeof right !== 'boolean') return right;
    // Asked again: it may have been disabled, or its password changed, while this one was being verified.
    const after = account && this.find(account.accountId);
    const hash = after && (this.#sql.hash.get(after.accountId) as { password_hash: string | null }).password_hash;
    return right && after !== undefined && after.disabledAt === undefined && hash === row?.password_hash ? after : null;
  }

  /** Told before the call that ends the sessions returns. Gives back how to stop listening. */
  onEnd(listener: (accountId: string, why: AccountEnd) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #end(accountId: string, why: AccountEnd): void {
    for (const listener of this.#listeners) listener(accountId, why);
  }
}

const one = (row: unknown): Account | undefined => (row === undefined ? undefined : toAccount(row as AccountRow));
const notFound = (accountId: string): CommandRefusal => ({ refused: 'not-found', params: { id: accountId } });
