import type { AccountId, NumberStore, PhoneNumber, UserId } from '../access-store.ts';
import { holderOf, text } from '../rows.ts';
import type { Connection } from './connection.ts';
import type { Memory } from './memory.ts';
import { addOwnerDays } from './rollup-tables.ts';
import type { Writer } from './writer.ts';

/** Writes, as the writer thread runs them. */
export const numberWrites = {
  addNumber(connection: Connection, accountId: AccountId, ownerId: UserId, phone: string, nowMs: number): boolean {
    return connection.run(insertNumber, accountId, phone, ownerId, nowMs) === 1;
  },

  shareNumber(connection: Connection, accountId: AccountId, phone: string, userId: UserId): void {
    connection.run(insertShare, userId, accountId, phone, userId);
  },

  unshareNumber(connection: Connection, accountId: AccountId, phone: string, userId: UserId): void {
    connection.run('DELETE FROM shares WHERE account_id = ? AND phone = ? AND user_id = ?', accountId, phone, userId);
  },

  giveNumber(connection: Connection, accountId: AccountId, phone: string, ownerId: UserId): void {
    addOwnerDays(connection, accountId, phone, -1);
    connection.run('UPDATE numbers SET owner_id = ? WHERE account_id = ? AND phone = ?', ownerId, accountId, phone);
    addOwnerDays(connection, accountId, phone, 1);
    numberWrites.unshareNumber(connection, accountId, phone, ownerId);
  },
};

export const insertNumber =
  'INSERT INTO numbers (account_id, phone, owner_id, created_at_ms) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING';

export class SqliteNumbers implements NumberStore {
  readonly #reader: Connection;
  readonly #writer: Writer;
  readonly #memory: Memory;

  constructor(reader: Connection, writer: Writer, memory: Memory) {
    this.#reader = reader;
    this.#writer = writer;
    this.#memory = memory;
  }

  add(accountId: AccountId, ownerId: UserId, phone: string, nowMs: number): Promise<boolean> {
    return this.#writer.run('addNumber', accountId, ownerId, phone, nowMs);
  }

  async list(accountId: AccountId): Promise<readonly PhoneNumber[]> {
    const shares = Map.groupBy(this.#reader.all(selectShares, accountId), (row) => text(row, 'phone'));
    return this.#reader.all(selectNumbers, accountId).map((row) => {
      const phone = text(row, 'phone');
      return { phone, owner: holderOf(row), sharedWith: (shares.get(phone) ?? []).map(holderOf) };
    });
  }

  async isOwned(accountId: AccountId, ownerId: UserId, phone: string): Promise<boolean> {
    return this.#memory.recall(
      `owned ${accountId} ${ownerId} ${phone}`,
      () => this.#reader.get(selectOwned, accountId, phone, ownerId) !== null,
    );
  }

  async isVisible(accountId: AccountId, userId: UserId, phone: string): Promise<boolean> {
    return this.#memory.recall(
      `visible ${accountId} ${userId} ${phone}`,
      () => this.#reader.get(selectVisible, accountId, phone, userId, accountId, phone, userId) !== null,
    );
  }

  share(accountId: AccountId, phone: string, userId: UserId): Promise<void> {
    return this.#writer.run('shareNumber', accountId, phone, userId);
  }

  unshare(accountId: AccountId, phone: string, userId: UserId): Promise<void> {
    return this.#writer.run('unshareNumber', accountId, phone, userId);
  }

  give(accountId: AccountId, phone: string, ownerId: UserId): Promise<void> {
    return this.#writer.run('giveNumber', accountId, phone, ownerId);
  }
}

// Only a number that is there can be shared, and not with its owner.
const insertShare = `
  INSERT INTO shares (account_id, phone, user_id)
  SELECT n.account_id, n.phone, ? FROM numbers n WHERE n.account_id = ? AND n.phone = ? AND n.owner_id <> ?
  ON CONFLICT DO NOTHING`;
const selectOwned = 'SELECT 1 FROM numbers WHERE account_id = ? AND phone = ? AND owner_id = ?';
const selectVisible = `${selectOwned} UNION ALL SELECT 1 FROM shares WHERE account_id = ? AND phone = ? AND user_id = ?`;
const selectNumbers = `
  SELECT n.phone, u.user_id, u.tool, u.login FROM numbers n JOIN users u ON u.user_id = n.owner_id
  WHERE n.account_id = ? ORDER BY n.phone`;
const selectShares = `
  SELECT s.phone, u.user_id, u.tool, u.login FROM shares s JOIN users u USING (user_id)
  WHERE s.account_id = ? ORDER BY s.phone, u.tool, u.login`;
