import type { ReportSums, SumQuery, SumRow } from '../../domain/reports/sums.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import { storedRollup } from '../../domain/rollups.ts';
import type { ReportQuery, TooManyRows } from '../call-store.ts';
import { countCallers } from './caller-sets.ts';
import type { Connection } from './connection.ts';
import { type Phones, phonesOf } from './phones.ts';

/** calls.report: all that a report reads, in one transaction. */
export function readReport(connection: Connection, query: ReportQuery): Result<ReportSums, TooManyRows> {
  const phones = phonesOf(query.accountId, query.numbers);
  return connection.transaction('read', () => {
    const sums: (readonly SumRow[])[] = [];
    for (const each of query.sums) {
      const rows = readSums(connection, phones, { ...each, limit: query.mostRows + 1 });
      if (rows.length > query.mostRows) return failed({ kind: 'tooManyRows' });
      sums.push(rows);
    }
    return ok({ sums, callers: query.callers.map((each) => countCallers(connection, phones, each)) });
  });
}

interface LimitedQuery extends SumQuery {
  readonly limit: number;
}

function readSums(connection: Connection, phones: Phones, query: LimitedQuery): readonly SumRow[] {
  const { parameters, accountId } = phones;
  const filters = query.where.map(({ values }) => JSON.stringify(values));
  const { first, last, by, limit } = query;
  const rows = connection.lists(selectSums(phones, query), ...parameters, accountId, first, last, ...filters, limit);
  return rows.map((row) => ({ key: row.slice(0, by.length), counters: row.slice(by.length).map(Number) }));
}

/** Names of tables and columns are those of the domain's closed lists: any other is refused before it gets into a statement. */
function selectSums({ sql }: Phones, { rollup, by, where }: SumQuery): string {
  const { key, counters } = storedRollup(rollup);
  const time = key.includes('hour') ? 'hour' : 'day';
  const unknown = [...by, ...where.map(({ column }) => column)].filter((column) => !key.includes(column));
  if (unknown.length > 0) throw new Error(`${rollup} is not kept by ${unknown.join(', ')}`);
  const columns = [...by.map((column) => `s.${column}`), ...counters.map((counter) => `sum(s.${counter})`)];
  const filters = where.map(({ column }) => ` AND s.${column} IN (SELECT value FROM json_each(?))`);
  // Without columns to keep apart there is one row, also where there is nothing to sum; it must not be there then.
  const group = by.length === 0 ? 'HAVING count(*) > 0' : `GROUP BY ${by.map((column) => `s.${column}`).join(', ')}`;
  return `
    SELECT ${columns.join(', ')} FROM (${sql}) p CROSS JOIN ${rollup} s
    WHERE s.account_id = ? AND s.phone = p.phone AND s.${time} BETWEEN ? AND ?${filters.join('')} ${group} LIMIT ?`;
}
