import type { FastifyReply, FastifyRequest } from 'fastify';
import { planQuery, type QueryPlan, reportPlanOf } from '../domain/reports/query/plan.ts';
import { groupsOf, groupsThatFit, type ReportGroup } from '../domain/reports/query/shape.ts';
import { mostSumRows } from '../domain/reports/sums.ts';
import { failed, ok, type Result } from '../domain/result.ts';
import type { User } from '../store/access-store.ts';
import type { NumberSet } from '../store/call-store.ts';
import { preview } from '../wire/problem.ts';
import type { ParameterProblem } from '../wire/query-string.ts';
import { printReportCsv, printReportJson, printReportNdjson, type ReportPage } from '../wire/reports/answer.ts';
import { parseParameters, type ReportParameters, usualGroups } from '../wire/reports/parameters.ts';
import { notKept, parseReport } from '../wire/reports/request.ts';
import type { DataContext } from './data-request.ts';
import type { DetailedProblem } from './problem-details.ts';
import { httpProblem } from './problems.ts';
import { countBefore, parseCursor, printCursor } from './report-cursor.ts';

/** Representations of a report, by media type. */
export const reportPrinters: ReadonlyMap<string, (page: ReportPage) => string> = new Map([
  ['application/json', printReportJson],
  ['text/csv', printReportCsv],
  ['application/x-ndjson', printReportNdjson],
]);

/** The first representation that the client asks for and there is; JSON when there is none. */
export function acceptedType({ headers }: FastifyRequest): string {
  const wanted = (headers.accept ?? '').toLowerCase().split(',');
  const accepted = wanted.filter((each) => !/;\s*q=0(\.0*)?\s*$/.test(each));
  const types = accepted.map((each) => each.split(';')[0]?.trim() ?? '');
  return types.find((each) => reportPrinters.has(each)) ?? 'application/json';
}

/** Sends a report in one of the types of {@link reportPrinters}. */
export function sendReport(reply: FastifyReply, type: string, page: ReportPage): FastifyReply {
  const print = reportPrinters.get(type) ?? printReportJson;
  const charset = type === 'text/csv' ? '; charset=utf-8' : '';
  reply.header('Content-Type', `${type}${charset}`);
  return reply.send(Buffer.from(print(page)));
}

/** It comes back in the address of the next answer, in a header, of which clients and proxies take only so much. */
const longestQuery = 4096;

/** Which numbers a report is of: those that its parameter names, or all that the asker may see. */
export type ReadNumbers = (spelled: ReportParameters['number']) => Promise<Result<NumberSet, ParameterProblem>>;

/** What a report is asked with: whose figures, and the query of the request. */
export interface ReportQuestion {
  readonly user: User;
  readonly query: URLSearchParams;
  readonly readNumbers: ReadNumbers;
}

/** The answer to a question in the query language of reports: parse → plan → fetch → shape. */
export async function reportFor(
  question: ReportQuestion,
  context: Pick<DataContext, 'calendars' | 'store'>,
): Promise<Result<ReportPage, DetailedProblem>> {
  const { length } = `${question.query}`;
  if (length > longestQuery) {
    const detail = `the query must be at most ${longestQuery} characters long, got ${length}; ask for fewer values at once`;
    return failed(httpProblem('badRequest', detail));
  }
  const page = await pageFor(question, context);
  if (page.ok) return page;
  const { parameter, error } = page.error;
  return failed({ ...httpProblem('badRequest', `${parameter} ${error}`), parameter });
}

async function pageFor(
  { user, query, readNumbers }: ReportQuestion,
  { calendars, store }: Pick<DataContext, 'calendars' | 'store'>,
): Promise<Result<ReportPage, ParameterProblem>> {
  const parameters = parseParameters(query);
  if (!parameters.ok) return parameters;
  const { cursor } = parameters.value;
  const after = cursor === undefined ? null : parseCursor(cursor, query);
  if (cursor !== undefined && after === null) return failed(notACursor(cursor));
  const calendar = calendars.of(user.account.timeZone);
  const asked = parseReport(parameters.value, calendar);
  if (!asked.ok) return asked;
  const plan = planQuery(asked.value, calendar);
  if (!plan.ok) return failed(notKept(plan.error, asked.value));
  const numbers = await readNumbers(parameters.value.number);
  if (!numbers.ok) return numbers;
  const { accountId } = user.account;
  const reading = { accountId, numbers: numbers.value, ...reportPlanOf(plan.value), mostRows: mostSumRows };
  const found = await store.calls.report(reading);
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

/** Reads the numbers of a parameter one by one; `find` gives a number as the account has it, or null where it is not the asker's. */
export async function listedNumbers(
  spelled: readonly string[],
  wanted: string,
  find: (spelled: string) => Promise<string | null>,
): Promise<Result<NumberSet, ParameterProblem>> {
  const phones: string[] = [];
  for (const text of spelled) {
    const phone = await find(text);
    if (phone === null) return failed({ parameter: 'number', error: `must be ${wanted}, got ${preview(text)}` });
    phones.push(phone);
  }
  return ok({ kind: 'listed', phones });
}

const tooMuch: ParameterProblem = {
  parameter: 'by',
  error: 'has too many groups in these days to be counted at once; ask for fewer days, a longer period, or filter',
};

export const notACursor = (given: string): ParameterProblem => ({
  parameter: 'cursor',
  error: `must be "next" of an answer to the same question, got ${preview(given)}; leave it out to begin again`,
});

/** The address of the next answer, as `Link` has it (RFC 8288). */
export function nextLink(path: string, query: URLSearchParams, next: string): string {
  const following = new URLSearchParams(query);
  following.set('cursor', next);
  return `<${path}?${following}>; rel="next"`;
}
