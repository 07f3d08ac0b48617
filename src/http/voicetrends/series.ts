import type { FastifyReply, FastifyRequest } from 'fastify';
import { bucketsOf } from '../../domain/buckets.ts';
import { type Series, type SeriesReport, seriesOf } from '../../domain/reports/series.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import type { User } from '../../store/access-store.ts';
import { printSeriesJson } from '../../wire/voicetrends/json.ts';
import { parseSeriesPath, type SeriesPath } from '../../wire/voicetrends/request.ts';
import { printSeriesXml } from '../../wire/voicetrends/xml.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';
import { send, sendProblem, wantsXml } from './answer.ts';
import { admit } from './caller.ts';
import type { VoiceTrendsContext } from './context.ts';
import { numbersOf } from './numbers.ts';

/** `GET /api/{resource}/{start}/{end}/{period}/{phone}` of figures that are kept by day: admit → parse → fetch → shape → print. */
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

/** The router has found all four. */
function pathOf({ params }: FastifyRequest): SeriesPath {
  const part = (name: string) => `${Reflect.get(Object(params), name)}`;
  return { start: part('start'), end: part('end'), period: part('period'), phone: part('phone') };
}
