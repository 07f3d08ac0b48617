import type { ReadPhone } from '../domain/phone.ts';
import { type Tool, tools, type User } from '../store/access-store.ts';
import type { Store } from '../store/store.ts';
import { CommandError, UsageError } from './cli.ts';

/** Reads the name of a tool. */
export function parseTool(name: string): Tool {
  const tool = tools.find((candidate) => candidate === name);
  if (tool === undefined) throw new UsageError(`--tool must be one of ${tools.join(', ')}, got "${name}"`);
  return tool;
}

/** The user of a login. A login that lives in several tools needs the tool to be said. */
export async function findUser(store: Store, login: string, toolName: string | undefined): Promise<User> {
  const tool = toolName === undefined ? null : parseTool(toolName);
  const users = await store.accounts.users();
  const found = users.filter((user) => user.login === login && (tool === null || user.tool === tool));
  const [user, ...others] = found;
  if (user === undefined) {
    const where = tool === null ? '' : ` of tool ${tool}`;
    throw new CommandError(`there is no login "${login}"${where}; "voxgauge user list" shows those that are`);
  }
  if (others.length === 0) return user;
  const names = found.map((candidate) => candidate.tool).join(', ');
  throw new UsageError(`login "${login}" lives in ${names}; say which with --tool`);
}

/** Reads a telephone number of an account, in any usual spelling. */
export function parsePhone(spelled: string, country: string, readPhone: ReadPhone): string {
  const { number } = readPhone(spelled, country);
  if (number === '') throw new UsageError(`a telephone number must have digits, got "${spelled}"`);
  return number;
}
