import type { Command } from 'commander';
import type { PhoneNumber, User } from '../../store/access-store.ts';
import type { Store } from '../../store/store.ts';
import { type Cli, CommandError } from '../cli.ts';
import { findUser, parsePhone } from '../find.ts';
import { printTable } from '../table.ts';

interface Options {
  readonly login: string;
  readonly tool?: string;
  readonly with?: string;
  readonly to?: string;
  readonly json?: boolean;
}

/** `voxgauge number …` */
export function addNumberCommands(program: Command, cli: Cli): void {
  const number = program
    .command('number')
    .description('telephone numbers of an account, who owns them and who sees them');
  const described = (signature: string, description: string) =>
    number
      .command(signature)
      .description(description)
      .requiredOption('--login <name>', 'a login of the account')
      .option('--tool <tool>', 'needed where a login lives in several tools')
      .option('--json', 'print JSON');
  described('add <number>', 'add a number, owned by the login').action((phone: string, options: Options) =>
    add(cli, phone, options),
  );
  described('list', 'list the numbers of the account').action((options: Options) => list(cli, options));
  described('share <number>', 'let another login see a number on the dashboard')
    .requiredOption('--with <login>', 'the other login')
    .action((phone: string, options: Options) => change(cli, phone, { options, verb: 'share' }));
  described('unshare <number>', 'take a share back')
    .requiredOption('--with <login>', 'the other login')
    .action((phone: string, options: Options) => change(cli, phone, { options, verb: 'unshare' }));
  described('give <number>', 'make another login the owner, of all calls of the number so far too')
    .requiredOption('--to <login>', 'the new owner')
    .action((phone: string, options: Options) => change(cli, phone, { options, verb: 'give' }));
}

async function add(cli: Cli, spelled: string, { login, tool, json }: Options): Promise<void> {
  const store = await cli.store();
  const user = await findUser(store, login, tool);
  const phone = parsePhone(spelled, user.account.country, await cli.readPhone());
  if (!(await store.numbers.add(user.account.accountId, user.userId, phone, cli.nowMs()))) {
    throw new CommandError(`account ${user.account.name} has ${phone} already; "voxgauge number list" shows its owner`);
  }
  if (json) return cli.print(JSON.stringify(publicNumber(await requireNumber(store, user, phone))));
  cli.print(`added ${phone}, owned by ${user.login}`);
}

async function list(cli: Cli, { login, tool, json }: Options): Promise<void> {
  const store = await cli.store();
  const user = await findUser(store, login, tool);
  const numbers = await store.numbers.list(user.account.accountId);
  if (json) return cli.print(JSON.stringify(numbers.map(publicNumber)));
  const rows = numbers.map(publicNumber).map(({ phone, owner, shared_with }) => [phone, owner, shared_with.join(', ')]);
  printTable(cli, ['number', 'owner', 'shared with'], rows);
}

const publicNumber = ({ phone, owner, sharedWith }: PhoneNumber) => ({
  phone,
  owner: owner.login,
  shared_with: sharedWith.map((user) => user.login),
});

type Verb = 'share' | 'unshare' | 'give';

async function change(
  cli: Cli,
  spelled: string,
  { options, verb }: { readonly options: Options; readonly verb: Verb },
): Promise<void> {
  const store = await cli.store();
  const user = await findUser(store, options.login, options.tool);
  const phone = parsePhone(spelled, user.account.country, await cli.readPhone());
  await requireNumber(store, user, phone);
  const other = await otherUser(store, user, options);
  const { accountId } = user.account;
  await store.numbers[verb](accountId, phone, other.userId);
  if (options.json) return cli.print(JSON.stringify(publicNumber(await requireNumber(store, user, phone))));
  const done = { share: 'shared with', unshare: 'no longer shared with', give: 'now owned by' }[verb];
  cli.print(`${phone} is ${done} ${other.login}`);
}

async function requireNumber(store: Store, { account }: User, phone: string): Promise<PhoneNumber> {
  const numbers = await store.numbers.list(account.accountId);
  const number = numbers.find((candidate) => candidate.phone === phone);
  if (number !== undefined) return number;
  throw new CommandError(`account ${account.name} has no number ${phone}; "voxgauge number add" adds it`);
}

/** The other login of the same account. It may live in another tool, so a name that occurs once is enough. */
async function otherUser(store: Store, user: User, options: Options): Promise<User> {
  const login = options.with ?? options.to ?? '';
  const users = await store.accounts.users();
  const inAccount = users.filter(
    (other) => other.login === login && other.account.accountId === user.account.accountId,
  );
  const found = inAccount.find((other) => other.tool === user.tool) ?? inAccount[0];
  if (found !== undefined) return found;
  throw new CommandError(
    `account ${user.account.name} has no login "${login}"; "voxgauge user list" shows those that are`,
  );
}
