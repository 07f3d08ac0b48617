import type { Command } from 'commander';
import { type Day, dateOf } from '../../domain/calendar.ts';
import { wholeRowsFrom } from '../../domain/retention.ts';
import type { Difference, Recompute } from '../../store/call-store.ts';
import { type Cli, CommandError } from '../cli.ts';

interface Options {
  readonly json?: boolean;
}

/** `voxgauge verify` and `voxgauge rebuild` */
export function addVerifyCommands(program: Command, cli: Cli): void {
  program
    .command('verify')
    .description('compare every figure with the stored calls; exit code 1 when one differs')
    .option('--json', 'print JSON')
    .action((options: Options) => verify(cli, options));
  program
    .command('rebuild')
    .description('make every figure anew from the stored calls; ingest waits until it is done')
    .option('--json', 'print JSON')
    .action((options: Options) => rebuild(cli, options));
}

async function verify(cli: Cli, { json }: Options): Promise<void> {
  const report = await (await cli.store()).calls.verify(await recomputeFor(cli));
  const { documents, rows, differences, examples, comparedFrom } = report;
  const recounting = report.recounting.map(({ name }) => name).sort();
  const from = comparedFrom === null ? null : dateOf(comparedFrom).toString();
  if (json) cli.print(JSON.stringify({ documents, rows, differences, examples, compared_from: from, recounting }));
  else cli.print(`${documents} calls, ${rows} rows of sums${fromDay(comparedFrom)}, ${differences} that differ`);
  for (const name of recounting) {
    cli.say(`account ${name} is being counted anew in its time zone; its sums are compared with what was added so far`);
  }
  if (differences === 0) return;
  if (!json) for (const example of examples) cli.say(describe(example));
  throw new CommandError('the figures are not what the stored calls say; "voxgauge rebuild" makes them anew');
}

/** Documents of the time before were dropped, so nothing can be said of its figures. */
const fromDay = (day: Day | null): string => (day === null ? '' : ` from ${dateOf(day)} on`);

function describe({ rollup, key, stored, expected }: Difference): string {
  const print = (counters: readonly number[] | null) => (counters === null ? 'no row' : counters.join(' '));
  return `${rollup} ${key.join(' ')}: stored ${print(stored)}, expected ${print(expected)}`;
}

async function rebuild(cli: Cli, { json }: Options): Promise<void> {
  const { calls } = await cli.store();
  const { documents } = await calls.rebuild(await recomputeFor(cli));
  if (json) {
    cli.print(JSON.stringify({ documents }));
    return;
  }
  const keptFrom = await calls.keptFrom();
  const which = keptFrom === null ? 'all figures' : `the figures${fromDay(wholeRowsFrom(keptFrom).firstDay)}`;
  cli.print(`made ${which} anew from ${documents} calls`);
}

/** What reads the documents is loaded here: most commands do not need it to start. */
export async function recomputeFor(cli: Cli): Promise<Recompute> {
  const { Calendars } = await import('../../ingest/document-reader.ts');
  const { recomputeWith } = await import('../../ingest/recompute.ts');
  return recomputeWith({ ...cli.config, calendars: new Calendars(), readPhone: await cli.readPhone() });
}
