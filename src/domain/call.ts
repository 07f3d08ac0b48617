import type { Region } from './phone.ts';

/** How a visit of a form item ended. A visit has exactly one outcome, or none while it lasts. */
export type Outcome = 'filled' | 'nomatch' | 'noinput' | 'transfer' | 'disconnect';

export type EndReason = 'caller_hangup' | 'application_hangup' | 'transfer' | 'error' | 'timeout' | 'unknown';

/**
 * What happened in a call and is counted. What is kept and not counted (notes, transfers that failed, unknown events)
 * stays in the stored document and does not get here. `page` is a file name, see {@link pageName}.
 */
export type CallEvent =
  | { readonly kind: 'pageLoad'; readonly page: string; readonly durationMs: number; readonly isCached: boolean }
  | { readonly kind: 'fetchError'; readonly page: string }
  | { readonly kind: 'jsError'; readonly page: string | null }
  | { readonly kind: 'visit'; readonly visit: Visit }
  | { readonly kind: 'transfer'; readonly durationMs: number }
  | { readonly kind: 'log' };

/** One visit of a form item. */
export interface Visit {
  readonly page: string;
  readonly form: string;
  readonly item: string;
  readonly outcome: Outcome | null;
}

/** A call, as far as figures come from it. Durations are whole milliseconds. */
export interface Call {
  readonly id: string;
  readonly revision: number;
  /** The account's number: E.164, or the digits of what is no telephone number. */
  readonly phone: string;
  /** The other party, spelled like `phone`; null when withheld. */
  readonly caller: string | null;
  readonly callerRegion: Region | null;
  readonly application: string;
  readonly startedAtMs: number;
  /** null while the call is up. */
  readonly end: { readonly reason: EndReason; readonly durationMs: number } | null;
  readonly events: readonly CallEvent[];
}

const longestPageName = 256;

/**
 * The name under which a page is reported: the last part of its path, without query and fragment, so that session ids in
 * addresses do not make one page into thousands. `https://ivr.example/a/main.php?s=1` → `main.php`; `https://ivr.example` → `/`.
 */
export function pageName(url: string): string {
  const end = url.search(/[?#]/);
  const address = end === -1 ? url : url.slice(0, end);
  const path = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').replace(/\/+$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  // Not every store can hold NUL, nor half a character.
  return name === '' ? '/' : name.slice(0, longestPageName).replaceAll('\0', '\ufffd').toWellFormed();
}
