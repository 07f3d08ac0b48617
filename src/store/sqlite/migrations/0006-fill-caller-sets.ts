import { integer, text } from '../../rows.ts';
import type { Connection } from '../connection.ts';

/**
 * What migration 6 does besides its file: it fills the sets from caller_days. As with every migration, this stays as it was when the
 * migration came out, whatever becomes of the sets later: so it has everything that it needs here.
 */
export function fillCallerSets(connection: Connection): void {
  for (const row of connection.all('SELECT DISTINCT account_id, phone, day FROM caller_days')) {
    const set = [integer(row, 'account_id'), text(row, 'phone'), integer(row, 'day')] as const;
    const callers = connection.all(selectCallers, ...set).map((each) => text(each, 'caller'));
    const numbers = callers.map((caller) => numberOf(connection, set[0], caller));
    for (let start = 0; start < numbers.length; start += chunkLength) {
      const chunk = Float64Array.from(numbers.slice(start, start + chunkLength));
      connection.run(insertChunk, ...set, start / chunkLength, new Uint8Array(chunk.buffer));
    }
  }
}

const chunkLength = 1024;

function numberOf(connection: Connection, accountId: number, caller: string): number {
  if (/^\+[1-9]\d{0,14}$/.test(caller)) return 2 * Number(caller.slice(1));
  if (/^\d{1,15}$/.test(caller)) return 2 * Number(`1${caller}`) + 1;
  connection.run(
    'INSERT INTO odd_callers (account_id, caller) VALUES (?, ?) ON CONFLICT DO NOTHING',
    accountId,
    caller,
  );
  const row = connection.get('SELECT odd_id FROM odd_callers WHERE account_id = ? AND caller = ?', accountId, caller);
  return -integer(row ?? {}, 'odd_id');
}

const selectCallers = 'SELECT caller FROM caller_days WHERE account_id = ? AND phone = ? AND day = ?';
const insertChunk = 'INSERT INTO caller_sets (account_id, phone, day, chunk, callers) VALUES (?, ?, ?, ?, ?)';
