import { useSyncExternalStore } from 'react';

const everyMs = 60_000;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, everyMs);
  return () => clearInterval(timer);
}

/** The beginning of this minute in UNIX milliseconds: pages that are left open move on to the next day. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => Math.floor(Date.now() / everyMs) * everyMs);
