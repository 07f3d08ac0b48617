import type { Command } from 'commander';
import { Calendar } from '../../domain/calendar.ts';
import { hashPassword } from '../../secrets/passwords.ts';
import { newPassword } from '../../secrets/tokens.ts';
import type { User } from '../../store/access-store.ts';
import { type Cli, CommandError, UsageError } from '../cli.ts';
import { findUser, parseTool } from '../find.ts';
import { printTable } from '../table.ts';

interface AddOptions {
  readonly tool: string;
  readonly login: string;
  readonly account?: string;
  readonly passwordStdin?: boolean;
  readonly timeZone?: string;
  readonly country?: string;
  readonly admin?: boolean;
  readonly json?: boolean;
}

interface NameOptions {
  readonly login: string;
  readonly tool?: string;
  readonly passwordStdin?: boolean;
  readonly json?: boolean;
}

interface DisableOptions extends NameOptions {
  readonly leaveNoAdmin?: boolean;
}

interface SetOptions extends NameOptions {
  readonly admin: string;
}

/** `voxgauge user …` */
export function addUserCommands(program: Command, cli: Cli): void {
  const user = program.command('user').description('logins, and the accounts that they belong to');
  user
    .command('add')
    .description('add a login; with the first login of a name, an account is made')
    .option('--tool <tool>', 'dev, insight or fuseplus', 'dev')
    .requiredOption('--login <name>', 'name to log in with')
    .option('--account <name>', "account of the login (default: the login's name)")
    .option('--password-stdin', 'read the password from standard input; otherwise one is made and printed once')
    .option('--time-zone <zone>', 'IANA zone of a new account, whose days reports count (default: UTC)')
    .option('--country <code>', 'country of a new account, whose national numbers are understood (default: US)')
    .option('--admin', 'make it an administrator of its account, as the first login of an account always is')
    .option('--json', 'print JSON')
    .action((options: AddOptions) => add(cli, options));
  user
    .command('list')
    .description('list all logins')
    .option('--json', 'print JSON')
    .action((options: { readonly json?: boolean }) => list(cli, options));
  const named = (name: string, description: string) =>
    user
      .command(name)
      .description(description)
      .requiredOption('--login <name>', 'name of the login')
      .option('--tool <tool>', 'needed where the login lives in several tools')
      .option('--json', 'print JSON');
  named('disable', 'lock a login out, also where it is logged in')
    .option('--leave-no-admin', 'also where no other administrator of the account can log in')
    .action((options: DisableOptions) => setDisabled(cli, options, true));
  named('enable', 'let a disabled login in again').action((options: NameOptions) => setDisabled(cli, options, false));
  named('set', 'change what a login may do')
    .requiredOption('--admin <on|off>', 'whether it may change its account: settings, logins, and what is kept')
    .action((options: SetOptions) => setAdmin(cli, options));
  named('passwd', 'set a new password, and end where the login is logged in')
    .option('--password-stdin', 'read the password from standard input; otherwise one is made and printed once')
    .action((options: NameOptions) => setPassword(cli, options));
}

async function add(cli: Cli, options: AddOptions): Promise<void> {
  const tool = parseTool(options.tool);
  const { login } = options;
  if (login === '' || login.length > 256) throw new UsageError('--login must have 1 to 256 characters');
  const password = await choosePassword(cli, options);
  const account = {
    name: options.account ?? login,
    timeZone: options.timeZone === undefined ? null : parseTimeZone(options.timeZone, '--time-zone'),
    country: options.country === undefined ? null : parseCountry(options.country),
  };
  const passwordHash = await hashPassword(password.text);
  const user = { tool, login, passwordHash, isAdmin: options.admin === true, account };
  const added = await (await cli.store()).accounts.addUser(user, cli.nowMs());
  if (added.ok) return report(cli, options, { ...added.value, password });
  if (added.error.kind === 'loginTaken') {
    throw new CommandError(`login "${login}" of tool ${tool} exists; "voxgauge user passwd" sets a new password`);
  }
  const { name, timeZone, country } = added.error.account;
  throw new CommandError(
    `account "${name}" exists, with time zone ${timeZone} and country ${country}; leave --time-zone and --country out`,
  );
}

interface Added {
  readonly user: User;
  readonly isNewAccount: boolean;
  readonly password: ChosenPassword;
}

function report(cli: Cli, { json }: AddOptions, { user, isNewAccount, password }: Added): void {
  const { name, timeZone, country } = user.account;
  if (json) {
    const generated = password.isGenerated ? { password: password.text } : {};
    cli.print(JSON.stringify({ ...publicUser(user), ...generated, is_new_account: isNewAccount }));
    return;
  }
  const made = isNewAccount ? 'new account' : 'account';
  cli.print(
    `added login ${user.login} of tool ${user.tool}, ${made} ${name} (time zone ${timeZone}, country ${country})`,
  );
  if (password.isGenerated) cli.print(`password: ${password.text}`);
}

