import type { RouteHandlerMethod } from 'fastify';
import { failed, ok } from '../../domain/result.ts';
import { hashPassword } from '../../secrets/passwords.ts';
import { parsePasswordChange } from '../../wire/dashboard/bodies.ts';
import { logIn } from '../log-in.ts';
import { httpProblem } from '../problems.ts';
import { logChange } from './audit.ts';
import { readBody } from './body.ts';
import { forUsers } from './caller.ts';
import type { DashboardContext } from './context.ts';
import { beginSession } from './sessions.ts';

/** `POST /dashboard/password`: the user's own. Ends all sessions, and begins a new one for this browser. */
export const changePassword = (context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async (asked) => {
    const { request, reply, user } = asked;
    const body = readBody(request, parsePasswordChange);
    if (!body.ok) return body;
    const { current, password } = body.value;
    // Whoever has found a browser open is to guess no more often than anybody else.
    const known = await logIn(request, reply, { login: { ...user, password: current }, context });
    if (!known.ok && known.error.code === 'loginInvalid') {
      return failed({
        ...httpProblem('forbidden', 'current must be your password of now, and is not'),
        parameter: 'current',
      });
    }
    if (!known.ok) return known;
    await context.store.accounts.setPassword(user.userId, await hashPassword(password));
    await beginSession(request, reply, { user, context });
    logChange(asked, 'password changed');
    return ok(null);
  });
