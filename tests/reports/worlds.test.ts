import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../data/property-runs.ts';
import { type Account, accountAfter, history } from './account.ts';
import { bucketsOf } from './calendar.ts';
import { isPercentile } from './figures.ts';
import { breakdowns, filters, metrics } from './kept.ts';
import { momentsOf } from './moments.ts';
import { type Question, question } from './question.ts';
import { type Report, refusal, reportOf } from './report-model.ts';

/** A model proves nothing about what is never asked of it. */

interface Seen {
  readonly account: Account;
  readonly question: Question;
  readonly report: Report;
}

const { numRuns = 120, seed = 1 } = propertyRuns(120);
const stories = history.chain((history) =>
  fc.tuple(fc.constant(history), fc.array(question(history.timeZone), { minLength: 8, maxLength: 8 })),
);
const seen: readonly Seen[] = fc.sample(stories, { numRuns, seed }).flatMap(([history, questions]) => {
  const account = accountAfter(history);
  return questions
    .filter((question) => refusal(question, account) === null)
    .map((question) => ({ account, question, report: reportOf(account, question, null) }));
});

/** Answers in which something was counted. */
const telling = seen.filter(({ report }) =>
  report.rows.some((row) => report.metrics.some((metric) => typeof row[metric] === 'number' && row[metric] !== 0)),
);
const metricsOf = ({ metrics }: Question) => metrics ?? ['calls'];
const bucketCount = ({ account, question }: Seen) => bucketsOf(question.days, question.period, account.timeZone).length;
const groupCount = (one: Seen) => one.report.rows.length / bucketCount(one);
const isOfDayThat = ({ account, question: { days } }: Seen, isSuch: (hours: number) => boolean) =>
  Array.from({ length: days.start.until(days.end).days + 1 }, (_, index) => days.start.add({ days: index })).some(
    (day) => isSuch(day.toZonedDateTime(account.timeZone).hoursInDay),
  );

const sights: readonly (readonly [string, (seen: Seen) => boolean])[] = [
  ...metrics.map((metric) => [metric, ({ question }: Seen) => metricsOf(question).includes(metric)] as const),
  ...metrics.map(
    (metric) => [`${metric} put first`, ({ question }: Seen) => metricsOf(question)[0] === metric] as const,
  ),
  ...breakdowns.map((by) => [`a breakdown by ${by}`, ({ question }: Seen) => question.by === by] as const),
  ...(['hour', 'day', 'week', 'month', null] as const).flatMap((period) => [
    [`periods of ${period}`, ({ question }: Seen) => question.period === period] as const,
    [
      `periods of ${period} that are compared`,
      ({ question, report }: Seen) =>
        question.period === period && report.rows.some(({ previous }) => /[1-9]/.test(JSON.stringify(previous))),
    ] as const,
  ]),
  ...filters.map(
    (filter) =>
      [
        `what only one ${filter} has`,
        ({ question }: Seen) =>
          filter === 'number' ? question.numbers.length > 0 : question.only[filter] !== undefined,
      ] as const,
  ),
  ['the default', ({ question }) => question.metrics === null],
  ['several groups in several buckets', (one) => groupCount(one) > 2 && bucketCount(one) > 2],
  ['several pages', (one) => groupCount(one) > one.question.limit * 2],
  ['hours of a short day', (one) => one.question.period === 'hour' && isOfDayThat(one, (hours) => hours < 24)],
  ['hours of a long day', (one) => one.question.period === 'hour' && isOfDayThat(one, (hours) => hours > 24)],
  [
    'groups in the order of a percentile',
    (one) =>
      isPercentile(metricsOf(one.question)[0] ?? '') && groupCount(one) > 2 && one.question.by !== 'hour_of_week',
  ],
  ['numbers of another user', ({ account, question }) => account.owners.some((owner) => owner !== question.user)],
  ['moves from start to end', ({ account }) => account.calls.some((call) => momentsOf(call).length === 1)],
];

describe('random questions have answers that tell of', () => {
  it.each(sights)('%s', (_, isIn) => {
    expect(telling.filter(isIn).length).toBeGreaterThan(0);
  });
});
