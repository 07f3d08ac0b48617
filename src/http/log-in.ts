import type { FastifyReply, FastifyRequest } from 'fastify';
import { failed, ok, type Result } from '../domain/result.ts';
import { isPassword } from '../secrets/passwords.ts';
import type { QuotaWindow, Tool, User } from '../store/access-store.ts';
import type { Store } from '../store/store.ts';
import { type HttpProblem, httpProblem } from './problems.ts';
import { addressWindow, authWindow, setQuotaHeaders, setRetryAfter } from './quota.ts';

/** What logging in needs. All ways in share the attempts of a login, and the failures of an address. */
export interface LogInContext {
  readonly store: Store;
  readonly nowMs: () => number;
  /** A window is 15 minutes. */
  readonly authAttemptsPerWindow: number;
  readonly authFailuresPerAddress: number;
}

export interface Login {
  readonly tool: Tool;
  readonly login: string;
  readonly password: string;
}

/** The user of a login and password; a problem where they are wrong, the user disabled, or tried too often. */
export async function logIn(
  request: FastifyRequest,
  reply: FastifyReply,
  { login, context }: Attempt,
): Promise<Result<User, HttpProblem>> {
  const refused = await spendAttempt(request, reply, { login, context });
  if (refused !== null) return failed(refused);
  const user = await userOf(login, context);
  const stopped = await spendFailure(request, reply, { isRight: user !== null, context });
  if (stopped !== null) return failed(stopped);
  return user === null ? failed(httpProblem('loginInvalid')) : ok(user);
}

interface Attempt {
  readonly login: Login;
  readonly context: LogInContext;
}

/** Counts the attempt; a problem when there were too many of this login, or too many wrong ones from this address. */
async function spendAttempt(
  request: FastifyRequest,
  reply: FastifyReply,
  { login, context }: Attempt,
): Promise<HttpProblem | null> {
  const { authAttemptsPerWindow: limit, authFailuresPerAddress, store } = context;
  const nowMs = context.nowMs();
  // First, so that an address that is stopped can use up nobody's attempts.
  const address = addressWindow(request.ip, nowMs);
  const failures = await store.access.used(address);
  if (failures >= authFailuresPerAddress) return addressProblem(reply, address, context);
  const window: QuotaWindow = authWindow(login, nowMs);
  const { used, isGranted } = await store.access.spend(window, limit);
  setQuotaHeaders(reply, window, { limit, used });
  if (isGranted) return null;
  setRetryAfter(reply, window, nowMs);
  return httpProblem('tooMany', `a login may be tried ${limit} times in 15 minutes`);
}

/**
 * Counts a wrong attempt; a problem when the address had all of its failures, also of a right one. Attempts that came at the same time
 * have all passed the first look, and must not learn more than they would one after the other.
 */
async function spendFailure(
  request: FastifyRequest,
  reply: FastifyReply,
  { isRight, context }: { readonly isRight: boolean; readonly context: LogInContext },
): Promise<HttpProblem | null> {
  const { authFailuresPerAddress: limit, store } = context;
  const address = addressWindow(request.ip, context.nowMs());
  const isGranted = isRight
    ? (await store.access.used(address)) < limit
    : (await store.access.spend(address, limit)).isGranted;
  return isGranted ? null : addressProblem(reply, address, context);
}

function addressProblem(reply: FastifyReply, address: QuotaWindow, context: LogInContext): HttpProblem {
  const { authAttemptsPerWindow: limit, authFailuresPerAddress, nowMs } = context;
  setQuotaHeaders(reply, address, { limit, used: limit });
  setRetryAfter(reply, address, nowMs());
  return httpProblem('tooMany', `an address may fail to log in ${authFailuresPerAddress} times in 15 minutes`);
}

/** null when the login is wrong or inactive. */
async function userOf({ tool, login, password }: Login, { store }: LogInContext): Promise<User | null> {
  const user = await store.accounts.findUser(tool, login);
  const isRight = await isPassword(password, user?.passwordHash ?? null);
  return user === null || !isRight || user.isDisabled ? null : user;
}
