import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, Section } from './bench.ts';
import { benchCallers } from './callers.ts';
import { benchDashboard } from './dashboard.ts';
import { benchPostgres } from './engines.ts';
import { benchIngest } from './ingest.ts';
import { machineTable } from './machine.ts';
import { benchMillion } from './million.ts';
import { benchReports } from './reports.ts';
import { benchScaling } from './scaling.ts';

const parts: Readonly<Record<string, (bench: Bench) => Promise<Section>>> = {
  a: benchReports,
  b: benchIngest,
  c: benchMillion,
  d: benchCallers,
  e: benchPostgres,
  f: benchScaling,
  g: benchDashboard,
};

const usage = `npm run bench -- [--only a|b|c|d|e|f|g] [--quick] [--cpu-prof FOLDER]
  --only      one measurement: (a) reports, (b) ingest, (c) a million calls, (d) distinct callers,
              (e) PostgreSQL, (f) as the work grows, (g) the dashboard; VOXGAUGE_BENCH_CITUS=postgres://… lets (f) measure a cluster too
  --quick     less of everything, to see that it works
  --cpu-prof  the server writes CPU profiles into the folder; its figures are then no good
The figures go to standard output, and those of a whole run to bench/results.md too.`;

interface Options {
  readonly names: readonly string[];
  readonly isQuick: boolean;
  readonly profileFolder: string | null;
}

function parseOptions(): Options {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      'cpu-prof': { type: 'string' },
    },
  });
  const { only, quick, 'cpu-prof': profileFolder } = values;
  const known = Object.keys(parts);
  if (only !== undefined && !known.includes(only)) throw new Error(`--only must be one of ${known}, got "${only}"`);
  return {
    names: only === undefined ? known : [only],
    isQuick: quick,
    profileFolder: profileFolder === undefined ? null : resolve(profileFolder),
  };
}

/** On the disk of the repository: /tmp may be memory, where nothing is ever synced. */
function makeFolder(cleanup: AsyncDisposableStack): string {
  const parent = join(import.meta.dirname, 'data');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'run-'));
  // PostgreSQL, which refuses to run as root, must get at its part of it.
  chmodSync(folder, 0o755);
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function measure({ names, ...options }: Options, cleanup: AsyncDisposableStack): Promise<string> {
  const root = makeFolder(cleanup);
  const say = (line: string) => console.error(line);
  const sections: Section[] = [];
  for (const name of names) {
    const folder = join(root, name);
    mkdirSync(folder);
    const measurePart = parts[name];
    if (measurePart !== undefined) sections.push(await measurePart({ ...options, folder, cleanup, say }));
  }
  const versions = Object.assign({}, ...sections.map((section) => section.versions));
  return ['# Benchmark', machineTable(versions), ...sections.map(({ text }) => text)].join('\n\n').concat('\n');
}

async function main(): Promise<void> {
  const options = parseOptions();
  const cleanup = new AsyncDisposableStack();
  let ending: Promise<void> | null = null;
  // A signal and the error that follows from it must wait for the same clean-up.
  const end = () => {
    ending ??= cleanup.disposeAsync();
    return ending;
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end().finally(() => process.exit(1)));
  try {
    const report = await measure(options, cleanup);
    process.stdout.write(report);
    const isWhole = options.names.length === Object.keys(parts).length && !options.isQuick;
    if (isWhole && options.profileFolder === null) writeFileSync(join(import.meta.dirname, 'results.md'), report);
  } finally {
    await end();
  }
}

if (process.argv.includes('--help')) console.log(usage);
else await main();
