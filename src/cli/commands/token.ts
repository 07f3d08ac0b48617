import type { Command } from 'commander';
import { keyHint, newApiToken, sha256Of } from '../../secrets/tokens.ts';
import type { ApiToken } from '../../store/access-store.ts';
import { type Cli, CommandError } from '../cli.ts';
import { findUser } from '../find.ts';
import { printInstant, printInstantOrNull, printTable } from '../table.ts';
import { parseId, parseLabel } from './key.ts';

interface AddOptions {
  readonly login: string;
  readonly tool?: string;
  readonly label: string;
  readonly json?: boolean;
}

/** `voxgauge token …` */
export function addTokenCommands(program: Command, cli: Cli): void {
  const token = program
    .command('token')
    .description('API tokens: with one, reports can be read, and nothing else done');
  token
    .command('add')
    .description('make a token, and print it alone; it is not shown again')
    .requiredOption('--login <name>', 'whose numbers can be read about')
    .option('--tool <tool>', 'needed where the login lives in several tools')
    .option('--label <text>', 'what the token is for, to be shown in lists', '')
    .option('--json', 'print JSON')
    .action((options: AddOptions) => add(cli, options));
  token
    .command('list')
    .description('list all tokens with their last use, revoked ones too')
    .option('--json', 'print JSON')
    .action((options: { readonly json?: boolean }) => list(cli, options));
  token
    .command('revoke <id>')
    .description('make a token worthless, at once')
    .option('--json', 'print JSON')
    .action((id: string, options: { readonly json?: boolean }) => revoke(cli, id, options));
}

async function add(cli: Cli, { login, tool, json, ...options }: AddOptions): Promise<void> {
  const label = parseLabel(options.label);
  const store = await cli.store();
  const user = await findUser(store, login, tool);
  const token = newApiToken();
  const { tokenId } = await store.tokens.add(
    { user, sha256: sha256Of(token), hint: keyHint(token), label },
    cli.nowMs(),
  );
  cli.print(json ? JSON.stringify({ id: tokenId, token, login: user.login, label }) : token);
}

async function list(cli: Cli, { json }: { readonly json?: boolean }): Promise<void> {
  const tokens = (await (await cli.store()).tokens.list()).map(publicToken);
  if (json) return cli.print(JSON.stringify(tokens));
  const rows = tokens.map(({ id, hint, account, login, label, created_at, last_used_at, revoked_at }) => [
    `${id}`,
    `${hint}…`,
    account,
    login,
    label,
    created_at,
    last_used_at ?? 'never',
    revoked_at ?? '',
  ]);
  printTable(cli, ['id', 'token', 'account', 'login', 'label', 'made', 'last used', 'revoked'], rows);
}

const publicToken = ({ tokenId, hint, user, label, createdAtMs, lastUsedAtMs, revokedAtMs }: ApiToken) => ({
  id: tokenId,
  hint,
  account: user.account.name,
  login: user.login,
  label,
  created_at: printInstant(createdAtMs),
  last_used_at: printInstantOrNull(lastUsedAtMs),
  revoked_at: printInstantOrNull(revokedAtMs),
});

async function revoke(cli: Cli, text: string, { json }: { readonly json?: boolean }): Promise<void> {
  const tokenId = parseId(text);
  if (!(await (await cli.store()).tokens.revoke(tokenId, cli.nowMs()))) {
    throw new CommandError(
      `there is no token ${tokenId} that could be revoked; "voxgauge token list" shows those that are`,
    );
  }
  cli.print(json ? JSON.stringify({ id: tokenId, revoked: true }) : `revoked token ${tokenId}`);
}
