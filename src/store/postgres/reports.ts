import type { CallerCounts, CallerQuery, ReportSums, SumQuery, SumRow } from '../../domain/reports/sums.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import { storedRollup } from '../../domain/rollups.ts';
import type { NumberSet, ReportQuery, TooManyRows } from '../call-store.ts';
import { integer, textOrNull } from '../rows.ts';
import { bigints, texts } from './binary-array.ts';
import type { Database } from './database.ts';
import { isOneOf, parameterOf } from './phones.ts';
import type { Session } from './session.ts';

/** calls.report: all that a report reads, in one transaction. */
export function readReport(database: Database, query: ReportQuery): Promise<Result<ReportSums, TooManyRows>> {
  const isOneStatement = query.sums.length + query.callers.length === 1;
  const read = (session: Session) => readAll(session, query);
  return isOneStatement ? database.read(read) : database.snapshot(read);
}

async function readAll(session: Session, query: ReportQuery): Promise<Result<ReportSums, TooManyRows>> {
  const sums: (readonly SumRow[])[] = [];
  for (const each of query.sums) {
    const rows = await readSums(session, query, each);
    if (rows.length > query.mostRows) return failed({ kind: 'tooManyRows' });
    sums.push(rows);
  }
  const callers: (readonly CallerCounts[])[] = [];
  for (const each of query.callers) callers.push(await countCallers(session, query, each));
  return ok({ sums, callers });
}

async function readSums(session: Session, query: ReportQuery, sums: SumQuery): Promise<readonly SumRow[]> {
  const { first, last, by, where } = sums;
  // PostgreSQL has no NUL in its texts, so nothing is called what has one.
  const filters = where.map(({ values }) => texts(values.filter((value) => !value.includes('\0'))));
  const numbers = parameterOf(query.numbers);
  const limit = query.mostRows + 1;
  const rows = await session.lists(
    selectSums(query.numbers, sums),
    query.accountId,
    numbers,
    first,
    last,
    limit,
    ...filters,
  );
  return rows.map((row) => ({ key: row.slice(0, by.length).map(keyPart), counters: row.slice(by.length).map(Number) }));
}

function keyPart(value: unknown): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new Error('the database holds something else than text and integers where sums should be');
}

/** Names of tables and columns are those of the domain's closed lists: any other is refused before it gets into a statement. */
function selectSums(numbers: NumberSet, { rollup, by, where }: SumQuery): string {
  const { key, counters } = storedRollup(rollup);
  const time = key.includes('hour') ? 'hour' : 'day';
  const unknown = [...by, ...where.map(({ column }) => column)].filter((column) => !key.includes(column));
  if (unknown.length > 0) throw new Error(`${rollup} is not kept by ${unknown.join(', ')}`);
  const columns = [...by.map((column) => `s.${column}`), ...counters.map((counter) => `sum(s.${counter})::bigint`)];
  const filters = where.map(({ column }, place) => ` AND s.${column} = ANY($${place + 6}::text[])`);
  // Without columns to keep apart there is one row, also where there is nothing to sum; it must not be there then.
  const group = by.length === 0 ? 'HAVING count(*) > 0' : `GROUP BY ${by.map((column) => `s.${column}`).join(', ')}`;
  return `
    SELECT ${columns.join(', ')} FROM ${rollup} s
    WHERE s.account_id = $1 AND ${isOneOf(numbers)} AND s.${time} BETWEEN $3 AND $4${filters.join('')} ${group} LIMIT $5`;
}

/** Distinct callers of each range, by number or of all numbers together; nothing is packed here: the database counts. */
async function countCallers(
  session: Session,
  { accountId, numbers }: ReportQuery,
  { ranges, by }: CallerQuery,
): Promise<readonly CallerCounts[]> {
  const firsts = bigints(ranges.map(({ first }) => first));
  const lasts = bigints(ranges.map(({ last }) => last));
  const rows = await session.rows(selectCallers(numbers, by), accountId, parameterOf(numbers), firsts, lasts);
  const byPhone = Map.groupBy(rows, (row) => textOrNull(row, 'phone'));
  return Array.from(byPhone, ([phone, counted]) => {
    const counts = new Map(counted.map((row) => [integer(row, 'place'), integer(row, 'callers')]));
    return { phone, callers: ranges.map((_, place) => counts.get(place + 1) ?? 0) };
  });
}

const selectCallers = (numbers: NumberSet, by: CallerQuery['by']) => `
  SELECT ${by === 'phone' ? 's.phone' : 'NULL::text AS phone'}, r.place, count(DISTINCT s.caller) AS callers
  FROM unnest($3::bigint[], $4::bigint[]) WITH ORDINALITY r (first, last, place)
  JOIN caller_days s ON s.day BETWEEN r.first AND r.last
  WHERE s.account_id = $1 AND ${isOneOf(numbers)}
  GROUP BY ${by === 'phone' ? 's.phone, ' : ''}r.place`;
