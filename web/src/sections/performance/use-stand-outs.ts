import { useMemo } from 'react';
import { type FigureName, useReport } from '../../api/report.ts';
import { figureOf, type ReportRow } from '../../api/rows.ts';
import { printFigure } from '../../format/numbers.ts';
import { addDays, daysBetween } from '../../state/days.ts';
import { useFilters } from '../../state/filters.ts';
import type { PageParameters } from './chosen-page.ts';
import { type StandOut, standOuts } from './stand-outs.ts';

/** A day on which something failed far more often than usual. */
export interface ErrorDay extends StandOut {
  readonly kind: 'js' | 'fetch';
}

/** Days before the chosen ones that say what is usual, too: a week alone has each weekday once. */
const daysBefore = 28;

/** Most days that are looked through; a longer range has no marks. */
const mostDays = 428;

const metrics = ['js_errors', 'fetch_errors', 'page_loads'] as const satisfies readonly FigureName[];

/** Chosen days with far more errors than the same weekdays of the range and of the four weeks before it; the worst first. */
export function useStandOuts(parameters: PageParameters): readonly ErrorDay[] {
  const { start, end } = useFilters();
  const span = { start: addDays(start, -daysBefore), end };
  const isEnabled = daysBetween(span.start, span.end) <= mostDays;
  const report = useReport({ ...parameters, metrics, span, period: 'day', compares: false }, { isEnabled });
  const rows = isEnabled ? report.data?.rows : undefined;
  return useMemo(() => {
    const used = (rows ?? []).filter((row) => metrics.some((metric) => figureOf(row, metric) !== 0));
    const found = [...errorDays('js', used), ...errorDays('fetch', used)];
    return found.filter(({ day }) => day >= start && day <= end).toSorted((one, other) => excess(other) - excess(one));
  }, [rows, start, end]);
}

function errorDays(kind: ErrorDay['kind'], rows: readonly ReportRow[]): readonly ErrorDay[] {
  const metric = kind === 'js' ? 'js_errors' : 'fetch_errors';
  const days = rows.map((row) => ({ day: row.start.slice(0, 10), count: figureOf(row, metric) ?? 0 }));
  return standOuts(days).map((day) => ({ ...day, kind }));
}

/** How many times what is usual. */
const excess = ({ count, usual: [, most] }: StandOut): number => count / Math.max(1, most);

/** "usually 2–6" */
export function usualText({ usual: [least, most] }: StandOut): string {
  const [from, to] = [printFigure(least, 'count'), printFigure(most, 'count')];
  if (most === 0) return 'usually none';
  return least === most ? `usually ${from}` : `usually ${from}–${to}`;
}

export const standOutText = (day: StandOut): string => `Stands out: ${usualText(day)}`;
