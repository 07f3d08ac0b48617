import { createHash } from 'node:crypto';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { CallDocument, eventFields } from '../wire/call-document.ts';
import { bank, pharmacy } from './applications.ts';
import { type DemoOptions, demoCalls } from './demo-calls.ts';
import { demoNumbers } from './numbers.ts';
import { states } from './phone-series.ts';
import { storyOf } from './story.ts';

const timeZone = 'America/New_York';
const options: DemoOptions = { seed: 1, until: Temporal.Instant.from('2026-06-30T16:00:00Z'), days: 90, timeZone };

/** All the calls of the default demo, once for all tests. */
const calls = [...demoCalls(options)];
const over = calls.filter(({ ended_at }) => ended_at !== null);
const story = storyOf(options);

const isDocument = Compile(CallDocument);
const isEvent = Object.fromEntries(Object.entries(eventFields).map(([type, fields]) => [type, Compile(fields)]));

const epochMs = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const lengthMs = (call: CallDocument): number => epochMs(call.ended_at ?? '') - epochMs(call.started_at);
const eventsOf = (call: CallDocument) => call.events ?? [];
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const share = <T>(values: readonly T[], is: (value: T) => boolean): number => values.filter(is).length / values.length;
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const bytesOf = (call: CallDocument): number => JSON.stringify(call).length;
const hash = (documents: Iterable<CallDocument>): string => {
  const sum = createHash('sha256');
  for (const document of documents) sum.update(`${JSON.stringify(document)}\n`);
  return sum.digest('hex').slice(0, 16);
};

