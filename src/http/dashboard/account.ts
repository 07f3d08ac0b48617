import type { RouteHandlerMethod } from 'fastify';
import { Calendar, weekdays } from '../../domain/calendar.ts';
import { failed, ok } from '../../domain/result.ts';
import { parseAccountChange } from '../../wire/dashboard/bodies.ts';
import type { AccountState } from '../../wire/dashboard/settings.ts';
import { preview } from '../../wire/problem.ts';
import { logChange } from './audit.ts';
import { readBody, wrong } from './body.ts';
import { forAdmins, forUsers } from './caller.ts';
import type { DashboardContext } from './context.ts';

/** `GET /dashboard/account` */
export const showAccount = (context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async ({ user: { account } }) => {
    const state: AccountState = { recount: await context.timeZones.progressOf(account.accountId) };
    return ok(state);
  });

/** `PATCH /dashboard/account` */
export const changeAccount = (context: DashboardContext): RouteHandlerMethod =>
  forAdmins(context, async (asked) => {
    const body = readBody(asked.request, parseAccountChange);
    if (!body.ok) return body;
    const { time_zone: timeZone, week_start: weekStart, allows_input: allowsInput } = body.value;
    if (timeZone !== undefined && Calendar.open(timeZone) === null) {
      const error = `must be an IANA time zone such as America/New_York, got ${preview(timeZone)}`;
      return failed(wrong({ parameter: 'time_zone', error }));
    }
    const { account } = asked.user;
    const { accounts } = context.store;
    const weekday = weekdays.find((each) => each === weekStart);
    if (weekday !== undefined) await accounts.setWeekStart(account.accountId, weekday);
    if (allowsInput !== undefined) await accounts.setAllowsInput(account.accountId, allowsInput);
    const isOtherZone = timeZone !== undefined && timeZone !== account.timeZone;
    if (isOtherZone) await context.timeZones.start(account.accountId, timeZone);
    logChange(asked, 'account changed', { timeZone, weekStart, allowsInput });
    return ok(null);
  });
