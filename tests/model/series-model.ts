import type { StoredCall } from './account-model.ts';
import { bucketsOf } from './calendar-model.ts';
import type { EventDocument } from './call-events.ts';
import { type Ratio, rounded } from './ratio.ts';
import { map, number, type Value } from './spell.ts';
import { isSame, visitsOf } from './visits.ts';
import type { Question } from './world.ts';

/**
 * What the series must be, worked out from the documents as the specification defines each figure, call by call and day by
 * day, without anything of the product and without regard to cost.
 */

type Calls = readonly StoredCall[];

interface Figure {
  readonly name: string;
  readonly of: (calls: Calls) => Ratio;
}

const eventsOf = (calls: Calls, type: string): readonly EventDocument[] =>
  calls.flatMap(({ document }) => document.events.filter((event) => event.type === type));
const transfersOf = (calls: Calls) =>
  eventsOf(calls, 'transfer').filter(({ result = 'completed' }) => result === 'completed');
const callers = (calls: Calls) => [...new Set(calls.flatMap(({ caller }) => caller ?? []))];
/** Visits that find the caller in the item already. */
const loopsOf = (calls: Calls) =>
  calls.flatMap((call) => {
    const places = visitsOf(call).map(({ place }) => place);
    return places.filter((place, index) => {
      const before = places[index - 1];
      return before !== undefined && isSame(before, place);
    });
  });

const count = (values: readonly unknown[]) => BigInt(values.length);
const eventMs = (events: readonly EventDocument[]) =>
  events.reduce((sum, { duration_ms = 0 }) => sum + BigInt(duration_ms), 0n);
const callMs = (calls: Calls) => calls.reduce((sum, call) => sum + lengthMs(call), 0n);

function lengthMs({ document: { started_at, ended_at = null } }: StoredCall): bigint {
  if (ended_at === null) return 0n;
  const lengthNs =
    Temporal.Instant.from(ended_at).epochNanoseconds - Temporal.Instant.from(started_at).epochNanoseconds;
  return lengthNs / 1_000_000n;
}

const whole = (of: bigint): Ratio => ({ of, by: 1n });
const minutes = (ms: bigint): Ratio => ({ of: ms, by: 60_000n });
const seconds = (ms: bigint, by: bigint): Ratio => ({ of: ms, by: by * 1000n });

const calls: Figure = { name: 'calls', of: (calls) => whole(count(calls)) };

/** How many there are, as one figure, and how many a call, as another. */
const counted = (name: string, select: (calls: Calls) => readonly unknown[]): Figure => ({
  name,
  of: (calls) => whole(count(select(calls))),
});
const perCall = (name: string, select: (calls: Calls) => readonly unknown[]): Figure => ({
  name,
  of: (calls) => ({ of: count(select(calls)), by: count(calls) }),
});

const logs = (calls: Calls) => eventsOf(calls, 'log');
const visits = (calls: Calls) => calls.flatMap(visitsOf);
const jsErrors = (calls: Calls) => eventsOf(calls, 'js_error');
const fetchErrors = (calls: Calls) => eventsOf(calls, 'fetch_error');
const pageLoads = (calls: Calls) => eventsOf(calls, 'page_load');
const transferred = (calls: Calls) => calls.filter((call) => transfersOf([call]).length > 0);

export const seriesFigures: Readonly<Record<'volume' | 'events' | 'performance' | 'profile', readonly Figure[]>> = {
  volume: [
    calls,
    { name: 'call_minutes', of: (calls) => minutes(callMs(calls)) },
    counted('transfers', transfersOf),
    { name: 'transfer_minutes', of: (calls) => minutes(eventMs(transfersOf(calls))) },
    { name: 'transfer_rate', of: (calls) => ({ of: 100n * count(transferred(calls)), by: count(calls) }) },
    { name: 'average_call_length', of: (calls) => seconds(callMs(calls), count(calls)) },
  ],
  events: [
    calls,
    counted('log_events', logs),
    perCall('loops_per_call', loopsOf),
    counted('form_items', visits),
    counted('loops', loopsOf),
    perCall('average_form_items', visits),
  ],
  performance: [
    calls,
    counted('js_errors', jsErrors),
    perCall('js_errors_per_call', jsErrors),
    counted('fetch_errors', fetchErrors),
    perCall('fetch_errors_per_call', fetchErrors),
    {
      name: 'average_page_load',
      of: (calls) => seconds(eventMs(pageLoads(calls)), count(pageLoads(calls))),
    },
  ],
  profile: [calls, counted('callers', callers)],
};

export function seriesOf(figures: readonly Figure[], timeZone: string, question: Question, calls: Calls): Value {
  const buckets = [...bucketsOf(timeZone, question)].map(([key, days]) => ({
    key,
    calls: calls.filter(({ day }) => days.some((asked) => asked.equals(day))),
  }));
  return map(
    figures.map(({ name, of }) => [name, map(buckets.map(({ key, calls }) => [key, number(rounded(of(calls)))]))]),
  );
}
