import fc from 'fast-check';
import { callers } from './callers.ts';
import { periods, type Question, type SentCall, sentCall, type World } from './world.ts';

/** A few days on which thousands call one number: more than anything that is kept in pieces holds in one piece. */

const start = Temporal.ZonedDateTime.from('2018-03-09T00:00[America/New_York]');
const callCount = 5000;
const batchLength = 500;

const call = sentCall('US', {
  // Some are sent again, as somebody else's or as of another day.
  number: fc.nat(2 * callCount),
  phone: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1),
  caller: fc.oneof({ weight: 9, arbitrary: fc.nat(callers.length - 1) }, { weight: 1, arbitrary: fc.constant(null) }),
  // The clocks change on the third day.
  started: fc
    .tuple(fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 2, 9), fc.nat(1439))
    .map(([days, minutes]) => start.add({ days, minutes }).toInstant()),
});

const questions: readonly Question[] = periods.flatMap((period) =>
  (['ALL', 0] as const).map((phone) => ({ user: 0, phone, spelling: 0, start: start.toPlainDate(), days: 10, period })),
);

export function busyWorld(seed: number): World {
  const sent = fc.sample(call, { seed, numRuns: callCount });
  return {
    timeZone: start.timeZoneId,
    country: 'US',
    userCount: 1,
    owners: [0, 0, null, null],
    batches: batchesOf(sent).map((calls) => ({ user: 0, calls })),
    shares: [],
    gifts: [],
    questions,
  };
}

const batchesOf = (sent: readonly SentCall[]): readonly (readonly SentCall[])[] =>
  Array.from({ length: Math.ceil(sent.length / batchLength) }, (_, index) =>
    sent.slice(index * batchLength, (index + 1) * batchLength),
  );
