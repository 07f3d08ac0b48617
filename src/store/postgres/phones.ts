import type { AccountId } from '../access-store.ts';
import type { NumberSet } from '../call-store.ts';
import { text } from '../rows.ts';
import { texts } from './binary-array.ts';
import type { Parameter, Session } from './session.ts';

/** $1 is the account, $2 says which numbers ({@link parameterOf}), of a table or alias `s`. */
export function isOneOf({ kind }: NumberSet): string {
  switch (kind) {
    case 'one':
      return 's.phone = $2';
    case 'listed':
      return 's.phone = ANY($2::text[])';
    case 'owned':
      return `s.phone IN (${selectOwned})`;
    case 'visible':
      return `s.phone IN (${selectVisible})`;
    default:
      return kind satisfies never;
  }
}

export function parameterOf(numbers: NumberSet): Parameter {
  switch (numbers.kind) {
    case 'one':
      return numbers.phone;
    case 'listed':
      return texts(numbers.phones);
    case 'owned':
      return numbers.ownerId;
    case 'visible':
      return numbers.userId;
    default:
      return numbers satisfies never;
  }
}

/** The numbers themselves, each once. */
export async function phonesOf(session: Session, accountId: AccountId, numbers: NumberSet): Promise<readonly string[]> {
  if (numbers.kind === 'one') return [numbers.phone];
  if (numbers.kind === 'listed') return [...new Set(numbers.phones)];
  const select = numbers.kind === 'owned' ? selectOwned : selectVisible;
  return (await session.rows(select, accountId, parameterOf(numbers))).map((row) => text(row, 'phone'));
}

const selectOwned = 'SELECT n.phone FROM numbers n WHERE n.account_id = $1 AND n.owner_id = $2';
const selectVisible = `
  ${selectOwned} UNION SELECT h.phone FROM shares h WHERE h.account_id = $1 AND h.user_id = $2`;
