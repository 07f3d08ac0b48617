import { type Static, type TSchema, Type } from 'typebox';
import { dateOf } from '../../domain/calendar.ts';
import { type Dimension, dimensionNames, dimensions } from '../../domain/reports/query/dimensions.ts';
import { figureNames, isCount } from '../../domain/reports/query/figures.ts';
import type { QueryPlan } from '../../domain/reports/query/plan.ts';
import { reportPeriods } from '../../domain/reports/query/request.ts';
import { type ReportGroup, rowsOf, type ReportRow as ShapedRow } from '../../domain/reports/query/shape.ts';

const count = Type.Number({ minimum: 0 });
const ratio = Type.Union([count, Type.Null()], { description: 'null where there is nothing to divide by' });
const figureFields = Object.fromEntries(
  figureNames.map((name) => [name, Type.Optional(isCount(name) ? count : ratio)]),
);
const groupFields: Readonly<Record<string, TSchema>> = {
  number: Type.String(),
  application: Type.String(),
  page: Type.String(),
  form: Type.String(),
  item: Type.String(),
  from_page: Type.String(),
  from_form: Type.String(),
  from_item: Type.String(),
  to_page: Type.String(),
  to_form: Type.String(),
  to_item: Type.String(),
  region: Type.String(),
  weekday: Type.Integer({ minimum: 1, maximum: 7, description: '1 is Monday' }),
  hour: Type.Integer({ minimum: 0, maximum: 23 }),
};
const days = { start: Type.String({ format: 'date' }), end: Type.String({ format: 'date' }) };

/** One group in one bucket. */
export const ReportRow = Type.Object(
  {
    start: Type.String({ description: 'first instant of the bucket, RFC 3339 with the offset of the time zone' }),
    ...Object.fromEntries(Object.entries(groupFields).map(([name, schema]) => [name, Type.Optional(schema)])),
    ...figureFields,
    previous: Type.Optional(Type.Object(figureFields, { additionalProperties: false })),
  },
  { additionalProperties: false },
);

/** What a report answers in JSON. */
export const ReportAnswer = Type.Object({
  ...days,
  time_zone: Type.String({ description: 'IANA name' }),
  period: Type.Union([Type.Enum([...reportPeriods]), Type.Null()]),
  by: Type.Union([Type.Enum([...dimensionNames]), Type.Null()]),
  metrics: Type.Array(Type.Enum([...figureNames])),
  previous: Type.Union([Type.Object(days), Type.Null()], { description: 'the days that are compared with' }),
  rows: Type.Array(ReportRow),
  next: Type.Union([Type.String(), Type.Null()], { description: 'cursor of the groups that follow' }),
});

type Cell = string | number | null;

/** A row as all representations have it: names and values in order, and the figures of the period before. */
interface Row {
  readonly cells: readonly (readonly [name: string, value: Cell])[];
  readonly previous: readonly (readonly [name: string, value: Cell])[] | null;
}

/** The part of an answer that is printed at once. */
export interface ReportPage {
  readonly plan: QueryPlan;
  readonly groups: readonly ReportGroup[];
  /** Cursor of the groups that follow. */
  readonly next: string | null;
}

export function printReportJson({ plan, groups, next }: ReportPage): string {
  const { range, previous, period, by, metrics } = plan.request;
  const answer: Static<typeof ReportAnswer> = {
    start: printDay(range.first),
    end: printDay(range.last),
    time_zone: plan.calendar.timeZone,
    period,
    by,
    metrics: [...metrics],
    previous: previous && { start: printDay(previous.range.first), end: printDay(previous.range.last) },
    rows: [],
    next,
  };
  const rows = printableRows(plan, groups).map(printRow);
  // The rows are printed one by one, so that their names keep their order.
  return JSON.stringify(answer).replace('"rows":[]', () => `"rows":[${rows.join(',')}]`);
}

/** A row a line. */
export const printReportNdjson = ({ plan, groups }: ReportPage): string =>
  printableRows(plan, groups)
    .map((row) => `${printRow(row)}\n`)
    .join('');

/** RFC 4180, with a line of names. */
export function printReportCsv({ plan, groups }: ReportPage): string {
  const { metrics, by, previous } = plan.request;
  const before = previous === null ? [] : metrics.map((metric) => `previous.${metric}`);
  const names = ['start', ...columnNames(by), ...metrics, ...before];
  const rows = printableRows(plan, groups).map((row) =>
    [...row.cells, ...(row.previous ?? [])].map(([, value]) => value),
  );
  return [names, ...rows].map((cells) => `${cells.map(printCell).join(',')}\r\n`).join('');
}

function printCell(value: Cell): string {
  const text = value === null ? '' : `${value}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function printRow({ cells, previous }: Row): string {
  const before = previous === null ? '' : `,"previous":${printPairs(previous)}`;
  return `${printPairs(cells).slice(0, -1)}${before}}`;
}

const printPairs = (pairs: Row['cells']): string =>
  `{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;

function printableRows(plan: QueryPlan, groups: readonly ReportGroup[]): readonly Row[] {
  const { metrics, by } = plan.request;
  const names = columnNames(by);
  const named = (figures: ShapedRow['figures']) =>
    metrics.map((metric, index) => [metric, figures[index] ?? null] as const);
  const starts = new Map(plan.current.buckets.starts.map((start) => [start, printInstant(start, plan)]));
  return groups.flatMap((group) => {
    const key = names.map((name, index) => [name, group.key[index] ?? null] as const);
    return rowsOf(plan, group).map(({ startSeconds, figures, previous }): Row => {
      const start = ['start', starts.get(startSeconds) ?? null] as const;
      return { cells: [start, ...key, ...named(figures)], previous: previous && named(previous) };
    });
  });
}

/** The columns of a group, as rows name them. */
function columnNames(by: Dimension | null): readonly string[] {
  if (by === null) return [];
  if (by === 'number') return ['number'];
  return by === 'hour_of_week' ? ['weekday', 'hour'] : dimensions[by];
}

const printDay = (day: number): string => dateOf(day).toString();

const printInstant = (seconds: number, { calendar: { timeZone } }: QueryPlan): string =>
  Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString({ timeZone, smallestUnit: 'second' });
