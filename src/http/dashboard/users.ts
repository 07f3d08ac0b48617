import type { RouteHandlerMethod } from 'fastify';
import { failed, ok, type Result } from '../../domain/result.ts';
import { hashPassword } from '../../secrets/passwords.ts';
import { tools, type User } from '../../store/access-store.ts';
import { parseNewUser, parseUserChange } from '../../wire/dashboard/bodies.ts';
import type { UserList, UserSettings } from '../../wire/dashboard/settings.ts';
import { preview } from '../../wire/problem.ts';
import type { DetailedProblem } from '../problem-details.ts';
import { httpProblem } from '../problems.ts';
import { logChange } from './audit.ts';
import { readBody, wrong } from './body.ts';
import { forAdmins, forUsers } from './caller.ts';
import type { DashboardContext } from './context.ts';
import { idOf } from './id.ts';

async function colleagues({ account }: User, { store }: DashboardContext): Promise<readonly User[]> {
  const users = await store.accounts.users();
  return users.filter((each) => each.account.accountId === account.accountId);
}

/** A user of the same account. */
export async function colleague(
  user: User,
  userId: number,
  context: DashboardContext,
): Promise<Result<User, DetailedProblem>> {
  const found = (await colleagues(user, context)).find((each) => each.userId === userId);
  if (found !== undefined) return ok(found);
  return failed(
    httpProblem(
      'unknown',
      `there is no user ${userId} in this account; GET /dashboard/users lists those that there are`,
    ),
  );
}

const settingsOf = (user: User, { userId, tool, login, isAdmin, isDisabled }: User): UserSettings => ({
  id: userId,
  tool,
  login,
  is_admin: isAdmin,
  is_disabled: isDisabled,
  is_you: userId === user.userId,
});

/** `GET /dashboard/users` */
export const listUsers = (context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async ({ user }) => {
    const users = await colleagues(user, context);
    const list: UserList = { users: users.map((each) => settingsOf(user, each)), can_change: user.isAdmin };
    return ok(list);
  });

/** `POST /dashboard/users` */
export const addUser = (context: DashboardContext): RouteHandlerMethod =>
  forAdmins(context, async (asked) => {
    const body = readBody(asked.request, parseNewUser);
    if (!body.ok) return body;
    const { login, password, is_admin: isAdmin } = body.value;
    const tool = tools.find((each) => each === body.value.tool);
    if (tool === undefined) {
      const error = `must be one of ${tools.join(', ')}, got ${preview(body.value.tool)}`;
      return failed(wrong({ parameter: 'tool', error }));
    }
    // Its name finds the account, whose settings stay.
    const account = { name: asked.user.account.name, timeZone: null, country: null };
    const passwordHash = await hashPassword(password);
    const { store, nowMs } = context;
    const added = await store.accounts.addUser({ tool, login, passwordHash, isAdmin, account }, nowMs());
    if (!added.ok) {
      return failed(httpProblem('conflict', `login ${preview(login)} of tool ${tool} exists; choose another name`));
    }
    logChange(asked, 'user added', { addedUserId: added.value.user.userId, isAdmin });
    return ok(settingsOf(asked.user, added.value.user));
  });

/** `PATCH /dashboard/users/{id}` */
export const changeUser = (context: DashboardContext): RouteHandlerMethod =>
  forAdmins(context, async (asked) => {
    const { user, request } = asked;
    const id = idOf(request);
    if (!id.ok) return id;
    const other = await colleague(user, id.value, context);
    if (!other.ok) return other;
    const body = readBody(request, parseUserChange);
    if (!body.ok) return body;
    const { userId } = other.value;
    const problem = await apply(body.value, { user, userId }, context);
    if (problem !== null) return failed(problem);
    const { is_admin: isAdmin, is_disabled: isDisabled, password } = body.value;
    logChange(asked, 'user changed', {
      changedUserId: userId,
      isAdmin,
      isDisabled,
      hasNewPassword: password !== undefined,
    });
    const changed = await colleague(user, userId, context);
    return changed.ok ? ok(settingsOf(user, changed.value)) : changed;
  });

interface Change {
  readonly is_admin?: boolean;
  readonly is_disabled?: boolean;
  readonly password?: string;
}

interface Whom {
  readonly user: User;
  readonly userId: number;
}

/** Who changes oneself could not take it back; so another administrator has to. */
async function apply(
  { is_admin: isAdmin, is_disabled: isDisabled, password }: Change,
  { user, userId }: Whom,
  { store }: DashboardContext,
): Promise<DetailedProblem | null> {
  const isYou = userId === user.userId;
  if (isYou && isAdmin === false) return yourself('is_admin', 'take this from yourself');
  if (isYou && isDisabled === true) return yourself('is_disabled', 'disable yourself');
  if (isYou && password !== undefined) {
    const detail = 'your own password is changed by POST /dashboard/password, with the current one';
    return { ...httpProblem('conflict', detail), parameter: 'password' };
  }
  if (isAdmin !== undefined && !(await store.accounts.setAdmin(userId, isAdmin))) return lastOne('is_admin');
  if (isDisabled !== undefined && !(await store.accounts.setDisabled(userId, isDisabled)))
    return lastOne('is_disabled');
  if (password !== undefined) await store.accounts.setPassword(userId, await hashPassword(password));
  return null;
}

const yourself = (parameter: string, what: string): DetailedProblem => ({
  ...httpProblem('conflict', `you cannot ${what}; another administrator can`),
  parameter,
});

const lastOne = (parameter: string): DetailedProblem => ({
  ...httpProblem('conflict', 'this is the last administrator who is not disabled; make another one first'),
  parameter,
});
