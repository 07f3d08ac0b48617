import type { CallList, CallSummary } from '../../../../src/wire/dashboard/calls.ts';

/** The calls of a list with those that have come in or changed since: each once, as it is now, the latest first. */
export function mergeCalls(list: readonly CallSummary[], latest: readonly CallSummary[]): readonly CallSummary[] {
  const calls = new Map([...list, ...latest].map((call) => [call.id, call]));
  return [...calls.values()].sort((one, other) => Date.parse(other.started_at) - Date.parse(one.started_at));
}

/** Whether more calls have come in than were asked for, so that some are missing between them and the list. */
export const hasGap = (list: readonly CallSummary[], { calls, next }: CallList): boolean =>
  next !== null && calls.length > 0 && !calls.some(({ id }) => list.some((known) => known.id === id));
