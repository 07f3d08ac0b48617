import { useDocumentVisibility } from '@mantine/hooks';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { calmKey, liveKey } from './report.ts';
import type { Session } from './session.ts';

export type LiveState = 'connecting' | 'live' | 'interrupted';

/** At most one refresh in this time, however many calls come in; and of figures of many groups, which a single call hardly moves. */
const refreshEveryMs = { live: 3000, calm: 30_000 } as const;

/**
 * Asks for what is shown again whenever calls have come in, as the server tells by events. Only a page that is seen listens: a browser
 * opens no more than six connections to a server, over all its tabs.
 */
export function useLiveUpdates(): LiveState {
  const queries = useQueryClient();
  const isVisible = useDocumentVisibility() === 'visible';
  const [state, setState] = useState<LiveState>('connecting');
  const wasInterrupted = useRef(false);
  useEffect(() => {
    if (!isVisible) return;
    const events = new EventSource('/dashboard/stream');
    const refreshes = [
      new Refresh(refreshEveryMs.live, () => {
        queries.invalidateQueries({ queryKey: [liveKey] });
        // Calls bring numbers in: the first ones at once, for that is what a new user waits for.
        queries.refetchQueries({ queryKey: ['session'], ...(seesNumbers(queries) ? { stale: true } : {}) });
      }),
      new Refresh(refreshEveryMs.calm, () => queries.invalidateQueries({ queryKey: [calmKey] })),
    ];
    const refreshAll = () => {
      for (const refresh of refreshes) refresh.soon();
    };
    events.addEventListener('ready', () => {
      setState('live');
      // What came in meanwhile has told nobody.
      if (wasInterrupted.current) refreshAll();
      wasInterrupted.current = false;
    });
    events.addEventListener('error', () => {
      setState('interrupted');
      wasInterrupted.current = true;
    });
    events.addEventListener('calls', refreshAll);
    return () => {
      wasInterrupted.current = true;
      for (const refresh of refreshes) refresh.cancel();
      events.close();
    };
  }, [queries, isVisible]);
  return state;
}

/** What is done once after it was asked for, and at most so often. */
class Refresh {
  readonly #everyMs: number;
  readonly #run: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(everyMs: number, run: () => void) {
    this.#everyMs = everyMs;
    this.#run = run;
  }

  soon(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null;
        this.#lastMs = performance.now();
        this.#run();
      },
      Math.max(0, this.#lastMs + this.#everyMs - performance.now()),
    );
  }

  cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}

const seesNumbers = (queries: QueryClient): boolean =>
  (queries.getQueryData<Session>(['session'])?.numbers.length ?? 0) > 0;
