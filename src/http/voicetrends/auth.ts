import type { FastifyReply, FastifyRequest } from 'fastify';
import { failed, ok, type Result } from '../../domain/result.ts';
import { newHex32, sha256Of } from '../../secrets/tokens.ts';
import { tools, type User } from '../../store/access-store.ts';
import { parseLogin } from '../../wire/voicetrends/auth.ts';
import { printJson } from '../../wire/voicetrends/json.ts';
import { printXml } from '../../wire/voicetrends/xml.ts';
import { logIn } from '../log-in.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';
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
    const user = await logIn(request, reply, { login: login.value, context });
    if (!user.ok) return sendProblem(request, reply, user.error);
    const credentials = await newCredentials(user.value, context);
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

async function newCredentials({ userId }: User, { store, nowMs }: VoiceTrendsContext) {
  const credentials = { login: newHex32(), password: newHex32() };
  const { login, password } = credentials;
  await store.access.addCredential({ login, userId, passwordSha256: sha256Of(password) }, nowMs());
  return credentials;
}
