import { type Day, dayIn, daysBetween, isDay } from './days.ts';
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
