import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { liveKey } from './report.ts';
import type { Session } from './session.ts';

export type LiveState = 'connecting' | 'live' | 'interrupted';

/** At most one refresh in this time, however many calls come in. */
const refreshEveryMs = 3000;

/** Asks for what is shown again whenever calls have come in, as the server tells by events. */
export function useLiveUpdates(): LiveState {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    const events = new EventSource('/dashboard/stream');
    let timer: ReturnType<typeof setTimeout> | null = null;
    let refreshedMs = Number.NEGATIVE_INFINITY;
    const refresh = () => {
      timer = null;
      refreshedMs = performance.now();
      queries.invalidateQueries({ queryKey: [liveKey] });
      // Calls bring numbers in: the first ones at once, for that is what a new user waits for.
      queries.refetchQueries({ queryKey: ['session'], ...(seesNumbers(queries) ? { stale: true } : {}) });
    };
    const refreshSoon = () => {
      timer ??= setTimeout(refresh, Math.max(0, refreshEveryMs - (performance.now() - refreshedMs)));
    };
    let wasInterrupted = false;
    events.addEventListener('ready', () => {
      setState('live');
      // What came in meanwhile has told nobody.
      if (wasInterrupted) refreshSoon();
      wasInterrupted = false;
    });
    events.addEventListener('error', () => {
      setState('interrupted');
      wasInterrupted = true;
    });
    events.addEventListener('calls', refreshSoon);
    return () => {
      if (timer !== null) clearTimeout(timer);
      events.close();
    };
  }, [queries]);
  return state;
}

const seesNumbers = (queries: QueryClient): boolean =>
  (queries.getQueryData<Session>(['session'])?.numbers.length ?? 0) > 0;
