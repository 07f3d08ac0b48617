import { useQuery } from '@tanstack/react-query';
import type { Dimension } from '../../../src/domain/reports/query/dimensions.ts';
import type { FigureName } from '../../../src/domain/reports/query/figures.ts';
import { type Filters, type Period, useFilters } from '../state/filters.ts';
import type { DaySpan } from '../state/ranges.ts';
import { ask } from './client.ts';
import type { ReportRow } from './rows.ts';

export { figureOf, previousOf, textOf } from './rows.ts';
export type { Dimension, FigureName, ReportRow };

/** What a graph or table asks for; days, numbers and comparison are those of the page unless it says otherwise. */
export interface Question {
  readonly metrics: readonly FigureName[];
  readonly by?: Dimension;
  /** 'page' takes the page's; null makes one bucket of all days. */
  readonly period?: Period | 'page' | null;
  readonly span?: DaySpan;
  readonly compares?: boolean;
  readonly application?: string | null;
  readonly page?: string | null;
  readonly form?: string | null;
  readonly item?: string | null;
  readonly region?: string | null;
  /** Groups in the answer. */
  readonly limit?: number;
}

/** See `src/wire/reports/answer.ts`. */
export interface ReportAnswer {
  readonly start: string;
  readonly end: string;
  readonly time_zone: string;
  readonly previous: DaySpan | null;
  readonly rows: readonly ReportRow[];
  readonly next: string | null;
}

export function reportAddress(filters: Filters, question: Question, format: 'json' | 'csv' = 'json'): string {
  const { start, end } = question.span ?? filters;
  const query = new URLSearchParams({ start, end, metrics: question.metrics.join(',') });
  const period = question.period === 'page' ? filters.period : (question.period ?? null);
  if (period !== null) query.set('period', period);
  if (question.by !== undefined) query.set('by', question.by);
  for (const number of filters.numbers) query.append('number', number);
  for (const name of ['application', 'page', 'form', 'item', 'region'] as const) {
    const value = question[name];
    if (value !== undefined && value !== null) query.set(name, value);
  }
  if (question.compares ?? filters.compares) query.set('compare', 'previous');
  if (question.limit !== undefined) query.set('limit', `${question.limit}`);
  if (format === 'csv') query.set('format', 'csv');
  return `/dashboard/report?${query}`;
}

/** Queries whose name begins with it are asked again when calls come in. */
export const liveKey = 'live';

/** The same, but not so often: figures of many groups, which a single call hardly moves. */
export const calmKey = 'calm';

/** Until the answer is there, the one before stands, where its rows are of the same form. */
export function useReport(question: Question, { isEnabled = true, isCalm = false } = {}) {
  const address = reportAddress(useFilters(), question);
  const form = [question.by ?? 'all', ...question.metrics].join(',');
  return useQuery({
    queryKey: [isCalm ? calmKey : liveKey, form, address],
    queryFn: ({ signal }) => ask<ReportAnswer>(address, { signal }),
    placeholderData: (answer: ReportAnswer | undefined, query) => (query?.queryKey[1] === form ? answer : undefined),
    enabled: isEnabled,
  });
}
