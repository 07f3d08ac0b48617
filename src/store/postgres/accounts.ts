import { failed, ok } from '../../domain/result.ts';
import { accountColumns, accountOf, defaultCountry, defaultTimeZone, integer, userColumns, userOf } from '../rows.ts';
import type { Account, AccountId, AccountStore, NewUser, Tool, User, UserId } from '../store.ts';
import type { Session } from './session.ts';
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

  setDisabled(userId: UserId, isDisabled: boolean): Promise<void> {
    return this.#change(async (session) => {
      await session.run('UPDATE users SET is_disabled = $1 WHERE user_id = $2', isDisabled, userId);
      if (isDisabled) await session.run(deleteCredentials, userId);
    });
  }

  setPassword(userId: UserId, passwordHash: string): Promise<void> {
    return this.#change(async (session) => {
      await session.run('UPDATE users SET password_hash = $1 WHERE user_id = $2', passwordHash, userId);
      await session.run(deleteCredentials, userId);
    });
  }

  async list(): Promise<readonly Account[]> {
    return (await this.#writer.database.read((session) => session.rows(selectAccounts))).map(accountOf);
  }

  async setAllowsInput(accountId: AccountId, allowsInput: boolean): Promise<void> {
    await this.#writer.change('UPDATE accounts SET allows_input = $1 WHERE account_id = $2', allowsInput, accountId);
  }

  #change(work: (session: Session) => Promise<void>): Promise<void> {
    return this.#writer.run(work, { isRepeatable: true });
  }
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
  await session.run(insertUser, accountId, user.tool, user.login, user.passwordHash, nowMs);
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
  INSERT INTO users (account_id, tool, login, password_hash, created_at_ms) VALUES ($1, $2, $3, $4, $5)`;
const deleteCredentials = 'DELETE FROM credentials WHERE user_id = $1';
const selectAccounts = `SELECT ${accountColumns} FROM accounts a ORDER BY a.name`;
const selectAccountByName = `SELECT ${accountColumns} FROM accounts a WHERE a.name = $1`;
const selectUser = `
  SELECT ${userColumns} FROM users u JOIN accounts a USING (account_id) WHERE u.tool = $1 AND u.login = $2`;
const selectUsers = `
  SELECT ${userColumns} FROM users u JOIN accounts a USING (account_id) ORDER BY a.name, u.tool, u.login`;
