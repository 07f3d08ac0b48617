import type { Account, StoredCall } from './account.ts';
import { type Bucket, bucketsBefore, bucketsOf, bucketsOfHours, dayExists, daysBefore } from './calendar.ts';
import { type Figure, figures, isCounted, type Slice, worthOf } from './figures.ts';
import { compareNames, type Group, groupColumns, groupsOf, type Name, pageOf } from './groups.ts';
import { type Moment, momentsOf } from './moments.ts';
import type { Question } from './question.ts';

/** What the server must answer, worked out call by call from the documents, without regard to cost. */

export type Row = Readonly<Record<string, unknown>>;

export interface Report {
  readonly start: string;
  readonly end: string;
  readonly time_zone: string;
  readonly period: string | null;
  readonly by: string | null;
  readonly metrics: readonly string[];
  readonly previous: { readonly start: string; readonly end: string } | null;
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** The name of a parameter that must be refused, or null for a question that has an answer. */
export function refusal({ days, numbers, user }: Question, { timeZone, owners }: Account): string | null {
  if (!dayExists(days.start, timeZone)) return 'start';
  if (!dayExists(days.end, timeZone)) return 'end';
  return numbers.some(({ phone }) => owners[phone] !== user) ? 'number' : null;
}

/** Puts groups in order by something else than what the model has, where that is not exact. */
export type Rank = (name: Name) => number | null;

export function reportOf(account: Account, question: Question, rank: Rank | null): Report {
  const { days, period, by, isCompared } = question;
  const metrics = question.metrics ?? ['calls'];
  const previous = isCompared ? daysBefore(days, period) : null;
  const { timeZone } = account;
  const isByHours = by === 'hour_of_week' || period === 'hour';
  const now = partOf(account, question, (isByHours ? bucketsOfHours : bucketsOf)(days, period, timeZone));
  const comparing = { days, period, isByHours, timeZone };
  const before = previous === null ? null : partOf(account, question, bucketsBefore(now.buckets, comparing));
  const groups = orderedGroups(question, { metrics, rank, slices: now.slices, before: before?.slices ?? [] });
  return {
    ...{ start: days.start.toString(), end: days.end.toString(), time_zone: account.timeZone, period, by, metrics },
    previous: previous && { start: previous.start.toString(), end: previous.end.toString() },
    rows: groups.flatMap(({ name, slices, before: slicesBefore }) => {
      const columns = by === null ? [] : groupColumns[by].map((column, index) => [column, name[index]]);
      return now.buckets.map((bucket, index) => ({
        start: textOf(bucket.first, account.timeZone),
        ...Object.fromEntries(columns),
        ...valuesOf(metrics, inBucket(slices, bucket)),
        ...(before && { previous: valuesOf(metrics, inBucket(slicesBefore, before.buckets[index] ?? bucket)) }),
      }));
    }),
    next: null,
  };
}

interface Part {
  readonly buckets: readonly Bucket[];
  readonly slices: readonly Slice[];
}

function partOf(account: Account, question: Question, buckets: readonly Bucket[]): Part {
  const calls = account.calls.filter((call) => isAsked(call, question, account));
  const held = calls.filter((call) => buckets.some((bucket) => bucket.holds(call)));
  return { buckets, slices: held.map((call) => sliceOf(call, question)) };
}

function isAsked({ phone, region, document }: StoredCall, { user, numbers, only }: Question, { owners }: Account) {
  const isNumber = numbers.length === 0 || numbers.some((asked) => asked.phone === phone);
  const isApplication = only.application?.includes(document.application) ?? true;
  const isRegion = only.region === undefined || (region !== null && only.region.includes(region));
  return owners[phone] === user && isNumber && isApplication && isRegion;
}

function sliceOf(call: StoredCall, { only: { page, form, item } }: Question): Slice {
  const moments = momentsOf(call);
  if (page === undefined && form === undefined && item === undefined) return { call, moments };
  const isPage = (moment: Moment) => page?.includes(pageOf(moment) ?? '\0') ?? true;
  const isPlace = (moment: Moment) => {
    if (form === undefined && item === undefined) return true;
    if (moment.kind !== 'visit') return false;
    return (form?.includes(moment.place.form) ?? true) && (item?.includes(moment.place.item) ?? true);
  };
  return { call, moments: moments.filter((moment) => isPage(moment) && isPlace(moment)) };
}

interface Grouping {
  readonly metrics: readonly string[];
  readonly rank: Rank | null;
  readonly slices: readonly Slice[];
  readonly before: readonly Slice[];
}

interface ComparedGroup extends Group {
  readonly before: readonly Slice[];
}

function orderedGroups({ by }: Question, { metrics, rank, slices, before }: Grouping): readonly ComparedGroup[] {
  const [now, past] = [named(groupsOf(slices, by)), named(groupsOf(before, by))];
  const groups = groupsOf([...slices, ...before], by).map(({ name }) => {
    const key = JSON.stringify(name);
    return { name, slices: now.get(key) ?? [], before: past.get(key) ?? [] };
  });
  if (by === null || by === 'hour_of_week') return groups;
  const isAnyCounted = (slices: readonly Slice[]) => metrics.some((metric) => isCounted(figureOf(metric, slices)));
  const first = metrics[0] ?? '';
  // Figures are never negative.
  const valueIn = ({ name, slices }: Group) => (rank === null ? worthOf(figureOf(first, slices)) : rank(name)) ?? -1;
  return groups
    .filter(({ slices, before }) => isAnyCounted(slices) || isAnyCounted(before))
    .map((group) => ({ group, value: valueIn(group) }))
    .sort((one, other) => other.value - one.value || compareNames(one.group.name, other.group.name))
    .map(({ group }) => group);
}

const named = (groups: readonly Group[]) =>
  new Map(groups.map(({ name, slices }) => [JSON.stringify(name), slices] as const));

function figureOf(metric: string, slices: readonly Slice[]): Figure {
  const figure = figures[metric];
  if (figure === undefined) throw new Error(`no figure ${metric}`);
  return figure(slices);
}

const valuesOf = (metrics: readonly string[], slices: readonly Slice[]) =>
  Object.fromEntries(metrics.map((metric) => [metric, worthOf(figureOf(metric, slices))]));

const inBucket = (slices: readonly Slice[], bucket: Bucket) => slices.filter(({ call }) => bucket.holds(call));

const textOf = (instant: Temporal.Instant, timeZone: string): string =>
  instant.toZonedDateTimeISO(timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
