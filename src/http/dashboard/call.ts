import type { RouteHandlerMethod } from 'fastify';
import { failed, ok } from '../../domain/result.ts';
import type { User } from '../../store/access-store.ts';
import { detailOf } from '../../wire/dashboard/call-answer.ts';
import type { CallDetail } from '../../wire/dashboard/calls.ts';
import { preview } from '../../wire/problem.ts';
import { httpProblem } from '../problems.ts';
import { queryOf } from '../surface.ts';
import { wrong } from './body.ts';
import { forUsers } from './caller.ts';
import type { DashboardContext } from './context.ts';
import type { Turns } from './turns.ts';

/** `GET /dashboard/call?id=…`. A call of a number that the user does not see is unknown to the user. */
export const callHandler = (context: DashboardContext, turns: Turns): RouteHandlerMethod =>
  forUsers(context, async ({ request, user }) => {
    const ids = queryOf(request).getAll('id');
    const [id = ''] = ids;
    if (ids.length !== 1 || id === '') {
      return failed(
        wrong({ parameter: 'id', error: `must be given once: the id of a call, got ${ids.length} of them` }),
      );
    }
    const detail = await turns.take(user.userId, () => readCall(user, id, context));
    if (detail !== null) return ok(detail);
    const error = `there is no call ${preview(id)} of a number that you see; GET /dashboard/calls lists those that there are`;
    return failed(httpProblem('unknown', error));
  });

async function readCall(
  { userId, account }: User,
  id: string,
  { store, intake }: DashboardContext,
): Promise<CallDetail | null> {
  const record = await store.calls.read(account.accountId, id);
  if (record === null || !(await store.numbers.isVisible(account.accountId, userId, record.phone))) return null;
  const call = intake.readerFor(account).callOf(record.document, record.phone);
  return detailOf({ ...record, call }, account.timeZone);
}