async function list(cli: Cli, { json }: { readonly json?: boolean }): Promise<void> {
  const users = await (await cli.store()).accounts.users();
  if (json) return cli.print(JSON.stringify(users.map(publicUser)));
  printTable(cli, ['account', 'time zone', 'country', 'tool', 'login', 'role', 'state'], users.map(userRow));
}

const userRow = ({ account, tool, login, isAdmin, isDisabled }: User) => [
  account.name,
  account.timeZone,
  account.country,
  tool,
  login,
  isAdmin ? 'administrator' : '',
  isDisabled ? 'disabled' : 'active',
];

const publicUser = ({ account, tool, login, isAdmin, isDisabled }: User) => ({
  tool,
  login,
  account: account.name,
  time_zone: account.timeZone,
  country: account.country,
  is_admin: isAdmin,
  is_disabled: isDisabled,
});

async function setDisabled(cli: Cli, options: DisableOptions, isDisabled: boolean): Promise<void> {
  const { login, tool, leaveNoAdmin: mayLeaveNoAdmin = false, json } = options;
  const store = await cli.store();
  const user = await findUser(store, login, tool);
  if (!(await store.accounts.setDisabled(user.userId, isDisabled, { mayLeaveNoAdmin }))) {
    throw new CommandError(`${lastAdmin(user)}, or disable it with --leave-no-admin`);
  }
  if (json) return cli.print(JSON.stringify(publicUser({ ...user, isDisabled })));
  cli.print(`${isDisabled ? 'disabled' : 'enabled'} login ${user.login} of tool ${user.tool}`);
}

async function setAdmin(cli: Cli, { login, tool, admin, json }: SetOptions): Promise<void> {
  if (admin !== 'on' && admin !== 'off') throw new UsageError(`--admin must be on or off, got "${admin}"`);
  const isAdmin = admin === 'on';
  const store = await cli.store();
  const user = await findUser(store, login, tool);
  if (!(await store.accounts.setAdmin(user.userId, isAdmin))) throw new CommandError(lastAdmin(user));
  if (json) return cli.print(JSON.stringify(publicUser({ ...user, isAdmin })));
  const role = isAdmin ? 'an administrator' : 'no administrator';
  cli.print(`login ${user.login} of tool ${user.tool} is now ${role} of account ${user.account.name}`);
}

const lastAdmin = ({ login, tool, account }: User): string =>
  `login "${login}" of tool ${tool} is the only administrator of account "${account.name}" who can log in; make another login one with "voxgauge user set --admin on"`;

async function setPassword(cli: Cli, options: NameOptions): Promise<void> {
  const store = await cli.store();
  const user = await findUser(store, options.login, options.tool);
  const password = await choosePassword(cli, options);
  await store.accounts.setPassword(user.userId, await hashPassword(password.text));
  const generated = password.isGenerated ? { password: password.text } : {};
  if (options.json) return cli.print(JSON.stringify({ ...publicUser(user), ...generated }));
  cli.print(`set a new password for login ${user.login} of tool ${user.tool}`);
  if (password.isGenerated) cli.print(`password: ${password.text}`);
}

interface ChosenPassword {
  readonly text: string;
  readonly isGenerated: boolean;
}

async function choosePassword(
  cli: Cli,
  { passwordStdin }: { readonly passwordStdin?: boolean },
): Promise<ChosenPassword> {
  if (!passwordStdin) return { text: newPassword(), isGenerated: true };
  const chunks: Uint8Array[] = [];
  for await (const chunk of cli.stdin) chunks.push(chunk);
  const [text = ''] = Buffer.concat(chunks).toString('utf8').split(/\r?\n/, 1);
  if (text === '')
    throw new UsageError('--password-stdin: the first line of standard input is empty; write the password there');
  return { text, isGenerated: false };
}

export function parseTimeZone(zone: string, option: '--time-zone' | '--zone'): string {
  if (Calendar.open(zone) !== null) return zone;
  throw new UsageError(`${option} must be an IANA name such as America/New_York or UTC, got "${zone}"`);
}

function parseCountry(code: string): string {
  const country = code.toUpperCase();
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  if (/^[A-Z]{2}$/.test(country) && names.of(country) !== undefined) return country;
  throw new UsageError(`--country must be an ISO 3166-1 code of two letters such as US or GB, got "${code}"`);
}
