import type { Calendar } from './calendar.ts';
import type { Call, CallEvent, Visit } from './call.ts';
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
 * Definitions: docs/metrics.md. Each row occurs at most once, and no row is all zero.
 */
export function contributions(call: Call, calendar: Calendar): readonly Contribution[] {
  const { day, hour } = calendar.dayAndHourOf(call.startedAtMs);
  const scope: Scope = { phone: call.phone, day, hour, application: call.application };
  const visits = call.events.flatMap((event) => (event.kind === 'visit' ? [event.visit] : []));
  return [
    ...callRows(call, visits, scope),
    ...callerRows(call, scope),
    ...visitRows(visits, scope),
    ...linkRows(call, visits, scope),
    ...pageRows(call.events, scope),
    ...loadRows(call.events, scope),
  ];
}

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

const outcomeColumns = { filled: 1, nomatch: 2, noinput: 3, transfer: 4, disconnect: 5 } as const;
const loopColumn = 6;

function visitRows(visits: readonly Visit[], { phone, day, application }: Scope): Contribution[] {
  const rows = new RowSums('item_days', { key: [phone, day, application], width: 7 });
  for (const [index, visit] of visits.entries()) {
    const counters = rows.of([visit.page, visit.form, visit.item]);
    add(counters, 0, 1);
    if (visit.outcome !== null) add(counters, outcomeColumns[visit.outcome], 1);
    if (isLoop(visits[index - 1], visit)) add(counters, loopColumn, 1);
  }
  return rows.list();
}

/** Node of a link: page, form, item. Start and end of a call have no page and no form, which no form item can have. */
type Node = readonly [page: string, form: string, item: string];
const startNode: Node = ['', '', 'start'];

/**
 * Moves from one form item to the next, from the start of the call and to its end; the end says how the call ended, so that
 * hang-ups, transfers and completions can be told apart. Loops are no moves. A call that is up has not moved to its end.
 */
function linkRows(call: Call, visits: readonly Visit[], { phone, day, application }: Scope): Contribution[] {
  const rows = new RowSums('link_days', { key: [phone, day, application], width: 1 });
  let from = startNode;
  for (const [index, visit] of visits.entries()) {
    if (isLoop(visits[index - 1], visit)) continue;
    const to: Node = [visit.page, visit.form, visit.item];
    add(rows.of([...from, ...to]), 0, 1);
    from = to;
  }
  if (call.end !== null) add(rows.of([...from, '', '', call.end.reason]), 0, 1);
  return rows.list();
}

function pageRows(events: readonly CallEvent[], { phone, day, application }: Scope): Contribution[] {
  const rows = new RowSums('page_days', { key: [phone, day, application], width: 5 });
  for (const event of events) {
    if (event.kind === 'pageLoad') {
      const counters = rows.of([event.page]);
      add(counters, 0, 1);
      add(counters, 1, event.durationMs);
      add(counters, 2, event.isCached ? 1 : 0);
    }
    if (event.kind === 'fetchError') add(rows.of([event.page]), 3, 1);
    if (event.kind === 'jsError' && event.page !== null) add(rows.of([event.page]), 4, 1);
  }
  return rows.list();
}

function loadRows(events: readonly CallEvent[], { phone, day, hour, application }: Scope): Contribution[] {
  const byDay = new RowSums('load_histogram_days', { key: [phone, day], width: 1 });
  const byHour = new RowSums('load_histogram_hours', { key: [phone, hour], width: 1 });
  const byPage = new RowSums('page_histogram_days', { key: [phone, day, application], width: 1 });
  for (const event of events) {
    if (event.kind !== 'pageLoad') continue;
    const bin = binOf(event.durationMs);
    add(byDay.of([bin]), 0, 1);
    add(byHour.of([bin]), 0, 1);
    add(byPage.of([event.page, bin]), 0, 1);
  }
  return [...byDay.list(), ...byHour.list(), ...byPage.list()];
}

type Key = readonly (string | number)[];

function add(counters: number[], column: number, amount: number): void {
  counters[column] = (counters[column] ?? 0) + amount;
}

/** Collects the rows of one rollup, so that a row which is met twice occurs once. All keys begin alike. */
class RowSums {
  readonly #rollup: RollupName;
  readonly #beginning: Key;
  readonly #width: number;
  readonly #rows = new Map<string, { readonly rest: Key; readonly counters: number[] }>();

  constructor(rollup: RollupName, { key, width }: { readonly key: Key; readonly width: number }) {
    this.#rollup = rollup;
    this.#beginning = key;
    this.#width = width;
  }

  /** The counters of the row whose key ends like this, to be added to. */
  of(rest: Key): number[] {
    let name = '';
    for (const part of rest) name += `${part}\0`;
    const known = this.#rows.get(name);
    if (known !== undefined) return known.counters;
    const counters = new Array<number>(this.#width).fill(0);
    this.#rows.set(name, { rest, counters });
    return counters;
  }

  list(): Contribution[] {
    const rollup = this.#rollup;
    return Array.from(this.#rows.values(), ({ rest, counters }) => ({
      rollup,
      key: [...this.#beginning, ...rest],
      counters,
    }));
  }
}
