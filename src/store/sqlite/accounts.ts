import type { Weekday } from '../../domain/calendar.ts';
import { failed, ok } from '../../domain/result.ts';
import type { Account, AccountId, AccountStore, NewUser, Tool, User, UserId } from '../access-store.ts';
import { accountColumns, accountOf, defaultCountry, defaultTimeZone, integer, userColumns, userOf } from '../rows.ts';
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
    const isAdmin = user.isAdmin || connection.get(selectAnyUser, accountId) === null ? 1 : 0;
    const { tool, login, passwordHash } = user;
    const userId = connection.insert(insertUser, accountId, tool, login, passwordHash, isAdmin, nowMs);
    return ok({ userId, isNewAccount: existing === null });
  },

  setDisabled(connection: Connection, userId: UserId, isDisabled: boolean, mayLeaveNoAdmin: boolean): boolean {
    if (isDisabled && !mayLeaveNoAdmin && isLastAdmin(connection, userId)) return false;
    connection.run('UPDATE users SET is_disabled = ? WHERE user_id = ?', isDisabled ? 1 : 0, userId);
    if (isDisabled) logOut(connection, userId);
    return true;
  },

  setAdmin(connection: Connection, userId: UserId, isAdmin: boolean): boolean {
    if (!isAdmin && isLastAdmin(connection, userId)) return false;
    connection.run('UPDATE users SET is_admin = ? WHERE user_id = ?', isAdmin ? 1 : 0, userId);
    return true;
  },

  setPassword(connection: Connection, userId: UserId, passwordHash: string): void {
    connection.run('UPDATE users SET password_hash = ? WHERE user_id = ?', passwordHash, userId);
    logOut(connection, userId);
  },

  setAllowsInput(connection: Connection, accountId: AccountId, allowsInput: boolean): void {
    connection.run('UPDATE accounts SET allows_input = ? WHERE account_id = ?', allowsInput ? 1 : 0, accountId);
  },

  setWeekStart(connection: Connection, accountId: AccountId, weekStart: Weekday): void {
    connection.run('UPDATE accounts SET week_start = ? WHERE account_id = ?', weekStart, accountId);
  },
};

const isLastAdmin = (connection: Connection, userId: UserId): boolean =>
  connection.get(selectLastAdmin, userId) !== null;

function logOut(connection: Connection, userId: UserId): void {
  connection.run('DELETE FROM credentials WHERE user_id = ?', userId);
  connection.run('DELETE FROM sessions WHERE user_id = ?', userId);
}

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

  setDisabled(userId: UserId, isDisabled: boolean, { mayLeaveNoAdmin = false } = {}): Promise<boolean> {
    return this.#writer.run('setDisabled', userId, isDisabled, mayLeaveNoAdmin);
  }

  setAdmin(userId: UserId, isAdmin: boolean): Promise<boolean> {
    return this.#writer.run('setAdmin', userId, isAdmin);
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

  setTimeZone(accountId: AccountId, timeZone: string): Promise<boolean> {
    return this.#writer.run('setTimeZone', accountId, timeZone);
  }

  setWeekStart(accountId: AccountId, weekStart: Weekday): Promise<void> {
    return this.#writer.run('setWeekStart', accountId, weekStart);
  }
}

const selectUserId = 'SELECT user_id FROM users WHERE tool = ? AND login = ?';
const selectAccountByName = `SELECT ${accountColumns} FROM accounts a WHERE a.name = ?`;
const selectAccounts = `SELECT ${accountColumns} FROM accounts a ORDER BY a.name`;
const insertAccount = 'INSERT INTO accounts (name, time_zone, country, created_at_ms) VALUES (?, ?, ?, ?)';
const insertUser = `
  INSERT INTO users (account_id, tool, login, password_hash, is_admin, created_at_ms) VALUES (?, ?, ?, ?, ?, ?)`;
const selectAnyUser = 'SELECT 1 FROM users WHERE account_id = ? LIMIT 1';
const selectLastAdmin = `
  SELECT 1 FROM users u WHERE u.user_id = ? AND u.is_admin = 1 AND u.is_disabled = 0 AND NOT EXISTS (
    SELECT 1 FROM users o
    WHERE o.account_id = u.account_id AND o.user_id <> u.user_id AND o.is_admin = 1 AND o.is_disabled = 0)`;
const selectUser = `
  SELECT ${userColumns} FROM users u JOIN accounts a USING (account_id) WHERE u.tool = ? AND u.login = ?`;
const selectUsers = `
  SELECT ${userColumns} FROM users u JOIN accounts a USING (account_id) ORDER BY a.name, u.tool, u.login`;
