import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Calendar } from '../../domain/calendar.ts';
import { mostSumRows, type ReportPlan, type ReportSums } from '../../domain/reports/sums.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import type { User } from '../../store/access-store.ts';
import { printJson } from '../../wire/voicetrends/json.ts';
import type { Printable } from '../../wire/voicetrends/printable.ts';
import { printXml } from '../../wire/voicetrends/xml.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';
import { send, sendProblem, wantsXml } from './answer.ts';
import { admit } from './caller.ts';
import type { VoiceTrendsContext } from './context.ts';
import { numbersOf } from './numbers.ts';

/** What a path asks for: what to read of which numbers, and what to answer with it. */
export interface Asked {
  readonly phone: string | null;
  readonly plan: ReportPlan;
  readonly answerOf: (sums: ReportSums) => Printable;
}

/** Reads the decoded parts of a path; the error is a sentence. */
export type ReadPath = (part: (name: string) => string, calendar: Calendar) => Result<Asked, string>;

/** `GET` of a report that is planned: admit → parse → fetch → shape → print. */
export function reportHandler(readPath: ReadPath, context: VoiceTrendsContext) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const user = await admit(request, reply, context);
    if (user === null) return reply;
    const part = (name: string) => `${Reflect.get(Object(request.params), name)}`;
    const asked = readPath(part, context.calendars.of(user.account.timeZone));
    if (!asked.ok) return sendProblem(request, reply, httpProblem('badRequest', asked.error));
    const answer = await answerFor(user, asked.value, context);
    if (!answer.ok) return sendProblem(request, reply, answer.error);
    return wantsXml(request)
      ? send(reply, 'application/xml', printXml(answer.value))
      : send(reply, 'application/json', printJson(answer.value));
  };
}

const tooMuch = 'start to end has more to report than an answer can hold; ask for fewer days, or for one number';

async function answerFor(
  user: User,
  { phone, plan, answerOf }: Asked,
  context: VoiceTrendsContext,
): Promise<Result<Printable, HttpProblem>> {
  const numbers = await numbersOf(user, phone, context);
  if (!numbers.ok) return failed(numbers.error);
  const { accountId } = user.account;
  const query = { accountId, numbers: numbers.value, ...plan, mostRows: mostSumRows };
  const sums = await context.store.calls.report(query);
  return sums.ok ? ok(answerOf(sums.value)) : failed(httpProblem('badRequest', tooMuch));
}
