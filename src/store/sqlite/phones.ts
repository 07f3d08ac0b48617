import type { SQLInputValue } from 'node:sqlite';
import type { AccountId } from '../access-store.ts';
import type { NumberSet } from '../call-store.ts';

/** The numbers of a report as a SELECT of one column `phone`, to be put into other statements. */
export interface Phones {
  readonly accountId: AccountId;
  readonly sql: string;
  readonly parameters: readonly SQLInputValue[];
}

export function phonesOf(accountId: AccountId, numbers: NumberSet): Phones {
  switch (numbers.kind) {
    case 'one':
      return { accountId, sql: 'SELECT ? AS phone', parameters: [numbers.phone] };
    case 'listed':
      return {
        accountId,
        sql: 'SELECT DISTINCT value AS phone FROM json_each(?)',
        parameters: [JSON.stringify(numbers.phones)],
      };
    case 'owned':
      return {
        accountId,
        sql: 'SELECT phone FROM numbers WHERE account_id = ? AND owner_id = ?',
        parameters: [accountId, numbers.ownerId],
      };
    case 'visible':
      return {
        accountId,
        sql: `
          SELECT phone FROM numbers WHERE account_id = ? AND owner_id = ?
          UNION SELECT phone FROM shares WHERE account_id = ? AND user_id = ?`,
        parameters: [accountId, numbers.userId, accountId, numbers.userId],
      };
    default:
      return numbers satisfies never;
  }
}
