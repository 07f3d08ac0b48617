import type { AccountId, NumberStore, PhoneNumber, UserId } from '../access-store.ts';
import { holderOf, integer, text } from '../rows.ts';
import { bigints } from './binary-array.ts';
import { addOwnerDays } from './rollup-tables.ts';
import type { Writer } from './writer.ts';

export class PostgresNumbers implements NumberStore {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  add(accountId: AccountId, ownerId: UserId, phone: string, nowMs: number): Promise<boolean> {
    return this.#writer.inAccount(
      accountId,
      async (session) => (await session.run(insertNumber, accountId, phone, ownerId, nowMs)) === 1,
    );
  }

  /** Users live on the coordinator of a cluster, and numbers do not: they meet here. */
  list(accountId: AccountId): Promise<readonly PhoneNumber[]> {
    return this.#writer.database.snapshot(async (session) => {
      const numbers = await session.rows(selectNumbers, accountId);
      const shared = await session.rows(selectShares, accountId);
      const shares = Map.groupBy(shared, (row) => text(row, 'phone'));
      const ids = [...numbers.map((row) => integer(row, 'owner_id')), ...shared.map((row) => integer(row, 'user_id'))];
      const rows = await session.rows(selectUsers, bigints([...new Set(ids)]));
      const users = new Map(rows.map((row) => [integer(row, 'user_id'), holderOf(row)]));
      const holder = (userId: UserId) => {
        const user = users.get(userId);
        if (user === undefined)
          throw new Error(`user ${userId} holds a number of account ${accountId}, and is not there`);
        return user;
      };
      return numbers.map((row) => {
        const phone = text(row, 'phone');
        const sharedWith = (shares.get(phone) ?? []).map((share) => holder(integer(share, 'user_id')));
        return { phone, owner: holder(integer(row, 'owner_id')), sharedWith: sharedWith.sort(byToolAndLogin) };
      });
    });
  }

  async isOwned(accountId: AccountId, ownerId: UserId, phone: string): Promise<boolean> {
    const { database, memory } = this.#writer;
    return memory.recall(`owned ${accountId} ${ownerId} ${phone}`, async () => {
      const rows = await database.lookUp((session) => session.rows(selectOwned, accountId, phone, ownerId));
      return rows.length > 0;
    });
  }

  async isVisible(accountId: AccountId, userId: UserId, phone: string): Promise<boolean> {
    const { database, memory } = this.#writer;
    return memory.recall(`visible ${accountId} ${userId} ${phone}`, async () => {
      const rows = await database.lookUp((session) => session.rows(selectVisible, accountId, phone, userId));
      return rows.length > 0;
    });
  }

  share(accountId: AccountId, phone: string, userId: UserId): Promise<void> {
    return this.#writer.inAccount(accountId, async (session) => {
      await session.run(insertShare, accountId, phone, userId);
    });
  }

  unshare(accountId: AccountId, phone: string, userId: UserId): Promise<void> {
    return this.#writer.inAccount(accountId, async (session) => {
      await session.run(deleteShare, accountId, phone, userId);
    });
  }

  give(accountId: AccountId, phone: string, ownerId: UserId): Promise<void> {
    return this.#writer.inAccount(accountId, async (session) => {
      await addOwnerDays(session, { accountId, phone }, -1);
      await session.run(updateOwner, ownerId, accountId, phone);
      await addOwnerDays(session, { accountId, phone }, 1);
      await session.run(deleteShare, accountId, phone, ownerId);
    });
  }
}

type Holder = PhoneNumber['owner'];

function byToolAndLogin(left: Holder, right: Holder): number {
  if (left.tool !== right.tool) return left.tool < right.tool ? -1 : 1;
  return left.login < right.login ? -1 : 1;
}

const insertNumber =
  'INSERT INTO numbers (account_id, phone, owner_id, created_at_ms) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING';
const updateOwner = 'UPDATE numbers SET owner_id = $1 WHERE account_id = $2 AND phone = $3';
// Only a number that is there can be shared, and not with its owner.
const insertShare = `
  INSERT INTO shares (account_id, phone, user_id)
  SELECT n.account_id, n.phone, $3::bigint FROM numbers n
  WHERE n.account_id = $1 AND n.phone = $2 AND n.owner_id <> $3::bigint
  ON CONFLICT DO NOTHING`;
const deleteShare = 'DELETE FROM shares WHERE account_id = $1 AND phone = $2 AND user_id = $3';
const selectOwned = 'SELECT 1 FROM numbers WHERE account_id = $1 AND phone = $2 AND owner_id = $3';
const selectVisible = `
  ${selectOwned} UNION ALL SELECT 1 FROM shares WHERE account_id = $1 AND phone = $2 AND user_id = $3`;
const selectNumbers = 'SELECT phone, owner_id FROM numbers WHERE account_id = $1 ORDER BY phone';
const selectShares = 'SELECT phone, user_id FROM shares WHERE account_id = $1';
const selectUsers = 'SELECT user_id, tool, login FROM users WHERE user_id = ANY($1::bigint[])';
