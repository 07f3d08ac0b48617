import { expect } from 'vitest';
import type { Account } from './account.ts';
import { type Ask, lineOf, namesOf, pagesFrom, reportIn, textIn } from './ask.ts';
import { readCsv } from './csv.ts';
import { isPercentile } from './figures.ts';
import { groupColumns, type Name } from './groups.ts';
import { breakdowns } from './kept.ts';
import { problemOf } from './problem.ts';
import { pathOf, type Question } from './question.ts';
import { type Rank, type Report, type Row, refusal, reportOf } from './report-model.ts';

/** Holds a server's answers against the model's. */

/** Percentiles that are near enough, replaced by those that they are near to. */
function settled(got: Row, want: Row | undefined): Row {
  return Object.fromEntries(
    Object.entries(got).map(([name, value]) => {
      const wanted = want?.[name];
      if (isRow(value) && isRow(wanted)) return [name, settled(value, wanted)];
      return [name, isPercentile(name) && isNear(value, wanted) ? wanted : value];
    }),
  );
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

/** Within 1 %, and half of the fifth decimal to which it is rounded. */
const isNear = (got: unknown, want: unknown) =>
  typeof got === 'number' && typeof want === 'number' && Math.abs(got - want) <= want * 0.01 + 0.000005 + 1e-9;

const nameIn = (row: Row, { by }: Question): Name =>
  (by === null ? [] : groupColumns[by]).map((column) => {
    const part = row[column];
    return typeof part === 'number' ? part : String(part);
  });

/** Where groups are in the order of a percentile, which is not exact: what the server says it is over the whole range. */
async function rankOf(ask: Ask, account: Account, question: Question): Promise<Rank | null> {
  const [first = ''] = question.metrics ?? [];
  if (!isPercentile(first) || question.by === null) return null;
  const whole = { ...question, metrics: [first], period: null, isCompared: false };
  const { rows } = await reportIn(ask, pathOf(whole, account, 500));
  const ranks = new Map(
    rows.map((row) => {
      const value = row[first];
      return [JSON.stringify(nameIn(row, question)), typeof value === 'number' ? value : null];
    }),
  );
  return (name) => ranks.get(JSON.stringify(name)) ?? null;
}

/** Rows with their names in the order in which they came. */
const inOrder = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row));

async function checkTables(ask: Ask, path: string, report: Report): Promise<void> {
  const { rows, by } = report;
  const csv = await textIn(ask, path, 'text/csv');
  expect(csv.type).toMatch(/^text\/csv\b/);
  const columns = breakdowns.flatMap((breakdown) => (breakdown === by ? groupColumns[breakdown] : []));
  expect(readCsv(csv.text)).toEqual([namesOf(report, columns), ...rows.map(lineOf)]);
  const lined = await textIn(ask, path, 'application/x-ndjson');
  expect(lined.type).toMatch(/^application\/x-ndjson\b/);
  expect(lined.text).toBe(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

async function checkPages(ask: Ask, account: Account, { question, whole }: Answered): Promise<void> {
  const pages = await pagesFrom(ask, pathOf(question, account, question.limit));
  expect(pages.flatMap(({ rows }) => inOrder(rows))).toEqual(inOrder(whole.rows));
  const groupCounts = pages.map(({ rows }) => new Set(rows.map((row) => JSON.stringify(nameIn(row, question)))).size);
  expect(groupCounts.slice(0, -1)).toEqual(groupCounts.slice(1).map(() => question.limit));
  expect(pages.map(({ rows, next, ...head }) => head)).toEqual(
    pages.map(() => {
      const { rows, next, ...head } = whole;
      return head;
    }),
  );
}

interface Answered {
  readonly question: Question;
  readonly whole: Report;
}

/** Asks in every representation, at once and in pages, and expects what the model has. */
export async function checkAnswers(ask: Ask, account: Account, question: Question): Promise<void> {
  const path = pathOf(question, account, question.by === null ? null : 500);
  const refused = refusal(question, account);
  if (refused !== null) {
    const problem = problemOf(await ask(path));
    expect({ path, ...problem }).toMatchObject({ status: 400, parameter: refused });
    return;
  }
  const got = await reportIn(ask, path);
  const want = reportOf(account, question, await rankOf(ask, account, question));
  const rows = got.rows.map((row, index) => settled(row, want.rows[index]));
  expect({ path, ...got, rows }).toEqual({ path, ...want });
  expect(inOrder(rows)).toEqual(inOrder(want.rows));
  await checkTables(ask, path, got);
  await checkPages(ask, account, { question, whole: got });
}
