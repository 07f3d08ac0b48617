import type { AccountId } from '../access-store.ts';
import { integer, type Row, text } from '../rows.ts';
import { bigints, texts } from './binary-array.ts';
import type { Session } from './session.ts';

/** Rows of the calls and months of {@link bodyKeys}: also a copy of a call that was left in the month of another one. */
export const isBody = 'account_id = $1 AND month = ANY($2::bigint[]) AND call_id = ANY($3::text[])';

/** Parameters of {@link isBody} behind the account, from rows with a month and a call id. */
export const bodyKeys = (places: readonly Row[]) =>
  [
    bigints([...new Set(places.map((row) => integer(row, 'month')))]),
    texts(places.map((row) => text(row, 'call_id'))),
  ] as const;

export const bodyName = (row: Row): string => `${integer(row, 'month')} ${text(row, 'call_id')}`;

interface PartsOf {
  readonly accountId: AccountId;
  /** Rows with a month and a call id. */
  readonly places: readonly Row[];
  readonly mostBytes: number;
}

/**
 * Parts of a list of places, in its order, whose bodies have no more bytes unless it is one body: a document may have as many as a
 * thousand others.
 */
export async function partsOf(
  session: Session,
  { accountId, places, mostBytes }: PartsOf,
): Promise<readonly (readonly Row[])[]> {
  if (places.length === 0) return [];
  const sizes = await session.rows(selectSizes, accountId, ...bodyKeys(places));
  const bytesOf = new Map(sizes.map((row) => [bodyName(row), integer(row, 'bytes')]));
  const parts: Row[][] = [];
  let left = 0;
  for (const place of places) {
    const bytes = bytesOf.get(bodyName(place)) ?? 0;
    const part = parts.at(-1);
    if (part === undefined || bytes > left) {
      parts.push([place]);
      left = mostBytes - bytes;
    } else {
      part.push(place);
      left -= bytes;
    }
  }
  return parts;
}

const selectSizes = `
  SELECT call_id, month, octet_length(document)::bigint + octet_length(applied) AS bytes
  FROM document_bodies WHERE ${isBody}`;
