import type { RouteHandlerMethod } from 'fastify';
import { failed, ok } from '../../domain/result.ts';
import { firstInstantMsOf, parseMonth, printMonth } from '../../domain/retention.ts';
import type { User } from '../../store/access-store.ts';
import { parseRetentionChange } from '../../wire/dashboard/bodies.ts';
import type { Retention, RetentionDone } from '../../wire/dashboard/settings.ts';
import { preview } from '../../wire/problem.ts';
import { httpProblem } from '../problems.ts';
import { logChange } from './audit.ts';
import { readBody, wrong } from './body.ts';
import { forUsers } from './caller.ts';
import type { DashboardContext } from './context.ts';

/** `GET /dashboard/retention` */
export const showRetention = (context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async ({ user }) => {
    const { calls } = context.store;
    const keptFrom = await calls.keptFrom();
    const reason = await obstacleOf(user, context);
    const state: Retention = {
      kept_from: keptFrom === null ? null : printMonth(keptFrom),
      // Of all accounts, so nobody's business where there are others; and it takes a look at every document.
      documents: reason === null ? await calls.count() : null,
      can_change: reason === null,
      reason,
    };
    return ok(state);
  });

/** What keeps the user from dropping documents, which are then gone of all accounts. */
async function obstacleOf({ isAdmin }: User, { store }: DashboardContext): Promise<string | null> {
  if ((await store.accounts.list()).length > 1) {
    return 'the server has several accounts, and documents are removed of all: its operator can, with "voxgauge retention drop"';
  }
  return isAdmin ? null : 'only administrators of the account may remove documents; ask one of them';
}

/** `POST /dashboard/retention`: answers when it is done, which may take minutes. */
export function changeRetention(context: DashboardContext): RouteHandlerMethod {
  let isDropping = false;
  return forUsers(context, async (asked) => {
    const obstacle = await obstacleOf(asked.user, context);
    if (obstacle !== null) return failed(httpProblem('forbidden', obstacle));
    const body = readBody(asked.request, parseRetentionChange);
    if (!body.ok) return body;
    const month = parseMonth(body.value.kept_from);
    if (month === null || firstInstantMsOf(month + 1) > context.nowMs()) {
      const error = `must be a month that is over, YYYY-MM, got ${preview(body.value.kept_from)}`;
      return failed(wrong({ parameter: 'kept_from', error }));
    }
    if ((await context.timeZones.progressOf(asked.user.account.accountId)) !== null) {
      const detail =
        'figures are being counted anew in another time zone, which needs all documents; wait until that is done';
      return failed(httpProblem('conflict', detail));
    }
    if (isDropping) return failed(httpProblem('conflict', 'documents are being removed now; wait until that is done'));
    isDropping = true;
    // Nothing moves on the connection until it is done, and that is no reason to cut it off.
    asked.request.raw.socket.setTimeout(0);
    try {
      const { keptFrom, documents } = await context.store.calls.dropBefore(month);
      const done: RetentionDone = { kept_from: printMonth(keptFrom), documents };
      logChange(asked, 'documents removed', done);
      return ok(done);
    } finally {
      isDropping = false;
    }
  });
}
