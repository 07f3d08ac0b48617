import type { Command } from 'commander';
import type { Account } from '../../store/store.ts';
import { type Cli, CommandError, UsageError } from '../cli.ts';
import { printTable } from '../table.ts';

interface SetOptions {
  readonly allowInput: string;
  readonly json?: boolean;
}

/** `voxgauge account …` */
export function addAccountCommands(program: Command, cli: Cli): void {
  const account = program.command('account').description('accounts and their settings');
  account
    .command('list')
    .description('list all accounts')
    .option('--json', 'print JSON')
    .action((options: { readonly json?: boolean }) => list(cli, options));
  account
    .command('set <name>')
    .description('change a setting of an account')
    .requiredOption('--allow-input <on|off>', 'whether events may hold what a caller said or keyed in')
    .option('--json', 'print JSON')
    .action((name: string, options: SetOptions) => set(cli, name, options));
}

async function list(cli: Cli, { json }: { readonly json?: boolean }): Promise<void> {
  const accounts = await (await cli.store()).accounts.list();
  if (json) return cli.print(JSON.stringify(accounts.map(publicAccount)));
  const rows = accounts.map(({ name, timeZone, country, allowsInput }) => [
    name,
    timeZone,
    country,
    allowsInput ? 'kept' : 'refused',
  ]);
  printTable(cli, ['account', 'time zone', 'country', 'input of callers'], rows);
}

async function set(cli: Cli, name: string, { allowInput, json }: SetOptions): Promise<void> {
  if (allowInput !== 'on' && allowInput !== 'off')
    throw new UsageError(`--allow-input must be on or off, got "${allowInput}"`);
  const store = await cli.store();
  const account = (await store.accounts.list()).find((candidate) => candidate.name === name);
  if (account === undefined) {
    throw new CommandError(`there is no account "${name}"; "voxgauge account list" shows those that are`);
  }
  const allowsInput = allowInput === 'on';
  await store.accounts.setAllowsInput(account.accountId, allowsInput);
  if (json) return cli.print(JSON.stringify(publicAccount({ ...account, allowsInput })));
  cli.print(`events of account ${name} ${allowsInput ? 'may' : 'must not'} hold what a caller said or keyed in`);
}

const publicAccount = ({ name, timeZone, country, allowsInput }: Account) => ({
  name,
  time_zone: timeZone,
  country,
  allow_input: allowsInput,
});
