import { useQueries } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import { type ReportAnswer, reportAddress } from '../../api/report.ts';
import { figureOf } from '../../api/rows.ts';
import { useFilters } from '../../state/filters.ts';
import type { DaySpan } from '../../state/ranges.ts';

/** They are many questions over many days, which a single call hardly moves: asked again after this time only. */
const staleMs = 300_000;

export interface DistinctCallers {
  /** Of each span; null until it is known. */
  readonly counts: readonly (number | null)[];
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Distinct callers of several spans of days. */
export function useDistinctCallers(spans: readonly DaySpan[]): DistinctCallers {
  const filters = useFilters();
  return useQueries({
    queries: spans.map((span) => {
      const address = reportAddress(filters, { metrics: ['callers'], span, compares: false });
      return {
        queryKey: ['callers', address],
        queryFn: ({ signal }: { readonly signal: AbortSignal }) => ask<ReportAnswer>(address, { signal }),
        staleTime: staleMs,
      };
    }),
    combine: (results) => ({
      counts: results.map(({ data }) => figureOf(data?.rows[0], 'callers')),
      isPending: results.some(({ isPending }) => isPending),
      error: results.find(({ isLoadingError }) => isLoadingError)?.error ?? null,
      retry: () => {
        for (const { isError, refetch } of results) if (isError) refetch();
      },
    }),
  });
}
