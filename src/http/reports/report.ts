import type { FastifyReply, FastifyRequest } from 'fastify';
import { reportPlanOf } from '../../domain/reports/query/plan.ts';
import { groupsOf, type ReportGroup } from '../../domain/reports/query/shape.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import type { NumberSet, User } from '../../store/store.ts';
import { preview } from '../../wire/problem.ts';
import type { ReportPage } from '../../wire/reports/answer.ts';
import { type ParameterProblem, parseParameters, type ReportParameters } from '../../wire/reports/parameters.ts';
import { type PlannedReport, planReport, sizeProblem } from '../../wire/reports/request.ts';
import { httpProblem } from '../problems.ts';
import { queryOf } from '../surface.ts';
import { sendProblem, sendReport } from './answer.ts';
import { admit } from './caller.ts';
import type { ReportsContext } from './context.ts';
import { countBefore, parseCursor, printCursor } from './cursor.ts';

/** `GET /api/v2/report`: admit → parse → plan → fetch → shape → print. */
export function reportHandler(context: ReportsContext) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const user = await admit(request, reply, context);
    if (!user.ok) return sendProblem(request, reply, user.error);
    const query = queryOf(request);
    const page = await pageFor(user.value, query, context);
    if (!page.ok) {
      const { parameter, error } = page.error;
      return sendProblem(request, reply, { ...httpProblem('badRequest', `${parameter} ${error}`), parameter });
    }
    const { next } = page.value;
    if (next !== null) reply.header('Link', `<${nextAddress(query, next)}>; rel="next"`);
    return sendReport(request, reply, page.value);
  };
}

async function pageFor(
  user: User,
  query: URLSearchParams,
  context: ReportsContext,
): Promise<Result<ReportPage, ParameterProblem>> {
  const parameters = parseParameters(query);
  if (!parameters.ok) return parameters;
  const { cursor } = parameters.value;
  const after = cursor === undefined ? null : parseCursor(cursor, query);
  if (cursor !== undefined && after === null) return failed(notACursor(cursor));
  const planned = planReport(parameters.value, context.calendars.of(user.account.timeZone));
  if (!planned.ok) return planned;
  const numbers = await numbersOf(user, parameters.value.number, context);
  if (!numbers.ok) return numbers;
  const groups = await allGroups(user, planned.value, { numbers: numbers.value, context });
  return pageOf(groups, { planned: planned.value, after, query });
}

interface Paging {
  readonly planned: PlannedReport;
  readonly after: ReturnType<typeof parseCursor>;
  readonly query: URLSearchParams;
}

function pageOf(
  groups: readonly ReportGroup[],
  { planned: { plan, limit }, after, query }: Paging,
): Result<ReportPage, ParameterProblem> {
  const start = after === null ? 0 : countBefore(groups, after);
  const page = groups.slice(start, start + limit);
  const problem = sizeProblem(plan, page.length);
  if (problem !== null) return failed(problem);
  const end = start + page.length;
  return ok({ plan, groups: page, next: end < groups.length ? printCursor(groups, end, query) : null });
}

interface Reading {
  readonly numbers: NumberSet;
  readonly context: ReportsContext;
}

async function allGroups({ account }: User, { plan }: PlannedReport, { numbers, context }: Reading) {
  const { accountId } = account;
  return groupsOf(plan, await context.store.calls.report({ accountId, numbers, ...reportPlanOf(plan) }));
}

/** The numbers that were asked for. One that is unknown and one of somebody else look the same from outside. */
async function numbersOf(
  { account, userId }: User,
  spelled: ReportParameters['number'],
  { store, readPhone }: ReportsContext,
): Promise<Result<NumberSet, ParameterProblem>> {
  if (spelled === undefined) return ok({ kind: 'owned', ownerId: userId });
  const phones: string[] = [];
  for (const text of spelled) {
    const phone = readPhone(text.slice(0, 128), account.country).number;
    if (phone === '' || !(await store.numbers.isOwned(account.accountId, userId, phone))) {
      return failed({ parameter: 'number', error: `must be a number that this login owns, got ${preview(text)}` });
    }
    phones.push(phone);
  }
  return ok({ kind: 'listed', phones });
}

const notACursor = (given: string): ParameterProblem => ({
  parameter: 'cursor',
  error: `must be "next" of an answer to the same question, got ${preview(given)}; leave it out to begin again`,
});

function nextAddress(query: URLSearchParams, next: string): string {
  const following = new URLSearchParams(query);
  following.set('cursor', next);
  return `/api/v2/report?${following}`;
}
