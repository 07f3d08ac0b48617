import { beginningOf, LatestCalls, type NumberedPlace, type WantedCalls } from '../latest-calls.ts';
import { integer, recordOf, text } from '../rows.ts';
import type { AccountId, CallListQuery, CallRecord } from '../store.ts';
import type { Connection } from './connection.ts';
import { phonesOf } from './phones.ts';

/** calls.read */
export function readCall(connection: Connection, accountId: AccountId, callId: string): CallRecord | null {
  const row = connection.get(selectRecord, accountId, callId);
  return row && recordOf(row);
}

/** calls.list: numbers → places of the latest calls → their documents. */
export function listCalls(connection: Connection, query: CallListQuery): readonly CallRecord[] {
  const { accountId, numbers, limit } = query;
  const { sql, parameters } = phonesOf(accountId, numbers);
  return connection.transaction('read', () => {
    const phones = connection.all(sql, ...parameters).map((row) => text(row, 'phone'));
    const latest = new LatestCalls({ phones, before: beginningOf(query), limit });
    while (latest.wanted.length > 0) {
      latest.take(latest.wanted.flatMap((wanted) => placesOf(connection, query, { ...wanted, each: latest.each })));
    }
    return latest.places.flatMap(({ callId }) => readCall(connection, accountId, callId) ?? []);
  });
}

function placesOf(
  connection: Connection,
  { accountId, fromMs }: CallListQuery,
  { phone, before, each }: WantedCalls & { readonly each: number },
): readonly NumberedPlace[] {
  const rows = connection.all(selectPlaces, accountId, phone, fromMs, before.startedAtMs, before.callId, each);
  return rows.map((row) => ({ phone, startedAtMs: integer(row, 'started_at_ms'), callId: text(row, 'call_id') }));
}

const selectRecord = `
  SELECT call_id, revision, phone, started_at_ms, stored_at_ms, document FROM documents
  WHERE account_id = ? AND call_id = ?`;
const selectPlaces = `
  SELECT started_at_ms, call_id FROM documents
  WHERE account_id = ? AND phone = ? AND started_at_ms >= ? AND (started_at_ms, call_id) < (?, ?)
  ORDER BY started_at_ms DESC, call_id DESC LIMIT ?`;
