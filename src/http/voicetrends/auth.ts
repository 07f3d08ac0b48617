import type { FastifyReply, FastifyRequest } from 'fastify';
import { failed, ok, type Result } from '../../domain/result.ts';
import { isPassword } from '../../secrets/passwords.ts';
import { newHex32, sha256Of } from '../../secrets/tokens.ts';
import { type QuotaWindow, type Tool, tools, type User } from '../../store/store.ts';
import { type LoginRequest, parseLogin } from '../../wire/voicetrends/auth.ts';
import { printJson } from '../../wire/voicetrends/json.ts';
import { printXml } from '../../wire/voicetrends/xml.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';
import { addressWindow, authWindow, setQuotaHeaders, setRetryAfter } from '../quota.ts';
import { queryOf } from '../surface.ts';
import { send, sendProblem, wantsXml } from './answer.ts';
import type { VoiceTrendsContext } from './context.ts';

/** `POST /api/auth`: a tool login for temporary credentials. */
export function authHandler(context: VoiceTrendsContext) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    reply.header('Cache-Control', 'no-store');
    const fields = await fieldsOf(request);
    if (!fields.ok) return sendProblem(request, reply, fields.error);
    const login = parseLogin(fields.value, tools);
    if (!login.ok) return sendProblem(request, reply, httpProblem('badRequest', login.error));
    const refused = await spendAttempt(request, reply, { login: login.value, context });
    if (refused !== null) return sendProblem(request, reply, refused);
    const user = await userOf(login.value, context);
    const stopped = await spendFailure(request, reply, { isRight: user !== null, context });
    if (stopped !== null) return sendProblem(request, reply, stopped);
    if (user === null) return sendProblem(request, reply, httpProblem('loginInvalid'));
    const credentials = await newCredentials(user, context);
    return wantsXml(request)
      ? send(reply, 'application/xml', printXml(credentials))
      : send(reply, 'application/json', printJson(credentials));
  };
}

/** The fields of the form, or of the query string where the form lacks them. */
async function fieldsOf(request: FastifyRequest): Promise<Result<(name: string) => string | null, HttpProblem>> {
  const query = queryOf(request);
  const form = await formOf(request);
  if (form === null) {
    return failed(httpProblem('badRequest', 'the body must be a form: application/x-www-form-urlencoded'));
  }
  return ok((name) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : query.get(name);
  });
}

/** Clients that hand fields to curl as they are send multipart/form-data, which costs nothing to understand. */
async function formOf({ body, headers }: FastifyRequest): Promise<FormData | null> {
  if (!(body instanceof Uint8Array) || body.length === 0) return new FormData();
  const type = headers['content-type'] ?? '';
  try {
    return await new Response(Buffer.from(body), { headers: { 'content-type': type } }).formData();
  } catch {
    // No form, or a broken one: whichever it is, the answer says what to send.
    return null;
  }
}

interface Attempt {
  readonly login: LoginRequest<Tool>;
  readonly context: VoiceTrendsContext;
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
  { isRight, context }: { readonly isRight: boolean; readonly context: VoiceTrendsContext },
): Promise<HttpProblem | null> {
  const { authFailuresPerAddress: limit, store } = context;
  const address = addressWindow(request.ip, context.nowMs());
  const isGranted = isRight
    ? (await store.access.used(address)) < limit
    : (await store.access.spend(address, limit)).isGranted;
  return isGranted ? null : addressProblem(reply, address, context);
}

function addressProblem(reply: FastifyReply, address: QuotaWindow, context: VoiceTrendsContext): HttpProblem {
  const { authAttemptsPerWindow: limit, authFailuresPerAddress, nowMs } = context;
  setQuotaHeaders(reply, address, { limit, used: limit });
  setRetryAfter(reply, address, nowMs());
  return httpProblem('tooMany', `an address may fail to log in ${authFailuresPerAddress} times in 15 minutes`);
}

/** null when the login is wrong or inactive. */
async function userOf(
  { tool, login, password }: LoginRequest<Tool>,
  { store }: VoiceTrendsContext,
): Promise<User | null> {
  const user = await store.accounts.findUser(tool, login);
  const isRight = await isPassword(password, user?.passwordHash ?? null);
  return user === null || !isRight || user.isDisabled ? null : user;
}

async function newCredentials({ userId }: User, { store, nowMs }: VoiceTrendsContext) {
  const credentials = { login: newHex32(), password: newHex32() };
  const { login, password } = credentials;
  await store.access.addCredential({ login, userId, passwordSha256: sha256Of(password) }, nowMs());
  return credentials;
}
