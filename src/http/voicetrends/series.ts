import type { FastifyReply, FastifyRequest } from 'fastify';
import { bucketsOf } from '../../domain/buckets.ts';
import { type Series, type SeriesReport, seriesOf } from '../../domain/reports/series.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import type { DayQuery, User } from '../../store/store.ts';
import { preview } from '../../wire/problem.ts';
import { printSeriesJson } from '../../wire/voicetrends/json.ts';
import { parseSeriesPath, type SeriesPath } from '../../wire/voicetrends/request.ts';
import { printSeriesXml } from '../../wire/voicetrends/xml.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';
import { send, sendProblem, wantsXml } from './answer.ts';
import { admit } from './caller.ts';
import type { VoiceTrendsContext } from './context.ts';

/** `GET /api/{resource}/{start}/{end}/{period}/{phone}`: admit → parse → fetch → shape → print. */
export function seriesHandler(report: SeriesReport, context: VoiceTrendsContext) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const user = await admit(request, reply, context);
    if (user === null) return reply;
    const series = await seriesFor(user, { report, path: pathOf(request), context });
    if (!series.ok) return sendProblem(request, reply, series.error);
    return wantsXml(request)
      ? send(reply, 'application/xml', printSeriesXml(series.value))
      : send(reply, 'application/json', printSeriesJson(series.value));
  };
}

interface Asked {
  readonly report: SeriesReport;
  readonly path: SeriesPath;
  readonly context: VoiceTrendsContext;
}

async function seriesFor(
  user: User,
  { report, path, context }: Asked,
): Promise<Result<readonly Series[], HttpProblem>> {
  const calendar = context.calendars.of(user.account.timeZone);
  const parsed = parseSeriesPath(path, calendar);
  if (!parsed.ok) return failed(httpProblem('badRequest', parsed.error));
  const { range, period, phone } = parsed.value;
  const numbers = await numbersOf(user, phone, context);
  if (!numbers.ok) return numbers;
  const days = await context.store.calls.days({
    accountId: user.account.accountId,
    numbers: numbers.value,
    days: range,
  });
  return ok(seriesOf(report, bucketsOf(range, period, calendar), days));
}

/** The numbers that were asked for. One that is unknown and one of somebody else look the same from outside. */
async function numbersOf(
  user: User,
  spelled: string | null,
  { store, readPhone }: VoiceTrendsContext,
): Promise<Result<DayQuery['numbers'], HttpProblem>> {
  if (spelled === null) return ok({ kind: 'owned', ownerId: user.userId });
  const { accountId, country } = user.account;
  const phone = readPhone(spelled.slice(0, 128), country).number;
  if (phone !== '' && (await store.numbers.isOwned(accountId, user.userId, phone))) return ok({ kind: 'one', phone });
  const detail = `phone must be ALL or a number that this login owns, got ${preview(spelled)}`;
  return failed(httpProblem('badRequest', detail));
}

/** The router has found all four. */
function pathOf({ params }: FastifyRequest): SeriesPath {
  const part = (name: string) => `${Reflect.get(Object(params), name)}`;
  return { start: part('start'), end: part('end'), period: part('period'), phone: part('phone') };
}
