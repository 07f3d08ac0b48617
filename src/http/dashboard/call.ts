import type { RouteHandlerMethod } from 'fastify';
import { failed, ok } from '../../domain/result.ts';
import { detailOf } from '../../wire/dashboard/call-answer.ts';
import { preview } from '../../wire/problem.ts';
import { httpProblem } from '../problems.ts';
import { queryOf } from '../surface.ts';
import { wrong } from './body.ts';
import { forUsers } from './caller.ts';
import type { DashboardContext } from './context.ts';

/** `GET /dashboard/call?id=…`. A call of a number that the user does not see is unknown to the user. */
export const callHandler = (context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async ({ request, user: { userId, account } }) => {
    const ids = queryOf(request).getAll('id');
    const [id = ''] = ids;
    if (ids.length !== 1 || id === '') {
      return failed(
        wrong({ parameter: 'id', error: `must be given once: the id of a call, got ${ids.length} of them` }),
      );
    }
    const { store, intake } = context;
    const record = await store.calls.read(account.accountId, id);
    const isVisible = record !== null && (await store.numbers.isVisible(account.accountId, userId, record.phone));
    if (!isVisible) {
      const error = `there is no call ${preview(id)} of a number that you see; GET /dashboard/calls lists those that there are`;
      return failed(httpProblem('unknown', error));
    }
    const call = intake.readerFor(account).callOf(record.document, record.phone);
    return ok(detailOf({ ...record, call }, account.timeZone));
  });
