import type { Command } from 'commander';
import type { DocumentReader } from '../../ingest/document-reader.ts';
import type { Account, Difference, Recompute } from '../../store/store.ts';
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
  const report = await cli.store().calls.verify(await recomputeWith(cli));
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
  const { documents } = await cli.store().calls.rebuild(await recomputeWith(cli));
  cli.print(json ? JSON.stringify({ documents }) : `made all figures anew from ${documents} calls`);
}

/** Reads stored documents as if they came in now. What reads them is loaded here: no other command needs it to start. */
async function recomputeWith(cli: Cli): Promise<Recompute> {
  const { Calendars, DocumentReader } = await import('../../ingest/document-reader.ts');
  const readPhone = await cli.readPhone();
  const calendars = new Calendars();
  const { maxDocumentBytes, maxEvents } = cli.config;
  const readers = new Map<number, DocumentReader>();
  const readerFor = (account: Account): DocumentReader => {
    const known = readers.get(account.accountId);
    if (known !== undefined) return known;
    const reader = new DocumentReader(account, { calendars, readPhone, maxDocumentBytes, maxEvents });
    readers.set(account.accountId, reader);
    return reader;
  };
  return (account, document, phone) => readerFor(account).contributionsOf(document, phone);
}
