import type { Command } from 'commander';
import type { Difference, Recompute } from '../../store/store.ts';
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
  const { documents, rows, differences, examples } = report;
  if (json) cli.print(JSON.stringify(report));
  else cli.print(`${documents} calls, ${rows} rows of sums, ${differences} that differ`);
  if (differences === 0) return;
  if (!json) for (const example of examples) cli.say(describe(example));
  throw new CommandError('the figures are not what the stored calls say; "voxgauge rebuild" makes them anew');
}

function describe({ rollup, key, stored, expected }: Difference): string {
  const print = (counters: readonly number[] | null) => (counters === null ? 'no row' : counters.join(' '));
  return `${rollup} ${key.join(' ')}: stored ${print(stored)}, expected ${print(expected)}`;
}

async function rebuild(cli: Cli, { json }: Options): Promise<void> {
  const { documents } = await (await cli.store()).calls.rebuild(await recomputeFor(cli));
  cli.print(json ? JSON.stringify({ documents }) : `made all figures anew from ${documents} calls`);
}

/** What reads the documents is loaded here: no other command needs it to start. */
async function recomputeFor(cli: Cli): Promise<Recompute> {
  const { Calendars } = await import('../../ingest/document-reader.ts');
  const { recomputeWith } = await import('../../ingest/recompute.ts');
  return recomputeWith({ ...cli.config, calendars: new Calendars(), readPhone: await cli.readPhone() });
}
