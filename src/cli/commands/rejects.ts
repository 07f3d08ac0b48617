import type { Command } from 'commander';
import { decodeUtf8 } from '../../ingest/lines.ts';
import { retryReject } from '../../ingest/retry.ts';
import type { AccountId } from '../../store/access-store.ts';
import type { Reject } from '../../store/call-store.ts';
import type { Store } from '../../store/store.ts';
import { type Cli, CommandError, UsageError } from '../cli.ts';
import { findUser } from '../find.ts';
import { printInstant, printTable } from '../table.ts';
import { parseId } from './key.ts';

interface Options {
  readonly login?: string;
  readonly tool?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `voxgauge rejects …` */
export function addRejectCommands(program: Command, cli: Cli): void {
  const rejects = program.command('rejects').description('documents that were not taken, kept with the reason');
  const described = (signature: string, description: string) =>
    rejects
      .command(signature)
      .description(description)
      .option('--login <name>', 'only of the account of this login')
      .option('--tool <tool>', 'needed where the login lives in several tools')
      .option('--json', 'print JSON');
  described('list', 'list what is kept').action((options: Options) => list(cli, options));
  rejects
    .command('show <id>')
    .description('print one document, as it was sent')
    .option('--json', 'print JSON')
    .action((id: string, options: Options) => show(cli, id, options));
  described('retry [ids...]', 'take documents in again, as if they were sent now')
    .option('--all', 'all of them')
    .action((ids: string[], options: Options) => retry(cli, ids, options));
  described('drop [ids...]', 'forget documents for good')
    .option('--all', 'all of them')
    .action((ids: string[], options: Options) => drop(cli, ids, options));
}

async function list(cli: Cli, options: Options): Promise<void> {
  const rejects = await Array.fromAsync(chosen(cli, 'all', options), publicReject);
  if (options.json) return cli.print(JSON.stringify(rejects));
  const rows = rejects.map(({ id, account, call, path, error, times, last_at }) => [
    `${id}`,
    account,
    call ?? '',
    last_at,
    `${times}`,
    `${path === '' ? 'document' : path} ${error}`,
  ]);
  printTable(cli, ['id', 'account', 'call', 'last seen', 'times', 'reason'], rows);
}

const publicReject = ({ rejectId, account, callId, path, error, times, firstAtMs, lastAtMs }: Reject) => ({
  id: rejectId,
  account: account.name,
  call: callId,
  path,
  error,
  times,
  first_at: printInstant(firstAtMs),
  last_at: printInstant(lastAtMs),
});

async function show(cli: Cli, id: string, { json }: Options): Promise<void> {
  const rejectId = parseId(id);
  const reject = await require(await cli.store(), rejectId);
  const text = decodeUtf8(reject.document);
  const document = text ?? Buffer.from(reject.document).toString('base64');
  if (json) {
    return cli.print(
      JSON.stringify({ ...publicReject(reject), encoding: text === null ? 'base64' : 'utf-8', document }),
    );
  }
  cli.say(`${reject.path === '' ? 'document' : reject.path} ${reject.error}`);
  if (text === null) cli.say('the document is not UTF-8; it follows in base64');
  cli.print(document);
}

/** Documents that are taken now leave the quarantine; those that are not stay, with the reason of now. */
async function retry(cli: Cli, ids: readonly string[], options: Options): Promise<void> {
  const choice = parseChoice(ids, options);
  const store = await cli.store();
  const intake = await cli.intake();
  const left: number[] = [];
  let taken = 0;
  for await (const reject of chosen(cli, choice, options)) {
    const { rejectId } = reject;
    const retried = await retryReject(reject, null, { store, intake });
    if (!retried.ok) {
      throw new CommandError(`stopped at ${rejectId}: ${retried.error.reason}; ${taken} were taken so far`);
    }
    if (retried.value.kind === 'taken') taken += retried.value.dropped;
    else left.push(rejectId);
    if (retried.value.kind !== 'outdated') continue;
    cli.say(`${rejectId} is older than what is stored of its call; "voxgauge rejects drop ${rejectId}" forgets it`);
  }
  if (options.json) cli.print(JSON.stringify({ taken, still_rejected: left }));
  else cli.print(`${taken} taken, ${left.length} still rejected`);
  if (left.length > 0) throw new CommandError('"voxgauge rejects list" shows what is wrong with those that are left');
}

async function drop(cli: Cli, ids: readonly string[], options: Options): Promise<void> {
  const rejectIds = await Array.fromAsync(chosen(cli, parseChoice(ids, options), options), ({ rejectId }) => rejectId);
  const dropped = await (await cli.store()).rejects.drop(rejectIds);
  cli.print(options.json ? JSON.stringify({ dropped }) : `${dropped} dropped`);
}

const pageSize = 200;

type Choice = readonly number[] | 'all';

function parseChoice(ids: readonly string[], { all = false }: Options): Choice {
  if (ids.length > 0 === all) throw new UsageError('name the ids that "voxgauge rejects list" shows, or say --all');
  return all ? 'all' : ids.map(parseId);
}

/** The rejects that were chosen, of all those that there are now. Only a page of them is held. */
async function* chosen(cli: Cli, choice: Choice, { login, tool }: Options): AsyncGenerator<Reject> {
  const store = await cli.store();
  const accountId: AccountId | null =
    login === undefined ? null : (await findUser(store, login, tool)).account.accountId;
  if (choice !== 'all') {
    for (const rejectId of choice) yield await require(store, rejectId);
    return;
  }
  for (let afterId = 0; ; ) {
    const page = await store.rejects.list({ accountId, afterId, limit: pageSize });
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    afterId = last.rejectId;
  }
}

async function require(store: Store, rejectId: number): Promise<Reject> {
  const reject = await store.rejects.find(rejectId);
  if (reject !== null) return reject;
  throw new CommandError(`nothing is kept under ${rejectId}; "voxgauge rejects list" shows what is`);
}
