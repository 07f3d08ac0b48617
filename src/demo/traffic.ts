import type { Random } from './random.ts';
import type { Story } from './story.ts';

/** When people call: a Poisson process whose rate changes by the local hour. */

export interface CallStart {
  readonly atMs: number;
  /** Between 20:00 and 06:00. */
  readonly isAtNight: boolean;
  readonly agentsAreIn: boolean;
}

export interface TrafficOptions {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly timeZone: string;
  readonly callsPerDay: number;
  readonly story: Story;
}

/** Monday to Sunday; the mean is 1. */
const weekdayFactors = [1.46, 1.25, 1.18, 1.14, 1.1, 0.53, 0.34];
/** Percent of the day's calls by local hour: business hours with a dip at lunch. */
const workdayHours = [
  0.3, 0.2, 0.1, 0.1, 0.2, 0.5, 1.3, 3.2, 7, 10.4, 11.3, 10.7, 7.4, 9.4, 10.2, 9.7, 8.4, 4.2, 2, 1.3, 0.9, 0.6, 0.4,
  0.2,
];
const weekendHours = [
  0.6, 0.4, 0.3, 0.3, 0.4, 0.6, 1.4, 3, 5.6, 8.4, 10, 10.2, 9, 8.4, 7.8, 7, 6.2, 5.2, 4.4, 3.6, 2.8, 2.1, 1.4, 0.9,
];
/** Local hours in which agents take calls, Monday to Sunday; null: closed. */
const workdayAgents = { from: 7, until: 21 };
const agentHours = [
  workdayAgents,
  workdayAgents,
  workdayAgents,
  workdayAgents,
  workdayAgents,
  { from: 8, until: 17 },
  null,
];
const holidayFactor = 0.27;
/** σ of the logarithm: how much a day, or an hour, departs from what it should be. */
const dayNoise = 0.06;
const hourNoise = 0.1;
/** A slow wave over the weeks, and a slow growth from the first day to the last. */
const wave = { amplitude: 0.07, periodDays: 61 };
const growth = 0.1;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** However quiet the hour is, so many calls start in this time before the end: some of them are still up then. */
const lastCalls = { count: 6, spanMs: 45_000 };

/** Starts of calls, in order, from `fromMs` to before `untilMs`. */
export function* callStarts(random: Random, options: TrafficOptions): Generator<CallStart> {
  const lastCallsFromMs = Math.max(options.fromMs, options.untilMs - lastCalls.spanMs);
  for (const hour of localHours(random, options)) {
    const gapMs = hourMs / hour.calls;
    const untilMs = Math.min(hour.untilMs, lastCallsFromMs);
    let atMs = Math.max(hour.fromMs, options.fromMs) + random.exponential(gapMs);
    for (; atMs < untilMs; atMs += random.exponential(gapMs)) yield startIn(hour, atMs);
    if (hour.untilMs < options.untilMs) continue;
    const lastGapMs = (options.untilMs - lastCallsFromMs) / lastCalls.count;
    for (let call = 0; call < lastCalls.count; call += 1) {
      yield startIn(hour, lastCallsFromMs + (call + random.unit()) * lastGapMs);
    }
  }
}

interface LocalHour {
  readonly fromMs: number;
  readonly untilMs: number;
  /** 0 to 23; a clock change repeats or skips one. */
  readonly hour: number;
  /** 1 is Monday. */
  readonly weekday: number;
  /** How many calls are expected in a full hour. */
  readonly calls: number;
}

function startIn({ hour, weekday }: LocalHour, atMs: number): CallStart {
  const agents = agentHours[weekday - 1] ?? null;
  return {
    atMs: Math.floor(atMs),
    isAtNight: hour < 6 || hour >= 20,
    agentsAreIn: agents !== null && hour >= agents.from && hour < agents.until,
  };
}

/** The local hours that the time range touches. */
function* localHours(random: Random, options: TrafficOptions): Generator<LocalHour> {
  const { fromMs, untilMs, timeZone, story } = options;
  let date = zonedAt(fromMs, timeZone).toPlainDate();
  for (; Temporal.PlainDate.compare(date, story.lastDay) <= 0; date = date.add({ days: 1 })) {
    const dayUntilMs = date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
    const calls = callsOn(date, random, options);
    const shares = date.dayOfWeek > 5 || date.equals(story.holiday) ? weekendHours : workdayHours;
    let atMs = date.toZonedDateTime(timeZone).epochMilliseconds;
    for (; atMs < dayUntilMs; atMs += hourMs) {
      const { hour } = zonedAt(atMs, timeZone);
      const expected = calls * ((shares[hour] ?? 0) / 100) * random.logNormal(1, hourNoise);
      if (atMs + hourMs <= fromMs || atMs >= untilMs) continue;
      const hourUntilMs = Math.min(atMs + hourMs, dayUntilMs);
      yield { fromMs: atMs, untilMs: hourUntilMs, hour, weekday: date.dayOfWeek, calls: expected };
    }
  }
}

const zonedAt = (instantMs: number, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone);

/** How many calls are expected on a day. */
function callsOn(
  date: Temporal.PlainDate,
  random: Random,
  { fromMs, untilMs, callsPerDay, story }: TrafficOptions,
): number {
  const daysAgo = date.until(story.lastDay, { largestUnit: 'days' }).days;
  const days = (untilMs - fromMs) / dayMs;
  const season =
    1 + wave.amplitude * Math.sin((2 * Math.PI * daysAgo) / wave.periodDays) + growth * (0.5 - daysAgo / days);
  const weekday = weekdayFactors[date.dayOfWeek - 1] ?? 1;
  const holiday = date.equals(story.holiday) ? holidayFactor : 1;
  return callsPerDay * season * weekday * holiday * random.logNormal(1, dayNoise);
}