function countBy<T>(values: readonly T[], key: (value: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(key(value), (counts.get(key(value)) ?? 0) + 1);
  return counts;
}

/** The problem of a document, or null. */
function problemOf(call: CallDocument): string | null {
  if (!isDocument.Check(call)) return `${call.id}: ${JSON.stringify([...isDocument.Errors(call)])}`;
  const bad = eventsOf(call).find((event) => isEvent[event.type]?.Check(event) !== true);
  return bad === undefined ? null : `${call.id}: ${JSON.stringify(bad)}`;
}

const loadsOf = (documents: readonly CallDocument[], url: string): readonly number[] =>
  documents
    .flatMap(eventsOf)
    .flatMap((event) =>
      event.type === 'page_load' && event.url === url && event.cached !== true ? [event.duration_ms] : [],
    );

const between = (fromMs: number, untilMs: number) =>
  over.filter(({ started_at }) => epochMs(started_at) >= fromMs && epochMs(started_at) < untilMs);

describe('demoCalls', () => {
  it('gives the same bytes for the same options', () => {
    const days = { ...options, days: 3 };
    // Changes whenever the generator's tables or draws do; that is no problem, but never should without.
    expect(hash(demoCalls(days))).toMatchInlineSnapshot(`"858da44fd493ab1d"`);
    expect(hash(demoCalls(days))).toBe(hash(demoCalls(days)));
    expect(hash(demoCalls({ ...days, seed: 2 }))).not.toBe(hash(demoCalls(days)));
  });

  it('gives about 45,000 calls in 90 days, and as many as asked for', () => {
    expect(calls.length).toBeGreaterThan(42_000);
    expect(calls.length).toBeLessThan(48_000);
    const few = [...demoCalls({ ...options, days: 28, callsPerDay: 100 })].length;
    expect(few).toBeGreaterThan(2500);
    expect(few).toBeLessThan(3100);
  });

  it('gives documents that the schema accepts', () => {
    expect(calls.map(problemOf).filter((problem) => problem !== null)).toEqual([]);
  });

  it('numbers the calls in the order in which they start, within the time range', () => {
    expect(calls[0]?.id).toBe('demo-000001');
    expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
    const starts = calls.map(({ started_at }) => epochMs(started_at));
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(starts[0]).toBeGreaterThanOrEqual(options.until.subtract({ hours: 24 * 90 }).epochMilliseconds);
    expect(starts.at(-1)).toBeLessThan(options.until.epochMilliseconds);
  });

  it('gives 8 to 10 events and 1 to 1.4 KB a call on average', () => {
    const eventCount = mean(calls.map((call) => eventsOf(call).length));
    expect(eventCount).toBeGreaterThan(8);
    expect(eventCount).toBeLessThan(10);
    const bytes = mean(calls.map(bytesOf));
    expect(bytes).toBeGreaterThan(1000);
    expect(bytes).toBeLessThan(1400);
  });

  it('puts the events in order, and each of them within the call', () => {
    for (const call of over) {
      const times = eventsOf(call).map(({ at }) => Number(at));
      const ends = eventsOf(call).map(
        (event) => Number(event.at) + ('duration_ms' in event ? (event.duration_ms ?? 0) : 0),
      );
      expect(times.every((at, index) => at >= (ends[index - 1] ?? 0))).toBe(true);
      expect(Math.max(...ends)).toBeLessThanOrEqual(lengthMs(call));
    }
  });
});

describe('the traffic of the demo', () => {
  const local = calls.map(({ started_at }) => Temporal.Instant.from(started_at).toZonedDateTimeISO(timeZone));
  const byWeekday = countBy(local, ({ dayOfWeek }) => String(dayOfWeek));
  const weekday = (day: number) => byWeekday.get(String(day)) ?? 0;
  const byHour = countBy(
    local.filter(({ dayOfWeek }) => dayOfWeek <= 5),
    ({ hour }) => String(hour),
  );
  const hour = (of: number) => byHour.get(String(of)) ?? 0;

  it('is highest on Monday, lower on Saturday, lowest on Sunday', () => {
    expect(Math.max(...byWeekday.values())).toBe(weekday(1));
    expect(weekday(6)).toBeLessThan(weekday(5) * 0.7);
    expect(weekday(7)).toBeLessThan(weekday(6) * 0.8);
  });

  it('keeps business hours with a dip at lunch', () => {
    expect(hour(12)).toBeLessThan(hour(11) * 0.8);
    expect(hour(12)).toBeLessThan(hour(14) * 0.9);
    expect(hour(3)).toBeGreaterThan(0);
    expect(hour(3)).toBeLessThan(hour(10) / 30);
  });

  it('is low on the holiday', () => {
    const onHoliday = local.filter((at) => at.toPlainDate().equals(story.holiday)).length;
    expect(onHoliday).toBeGreaterThan(50);
    expect(onHoliday).toBeLessThan((weekday(1) / 13) * 0.5);
  });

  it('comes in on all numbers, unevenly', () => {
    const byPhone = countBy(calls, ({ phone }) => phone);
    expect([...byPhone.keys()].sort()).toEqual(demoNumbers.map(({ phone }) => phone).sort());
    expect(Math.max(...byPhone.values())).toBeGreaterThan(3 * Math.min(...byPhone.values()));
  });

  it('comes from many callers, of whom some return often', () => {
    const byCaller = countBy(calls, ({ caller }) => caller ?? 'withheld');
    expect((byCaller.get('withheld') ?? 0) / calls.length).toBeCloseTo(0.03, 2);
    const often = [...byCaller].filter(([caller]) => caller !== 'withheld').map(([, count]) => count);
    expect(often.length).toBeGreaterThan(10_000);
    expect(Math.max(...often)).toBeGreaterThan(25);
    expect(median(often)).toBeLessThanOrEqual(3);
  });

  it('comes from all the states by their population, and a little from elsewhere', () => {
    const stateOfPrefix = new Map(
      states.flatMap(({ code, areaCodes }) => areaCodes.split(' ').map((areaCode) => [`+1${areaCode}`, code])),
    );
    const byState = countBy(calls, ({ caller }) => stateOfPrefix.get(caller?.slice(0, 5) ?? '') ?? 'elsewhere');
    const population = states.reduce((sum, state) => sum + state.population, 0);
    const off = states.filter(({ code, population: residents }) => {
      const found = (byState.get(code) ?? 0) / calls.length;
      return found === 0 || Math.abs(found - residents / population) > 0.015;
    });
    expect(off).toEqual([]);
    for (const prefix of ['+49', '+44', '+52', '+1416', '+1888']) {
      expect(share(calls, ({ caller }) => caller?.startsWith(prefix) ?? false)).toBeGreaterThan(0.0002);
    }
  });

  it.each(['2026-06-30T16:00:00Z', '2026-06-28T07:13:20Z', '2026-03-08T07:00:30Z'])(
    'has a few calls that are up at %s, all of them fresh',
    (until) => {
      for (let seed = 0; seed < 10; seed += 1) {
        const end = Temporal.Instant.from(until);
        const up = [...demoCalls({ ...options, seed, until: end, days: 1 })].filter(
          ({ ended_at }) => ended_at === null,
        );
        expect(up.length).toBeGreaterThanOrEqual(1);
        expect(up.length).toBeLessThan(20);
        expect(up.filter((call) => problemOf(call) !== null)).toEqual([]);
        const oldestMs = end.epochMilliseconds - Math.min(...up.map(({ started_at }) => epochMs(started_at)));
        expect(oldestMs).toBeLessThan(3_600_000);
      }
    },
  );

  it('does not get stuck where clocks change by half an hour', () => {
    const until = Temporal.Instant.from('2026-04-07T00:00:00Z');
    const count = [...demoCalls({ ...options, until, days: 7, timeZone: 'Australia/Lord_Howe' })].length;
    expect(count).toBeGreaterThan(2800);
    expect(count).toBeLessThan(4200);
  });
});

describe('the calls of the demo', () => {
  const events = over.flatMap(eventsOf);

  it('end for the reason that their events show', () => {
    const problems = over.filter((call) => {
      const types = eventsOf(call);
      const transferred = types.some((event) => event.type === 'transfer' && event.result === 'completed');
      const disconnected = types.some((event) => event.type === 'form_item' && event.outcome === 'disconnect');
      if (transferred) return call.end_reason !== 'transfer';
      if (disconnected) return call.end_reason !== 'caller_hangup';
      if (call.end_reason === 'error') return !types.some(({ type }) => type === 'fetch_error' || type === 'js_error');
      return call.end_reason === 'transfer' || call.end_reason === 'unknown';
    });
    expect(problems).toEqual([]);
    expect([...countBy(over, (call) => String(call.end_reason)).keys()].sort()).toEqual([
      'application_hangup',
      'caller_hangup',
      'error',
      'timeout',
      'transfer',
    ]);
  });

  it('log one to four times on average, and have every outcome, failure and result', () => {
    const logs = events.filter(({ type }) => type === 'log').length / over.length;
    expect(logs).toBeGreaterThan(1);
    expect(logs).toBeLessThan(4);
    const visits = events.flatMap((event) => (event.type === 'form_item' ? [String(event.outcome)] : []));
    expect([...new Set(visits)].sort()).toEqual(['disconnect', 'filled', 'noinput', 'nomatch', 'transfer']);
    const results = events.flatMap((event) => (event.type === 'transfer' ? [String(event.result)] : []));
    expect([...new Set(results)].sort()).toEqual(['busy', 'completed', 'failed', 'noanswer']);
    expect(share(events, ({ type }) => type === 'fetch_error')).toBeGreaterThan(0.0003);
  });

  it('are lost most often at the prescription number, which nobody understands', () => {
    const visits = over
      .filter(({ application }) => application === pharmacy.url)
      .flatMap(eventsOf)
      .flatMap((event) => (event.type === 'form_item' ? [event] : []));
    const failures = (item: string) =>
      share(
        visits.filter((visit) => visit.item === item),
        ({ outcome }) => outcome === 'nomatch' || outcome === 'noinput' || outcome === 'disconnect',
      );
    expect(failures('prescription_number')).toBeGreaterThan(0.4);
    expect(failures('confirm')).toBeLessThan(0.2);
  });

  it('wait for the balance, always', () => {
    const page = 'https://harbor.example/balance.php';
    expect(median(loadsOf(over, page))).toBeGreaterThan(2300);
    expect(median(loadsOf(over, page))).toBeLessThan(2700);
    expect(median(loadsOf(over, bank.url))).toBeLessThan(300);
  });

  it('get a faster status page with the second version', () => {
    const page = 'https://cedar.example/status.php';
    const version = (name: string) => over.filter(({ labels: { version: is } = {} }) => is === name);
    expect(median(loadsOf(version('v1'), page))).toBeGreaterThan(1300);
    expect(median(loadsOf(version('v2'), page))).toBeLessThan(550);
    const first = version('v2')[0]?.started_at ?? '';
    expect(epochMs(first)).toBeGreaterThanOrEqual(story.secondVersionFromMs);
    expect(version('v1').length / over.length).toBeCloseTo(0.5, 1);
  });
});

describe('the incident of the demo', () => {
  const { slowFromMs, brokenFromMs, untilMs } = story.incident;
  const ofBank = (documents: readonly CallDocument[]) =>
    documents.filter(({ application }) => application === bank.url);
  const broken = ofBank(between(brokenFromMs, untilMs));
  const hasError = (call: CallDocument) =>
    eventsOf(call).some((event) => event.type === 'js_error' && event.message?.includes("'balance' of null") === true);

  it('breaks the script of the balance page for many of the calls, and at no other time', () => {
    expect(broken.filter(hasError).length).toBeGreaterThan(25);
    expect(share(broken, hasError)).toBeGreaterThan(0.3);
    expect(over.filter(hasError)).toEqual(broken.filter(hasError));
  });

  it('makes many hang up, early', () => {
    const usual = ofBank(between(slowFromMs - 4 * 86_400_000, slowFromMs));
    const isHangup = (call: CallDocument) => call.end_reason === 'caller_hangup';
    expect(share(broken.filter(hasError), isHangup)).toBeGreaterThan(0.5);
    expect(share(broken, isHangup)).toBeGreaterThan(share(usual, isHangup) + 0.1);
    expect(median(broken.map(lengthMs))).toBeLessThan(median(usual.map(lengthMs)));
  });

  it('is heralded by an hour of slow pages', () => {
    const slow = ofBank(between(slowFromMs, brokenFromMs));
    const usual = ofBank(between(slowFromMs - 86_400_000, slowFromMs));
    expect(median(loadsOf(slow, bank.url))).toBeGreaterThan(2 * median(loadsOf(usual, bank.url)));
  });
});
