import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { calmKey, liveKey } from './report.ts';
import type { Session } from './session.ts';

export type LiveState = 'connecting' | 'live' | 'interrupted' | 'behind';

/** At most one refresh in this time, however many calls come in; and of figures of many groups, which a single call hardly moves. */
const refreshEveryMs = { live: 3000, calm: 30_000 } as const;
/** A browser gives up after an answer that is no stream, for example a proxy's while the server starts. */
const openAgainMs = 5000;
const askAgainMs = 10_000;

/** Asks for what is shown again whenever calls have come in, as the server tells by events. */
export function useLiveUpdates(): LiveState {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  const isBehind = useIsBehind(queries);
  useEffect(() => {
    const refreshes = refreshesOf(queries);
    const refreshAll = () => {
      for (const refresh of refreshes) refresh.soon();
    };
    const close = listen({
      onReady: (isAgain) => {
        setState('live');
        // What came in meanwhile has told nobody.
        if (!isAgain) return;
        refreshAll();
        queries.refetchQueries({ type: 'active', predicate: ({ state: { status } }) => status === 'error' });
      },
      onCalls: refreshAll,
      onLost: () => setState('interrupted'),
      // Whether the session has ended; the gate shows the way in then.
      onRefused: () => queries.invalidateQueries({ queryKey: ['session'] }),
    });
    return () => {
      for (const refresh of refreshes) refresh.cancel();
      close();
    };
  }, [queries]);
  useEffect(() => {
    if (!isBehind) return;
    const timer = setInterval(() => queries.refetchQueries({ type: 'active', predicate: isOld }), askAgainMs);
    return () => clearInterval(timer);
  }, [queries, isBehind]);
  return state === 'live' && isBehind ? 'behind' : state;
}

interface Listener {
  readonly onReady: (isAgain: boolean) => void;
  readonly onCalls: () => void;
  readonly onLost: () => void;
  readonly onRefused: () => void;
}

/**
 * Listens to the server as long as the page is seen, and returns what ends it. A page that is hidden leaves its connection to others: of
 * one server a browser opens six, and each window takes one for good.
 */
function listen({ onReady, onCalls, onLost, onRefused }: Listener): () => void {
  let events: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let wasReady = false;
  const open = () => {
    timer = null;
    events = new EventSource('/dashboard/stream');
    events.addEventListener('ready', () => {
      onReady(wasReady);
      wasReady = true;
    });
    events.addEventListener('calls', onCalls);
    events.addEventListener('error', ({ currentTarget }) => {
      onLost();
      wasReady = true;
      const isGivenUp = currentTarget instanceof EventSource && currentTarget.readyState === EventSource.CLOSED;
      if (!isGivenUp) return;
      onRefused();
      timer = setTimeout(open, openAgainMs);
    });
  };
  const close = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    events?.close();
    events = null;
  };
  const follow = () => {
    if (document.hidden) close();
    else if (events === null && timer === null) open();
  };
  follow();
  document.addEventListener('visibilitychange', follow);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    close();
  };
}

const refreshesOf = (queries: QueryClient): readonly Refresh[] => [
  new Refresh(refreshEveryMs.live, () => {
    queries.invalidateQueries({ queryKey: [liveKey] });
    // Calls bring numbers in: the first ones at once, for that is what a new user waits for.
    queries.refetchQueries({ queryKey: ['session'], ...(seesNumbers(queries) ? { stale: true } : {}) });
  }),
  new Refresh(refreshEveryMs.calm, () => queries.invalidateQueries({ queryKey: [calmKey] })),
];

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

/** What could not be asked for again: it is still shown, but as it was. */
const isOld = ({ state }: Query): boolean => state.status === 'error' && state.data !== undefined;

function useIsBehind(queries: QueryClient): boolean {
  const cache = queries.getQueryCache();
  const subscribe = useCallback((listener: () => void) => cache.subscribe(listener), [cache]);
  return useSyncExternalStore(subscribe, () => cache.findAll({ type: 'active', predicate: isOld }).length > 0);
}
