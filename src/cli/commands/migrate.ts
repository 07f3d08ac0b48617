import type { Command } from 'commander';
import type { Cli } from '../cli.ts';

/** `voxgauge migrate` */
export function addMigrateCommand(program: Command, cli: Cli): void {
  program
    .command('migrate')
    .description('bring the store to the schema of this version; on a Citus cluster, distribute its tables')
    .option('--json', 'print JSON')
    .action((options: { readonly json?: boolean }) => migrate(cli, options));
}

async function migrate(cli: Cli, { json }: { readonly json?: boolean }): Promise<void> {
  const { applied, distributed } = await cli.migrate();
  if (json) {
    cli.print(JSON.stringify({ applied, distributed }));
    return;
  }
  cli.print(applied.length === 0 ? 'the schema is that of this version' : `applied ${applied.join(', ')}`);
  if (distributed.length > 0) cli.print(`distributed ${distributed.join(', ')} by account`);
}
