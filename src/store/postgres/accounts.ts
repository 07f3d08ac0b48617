import type { Weekday } from '../../domain/calendar.ts';
import { failed, ok } from '../../domain/result.ts';
import type { Account, AccountId, AccountStore, NewUser, Tool, User, UserId } from '../access-store.ts';
import { accountColumns, accountOf, defaultCountry, defaultTimeZone, integer, userColumns, userOf } from '../rows.ts';
import type { Session } from './session.ts';
import { updateTimeZone } from './time-zones.ts';
import type { Writer } from './writer.ts';

export class PostgresAccounts implements AccountStore {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  addUser(user: NewUser, nowMs: number) {
    return this.#writer.run(async (session) => {
      await session.exec('LOCK TABLE accounts, users IN SHARE ROW EXCLUSIVE MODE');
      return addUser(session, user, nowMs);
    });
  }

  async users(): Promise<readonly User[]> {
    return (await this.#writer.database.read((session) => session.rows(selectUsers))).map(userOf);
  }

  async findUser(tool: Tool, login: string): Promise<User | null> {
    const [row] = await this.#writer.database.lookUp((session) => session.rows(selectUser, tool, login));
    return row === undefined ? null : userOf(row);
  }

  setDisabled(userId: UserId, isDisabled: boolean, { mayLeaveNoAdmin = false } = {}): Promise<boolean> {
    return this.#change(async (session) => {
      if (isDisabled && !mayLeaveNoAdmin && (await isLastAdmin(session, userId))) return false;
      await session.run('UPDATE users SET is_disabled = $1 WHERE user_id = $2', isDisabled, userId);
      if (isDisabled) await logOut(session, userId);
      return true;
    });
  }

  setAdmin(userId: UserId, isAdmin: boolean): Promise<boolean> {
    return this.#change(async (session) => {
      if (!isAdmin && (await isLastAdmin(session, userId))) return false;
      await session.run('UPDATE users SET is_admin = $1 WHERE user_id = $2', isAdmin, userId);
      return true;
    });
  }

  setPassword(userId: UserId, passwordHash: string): Promise<void> {
    return this.#change(async (session) => {
      await session.run('UPDATE users SET password_hash = $1 WHERE user_id = $2', passwordHash, userId);
      await logOut(session, userId);
    });
  }

  async list(): Promise<readonly Account[]> {
    return (await this.#writer.database.read((session) => session.rows(selectAccounts))).map(accountOf);
  }

  async setAllowsInput(accountId: AccountId, allowsInput: boolean): Promise<void> {
    await this.#writer.change('UPDATE accounts SET allows_input = $1 WHERE account_id = $2', allowsInput, accountId);
  }

  async setTimeZone(accountId: AccountId, timeZone: string): Promise<boolean> {
    return (await this.#writer.change(updateTimeZone, timeZone, accountId)) > 0;
  }

  async setWeekStart(accountId: AccountId, weekStart: Weekday): Promise<void> {
    await this.#writer.change('UPDATE accounts SET week_start = $1 WHERE account_id = $2', weekStart, accountId);
  }

  #change<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#writer.run(work, { isRepeatable: true });
  }
}

/** From here to the end of the transaction nobody else takes an administrator from the account: each waits to see what the other did. */
async function isLastAdmin(session: Session, userId: UserId): Promise<boolean> {
  await session.rows(lockAccountOfUser, userId);
  return (await session.rows(selectLastAdmin, userId)).length > 0;
}

async function logOut(session: Session, userId: UserId): Promise<void> {
  await session.run('DELETE FROM credentials WHERE user_id = $1', userId);
  await session.run('DELETE FROM sessions WHERE user_id = $1', userId);
}

async function addUser(session: Session, user: NewUser, nowMs: number) {
  const [taken] = await session.rows(selectUser, user.tool, user.login);
  if (taken !== undefined) return failed({ kind: 'loginTaken' as const });
  const [existing] = await session.rows(selectAccountByName, user.account.name);
  if (existing !== undefined && hasOtherSettings(accountOf(existing), user.account)) {
    return failed({ kind: 'accountExists' as const, account: accountOf(existing) });
  }
  const accountId =
    existing === undefined ? await addAccount(session, user.account, nowMs) : integer(existing, 'account_id');
  const isAdmin = user.isAdmin || (await session.rows(selectAnyUser, accountId)).length === 0;
  await session.run(insertUser, accountId, user.tool, user.login, user.passwordHash, isAdmin, nowMs);
  const [added] = await session.rows(selectUser, user.tool, user.login);
  return ok({ user: userOf(added ?? {}), isNewAccount: existing === undefined });
}

async function addAccount(session: Session, account: NewUser['account'], nowMs: number): Promise<AccountId> {
  const { name, timeZone, country } = account;
  const [added] = await session.rows(
    insertAccount,
    name,
    timeZone ?? defaultTimeZone,
    country ?? defaultCountry,
    nowMs,
  );
  return integer(added ?? {}, 'account_id');
}

const hasOtherSettings = (account: Account, { timeZone, country }: NewUser['account']): boolean =>
  (timeZone !== null && timeZone !== account.timeZone) || (country !== null && country !== account.country);

const insertAccount = `
  INSERT INTO accounts (name, time_zone, country, created_at_ms) VALUES ($1, $2, $3, $4) RETURNING account_id`;
const insertUser = `
  INSERT INTO users (account_id, tool, login, password_hash, is_admin, created_at_ms) VALUES ($1, $2, $3, $4, $5, $6)`;
const selectAnyUser = 'SELECT 1 FROM users WHERE account_id = $1 LIMIT 1';
const lockAccountOfUser = `
  SELECT a.account_id FROM accounts a JOIN users u USING (account_id) WHERE u.user_id = $1 FOR NO KEY UPDATE OF a`;
const selectLastAdmin = `
  SELECT 1 FROM users u WHERE u.user_id = $1 AND u.is_admin AND NOT u.is_disabled AND NOT EXISTS (
    SELECT 1 FROM users o
    WHERE o.account_id = u.account_id AND o.user_id <> u.user_id AND o.is_admin AND NOT o.is_disabled)`;
const selectAccounts = `SELECT ${accountColumns} FROM accounts a ORDER BY a.name`;
const selectAccountByName = `SELECT ${accountColumns} FROM accounts a WHERE a.name = $1`;
const selectUser = `
  SELECT ${userColumns} FROM users u JOIN accounts a USING (account_id) WHERE u.tool = $1 AND u.login = $2`;
const selectUsers = `
  SELECT ${userColumns} FROM users u JOIN accounts a USING (account_id) ORDER BY a.name, u.tool, u.login`;
