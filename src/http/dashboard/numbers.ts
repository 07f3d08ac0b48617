import type { RouteHandlerMethod } from 'fastify';
import { failed, ok, type Result } from '../../domain/result.ts';
import type { PhoneNumber, User } from '../../store/access-store.ts';
import { parseNewNumber, parseNumberWith } from '../../wire/dashboard/bodies.ts';
import type { UserName } from '../../wire/dashboard/session.ts';
import type { NumberList, NumberSettings } from '../../wire/dashboard/settings.ts';
import { preview } from '../../wire/problem.ts';
import type { DetailedProblem } from '../problem-details.ts';
import { httpProblem } from '../problems.ts';
import { logChange } from './audit.ts';
import { readBody, wrong } from './body.ts';
import { type Asked, forUsers } from './caller.ts';
import type { DashboardContext } from './context.ts';
import { colleague } from './users.ts';

/** `GET /dashboard/numbers` */
export const listNumbers = (context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async ({ user }) => {
    const numbers = await context.store.numbers.list(user.account.accountId);
    const list: NumberList = {
      numbers: numbers.filter((each) => isKnown(user, each)).map((each) => settingsOf(user, each)),
    };
    return ok(list);
  });

const isOwner = ({ userId }: User, { owner }: PhoneNumber): boolean => owner.userId === userId;
const canChange = (user: User, number: PhoneNumber): boolean => user.isAdmin || isOwner(user, number);
const isKnown = (user: User, number: PhoneNumber): boolean =>
  canChange(user, number) || number.sharedWith.some(({ userId }) => userId === user.userId);

const settingsOf = (user: User, number: PhoneNumber): NumberSettings => ({
  number: number.phone,
  owner: nameOf(number.owner),
  shared_with: canChange(user, number) ? number.sharedWith.map(nameOf) : [],
  can_change: canChange(user, number),
});

export const nameOf = ({ userId, tool, login }: Pick<User, 'userId' | 'tool' | 'login'>): UserName => ({
  id: userId,
  tool,
  login,
});

/** `POST /dashboard/numbers`: the user is its owner. */
export const addNumber = (context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async (asked) => {
    const body = readBody(asked.request, parseNewNumber);
    if (!body.ok) return body;
    const phone = phoneOf(asked.user, body.value.number, context);
    if (!phone.ok) return phone;
    const { userId, account } = asked.user;
    const { store, nowMs } = context;
    if (!(await store.numbers.add(account.accountId, userId, phone.value, nowMs()))) {
      return failed(
        httpProblem('conflict', `the account has ${phone.value} already; its owner or an administrator can share it`),
      );
    }
    logChange(asked, 'number added', { number: phone.value });
    const number = await findNumber(asked.user, phone.value, context);
    return number.ok ? ok(settingsOf(asked.user, number.value)) : number;
  });

function phoneOf(
  { account: { country } }: User,
  spelled: string,
  { readPhone }: DashboardContext,
): Result<string, DetailedProblem> {
  const { number } = readPhone(spelled, country);
  if (number !== '') return ok(number);
  return failed(wrong({ parameter: 'number', error: `must have digits, got ${preview(spelled)}` }));
}

/** A number that the user may know of. */
async function findNumber(
  user: User,
  phone: string,
  { store }: DashboardContext,
): Promise<Result<PhoneNumber, DetailedProblem>> {
  const numbers = await store.numbers.list(user.account.accountId);
  const number = numbers.find((each) => each.phone === phone && isKnown(user, each));
  if (number !== undefined) return ok(number);
  return failed(
    httpProblem('unknown', `there is no number ${phone} that you see; GET /dashboard/numbers lists those that you do`),
  );
}

const verbs = { share: 'number shared', unshare: 'number no longer shared', give: 'number given away' } as const;
export type NumberVerb = keyof typeof verbs;
export const numberVerbs = ['share', 'unshare', 'give'] as const satisfies readonly NumberVerb[];

/** `POST /dashboard/numbers/share`, `…/unshare`, `…/give` */
export const changeNumber = (verb: NumberVerb, context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async (asked) => {
    const change = await changeOf(asked, verb, context);
    if (!change.ok) return change;
    const { user } = asked;
    const { phone, other } = change.value;
    await context.store.numbers[verb](user.account.accountId, phone, other.userId);
    logChange(asked, verbs[verb], { number: phone, withUserId: other.userId });
    const number = await findNumber(user, phone, context);
    // Whoever has given a number away may not see it any more.
    return ok(number.ok ? settingsOf(user, number.value) : null);
  });

interface NumberChange {
  readonly phone: string;
  readonly other: User;
}

async function changeOf(
  { request, user }: Asked,
  verb: NumberVerb,
  context: DashboardContext,
): Promise<Result<NumberChange, DetailedProblem>> {
  const body = readBody(request, parseNumberWith);
  if (!body.ok) return body;
  const phone = phoneOf(user, body.value.number, context);
  if (!phone.ok) return phone;
  const number = await findNumber(user, phone.value, context);
  if (!number.ok) return number;
  if (!canChange(user, number.value)) {
    const detail = `only ${number.value.owner.login}, who owns ${phone.value}, or an administrator may do this`;
    return failed(httpProblem('forbidden', detail));
  }
  const other = await colleague(user, body.value.user_id, context);
  if (!other.ok) return other;
  if (other.value.isDisabled && verb !== 'unshare') {
    const detail = `${other.value.login} is disabled, and would not see ${phone.value}; choose another user`;
    return failed({ ...httpProblem('conflict', detail), parameter: 'user_id' });
  }
  return ok({ phone: phone.value, other: other.value });
}
