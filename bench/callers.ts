import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Random } from '../src/demo/random.ts';
import { type Account, addAccount, logIn } from './account.ts';
import type { Bench, Section } from './bench.ts';
import { median } from './figures.ts';
import { HttpConnection, requestBytes } from './http-connection.ts';
import { figure, markdownTable } from './table.ts';
import { runVoxgauge, VoxgaugeServer } from './voxgauge.ts';

const numbers = 40;
const days = 90;
const lastDay = Temporal.PlainDate.from('2026-03-31');
const firstDay = lastDay.subtract({ days: days - 1 });
const mostMs = 150;

/** Of a million calls, callers that call once a month or so, and callers that hardly ever do: the more of them, the more to count. */
const populations = [200_000, 10_000_000] as const;

/** Distinct callers over a million calls of 40 numbers and 90 days, exact, against counting the rows in SQL. */
export async function benchCallers(bench: Bench): Promise<Section> {
  const rows: string[][] = [];
  for (const population of populations) rows.push(...(await measure(bench, population)));
  const columns = ['', 'distinct callers:', 'median, ms:', 'target', '`count(DISTINCT caller)` in SQLite, ms:'];
  const calls = figure(callCount(bench));
  const text = [
    `## (d) Distinct callers over ${calls} calls`,
    `\`profile\` over HTTP for ${days} days and all of ${numbers} numbers, one question at a time; the first row of each pair is the first question after the start. SQLite counts the rows of the same file.`,
    markdownTable(columns, rows),
  ];
  return { text: text.join('\n\n'), versions: {} };
}

const callCount = ({ isQuick }: Bench): number => (isQuick ? 40_000 : 1_000_000);

async function measure(bench: Bench, population: number): Promise<string[][]> {
  const { cleanup, say } = bench;
  const folder = join(bench.folder, `callers-${population}`);
  mkdirSync(folder);
  const place = { folder, cleanup };
  const account = await addAccount(place);
  say(`(d) importing ${callCount(bench)} calls of ${population} callers`);
  const input = linesOf(callCount(bench), population);
  await runVoxgauge(place, ['import', 'calls', '-', '--login', account.login], input);
  const server = await VoxgaugeServer.start(place);
  const cases = [];
  for (const period of ['month', 'day', 'week'] as const) cases.push(await ask(server, { account, period }));
  await server[Symbol.asyncDispose]();
  const counted = countInSql(join(folder, 'voxgauge.db'));
  return cases.map(({ period, firstMs, medianMs, callers }, index) => [
    `by ${period}, of ${figure(population)} possible callers`,
    figure(callers),
    index === 0 ? `${figure(firstMs)} at first, ${figure(medianMs)}` : figure(medianMs),
    index === 0 ? `≤ ${mostMs} ms: ${Math.max(medianMs, firstMs) <= mostMs ? 'reached' : 'missed'}` : '',
    index === 0 ? figure(counted) : '',
  ]);
}

/** Calls of all numbers and days by chance, and in order of time, as they would have come in. */
function* linesOf(count: number, population: number): Generator<string> {
  const random = new Random(7);
  for (let index = 0; index < count; index += 1) {
    const startedAt = firstDay.toZonedDateTime('UTC').add({ seconds: Math.floor((index * days * 86_400) / count) });
    const call = {
      id: `c-${index}`,
      phone: `+1617399${String(random.below(numbers)).padStart(4, '0')}`,
      caller: `+1${2_010_000_000 + 7 * random.below(population)}`,
      application: 'https://ivr.example/start.php',
      started_at: startedAt.toInstant().toString(),
      ended_at: startedAt.add({ seconds: 60 }).toInstant().toString(),
    };
    yield `${JSON.stringify(call)}\n`;
  }
}

const asks = 30;

interface Case {
  readonly account: Account;
  readonly period: 'month' | 'week' | 'day';
}

async function ask({ address }: VoxgaugeServer, { account, period }: Case) {
  const compact = (date: Temporal.PlainDate) => date.toString().replaceAll('-', '');
  const path = `/api/profile/${compact(firstDay)}/${compact(lastDay)}/${period}/ALL`;
  const request = requestBytes({ method: 'GET', path, headers: { authorization: await logIn(address, account) } });
  const connection = await HttpConnection.open(address);
  const latencies: number[] = [];
  let body = '';
  for (let index = 0; index < asks; index += 1) {
    const startMs = performance.now();
    const answer = await connection.send(request);
    latencies.push(performance.now() - startMs);
    if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}: ${answer.body}`);
    body = `${answer.body}`;
  }
  connection.close();
  const series: Readonly<Record<'callers', Readonly<Record<string, number>>>> = JSON.parse(body);
  const [firstMs = Number.NaN, ...others] = latencies;
  const callers = Object.values(series.callers).reduce((sum, count) => sum + count, 0);
  return { period, firstMs, medianMs: median(others), callers };
}

/** The same by month, in the way that needs nothing besides the rows. */
function countInSql(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true });
  const count = db.prepare(
    'SELECT count(DISTINCT caller) FROM caller_days WHERE account_id = 1 AND day BETWEEN ? AND ?',
  );
  const dayOf = (date: Temporal.PlainDate) => Temporal.PlainDate.from('1970-01-01').until(date).days;
  const latencies = [0, 1, 2].map(() => {
    const startMs = performance.now();
    for (const month of [1, 2, 3]) {
      const first = Temporal.PlainDate.from({ year: 2026, month, day: 1 });
      count.get(dayOf(first), dayOf(first.add({ months: 1 })) - 1);
    }
    return performance.now() - startMs;
  });
  db.close();
  return median(latencies);
}
