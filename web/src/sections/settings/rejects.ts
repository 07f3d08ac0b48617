import { useQuery } from '@tanstack/react-query';
import type { RejectDetail, RejectList } from '../../../../src/wire/dashboard/settings.ts';
import { ask } from '../../api/client.ts';

/** One page of documents that were not taken; `after` is `next` of the page before, null for the first one. */
export const useRejects = (after: string | null) =>
  useQuery({
    queryKey: ['rejects', after],
    queryFn: ({ signal }) =>
      ask<RejectList>(`/dashboard/rejects${after === null ? '' : `?after=${encodeURIComponent(after)}`}`, { signal }),
    refetchInterval: 60_000,
  });

export const useReject = (id: string) =>
  useQuery({
    queryKey: ['reject', id],
    queryFn: ({ signal }) => ask<RejectDetail>(`/dashboard/rejects/${encodeURIComponent(id)}`, { signal }),
    // What is being corrected must not change under the hand.
    staleTime: Number.POSITIVE_INFINITY,
  });
