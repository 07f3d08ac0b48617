import type { FigureName } from '../../api/report.ts';
import { figureOf, previousOf, type ReportRow, textOf } from '../../api/rows.ts';
import { type Counted, quantileScore, rateScore } from './score.ts';

/** What a change is about. */
export type ChangeGroup = 'all' | 'number' | 'application' | 'region' | 'page' | 'form_item';

/** A figure that is not what it was in the period before. */
export interface Change {
  readonly figure: ChangedFigure;
  readonly group: ChangeGroup;
  /** Number, application, page and so on, by the names of the report's columns. */
  readonly names: Readonly<Record<string, string>>;
  /** A count and what it was counted in; of load times, the 95th percentile in seconds and the page loads. */
  readonly now: Counted;
  readonly before: Counted;
  /** See `score.ts`. */
  readonly score: number;
}

export const changedFigures = [
  'calls',
  'js_errors',
  'fetch_errors',
  'visits_nomatch',
  'visits_noinput',
  'visits_disconnect',
  'page_load_p95',
] as const satisfies readonly FigureName[];

export type ChangedFigure = (typeof changedFigures)[number];

/** Rows of reports that are compared with the period before, each over all days as one. */
export interface ComparedRows {
  /** One row: `calls`. */
  readonly all: readonly ReportRow[];
  readonly number: readonly ReportRow[];
  readonly application: readonly ReportRow[];
  readonly region: readonly ReportRow[];
  readonly page: readonly ReportRow[];
  readonly formItem: readonly ReportRow[];
  /** By page, with percentiles; empty where they were too many to read. */
  readonly load: readonly ReportRow[];
  /** Lengths of both periods, where it is fair to compare their calls as a whole. */
  readonly days: { readonly now: number; readonly before: number } | null;
}

/** Below that, a count says little. */
const leastCount = 10;
const leastLoads = 100;
/** Rates that differ by less are no news, however certain the difference is. */
const leastRatio = 1.2;
/** Chance alone passes it once in 16,000 comparisons, and there are hundreds of them. */
const leastScore = 4;
const mostOfOneFigure = 3;

/** The most notable changes, the most notable first. */
export function notableChanges(rows: ComparedRows, most: number): readonly Change[] {
  const candidates = candidatesOf(rows)
    .filter(isNotable)
    .sort((one, other) => Math.abs(other.score) - Math.abs(one.score));
  const chosen: Change[] = [];
  for (const candidate of candidates) {
    if (chosen.length === most) break;
    if (!isSaidAlready(candidate, chosen)) chosen.push(candidate);
  }
  return chosen;
}

/** A page and its application tell the same story; and one figure is not to crowd out all others. */
function isSaidAlready({ figure, group, names }: Change, chosen: readonly Change[]): boolean {
  const same = chosen.filter((change) => change.figure === figure);
  return (
    same.length === mostOfOneFigure ||
    (figure !== 'calls' &&
      same.some((change) => change.group !== group && change.names['application'] === names['application']))
  );
}

function isNotable({ figure, now, before, score }: Change): boolean {
  const isLarge =
    figure === 'page_load_p95'
      ? Math.min(now.of, before.of) >= leastLoads
      : Math.max(now.value, before.value) >= leastCount;
  const [one, other] =
    figure === 'page_load_p95' ? [now.value, before.value] : [now.value / now.of, before.value / before.of];
  return isLarge && Math.abs(score) >= leastScore && Math.max(one, other) >= leastRatio * Math.min(one, other);
}

function candidatesOf(rows: ComparedRows): readonly Change[] {
  const [all] = rows.all;
  const calls = { now: figureOf(all, 'calls') ?? 0, before: previousOf(all, 'calls') ?? 0 };
  const counted = (group: ChangeGroup, figure: CountedFigure, of: readonly FigureName[]) =>
    rowsOfGroup(rows, group).map((row) => countChange(row, { group, figure, of, calls }));
  return [
    ...(all === undefined || rows.days === null ? [] : [totalChange(calls, rows.days)]),
    ...counted('number', 'calls', []),
    ...counted('application', 'calls', []),
    ...counted('region', 'calls', []),
    ...counted('application', 'js_errors', ['calls']),
    ...counted('application', 'fetch_errors', ['calls']),
    ...counted('page', 'js_errors', ['page_loads']),
    ...counted('page', 'fetch_errors', ['page_loads', 'fetch_errors']),
    ...counted('form_item', 'visits_nomatch', ['visits']),
    ...counted('form_item', 'visits_noinput', ['visits']),
    ...counted('form_item', 'visits_disconnect', ['visits']),
    ...rows.load.map(loadChange),
  ];
}

function rowsOfGroup(rows: ComparedRows, group: ChangeGroup): readonly ReportRow[] {
  return group === 'form_item' ? rows.formItem : rows[group];
}

interface Period {
  readonly now: number;
  readonly before: number;
}

function totalChange(calls: Period, days: Period): Change {
  const now = { value: calls.now, of: days.now };
  const before = { value: calls.before, of: days.before };
  return { figure: 'calls', group: 'all', names: {}, now, before, score: rateScore(now, before) };
}

type CountedFigure = Exclude<ChangedFigure, 'page_load_p95'>;

interface CountOptions {
  readonly group: ChangeGroup;
  readonly figure: CountedFigure;
  /** What the count is put in relation to, added up; all calls where it is empty, or where there was none of it in one of the periods. */
  readonly of: readonly FigureName[];
  readonly calls: Period;
}

function countChange(row: ReportRow, { group, figure, of, calls }: CountOptions): Change {
  const own = {
    now: of.reduce((sum, name) => sum + (figureOf(row, name) ?? 0), 0),
    before: of.reduce((sum, name) => sum + (previousOf(row, name) ?? 0), 0),
  };
  const exposure = own.now > 0 && own.before > 0 ? own : calls;
  const now = { value: figureOf(row, figure) ?? 0, of: exposure.now };
  const before = { value: previousOf(row, figure) ?? 0, of: exposure.before };
  return { figure, group, names: namesOf(row), now, before, score: rateScore(now, before) };
}

function loadChange(row: ReportRow): Change {
  const now = { value: figureOf(row, 'page_load_p95') ?? 0, of: figureOf(row, 'page_loads') ?? 0 };
  const before = { value: previousOf(row, 'page_load_p95') ?? 0, of: previousOf(row, 'page_loads') ?? 0 };
  const score = quantileScore(
    { median: figureOf(row, 'page_load_p50') ?? 0, p95: now.value, of: now.of },
    { median: previousOf(row, 'page_load_p50') ?? 0, p95: before.value, of: before.of },
  );
  return { figure: 'page_load_p95', group: 'page', names: namesOf(row), now, before, score };
}

const groupNames = ['number', 'application', 'page', 'form', 'item', 'region'] as const;

const namesOf = (row: ReportRow): Readonly<Record<string, string>> =>
  Object.fromEntries(groupNames.filter((name) => row[name] !== undefined).map((name) => [name, textOf(row, name)]));
