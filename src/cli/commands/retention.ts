import type { Command } from 'commander';
import { firstInstantMsOf, type Month, parseMonth, printMonth } from '../../domain/retention.ts';
import type { Dropped } from '../../store/call-store.ts';
import { StoreUnavailable } from '../../store/store.ts';
import { type Cli, CommandError, UsageError } from '../cli.ts';
import { Progress } from '../progress.ts';

interface Options {
  readonly json?: boolean;
}

interface DropOptions extends Options {
  readonly before: string;
}

/** `voxgauge retention …` */
export function addRetentionCommands(program: Command, cli: Cli): void {
  const retention = program
    .command('retention')
    .description('show from which month on documents are kept')
    .option('--json', 'print JSON')
    .action((options: Options) => show(cli, options));
  retention
    .command('drop')
    .description('remove the documents of calls that started before a month, for good; all figures stay as they are')
    .requiredOption('--before <month>', 'the first month that is kept, YYYY-MM, in UTC')
    // The command above it takes --json, wherever it stands.
    .action((_: unknown, command: Command) => drop(cli, command.optsWithGlobals<DropOptions>()));
}

async function show(cli: Cli, { json }: Options): Promise<void> {
  const keptFrom = await (await cli.store()).calls.keptFrom();
  if (json) cli.print(JSON.stringify({ kept_from: keptFrom === null ? null : printMonth(keptFrom) }));
  else if (keptFrom === null) cli.print('all documents are kept');
  else cli.print(`documents are kept from ${printMonth(keptFrom)} on; the figures of the time before are final`);
}

async function drop(cli: Cli, { before, json }: DropOptions): Promise<void> {
  const month = parseBefore(before, cli.nowMs());
  const { keptFrom, documents } = await dropBefore(cli, month);
  if (json) cli.print(JSON.stringify({ kept_from: printMonth(keptFrom), documents }));
  else
    cli.print(`${documents} documents removed; kept from ${printMonth(keptFrom)} on, and all figures are as they were`);
}

function parseBefore(text: string, nowMs: number): Month {
  const month = parseMonth(text);
  if (month === null) throw new UsageError(`--before must be a month, YYYY-MM, got "${text}"`);
  const isOver = firstInstantMsOf(month + 1) <= nowMs;
  if (isOver) return month;
  throw new UsageError(`--before must be a month that is over, for at least the current one must be kept, got ${text}`);
}

async function dropBefore(cli: Cli, month: Month): Promise<Dropped> {
  const { calls } = await cli.store();
  const progress = new Progress(cli, 'retention');
  try {
    return await calls.dropBefore(month, (step) => progress.show(step));
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    throw new CommandError(`${error.message}; run the same command again to go on`, { cause: error });
  } finally {
    progress.end();
  }
}
