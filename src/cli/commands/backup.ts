import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { CommandError } from '../cli.ts';

/** `voxgauge backup FILE` */
export function addBackupCommand(program: Command, cli: Cli): void {
  program
    .command('backup <file>')
    .description('write a consistent copy of the database to a new file, also while the server runs')
    .option('--json', 'print JSON')
    .action((file: string, options: { readonly json?: boolean }) => backUp(cli, file, options));
}

async function backUp(cli: Cli, file: string, { json }: { readonly json?: boolean }): Promise<void> {
  const path = resolve(file);
  if (!existsSync(dirname(path)))
    throw new CommandError(`there is no folder ${dirname(path)}; make it, or name another`);
  try {
    await (await cli.store()).backup(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`no backup was made: ${reason}`, { cause: error });
  }
  cli.print(
    json
      ? JSON.stringify({ file })
      : `wrote ${file}; to restore it, put it into an empty folder as voxgauge.db, and name the folder in VOXGAUGE_DATA`,
  );
}
