import { useSyncExternalStore } from 'react';

/** Where the reader is: the path, and the query that holds all state of the page, so that a link shows the same. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

const listeners = new Set<() => void>();
let place = read();

function read(): Place {
  const { pathname, search } = globalThis.location;
  return { path: pathname.length > 1 ? pathname.replace(/\/+$/, '') : pathname, query: new URLSearchParams(search) };
}

function changed(): void {
  place = read();
  for (const listener of listeners) listener();
}

globalThis.addEventListener('popstate', changed);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const usePlace = (): Place => useSyncExternalStore(subscribe, () => place);

/** Goes to an address of the dashboard. `replace` leaves no step behind to go back to. */
export function navigate(address: string, { replace = false } = {}): void {
  const isOtherPage = new URL(address, globalThis.location.href).pathname !== globalThis.location.pathname;
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  changed();
  if (isOtherPage) globalThis.scrollTo(0, 0);
}

/** Sets or removes (null, empty list) parameters of the address of now; the other ones stay. */
export function changeQuery(changes: QueryChanges, { replace = false } = {}): void {
  navigate(addressOf(place.path, withChanges(place.query, changes)), { replace });
}

export type QueryChanges = Readonly<Record<string, string | readonly string[] | null>>;

export function withChanges(query: URLSearchParams, changes: QueryChanges): URLSearchParams {
  const changed = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    changed.delete(name);
    for (const each of typeof value === 'string' ? [value] : (value ?? [])) changed.append(name, each);
  }
  return changed;
}

export const addressOf = (path: string, query: URLSearchParams): string =>
  query.size === 0 ? path : `${path}?${query}`;

/** One parameter of the address; null where it is not there. */
export const useParameter = (name: string): string | null => usePlace().query.get(name);
