import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { liveKey } from './report.ts';

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
    };
    events.addEventListener('ready', () => setState('live'));
    events.addEventListener('error', () => setState('interrupted'));
    events.addEventListener('calls', () => {
      timer ??= setTimeout(refresh, Math.max(0, refreshEveryMs - (performance.now() - refreshedMs)));
    });
    return () => {
      if (timer !== null) clearTimeout(timer);
      events.close();
    };
  }, [queries]);
  return state;
}
