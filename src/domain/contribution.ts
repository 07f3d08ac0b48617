import type { Calendar } from './calendar.ts';
import type { Call, CallEvent, Outcome, Visit } from './call.ts';
import { binOf } from './histogram.ts';
import { type CallCounter, callCounters, type RollupName } from './rollups.ts';

/** Integers that one call adds to one row of a rollup. `key` and `counters` stand in the order of the rollup's columns. */
export interface Contribution {
  readonly rollup: RollupName;
  readonly key: readonly (string | number)[];
  readonly counters: readonly number[];
}

/** What every row that a call touches has in common. */
interface Scope {
  readonly phone: string;
  readonly day: number;
  readonly hour: number;
  readonly application: string;
}

/**
 * What a call adds to every figure. Everything in a call counts on the local day, and in the local hour, in which it started.
 *
 * Definitions: docs/metrics.md. A row may occur more than once; what it gets is then the sum.
 */
export function contributions(call: Call, calendar: Calendar): readonly Contribution[] {
  const { day, hour } = calendar.dayAndHourOf(call.startedAtMs);
  const scope: Scope = { phone: call.phone, day, hour, application: call.application };
  const visits = visitsOf(call.events);
  return [
    ...callRows(call, visits, scope),
    ...callerRows(call, scope),
    ...visitRows(visits, scope),
    ...linkRows(call, scope),
    ...pageRows(call.events, scope),
    ...loadRows(call.events, scope),
  ];
}

/** Visits of form items, in the order in which they happened. */
export const visitsOf = (events: readonly CallEvent[]): readonly Visit[] =>
  events.flatMap((event) => (event.kind === 'visit' ? [event.visit] : []));

function callRows(call: Call, visits: readonly Visit[], { phone, day, hour, application }: Scope): Contribution[] {
  const totals = callTotals(call, visits);
  const counters = callCounters.map((counter) => totals[counter]);
  return [
    { rollup: 'number_days', key: [phone, day], counters },
    { rollup: 'number_hours', key: [phone, hour], counters },
    { rollup: 'application_days', key: [phone, day, application], counters },
  ];
}

function callTotals(call: Call, visits: readonly Visit[]): Record<CallCounter, number> {
  const totals: Record<CallCounter, number> = {
    calls: 1,
    call_ms: call.end?.durationMs ?? 0,
    transfers: 0,
    transfer_ms: 0,
    transferred_calls: 0,
    log_events: 0,
    form_items: visits.length,
    loops: visits.filter((visit, index) => isLoop(visits[index - 1], visit)).length,
    js_errors: 0,
    fetch_errors: 0,
    page_loads: 0,
    page_load_ms: 0,
  };
  for (const event of call.events) countEvent(totals, event);
  totals.transferred_calls = Math.min(1, totals.transfers);
  return totals;
}

function countEvent(totals: Record<CallCounter, number>, event: CallEvent): void {
  switch (event.kind) {
    case 'pageLoad':
      totals.page_loads += 1;
      totals.page_load_ms += event.durationMs;
      return;
    case 'fetchError':
      totals.fetch_errors += 1;
      return;
    case 'jsError':
      totals.js_errors += 1;
      return;
    case 'transfer':
      totals.transfers += 1;
      totals.transfer_ms += event.durationMs;
      return;
    case 'log':
      totals.log_events += 1;
      return;
    case 'visit':
      return;
    default:
      event satisfies never;
  }
}

/** A re-entry of the form item that the caller is already in. A call has one application, so it is not compared. */
function isLoop(previous: Visit | undefined, visit: Visit): boolean {
  return (
    previous !== undefined &&
    previous.page === visit.page &&
    previous.form === visit.form &&
    previous.item === visit.item
  );
}

function callerRows(call: Call, { phone, day }: Scope): Contribution[] {
  const rows: Contribution[] = [];
  if (call.caller !== null) rows.push({ rollup: 'caller_days', key: [phone, day, call.caller], counters: [1] });
  if (call.callerRegion !== null) {
    rows.push({ rollup: 'region_days', key: [phone, day, call.callerRegion], counters: [1] });
  }
  return rows;
}

const outcomes: readonly Outcome[] = ['filled', 'nomatch', 'noinput', 'transfer', 'disconnect'];

function visitRows(visits: readonly Visit[], { phone, day, application }: Scope): Contribution[] {
  return visits.map((visit, index) => ({
    rollup: 'item_days',
    key: [phone, day, application, visit.page, visit.form, visit.item],
    counters: [
      1,
      ...outcomes.map((outcome) => (visit.outcome === outcome ? 1 : 0)),
      isLoop(visits[index - 1], visit) ? 1 : 0,
    ],
  }));
}

/** Node of a link: page, form, item. Start and end of a call have no page and no form, which no form item can have. */
export type Node = readonly [page: string, form: string, item: string];
const startNode: Node = ['', '', 'start'];

export interface Move {
  readonly from: Node;
  readonly to: Node;
}

/**
 * Moves from one form item to the next, from the start of the call and to its end; the end says how the call ended, so that
 * hang-ups, transfers and completions can be told apart. Loops are no moves. A call that is up has not moved to its end.
 */
export function movesOf({ events, end }: Pick<Call, 'events' | 'end'>): readonly Move[] {
  const visits = visitsOf(events);
  const entries = visits.filter((visit, index) => !isLoop(visits[index - 1], visit));
  const nodes = [startNode, ...entries.map(({ page, form, item }): Node => [page, form, item])];
  if (end !== null) nodes.push(['', '', end.reason]);
  return nodes.slice(1).map((to, index) => ({ from: nodes[index] ?? startNode, to }));
}

const linkRows = (call: Call, { phone, day, application }: Scope): Contribution[] =>
  movesOf(call).map(({ from, to }) => ({
    rollup: 'link_days',
    key: [phone, day, application, ...from, ...to],
    counters: [1],
  }));

function pageRows(events: readonly CallEvent[], { phone, day, application }: Scope): Contribution[] {
  const row = (page: string, counters: readonly number[]): Contribution[] => [
    { rollup: 'page_days', key: [phone, day, application, page], counters },
  ];
  return events.flatMap((event) => {
    if (event.kind === 'pageLoad') return row(event.page, [1, event.durationMs, event.isCached ? 1 : 0, 0, 0]);
    if (event.kind === 'fetchError') return row(event.page, [0, 0, 0, 1, 0]);
    return event.kind === 'jsError' && event.page !== null ? row(event.page, [0, 0, 0, 0, 1]) : [];
  });
}

function loadRows(events: readonly CallEvent[], { phone, day, hour, application }: Scope): Contribution[] {
  return events.flatMap((event): Contribution[] => {
    if (event.kind !== 'pageLoad') return [];
    const bin = binOf(event.durationMs);
    return [
      { rollup: 'load_histogram_days', key: [phone, day, bin], counters: [1] },
      { rollup: 'load_histogram_hours', key: [phone, hour, bin], counters: [1] },
      { rollup: 'page_histogram_days', key: [phone, day, application, event.page, bin], counters: [1] },
    ];
  });
}
