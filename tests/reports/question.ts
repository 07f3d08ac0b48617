import fc from 'fast-check';
import { callers } from '../model/callers.ts';
import { phones, spelled } from '../model/phones.ts';
import { interestingInstant } from '../model/zones.ts';
import type { Account } from './account.ts';
import { type Days, type Period, periods } from './calendar.ts';
import { applications, forms, items, pages } from './documents.ts';
import { type Breakdown, breakdowns, type Filter, filters, isKept, metrics } from './kept.ts';

/** A question of a user, as random as it may be while what it asks for is kept. */
export interface Question {
  readonly user: number;
  readonly days: Days;
  readonly period: Period | null;
  readonly by: Breakdown | null;
  /** null for the default. */
  readonly metrics: readonly string[] | null;
  /** Indices of phones, in any of their spellings. */
  readonly numbers: readonly { readonly phone: number; readonly spelling: number }[];
  /** The other filters by what they let through. */
  readonly only: Readonly<Partial<Record<Filter, readonly string[]>>>;
  readonly isCompared: boolean;
  /** Groups in a page of the answer, where it is asked for in pages. */
  readonly limit: number;
}

const values: Readonly<Record<Exclude<Filter, 'number'>, readonly string[]>> = {
  application: [...applications.slice(0, 2), ...applications, 'nothing'],
  page: [...pages, 'main.php', 'nothing'],
  form: [...forms, 'nothing'],
  item: ['x', ...items, 'nothing'],
  region: [...callers.flatMap(({ region }) => (region?.kind === 'country' ? region.code : [])), 'US-NY', 'US-TOLLFREE'],
};

interface Shape {
  readonly by: Breakdown | null;
  readonly period: Period | null;
  readonly filters: readonly Filter[];
}

const keptOf = ({ by, period, filters }: Shape) =>
  metrics.filter((metric) => isKept(metric, { by, isByHour: period === 'hour', filters }));

const shape: fc.Arbitrary<Shape> = fc
  .record({
    by: fc.option(fc.constantFrom(...breakdowns), { freq: 4 }),
    period: fc.option(fc.constantFrom(...periods), { freq: 3 }),
    filters: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 3, arbitrary: fc.subarray([...filters], { minLength: 1, maxLength: 3 }) },
    ),
  })
  .filter((shape) => keptOf(shape).length > 0);

const only = (asked: readonly Filter[]) =>
  fc.record(
    Object.fromEntries(
      asked.flatMap((filter) =>
        filter === 'number'
          ? []
          : [[filter, fc.subarray([...new Set(values[filter])], { minLength: 1, maxLength: 3 })] as const],
      ),
    ),
  );

/** Few enough that answers stay small: 168 groups are a lot. */
function lengths({ by, period }: Shape): fc.Arbitrary<number> {
  if (by === 'hour_of_week' && period !== null) return fc.integer({ min: 1, max: period === 'hour' ? 1 : 9 });
  if (period === 'hour') return fc.integer({ min: 1, max: 4 });
  const few = fc.integer({ min: 1, max: 20 });
  return fc.oneof({ weight: 6, arbitrary: few }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 120 }) });
}

function days(zone: string, shape: Shape): fc.Arbitrary<Days> {
  const day = fc
    .tuple(interestingInstant(zone), fc.integer({ min: -6, max: 1 }))
    .map(([instant, days]) => instant.toZonedDateTimeISO(zone).toPlainDate().add({ days }));
  const anyDays = fc.tuple(day, lengths(shape)).map(([start, days]) => ({ start, end: start.add({ days: days - 1 }) }));
  const wholeMonths = fc.tuple(day, fc.integer({ min: 1, max: 3 })).map(([day, months]) => {
    const start = day.with({ day: 1 });
    return { start, end: start.add({ months }).subtract({ days: 1 }) };
  });
  const isLarge = shape.period === 'hour' || shape.by === 'hour_of_week';
  return isLarge ? anyDays : fc.oneof({ weight: 4, arbitrary: anyDays }, { weight: 1, arbitrary: wholeMonths });
}

const asked = (shape: Shape): fc.Arbitrary<readonly string[] | null> => {
  const candidates = keptOf(shape);
  const some = fc.shuffledSubarray([...candidates], { minLength: 1, maxLength: Math.min(6, candidates.length) });
  return candidates.includes('calls') ? fc.option<readonly string[]>(some, { freq: 9 }) : some;
};

export const question = (zone: string): fc.Arbitrary<Question> =>
  shape.chain((shape) =>
    fc.record({
      user: fc.constantFrom(0, 0, 1),
      days: days(zone, shape),
      period: fc.constant(shape.period),
      by: fc.constant(shape.by),
      metrics: asked(shape),
      numbers: shape.filters.includes('number')
        ? fc.array(fc.record({ phone: fc.nat(phones.length - 1), spelling: fc.nat(9) }), { minLength: 1, maxLength: 2 })
        : fc.constant([]),
      only: only(shape.filters),
      isCompared: fc.boolean(),
      limit: shape.by === 'hour_of_week' ? fc.constantFrom(50, 100, 168) : fc.constantFrom(1, 2, 3, 7),
    }),
  );

/** The question as it is asked; with a limit where it is asked for in pages. */
export function pathOf(question: Question, { country }: Account, limit: number | null = null): string {
  const { days, period, by, metrics, numbers, only, isCompared } = question;
  const spellings = numbers.map(({ phone, spelling }) => spelled(phones[phone], country, spelling));
  const parameters: readonly (readonly [string, string | null])[] = [
    ['limit', limit === null ? null : String(limit)],
    ['metrics', metrics === null ? null : metrics.join(',')],
    ...spellings.map((number) => ['number', number] as const),
    ['end', days.end.toString()],
    ['start', days.start.toString()],
    ['compare', isCompared ? 'previous' : null],
    ['period', period],
    ['by', by],
    ...Object.entries(only).flatMap(([filter, values]) => (values ?? []).map((value) => [filter, value] as const)),
  ];
  const given = parameters.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return `/api/v2/report?${new URLSearchParams(given)}`;
}
