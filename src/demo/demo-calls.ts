import type { CallDocument } from '../wire/call-document.ts';
import { demoApplications } from './applications.ts';
import type { Situation } from './behaviour.ts';
import { type CallerPool, drawCaller, shownNumber } from './caller.ts';
import { documentOf } from './document.ts';
import { journeyOf } from './journey.ts';
import type { Application } from './menu.ts';
import { dialledNumber } from './numbers.ts';
import { Random, Weighted } from './random.ts';
import { type Story, storyOf } from './story.ts';
import { type CallStart, callStarts } from './traffic.ts';

export interface DemoOptions {
  /** An integer ≥ 0; the same options give the same calls. */
  readonly seed: number;
  /** The end of the time that the calls are spread over: calls that last longer are still up. */
  readonly until: Temporal.Instant;
  /** How many local days before `until` the calls begin. */
  readonly days: number;
  /** IANA time zone of the account, in whose business hours people call. */
  readonly timeZone: string;
  /** How many calls a day has on average. */
  readonly callsPerDay?: number;
  /** What ids of calls begin with. */
  readonly idPrefix?: string;
}

/** A call of the demo, of which more can be told while it lasts. */
export interface DemoCall {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** What is sent of it at a time. */
  readonly documentAt: (nowMs: number) => CallDocument;
}

const defaultCallsPerDay = 500;
/** How many people there are to call, for each call of an average day. */
const callersPerDailyCall = 40;

const streams = { traffic: 1, calls: 2 };

/**
 * The calls of an account with a few voice applications, in the order in which they started: busy on Mondays, quiet at
 * night, with an incident and a new version on the way (see {@link Story}). Pure: seed and time are arguments.
 */
export function* demoCalls(options: DemoOptions): Generator<CallDocument> {
  const untilMs = options.until.epochMilliseconds;
  for (const call of playedCalls(options)) yield call.documentAt(untilMs);
}

/** The same calls, for whoever wants to know how those end that are still up. */
export function* playedCalls(options: DemoOptions): Generator<DemoCall> {
  const { seed, until, days, timeZone, callsPerDay = defaultCallsPerDay, idPrefix = 'demo' } = options;
  const story = storyOf(options);
  const untilMs = until.epochMilliseconds;
  const fromMs = until.toZonedDateTimeISO(timeZone).subtract({ days }).epochMilliseconds;
  const traffic = new Random(seed, streams.traffic);
  const scene: Scene = { random: new Random(seed, streams.calls), story, pools: poolsOf(seed, callsPerDay) };
  let index = 0;
  for (const start of callStarts(traffic, { fromMs, untilMs, timeZone, callsPerDay, story })) {
    index += 1;
    yield callAt(start, `${idPrefix}-${String(index).padStart(6, '0')}`, scene);
  }
}

interface Scene {
  readonly random: Random;
  readonly story: Story;
  readonly pools: ReadonlyMap<Application, CallerPool>;
}

function callAt(start: CallStart, id: string, { random, story, pools }: Scene): DemoCall {
  const application = (start.isAtNight ? applicationsAtNight : applicationsByDay).pick(random);
  const pool = pools.get(application);
  if (pool === undefined) throw new RangeError(`${application.name} has no callers: add it to demoApplications.`);
  const caller = drawCaller(random, pool);
  const situation = situationAt(start, application, story);
  const parts = {
    id,
    phone: dialledNumber(random, application, caller.area).phone,
    caller: shownNumber(random, caller),
    application: application.url,
    startedAtMs: start.atMs,
    labels: { version: situation.version, language: caller.language },
    journey: journeyOf(random, application, situation),
  };
  return {
    startedAtMs: start.atMs,
    endedAtMs: start.atMs + parts.journey.durationMs,
    documentAt: (nowMs) => documentOf(parts, nowMs),
  };
}

/** The more calls an application has, the more people call it. */
const poolsOf = (seed: number, callsPerDay: number): ReadonlyMap<Application, CallerPool> =>
  new Map(
    demoApplications.map((application, index) => {
      const size = Math.ceil((callsPerDay * callersPerDailyCall * application.dayShare) / 100);
      return [application, { seed, index, size }];
    }),
  );

const applicationsByDay = new Weighted(demoApplications.map((application) => [application, application.dayShare]));
const applicationsAtNight = new Weighted(demoApplications.map((application) => [application, application.nightShare]));

function situationAt({ atMs, agentsAreIn }: CallStart, application: Application, story: Story): Situation {
  return {
    version: atMs < story.secondVersionFromMs ? 'v1' : 'v2',
    incident: application.hasBrokenScript ? incidentAt(atMs, story) : 'none',
    agentsAreIn,
  };
}

function incidentAt(atMs: number, { incident }: Story): Situation['incident'] {
  if (atMs < incident.slowFromMs || atMs >= incident.untilMs) return 'none';
  return atMs < incident.brokenFromMs ? 'slow' : 'broken';
}
