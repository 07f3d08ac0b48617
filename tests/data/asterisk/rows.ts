/** Builds the text of Master.csv files for tests: rows of all 21 columns, of which a test names those that matter to it. */

const columns = {
  accountcode: '',
  src: '6175550101',
  dst: '211553',
  dcontext: 'ivr-in',
  clid: '"6175550101" <6175550101>',
  channel: 'SIP/211553-00000001',
  dstchannel: '',
  lastapp: 'Playback',
  lastdata: '',
  start: '2024-01-27 15:00:00',
  answer: '',
  end: '2024-01-27 15:01:00',
  duration: '60',
  billsec: '0',
  disposition: 'NO ANSWER',
  amaflags: 'DOCUMENTATION',
  uniqueid: '1706367600.1',
  userfield: '',
  peeraccount: '',
  linkedid: '1706367600.1',
  sequence: '1',
};

export type Columns = typeof columns;

/** Columns that Asterisk does not write without `loguserfield` and `newcdrcolumns`. */
export const newColumns = ['userfield', 'peeraccount', 'linkedid', 'sequence'] as const;

/** One line without its line break; `without` leaves columns out as an older configuration does. */
export function csvRow(given: Partial<Columns>, without: readonly (keyof Columns)[] = []): string {
  const row: Partial<Columns> = { ...columns, ...given };
  for (const column of without) delete row[column];
  return Object.values(row).map(quote).join(',');
}

const quote = (field: string) => `"${field.replaceAll('"', '""')}"`;

/** What a file gives when it is read: its text in pieces. */
export async function* chunks(...pieces: readonly string[]): AsyncIterable<string> {
  yield* pieces;
}

export async function collect<T>(values: AsyncIterable<T>): Promise<readonly T[]> {
  return await Array.fromAsync(values);
}
