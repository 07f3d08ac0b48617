import type { RouteHandlerMethod } from 'fastify';
import { failed, ok, type Result } from '../../domain/result.ts';
import type { User } from '../../store/access-store.ts';
import type { NumberSet } from '../../store/call-store.ts';
import { preview } from '../../wire/problem.ts';
import type { ParameterProblem } from '../../wire/query-string.ts';
import { type DetailedProblem, sendProblemDetails } from '../problem-details.ts';
import { acceptedType, listedNumbers, nextLink, reportFor, sendReport } from '../report-answer.ts';
import { queryOf } from '../surface.ts';
import { wrong } from './body.ts';
import { admit } from './caller.ts';
import type { DashboardContext } from './context.ts';
import type { Turns } from './turns.ts';

/** What `format` may be; without it, the header `Accept` tells. */
const formats: ReadonlyMap<string, string> = new Map([
  ['json', 'application/json'],
  ['csv', 'text/csv'],
  ['ndjson', 'application/x-ndjson'],
]);

/** `GET /dashboard/report`: the reports API for who has signed in, of all numbers that the user sees. */
export function reportHandler(context: DashboardContext, turns: Turns): RouteHandlerMethod {
  return async (request, reply) => {
    const asked = await admit(request, reply, context);
    if (!asked.ok) return sendProblemDetails(request, reply, asked.error);
    const { user } = asked.value;
    const given = queryOf(request);
    const type = typeOf(given);
    if (!type.ok) return sendProblemDetails(request, reply, type.error);
    const query = new URLSearchParams(given);
    query.delete('format');
    const readNumbers = (spelled: readonly string[] | undefined) => visibleNumbers(user, spelled, context);
    const page = await turns.take(user.userId, () => reportFor({ user, query, readNumbers }, context));
    if (!page.ok) return sendProblemDetails(request, reply, page.error);
    const { next } = page.value;
    if (next !== null) reply.header('Link', nextLink('/dashboard/report', given, next));
    if (type.value === 'text/csv') reply.header('Content-Disposition', attachment(query));
    return sendReport(reply, type.value ?? acceptedType(request), page.value);
  };
}

/** null where nothing is said. */
function typeOf(query: URLSearchParams): Result<string | null, DetailedProblem> {
  const given = query.getAll('format');
  const [format] = given;
  if (format === undefined) return ok(null);
  const type = given.length > 1 ? undefined : formats.get(format);
  if (type !== undefined) return ok(type);
  const error = `must be one of ${[...formats.keys()].join(', ')}, and given once, got ${preview(given.join(', '))}`;
  return failed(wrong({ parameter: 'format', error }));
}

/** The days are known to be days by now: nothing else comes into the name. */
const attachment = (query: URLSearchParams): string =>
  `attachment; filename="voxgauge-${query.get('start')}-${query.get('end')}.csv"`;

/** The numbers that a user sees, or those of them that are named. */
export async function visibleNumbers(
  { userId, account: { accountId, country } }: User,
  spelled: readonly string[] | undefined,
  { store, readPhone }: Pick<DashboardContext, 'store' | 'readPhone'>,
): Promise<Result<NumberSet, ParameterProblem>> {
  if (spelled === undefined) return ok({ kind: 'visible', userId });
  return listedNumbers(spelled, 'a number that you own or that is shared with you', async (text) => {
    const { number } = readPhone(text.slice(0, longestSpelling), country);
    return number !== '' && (await store.numbers.isVisible(accountId, userId, number)) ? number : null;
  });
}

/** Longer than any usual spelling of a telephone number. */
const longestSpelling = 128;
