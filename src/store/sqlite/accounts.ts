import { failed, ok } from '../../domain/result.ts';
import { accountColumns, accountOf, defaultCountry, defaultTimeZone, integer, userColumns, userOf } from '../rows.ts';
import type { Account, AccountId, AccountStore, NewUser, Tool, User, UserId } from '../store.ts';

import type { Connection } from './connection.ts';
import type { Writer } from './writer.ts';

/** Writes, as the writer thread runs them. */
export const accountWrites = {
  addUser(connection: Connection, user: NewUser, nowMs: number) {
    if (connection.get(selectUserId, user.tool, user.login) !== null) return failed({ kind: 'loginTaken' as const });
    const existing = connection.get(selectAccountByName, user.account.name);
    if (existing !== null && hasOtherSettings(accountOf(existing), user.account)) {
      return failed({ kind: 'accountExists' as const, account: accountOf(existing) });
    }
    const accountId = existing === null ? addAccount(connection, user.account, nowMs) : integer(existing, 'account_id');
    const userId = connection.insert(insertUser, accountId, user.tool, user.login, user.passwordHash, nowMs);
    return ok({ userId, isNewAccount: existing === null });
  },

  setDisabled(connection: Connection, userId: UserId, isDisabled: boolean): void {
    connection.run('UPDATE users SET is_disabled = ? WHERE user_id = ?', isDisabled ? 1 : 0, userId);
    if (isDisabled) connection.run(deleteCredentials, userId);
  },

  setPassword(connection: Connection, userId: UserId, passwordHash: string): void {
    connection.run('UPDATE users SET password_hash = ? WHERE user_id = ?', passwordHash, userId);
    connection.run(deleteCredentials, userId);
  },

  setAllowsInput(connection: Connection, accountId: AccountId, allowsInput: boolean): void {
    connection.run('UPDATE accounts SET allows_input = ? WHERE account_id = ?', allowsInput ? 1 : 0, accountId);
  },
};

function addAccount(connection: Connection, { name, timeZone, country }: NewUser['account'], nowMs: number): AccountId {
  return connection.insert(insertAccount, name, timeZone ?? defaultTimeZone, country ?? defaultCountry, nowMs);
}

const hasOtherSettings = (account: Account, { timeZone, country }: NewUser['account']): boolean =>
  (timeZone !== null && timeZone !== account.timeZone) || (country !== null && country !== account.country);

export class SqliteAccounts implements AccountStore {
  readonly #reader: Connection;
  readonly #writer: Writer;

  constructor(reader: Connection, writer: Writer) {
    this.#reader = reader;
    this.#writer = writer;
  }

  async addUser(user: NewUser, nowMs: number) {
    const added = await this.#writer.run('addUser', user, nowMs);
    if (!added.ok) return added;
    const found = await this.findUser(user.tool, user.login);
    if (found === null) throw new Error(`user ${user.login} is gone right after it was added`);
    return ok({ user: found, isNewAccount: added.value.isNewAccount });
  }

  async users(): Promise<readonly User[]> {
    return this.#reader.all(selectUsers).map(userOf);
  }

  async findUser(tool: Tool, login: string): Promise<User | null> {
    const row = this.#reader.get(selectUser, tool, login);
    return row && userOf(row);
  }

  setDisabled(userId: UserId, isDisabled: boolean): Promise<void> {
    return this.#writer.run('setDisabled', userId, isDisabled);
  }

  setPassword(userId: UserId, passwordHash: string): Promise<void> {
    return this.#writer.run('setPassword', userId, passwordHash);
  }

  async list(): Promise<readonly Account[]> {
    return this.#reader.all(selectAccounts).map(accountOf);
  }

  setAllowsInput(accountId: AccountId, allowsInput: boolean): Promise<void> {
    return this.#writer.run('setAllowsInput', accountId, allowsInput);
  }
}

const selectUserId = 'SELECT user_id FROM users WHERE tool = ? AND login = ?';
const selectAccountByName = `SELECT ${accountColumns} FROM accounts a WHERE a.name = ?`;
const selectAccounts = `SELECT ${accountColumns} FROM accounts a ORDER BY a.name`;
const insertAccount = 'INSERT INTO accounts (name, time_zone, country, created_at_ms) VALUES (?, ?, ?, ?)';
const insertUser = 'INSERT INTO users (account_id, tool, login, password_hash, created_at_ms) VALUES (?, ?, ?, ?, ?)';
const deleteCredentials = 'DELETE FROM credentials WHERE user_id = ?';
const selectUser = `
  SELECT ${userColumns} FROM users u JOIN accounts a USING (account_id) WHERE u.tool = ? AND u.login = ?`;
const selectUsers = `
  SELECT ${userColumns} FROM users u JOIN accounts a USING (account_id) ORDER BY a.name, u.tool, u.login`;
