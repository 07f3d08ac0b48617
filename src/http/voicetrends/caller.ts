import type { FastifyReply, FastifyRequest } from 'fastify';
import { credentialLifetimeMs } from '../../domain/quota.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import { isSecret } from '../../secrets/tokens.ts';
import type { User } from '../../store/store.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';
import { sendProblem } from './answer.ts';
import type { VoiceTrendsContext } from './context.ts';
import { dataWindow, setQuotaHeaders, setRetryAfter } from './quota.ts';

/** The user behind HTTP Basic credentials. Their use is noted, which gives them another 24 hours. */
async function identify(request: FastifyRequest, context: VoiceTrendsContext): Promise<Result<User, HttpProblem>> {
  const given = basicCredentials(request.headers.authorization);
  if (given === null) return failed(httpProblem('credentialsMissing'));
  // Anything else was never handed out, and need not be looked for.
  const credential = temporaryLogin.test(given.login) ? await context.store.access.findCredential(given.login) : null;
  const nowMs = context.nowMs();
  const isValid =
    credential !== null &&
    isSecret(given.password, credential.passwordSha256) &&
    nowMs - credential.lastUsedAtMs <= credentialLifetimeMs &&
    !credential.user.isDisabled;
  if (!isValid) return failed(httpProblem('credentialsInvalid'));
  context.store.access.touchCredential(credential.login, nowMs);
  return ok(credential.user);
}

const temporaryLogin = /^[0-9a-f]{32}$/;

/** RFC 7617; null when there are none. */
function basicCredentials(header: string | undefined): { readonly login: string; readonly password: string } | null {
  const [, encoded] = /^basic +([a-z0-9+/=_-]+) *$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return null;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon === -1 ? null : { login: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

/** Admits a data request: credentials, then quota; 401 and 429 are answered here, and the answer is then null. */
export async function admit(request: FastifyRequest, reply: FastifyReply, context: VoiceTrendsContext) {
  const user = await identify(request, context);
  if (!user.ok) {
    await sendProblem(request, reply, user.error);
    return null;
  }
  const nowMs = context.nowMs();
  const limit = context.dataRequestsPerWindow;
  const window = dataWindow(user.value.userId, nowMs);
  const { used, isGranted } = await context.store.access.spend(window, limit);
  setQuotaHeaders(reply, window, { limit, used });
  if (isGranted) return user.value;
  setRetryAfter(reply, window, nowMs);
  await sendProblem(request, reply, httpProblem('tooMany', `a login may send ${limit} data requests in 15 minutes`));
  return null;
}

/** Answers a problem that is no data request (a wrong path or method): a known caller sees the quota, which stays as it is. */
export async function sendOutside(
  request: FastifyRequest,
  reply: FastifyReply,
  { problem, context }: { readonly problem: HttpProblem; readonly context: VoiceTrendsContext },
): Promise<FastifyReply> {
  const user = await identify(request, context);
  if (user.ok) {
    const window = dataWindow(user.value.userId, context.nowMs());
    const used = await context.store.access.used(window);
    setQuotaHeaders(reply, window, { limit: context.dataRequestsPerWindow, used });
  }
  return sendProblem(request, reply, problem);
}
