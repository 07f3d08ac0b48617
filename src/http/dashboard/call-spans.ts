import type { Calendar } from '../../domain/calendar.ts';
import type { CallFilter } from '../../domain/call-filter.ts';
import { daysLeft, tracesOf } from '../../domain/call-traces.ts';
import { mostSumRows } from '../../domain/reports/sums.ts';
import type { AccountId } from '../../store/access-store.ts';
import type { NumberSet } from '../../store/call-store.ts';
import type { CallSpan } from '../../wire/dashboard/call-query.ts';
import type { Span } from './call-search.ts';
import type { DashboardContext } from './context.ts';

/** What is looked for, where. */
export interface Sought {
  readonly accountId: AccountId;
  readonly numbers: NumberSet;
  readonly filter: CallFilter;
  readonly span: CallSpan;
  readonly calendar: Calendar;
}

/** Where calls that are looked for may be, the latest first: the sums say on which days there are none. */
export async function spansOf(
  { accountId, numbers, filter, span, calendar }: Sought,
  { store, timeZones }: Pick<DashboardContext, 'store' | 'timeZones'>,
): Promise<readonly Span[]> {
  const whole = [span].filter(isSome);
  const traces = tracesOf(filter, span.range);
  if (traces.length === 0 || whole.length === 0) return whole;
  // Sums are of days of another zone while they are being counted anew.
  if ((await timeZones.progressOf(accountId)) !== null) return whole;
  const sums = traces.map(({ query }) => query);
  const found = await store.calls.report({ accountId, numbers, sums, callers: [], mostRows: mostSumRows });
  if (!found.ok) return whole;
  const runs = daysLeft(traces, found.value.sums, span.range);
  const spans = runs.map(({ first, last }) => ({
    fromMs: Math.max(span.fromMs, calendar.startOf(first) * 1000),
    toMs: Math.min(span.toMs, calendar.startOf(last + 1) * 1000 - 1),
  }));
  return spans.filter(isSome);
}

const isSome = ({ fromMs, toMs }: Span): boolean => fromMs <= toMs;
