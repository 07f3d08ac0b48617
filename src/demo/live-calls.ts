import type { CallDocument } from '../wire/call-document.ts';
import { demoApplications } from './applications.ts';
import type { Situation } from './behaviour.ts';
import { type CallerPool, drawCaller, shownNumber } from './caller.ts';
import { documentOf } from './document.ts';
import { journeyOf } from './journey.ts';
import type { Application } from './menu.ts';
import { usSeries } from './phone-series.ts';
import { Random, Weighted } from './random.ts';

export interface LiveOptions {
  /** An integer ≥ 0; calls of different seeds have different ids. */
  readonly seed: number;
  readonly startedAt: Temporal.Instant;
  readonly count: number;
  /** How many numbers of the account the calls are spread over. */
  readonly numbers: number;
}

const hourMs = 3_600_000;
const callerPoolSize = 20_000;
const stream = 3;
const idStream = 4;
const situation: Situation = { version: 'v2', incident: 'none', agentsAreIn: true };

/**
 * Calls for measuring: of the same kind as the demo's, spread evenly over the hour from `startedAt` and over the numbers,
 * in the order in which they started, all of them over. Ids are random, as platforms make them: what an index has to bear.
 */
export function* liveCalls({ seed, startedAt, count, numbers }: LiveOptions): Generator<CallDocument> {
  const lines = new Weighted(liveNumbers(numbers).map((phone, index) => [{ phone, ...kindOf(seed, index) }, 1]));
  const random = new Random(seed, stream);
  const ids = new Random(seed, idStream);
  for (let index = 0; index < count; index += 1) {
    const { phone, application, pool } = lines.pick(random);
    const caller = drawCaller(random, pool);
    const parts = {
      id: randomId(ids),
      phone,
      caller: shownNumber(random, caller),
      application: application.url,
      startedAtMs: startedAt.epochMilliseconds + Math.floor((index * hourMs) / count),
      labels: { version: situation.version, language: caller.language },
      journey: journeyOf(random, application, situation),
    };
    yield documentOf(parts, Number.POSITIVE_INFINITY);
  }
}

/** 128 bits in hex. */
const randomId = (ids: Random): string =>
  Array.from({ length: 4 }, () => ids.word().toString(16).padStart(8, '0')).join('');

/** The numbers take turns in which application they lead to. */
function kindOf(seed: number, line: number): { readonly application: Application; readonly pool: CallerPool } {
  const index = line % demoApplications.length;
  const application = demoApplications[index];
  if (application === undefined) throw new RangeError('There are no demo applications: add one to demoApplications.');
  return { application, pool: { seed, index, size: callerPoolSize } };
}

const linesOfSeries = 100;

/** The numbers of the account that live calls come in on, in a fixed order. */
export function liveNumbers(count: number): readonly string[] {
  const most = usSeries.length * linesOfSeries;
  if (count < 1 || count > most)
    throw new RangeError(`There are 1 to ${most} fictitious numbers; got ${count}: ask for fewer.`);
  return Array.from({ length: count }, (_, index) => {
    const series = usSeries[index % usSeries.length];
    return `${series?.prefix}${String(Math.floor(index / usSeries.length)).padStart(2, '0')}`;
  });
}
