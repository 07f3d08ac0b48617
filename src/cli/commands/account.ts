import type { Command } from 'commander';
import { type Weekday, weekdays } from '../../domain/calendar.ts';
import type { Account } from '../../store/access-store.ts';
import type { RecountProgress } from '../../store/call-store.ts';
import { type Store, StoreUnavailable } from '../../store/store.ts';
import { type Cli, CommandError, UsageError } from '../cli.ts';
import { Progress } from '../progress.ts';
import { printTable } from '../table.ts';
import { parseTimeZone } from './user.ts';
import { recomputeFor } from './verify.ts';

interface SetOptions {
  readonly timeZone?: string;
  readonly weekStart?: string;
  readonly allowInput?: string;
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
    .description('change settings of an account')
    .option(
      '--time-zone <zone>',
      'IANA zone whose days reports count; all calls are counted anew, while servers work; run again, it goes on',
    )
    .option('--week-start <day>', "monday to sunday, or 1 to 7: where the dashboard's weeks start")
    .option('--allow-input <on|off>', 'whether events may hold what a caller said or keyed in')
    .option('--json', 'print JSON')
    .action((name: string, options: SetOptions) => set(cli, name, options));
}

async function list(cli: Cli, { json }: { readonly json?: boolean }): Promise<void> {
  const store = await cli.store();
  const accounts = await store.accounts.list();
  const recounts = new Map((await store.calls.recounts()).map((recount) => [recount.account.accountId, recount]));
  if (json) {
    const printed = accounts.map((account) => ({ ...publicAccount(account), ...publicRecount(recounts, account) }));
    return cli.print(JSON.stringify(printed));
  }
  const rows = accounts.map((account) => [
    account.name,
    account.timeZone + recountOf(recounts.get(account.accountId)),
    account.country,
    dayNames[account.weekStart - 1] ?? '',
    account.allowsInput ? 'kept' : 'refused',
  ]);
  printTable(cli, ['account', 'time zone', 'country', 'weeks start', 'input of callers'], rows);
}

const recountOf = (recount: RecountProgress | undefined): string =>
  recount === undefined ? '' : ` (${recount.documents} of ${recount.total} calls counted)`;

function publicRecount(recounts: ReadonlyMap<number, RecountProgress>, { accountId }: Account) {
  const found = recounts.get(accountId);
  return { recount: found === undefined ? null : { documents: found.documents, total: found.total } };
}

/** Settings that are to be changed. */
interface Changes {
  readonly timeZone: string | null;
  readonly weekStart: Weekday | null;
  readonly allowsInput: boolean | null;
}

async function set(cli: Cli, name: string, options: SetOptions): Promise<void> {
  const changes = parseChanges(options);
  const store = await cli.store();
  const { accountId } = await findAccount(store, name);
  const { timeZone, weekStart, allowsInput } = changes;
  if (allowsInput !== null) await store.accounts.setAllowsInput(accountId, allowsInput);
  if (weekStart !== null) await store.accounts.setWeekStart(accountId, weekStart);
  if (timeZone !== null) {
    await store.accounts.setTimeZone(accountId, timeZone);
    await recount(cli, await findAccount(store, name));
  }
  if (options.json) return cli.print(JSON.stringify(publicAccount(await findAccount(store, name))));
  for (const line of described(name, changes)) cli.print(line);
}

function parseChanges({ timeZone, weekStart, allowInput }: SetOptions): Changes {
  if (timeZone === undefined && weekStart === undefined && allowInput === undefined) {
    throw new UsageError('say what to change, with --time-zone, --week-start or --allow-input');
  }
  return {
    timeZone: timeZone === undefined ? null : parseTimeZone(timeZone, '--time-zone'),
    weekStart: weekStart === undefined ? null : parseWeekday(weekStart),
    allowsInput: allowInput === undefined ? null : parseSwitch(allowInput),
  };
}

function parseWeekday(text: string): Weekday {
  const place = dayNames.findIndex((name, index) => [name.toLowerCase(), `${index + 1}`].includes(text.toLowerCase()));
  const weekday = weekdays[place];
  if (weekday === undefined) throw new UsageError(`--week-start must be monday to sunday, or 1 to 7, got "${text}"`);
  return weekday;
}

function parseSwitch(text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new UsageError(`--allow-input must be on or off, got "${text}"`);
}

async function findAccount(store: Store, name: string): Promise<Account> {
  const account = (await store.accounts.list()).find((candidate) => candidate.name === name);
  if (account !== undefined) return account;
  throw new CommandError(`there is no account "${name}"; "voxgauge account list" shows those that are`);
}

/** Counts to the end what is not counted by the time zone of now; nothing, where all is. */
async function recount(cli: Cli, { accountId, name, timeZone }: Account): Promise<void> {
  const { calls } = await cli.store();
  const recompute = await recomputeFor(cli);
  const progress = new Progress(cli, `${name} in ${timeZone}`);
  try {
    for (;;) {
      const step = await calls.recountNext(accountId, recompute);
      if (step === null) return;
      const { documents, total } = step;
      progress.show({ documents, share: Math.min(1, documents / total) });
    }
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    throw new CommandError(`${error.message}; run the same command again to go on`, { cause: error });
  } finally {
    progress.end();
  }
}

function described(name: string, { timeZone, weekStart, allowsInput }: Changes): readonly string[] {
  const lines: string[] = [];
  if (allowsInput !== null) {
    lines.push(`events of account ${name} ${allowsInput ? 'may' : 'must not'} hold what a caller said or keyed in`);
  }
  if (weekStart !== null) lines.push(`weeks of account ${name} start on ${dayNames[weekStart - 1]} on the dashboard`);
  if (timeZone !== null) lines.push(`all calls of account ${name} count by the days of ${timeZone}`);
  return lines;
}

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const publicAccount = ({ name, timeZone, country, allowsInput, weekStart }: Account) => ({
  name,
  time_zone: timeZone,
  country,
  week_start: weekStart,
  allow_input: allowsInput,
});
