import type { FastifyReply, FastifyRequest } from 'fastify';
import { planQuery, type QueryPlan, reportPlanOf } from '../../domain/reports/query/plan.ts';
import { groupsOf, groupsThatFit, type ReportGroup } from '../../domain/reports/query/shape.ts';
import { mostSumRows } from '../../domain/reports/sums.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import type { NumberSet, User } from '../../store/store.ts';
import { preview } from '../../wire/problem.ts';
import type { ReportPage } from '../../wire/reports/answer.ts';
import {
  type ParameterProblem,
  parseParameters,
  type ReportParameters,
  usualGroups,
} from '../../wire/reports/parameters.ts';
import { notKept, parseReport } from '../../wire/reports/request.ts';
import { type DataContext, ownedNumber } from '../data-request.ts';
import { httpProblem } from '../problems.ts';
import { queryOf } from '../surface.ts';
import { sendProblem, sendReport } from './answer.ts';
import { admit } from './caller.ts';
import { countBefore, parseCursor, printCursor } from './cursor.ts';

/** It comes back in the address of the next answer, in a header, of which clients and proxies take only so much. */
const longestQuery = 4096;

/** `GET /api/v2/report`: admit → parse → plan → fetch → shape → print. */
export function reportHandler(context: DataContext) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const user = await admit(request, reply, context);
    if (!user.ok) return sendProblem(request, reply, user.error);
    const query = queryOf(request);
    if (`${query}`.length > longestQuery) {
      const detail = `the query must be at most ${longestQuery} characters long, got ${`${query}`.length}; ask for fewer values at once`;
      return sendProblem(request, reply, httpProblem('badRequest', detail));
    }
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
  context: DataContext,
): Promise<Result<ReportPage, ParameterProblem>> {
  const parameters = parseParameters(query);
  if (!parameters.ok) return parameters;
  const { cursor } = parameters.value;
  const after = cursor === undefined ? null : parseCursor(cursor, query);
  if (cursor !== undefined && after === null) return failed(notACursor(cursor));
  const calendar = context.calendars.of(user.account.timeZone);
  const asked = parseReport(parameters.value, calendar);
  if (!asked.ok) return asked;
  const plan = planQuery(asked.value, calendar);
  if (!plan.ok) return failed(notKept(plan.error, asked.value));
  const numbers = await numbersOf(user, parameters.value.number, context);
  if (!numbers.ok) return numbers;
  const { accountId } = user.account;
  const reading = { accountId, numbers: numbers.value, ...reportPlanOf(plan.value), mostRows: mostSumRows };
  const found = await context.store.calls.report(reading);
  if (!found.ok) return failed(tooMuch);
  const limit = groupsThatFit(plan.value, parameters.value.limit ?? usualGroups);
  return ok(pageOf(plan.value, groupsOf(plan.value, found.value), { limit, after, query }));
}

interface Paging {
  readonly limit: number;
  readonly after: ReturnType<typeof parseCursor>;
  readonly query: URLSearchParams;
}

function pageOf(plan: QueryPlan, groups: readonly ReportGroup[], { limit, after, query }: Paging): ReportPage {
  const start = after === null ? 0 : countBefore(groups, after);
  const page = groups.slice(start, start + limit);
  const end = start + page.length;
  return { plan, groups: page, next: end < groups.length ? printCursor(groups, end, query) : null };
}

async function numbersOf(
  user: User,
  spelled: ReportParameters['number'],
  context: DataContext,
): Promise<Result<NumberSet, ParameterProblem>> {
  if (spelled === undefined) return ok({ kind: 'owned', ownerId: user.userId });
  const phones: string[] = [];
  for (const text of spelled) {
    const phone = await ownedNumber(user, text, context);
    if (phone === null) {
      return failed({ parameter: 'number', error: `must be a number that this login owns, got ${preview(text)}` });
    }
    phones.push(phone);
  }
  return ok({ kind: 'listed', phones });
}

const tooMuch: ParameterProblem = {
  parameter: 'by',
  error: 'has too many groups in these days to be counted at once; ask for fewer days, a longer period, or filter',
};

const notACursor = (given: string): ParameterProblem => ({
  parameter: 'cursor',
  error: `must be "next" of an answer to the same question, got ${preview(given)}; leave it out to begin again`,
});

function nextAddress(query: URLSearchParams, next: string): string {
  const following = new URLSearchParams(query);
  following.set('cursor', next);
  return `/api/v2/report?${following}`;
}
