import type { Command } from 'commander';
import { keyHint, newIngestKey, sha256Of } from '../../secrets/tokens.ts';
import type { IngestKey } from '../../store/access-store.ts';
import { type Cli, CommandError, UsageError } from '../cli.ts';
import { findUser } from '../find.ts';
import { printInstant, printInstantOrNull, printTable } from '../table.ts';

interface AddOptions {
  readonly login: string;
  readonly tool?: string;
  readonly strict?: boolean;
  readonly label: string;
  readonly json?: boolean;
}

/** `voxgauge key …` */
export function addKeyCommands(program: Command, cli: Cli): void {
  const key = program.command('key').description('ingest keys: with one, calls can be sent to an account');
  key
    .command('add')
    .description('make a key, and print it alone; it is not shown again')
    .requiredOption('--login <name>', 'owner of the numbers that calls add to the account')
    .option('--tool <tool>', 'needed where the login lives in several tools')
    .option('--strict', 'refuse calls of numbers that the account does not have')
    .option('--label <text>', 'what the key is for, to be shown in lists', '')
    .option('--json', 'print JSON')
    .action((options: AddOptions) => add(cli, options));
  key
    .command('list')
    .description('list all keys with their last use, revoked ones too')
    .option('--json', 'print JSON')
    .action((options: { readonly json?: boolean }) => list(cli, options));
  key
    .command('revoke <id>')
    .description('make a key worthless, at once')
    .option('--json', 'print JSON')
    .action((id: string, options: { readonly json?: boolean }) => revoke(cli, id, options));
}

async function add(cli: Cli, { login, tool, strict = false, ...options }: AddOptions): Promise<void> {
  const label = parseLabel(options.label);
  const store = await cli.store();
  const user = await findUser(store, login, tool);
  const key = newIngestKey();
  const hint = keyHint(key);
  const { keyId } = await store.keys.add({ user, sha256: sha256Of(key), hint, label, isStrict: strict }, cli.nowMs());
  cli.print(options.json ? JSON.stringify({ id: keyId, key, login: user.login, strict, label }) : key);
}

async function list(cli: Cli, { json }: { readonly json?: boolean }): Promise<void> {
  const keys = await (await cli.store()).keys.list();
  if (json) return cli.print(JSON.stringify(keys.map(publicKey)));
  const rows = keys
    .map(publicKey)
    .map((key) => [
      `${key.id}`,
      `${key.hint}…`,
      key.account,
      key.login,
      key.strict ? 'strict' : '',
      key.label,
      key.created_at,
      key.last_used_at ?? 'never',
      key.revoked_at ?? '',
    ]);
  printTable(cli, ['id', 'key', 'account', 'login', 'kind', 'label', 'made', 'last used', 'revoked'], rows);
}

const publicKey = ({ keyId, hint, user, label, isStrict, createdAtMs, lastUsedAtMs, revokedAtMs }: IngestKey) => ({
  id: keyId,
  hint,
  account: user.account.name,
  login: user.login,
  strict: isStrict,
  label,
  created_at: printInstant(createdAtMs),
  last_used_at: printInstantOrNull(lastUsedAtMs),
  revoked_at: printInstantOrNull(revokedAtMs),
});

async function revoke(cli: Cli, text: string, { json }: { readonly json?: boolean }): Promise<void> {
  const keyId = parseId(text);
  if (!(await (await cli.store()).keys.revoke(keyId, cli.nowMs()))) {
    throw new CommandError(`there is no key ${keyId} that could be revoked; "voxgauge key list" shows those that are`);
  }
  cli.print(json ? JSON.stringify({ id: keyId, revoked: true }) : `revoked key ${keyId}`);
}

const longestLabel = 200;

/** Reads what a key or a token is for. */
export function parseLabel(label: string): string {
  if (label.length <= longestLabel) return label;
  throw new UsageError(`--label must be at most ${longestLabel} characters long, got ${label.length}`);
}

/** Reads the number of a row, as lists show it. */
export function parseId(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError(`an id is a whole number, as lists show it, got "${text}"`);
}
