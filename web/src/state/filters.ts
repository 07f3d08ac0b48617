import { useMemo } from 'react';
import { useSession } from '../api/session.ts';
import { addressOf, changeQuery, usePlace, withChanges } from '../router/location.ts';
import { type Day, dayIn, daysBetween, isDay } from './days.ts';
import { useNow } from './now.ts';
import { type DaySpan, type PresetName, presetOf, presets, usualPreset } from './ranges.ts';

export const periods = ['hour', 'day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

/** What every section looks at; all of it stands in the address. */
export interface Filters extends DaySpan {
  /** null where the days were chosen one by one. */
  readonly preset: PresetName | null;
  /** Length of a point of a graph. */
  readonly period: Period;
  /** Those that make sense for so many days. */
  readonly possiblePeriods: readonly Period[];
  /** Empty for all numbers. */
  readonly numbers: readonly string[];
  readonly compares: boolean;
  readonly timeZone: string;
  readonly weekStart: number;
  /** In the account's zone. */
  readonly today: Day;
}

/** Parameters that follow the reader from section to section. */
export const sharedParameters = ['range', 'start', 'end', 'period', 'number', 'compare'] as const;

/** Most days of a report by hour: see /docs/guides/reports-api. */
const mostDaysByHour = 92;
const mostPoints = 400;

export function possiblePeriods({ start, end }: DaySpan): readonly Period[] {
  const days = daysBetween(start, end);
  return periods.filter((period) => {
    if (period === 'hour') return days <= mostDaysByHour;
    if (period === 'day') return days <= mostPoints;
    return period === 'week' ? days > 7 : days > 31;
  });
}

function usualPeriod(span: DaySpan): Period {
  const days = daysBetween(span.start, span.end);
  if (days <= 2) return 'hour';
  if (days <= mostDaysByHour) return 'day';
  return days <= mostPoints ? 'week' : 'month';
}

/** What an address says; what it says wrongly is as if it said nothing. */
export function readFilters(
  query: URLSearchParams,
  { timeZone, weekStart, now }: { readonly timeZone: string; readonly weekStart: number; readonly now: Date },
): Filters {
  const today = dayIn(timeZone, now);
  const [start, end] = [query.get('start'), query.get('end')];
  const isCustom = isDay(start) && isDay(end) && start <= end;
  const preset = isCustom ? null : (presetOf(query.get('range')) ?? usualPreset);
  const span = isCustom ? { start, end } : presets[preset ?? usualPreset].span(today, weekStart);
  const possible = possiblePeriods(span);
  const period = possible.find((candidate) => candidate === query.get('period')) ?? usualPeriod(span);
  return {
    ...span,
    preset,
    period,
    possiblePeriods: possible,
    numbers: query.getAll('number'),
    compares: query.get('compare') === 'previous',
    timeZone,
    weekStart,
    today,
  };
}

export function useFilters(): Filters {
  const { query } = usePlace();
  const { account } = useSession();
  const minute = useNow();
  const { time_zone: timeZone, week_start: weekStart } = account;
  return useMemo(
    () => readFilters(query, { timeZone, weekStart, now: new Date(minute) }),
    [query, timeZone, weekStart, minute],
  );
}

export const chooseRange = (span: PresetName | DaySpan): void =>
  typeof span === 'string'
    ? changeQuery({ range: span === usualPreset ? null : span, start: null, end: null, period: null })
    : changeQuery({ range: null, start: span.start, end: span.end, period: null });

/** The address of another page that looks at the same, with parameters of its own. */
export function useAddress(): (
  path: string,
  own?: Readonly<Record<string, string | readonly string[] | null>>,
) => string {
  const { query } = usePlace();
  return (path, own = {}) => {
    const shared = new URLSearchParams([...query].filter(([name]) => sharedParameters.some((each) => each === name)));
    return addressOf(path, withChanges(shared, own));
  };
}
