import { failed, ok, type Result } from '../../domain/result.ts';
import { preview } from '../problem.ts';

/** A tool login as a client sends it. */
export interface LoginRequest<Tool extends string> {
  readonly tool: Tool;
  readonly login: string;
  readonly password: string;
}

/** Reads a login by field name, wherever its fields came from; the error is a sentence that never holds the password. */
export function parseLogin<Tool extends string>(
  field: (name: string) => string | null,
  tools: readonly Tool[],
): Result<LoginRequest<Tool>, string> {
  const [toolName, login, password] = [field('tool'), field('login'), field('password')];
  const missing = Object.entries({ tool: toolName, login, password }).filter(([, value]) => value === null);
  if (toolName === null || login === null || password === null) {
    const names = missing.map(([name]) => name).join(', ');
    return failed(`${names} must be given as form fields of application/x-www-form-urlencoded`);
  }
  const tool = tools.find((candidate) => candidate === toolName);
  if (tool === undefined) return failed(`tool must be one of ${tools.join(', ')}, got ${preview(toolName)}`);
  // Not every store can look for it, and nobody has it.
  if (login.includes('\0')) return failed('login must not contain NUL');
  // In characters, as a schema counts them.
  if (login === '' || [...login].length > 256) return failed('login must have 1 to 256 characters');
  return ok({ tool, login, password });
}
