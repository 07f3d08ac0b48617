import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { liveNumbers } from '../src/demo/live-calls.ts';
import { type Account, addAccount } from './account.ts';
import type { Bench, Section } from './bench.ts';
import { writeCsv } from './csv.ts';
import type { Ask, DayFigures, Question } from './databases.ts';
import { callCount, ndjsonOf, numberCount, spreadCalls } from './documents.ts';
import { openDuckDb } from './duckdb.ts';
import { median } from './figures.ts';
import { installPackages } from './packages.ts';
import { openPostgres } from './postgres.ts';
import { figure, markdownTable } from './table.ts';
import { runVoxgauge, VoxgaugeServer } from './voxgauge.ts';
import { askOverHttp, readStore } from './voxgauge-answers.ts';

const [phone = ''] = liveNumbers(1);
const days = 100;
const question: Question = { phone, firstDay: '2026-02-23', lastDay: '2026-03-02' };

interface Candidate {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/** One report over a million calls, against databases that are asked the same of a plain table of the calls. */
export async function benchMillion(bench: Bench): Promise<Section> {
  const { cleanup, say } = bench;
  installPackages(say);
  const filled = await fill(bench);
  const server = await VoxgaugeServer.start({ folder: filled.storeFolder, cleanup });
  const asked = { account: filled.account, question };
  const overHttp = await askOverHttp(server.address, asked, cleanup);
  const store = await readStore(filled.storeFolder, question, cleanup);
  say('(c) filling DuckDB and PostgreSQL');
  const options = { folder: bench.folder, csvPath: filled.csvPath, question, cleanup };
  const duckDb = await openDuckDb(options);
  const postgres = await openPostgres(options);
  await requireSameAnswers({ 'Voxgauge over HTTP': overHttp, DuckDB: duckDb.ask, PostgreSQL: postgres.ask });
  const candidates: readonly Candidate[] = [
    { name: 'Voxgauge, over HTTP', run: overHttp },
    { name: 'Voxgauge, the read of the store alone', run: store },
    { name: 'DuckDB, in the process of the client', run: duckDb.ask },
    { name: 'PostgreSQL, over TCP', run: postgres.ask },
  ];
  const medians = await medianLatencies(candidates, bench);
  return {
    text: textOf(candidates, medians, filled),
    versions: { DuckDB: duckDb.version, PostgreSQL: postgres.version },
  };
}

interface Filled {
  readonly account: Account;
  readonly storeFolder: string;
  readonly csvPath: string;
  readonly calls: number;
  readonly importSeconds: number;
}

/** Imports the calls as an operator would, and writes them down for the other databases. */
async function fill({ folder, cleanup, isQuick, say }: Bench): Promise<Filled> {
  const spread = { lastDay: question.lastDay, days, callsPerHour: isQuick ? 40 : 1000 };
  const calls = callCount(spread);
  say(`(c) importing ${calls} calls`);
  const storeFolder = join(folder, 'voxgauge');
  mkdirSync(storeFolder);
  const place = { folder: storeFolder, cleanup };
  const account = await addAccount(place);
  const csvPath = join(folder, 'calls.csv');
  const input = ndjsonOf(writeCsv(csvPath, spreadCalls(spread)));
  const startMs = performance.now();
  await runVoxgauge(place, ['import', 'calls', '-', '--login', account.login], input);
  return { account, storeFolder, csvPath, calls, importSeconds: (performance.now() - startMs) / 1000 };
}

/** Answers have three decimals on the wire. */
const precision = 0.001;

async function requireSameAnswers(asks: Readonly<Record<string, Ask>>): Promise<void> {
  const answers = await Promise.all(Object.entries(asks).map(async ([name, ask]) => ({ name, days: await ask() })));
  const [first, ...others] = answers;
  const different = others.find(({ days }) => !isSame(days, first?.days ?? []));
  if (different === undefined && first?.days.length === 8) return;
  throw new Error(`the databases answer differently: ${JSON.stringify(answers)}`);
}

const isSame = (left: readonly DayFigures[], right: readonly DayFigures[]): boolean =>
  left.length === right.length &&
  left.every(({ averagePageLoad, ...counts }, index) => {
    const { averagePageLoad: other = Number.NaN, ...otherCounts } = right[index] ?? {};
    const isNear = Math.abs(averagePageLoad - other) <= precision;
    return isNear && JSON.stringify(counts) === JSON.stringify(otherCounts);
  });

const asksPerRound = 50;

/** In milliseconds. The candidates take turns, so that a busy machine is unfair to none. */
async function medianLatencies(candidates: readonly Candidate[], { isQuick, say }: Bench): Promise<readonly number[]> {
  const latencies = candidates.map((): number[] => []);
  const rounds = isQuick ? 3 : 20;
  for (let round = 0; round <= rounds; round += 1) {
    say(`(c) round ${round} of ${rounds}`);
    for (const [index, { run }] of candidates.entries()) {
      const measured = await latenciesOf(run);
      // The first round only warms up.
      if (round > 0) latencies[index]?.push(...measured);
    }
  }
  return latencies.map(median);
}

async function latenciesOf(run: Candidate['run']): Promise<readonly number[]> {
  const latencies: number[] = [];
  for (let ask = 0; ask < asksPerRound; ask += 1) {
    const startMs = performance.now();
    await run();
    latencies.push(performance.now() - startMs);
  }
  return latencies;
}

function textOf(
  candidates: readonly Candidate[],
  medians: readonly number[],
  { calls, importSeconds }: Filled,
): string {
  const [ours = Number.NaN] = medians;
  const rows = candidates.map(({ name }, index) => {
    const latencyMs = medians[index] ?? Number.NaN;
    return [name, figure(latencyMs), `× ${figure(latencyMs / ours)}`];
  });
  return [
    `## (c) The 8-day report over ${figure(calls)} calls`,
    `Calls, errors and average page load of one number by day, over ${days} days of calls on ${numberCount} numbers, one question at a time: ` +
      'Voxgauge reads its sums; DuckDB and PostgreSQL have a plain table of calls, PostgreSQL with an index on number and time. All give the same answer.',
    markdownTable(['', 'median, ms:', 'against Voxgauge over HTTP:'], rows),
    `\`voxgauge import calls\` took the calls in at ${figure(calls / importSeconds)} a second, from start to end of the command.`,
  ].join('\n\n');
}
