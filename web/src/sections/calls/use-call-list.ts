import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { CallList } from '../../../../src/wire/dashboard/calls.ts';
import { ask } from '../../api/client.ts';
import { liveKey } from '../../api/report.ts';
import { addressOf, withChanges } from '../../router/location.ts';
import { useFilters } from '../../state/filters.ts';
import { hasGap, mergeCalls } from './merge-calls.ts';
import { type CallSearch, listAddress } from './search.ts';

/** How long before the list was asked for a call may have started that appears in it, or changes in it, by itself. */
const lateMs = 3_600_000;

const withParameters = (address: string, parameters: Readonly<Record<string, string>>): string => {
  const url = new URL(address, globalThis.location.origin);
  return addressOf(url.pathname, withChanges(url.searchParams, parameters));
};

/**
 * The calls of a search, page after page, the latest first. While calls come in, only the newest ones are asked for again, so that what
 * was loaded stays where it is. A list that is not enabled has what was loaded before.
 */
export function useCallList(search: CallSearch, { isEnabled = true } = {}) {
  const filters = useFilters();
  const address = listAddress(filters, search);
  const list = useInfiniteQuery({
    queryKey: ['calls', address],
    queryFn: ({ pageParam, signal }) =>
      ask<CallList>(pageParam === null ? address : withParameters(address, { cursor: pageParam }), { signal }),
    initialPageParam: noCursor,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  });
  const isLive = isEnabled && list.isSuccess && !list.isPlaceholderData && filters.end >= filters.today;
  const latest = useLatest(address, { search, isLive });
  const calls = useMemo(() => {
    const loaded = callsOf(list.data);
    return latest === undefined || list.isPlaceholderData ? loaded : mergeCalls(loaded, latest.calls);
  }, [list.data, list.isPlaceholderData, latest]);
  const { refetch } = list;
  const isTorn = latest !== undefined && isLive && hasGap(callsOf(list.data), latest);
  useEffect(() => {
    if (isTorn) refetch();
  }, [isTorn, refetch]);
  return { list, calls };
}

const noCursor: string | null = null;

const callsOf = (data: InfiniteData<CallList, unknown> | undefined) => data?.pages.flatMap(({ calls }) => calls) ?? [];

interface Latest {
  readonly search: CallSearch;
  readonly isLive: boolean;
}

/** The newest calls of the search; undefined as long as they are those of the list itself. */
function useLatest(address: string, { search, isLive }: Latest): CallList | undefined {
  const queries = useQueryClient();
  const latest = useQuery({
    queryKey: [liveKey, 'calls', address],
    queryFn: ({ signal }) => {
      const loadedMs = queries.getQueryState(['calls', address])?.dataUpdatedAt ?? Date.now();
      const since = new Date(loadedMs - lateMs).toISOString();
      const from = search.from !== undefined && Date.parse(search.from) > Date.parse(since) ? search.from : since;
      return ask<CallList>(withParameters(address, { from }), { signal });
    },
    enabled: isLive,
  });
  return latest.data;
}
