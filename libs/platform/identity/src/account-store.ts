import { randomUUID } from 'node:crypto';
import { LanguageTag } from '#kernel';
import type { Database } from '#platform/database';
import { type CommandRefusal, fieldIssue } from '#platform/event-store';
import { type Account, foldEmail, type Grant, issue, NewAccount, refuseFields } from './account.js';
import { passwordIssues } from './passwords/password-rules.js';
import type { Passwords } from './passwords/passwords.js';

export interface AccountRow {
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
interface SecretRow extends AccountRow {
  password_hash: string | null;
  generation: number;
}

/** Why every session of an account ends at once. */
export type AccountEnd = 'disabled' | 'password-changed';

export interface NewPassword {
  readonly password: string;
  /** The word of a demo, shown on the sign-in page: exercise accounts only. */
  readonly anyPassword?: boolean;
}

/** An account whose password was found right. A session of it opens only while nothing has ended its sessions since. */
export interface VerifiedAccount extends Account {
  readonly generation: number;
}

type Ended = (accountId: string, why: AccountEnd) => Promise<unknown>;

/** Of `accounts a`. */
export const ACCOUNT_COLUMNS =
  'a.account_id, a.email, a.person_id, a.display_name, a.language, a.exercise, a.grants, a.created_at, a.disabled_at';
const SELECT = `SELECT ${ACCOUNT_COLUMNS} FROM accounts a`;
const ADD = `INSERT INTO accounts (account_id, email, email_folded, person_id, display_name, language, exercise, grants,
  password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (email_folded) DO NOTHING`;

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
  readonly #listeners = new Set<Ended>();

  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly now: () => number = Date.now,
  ) {}

  /** An account without a password cannot sign in until one is set. Refused with the fields that do not fit. */
  async create(input: unknown, secret?: NewPassword): Promise<Account | CommandRefusal> {
    const parsed = NewAccount.safeParse(input);
    const fields = parsed.success ? [] : parsed.error.issues.map(fieldIssue);
    const owner = parsed.data ?? (input as { email?: string; displayName?: string } | null);
    if (secret?.anyPassword && !parsed.data?.exercise) fields.push(issue('password', 'exercise-only'));
    else if (secret && !secret.anyPassword) fields.push(...passwordIssues(secret.password, owner ?? {}));
    if (parsed.success && (await this.findByEmail(parsed.data.email))) fields.push(issue('email', 'email-taken'));
    if (!parsed.success || fields.length > 0) return refuseFields('CreateAccount', fields);

    const { email, personId, displayName, language, exercise, grants } = parsed.data;
    const hash = secret ? await this.passwords.hash(secret.password) : null;
    const accountId = randomUUID();
    const createdAt = new Date(this.now()).toISOString();
    const added = await this.database.run(ADD, [
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
    ]);
    if (added === 0) return refuseFields('CreateAccount', [issue('email', 'email-taken')]);
    return (await this.find(accountId))!;
  }

  async find(accountId: string): Promise<Account | undefined> {
    const row = await this.database.get<AccountRow>(`${SELECT} WHERE a.account_id = ?`, [accountId]);
    return row && toAccount(row);
  }
  async findByEmail(email: string): Promise<Account | undefined> {
    const row = await this.#secret(email);
    return row && toAccount(row);
  }
  async ofPerson(personId: string): Promise<readonly Account[]> {
    const rows = await this.database.all<AccountRow>(`${SELECT} WHERE a.person_id = ? ORDER BY a.created_at, a.account_id`, [personId]);
    return rows.map(toAccount);
  }
  async list(): Promise<readonly Account[]> {
    return (await this.database.all<AccountRow>(`${SELECT} ORDER BY a.created_at, a.account_id`)).map(toAccount);
  }

  /** Ends all its sessions. Saying it twice changes nothing; `not-found` for an account that is not there. */
  async disable(accountId: string): Promise<Account | CommandRefusal> {
    const changed = await this.database.run(
      'UPDATE accounts SET disabled_at = ?, generation = generation + 1 WHERE account_id = ? AND disabled_at IS NULL',
      [new Date(this.now()).toISOString(), accountId],
    );
    if (changed > 0) await this.#end(accountId, 'disabled');
    return (await this.find(accountId)) ?? notFound(accountId);
  }

  /** Ends all its sessions, so that who knew the old password is out. */
  async setPassword(accountId: string, password: string): Promise<Account | CommandRefusal> {
    const account = await this.find(accountId);
    if (account === undefined) return notFound(accountId);
    const fields = passwordIssues(password, account);
    if (fields.length > 0) return refuseFields('SetPassword', fields);
    const hash = await this.passwords.hash(password);
    await this.database.run('UPDATE accounts SET password_hash = ?, generation = generation + 1 WHERE account_id = ?', [hash, accountId]);
    await this.#end(accountId, 'password-changed');
    return account;
  }

  async setLanguage(accountId: string, language: string): Promise<Account | CommandRefusal> {
    if (!LanguageTag.safeParse(language).success) return refuseFields('SetLanguage', [issue('language', 'language')]);
    await this.database.run('UPDATE accounts SET language = ? WHERE account_id = ?', [language, accountId]);
    return (await this.find(accountId)) ?? notFound(accountId);
  }

  /**
   * The account whose password this is; null for a wrong password, an unknown address, a disabled account alike, after
   * the same work. A sign-in that finds too many before it is refused with `sign-in-busy`.
   */
  async verify(email: string, password: string): Promise<VerifiedAccount | CommandRefusal | null> {
    const before = await this.#secret(email);
    const right = await this.passwords.verify(password, before?.password_hash ?? null);
    if (typeof right !== 'boolean') return right;
    // Asked again: it may have been disabled, or its password changed, while this one was being verified.
    const after = await this.#secret(email);
    const same = after !== undefined && after.disabled_at === null && after.password_hash === before?.password_hash;
    return right && same ? { ...toAccount(after), generation: after.generation } : null;
  }

  /** Awaited before the call that ends the sessions returns. Gives back how to stop listening. */
  onEnd(listener: Ended): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #end(accountId: string, why: AccountEnd): Promise<void> {
    for (const listener of this.#listeners) await listener(accountId, why);
  }

  #secret(email: string): Promise<SecretRow | undefined> {
    // PostgreSQL takes no text with a NUL in it. No address has one either: what is asked for then is nobody's.
    const folded = foldEmail(email).replaceAll('\0', ' ');
    return this.database.get<SecretRow>(`SELECT ${ACCOUNT_COLUMNS}, a.password_hash, a.generation FROM accounts a WHERE a.email_folded = ?`, [folded]);
  }
}

const notFound = (accountId: string): CommandRefusal => ({ refused: 'not-found', params: { id: accountId } });
