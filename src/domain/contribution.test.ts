import { describe, expect, it } from 'vitest';
import { callWith, visit } from '../../tests/data/calls.ts';
import { calendarOf, type NamedRow, newYork, rowsOf } from '../../tests/data/rollup-rows.ts';
import type { Call, CallEvent } from './call.ts';
import { contributions } from './contribution.ts';
import { binOf } from './histogram.ts';
import type { RollupName } from './rollups.ts';

/** The same without the columns that every row of the call has. */
const shortRowsOf = (rollup: RollupName, call: Call): readonly NamedRow[] =>
  rowsOf(rollup, call).map(({ phone, day, hour, application, ...rest }) => rest);

const day = 17_569; // 2018-02-07
const hour = 1_518_015_600; // 2018-02-07 10:00 in New York
const phone = '+16173990000';
const application = 'https://ivr.example/start.php';

const load = (page: string, durationMs: number, isCached = false): CallEvent => ({
  kind: 'pageLoad',
  page,
  durationMs,
  isCached,
});
const ended = { reason: 'caller_hangup', durationMs: 61_500 } as const;

describe('the counters of a call', () => {
  const cases: readonly { readonly name: string; readonly call: Partial<Call>; readonly want: NamedRow }[] = [
    { name: 'counts a call that is up, with no time yet', call: {}, want: { calls: 1 } },
    { name: 'counts the time of a call that has ended', call: { end: ended }, want: { calls: 1, call_ms: 61_500 } },
    {
      name: 'counts each transfer of a call, and the call once among the transferred ones',
      call: {
        events: [
          { kind: 'transfer', durationMs: 30_000 },
          { kind: 'transfer', durationMs: 500 },
        ],
      },
      want: { calls: 1, transfers: 2, transfer_ms: 30_500, transferred_calls: 1 },
    },
    {
      name: 'counts executed logs',
      call: { events: [{ kind: 'log' }, { kind: 'log' }, { kind: 'log' }] },
      want: { calls: 1, log_events: 3 },
    },
    {
      name: 'counts every visit, whatever its outcome, and one that lasts',
      call: { events: [visit('a/b/c', 'nomatch'), visit('a/b/d', 'filled'), visit('a/b/e', null)] },
      want: { calls: 1, form_items: 3 },
    },
    {
      name: 'counts loops within each unbroken run of visits: its length - 1',
      call: { events: ['a', 'a', 'a', 'b', 'a', 'a', 'b'].map((item) => visit(`main.php/menu/${item}`)) },
      want: { calls: 1, form_items: 7, loops: 3 },
    },
    {
      name: 'takes items of the same name in another form, or on another page, for others: no loop',
      call: { events: [visit('a/b/c'), visit('a/x/c'), visit('x/x/c')] },
      want: { calls: 1, form_items: 3 },
    },
    {
      name: 'sees a run of visits through what else happens meanwhile',
      call: { events: [visit('a/b/c'), load('a', 45), { kind: 'log' }, visit('a/b/c')] },
      want: { calls: 1, form_items: 2, loops: 1, log_events: 1, page_loads: 1, page_load_ms: 45 },
    },
    {
      name: 'counts cached loads with the others, and failed fetches apart, with no load and no time',
      call: { events: [load('a', 45), load('a', 5, true), { kind: 'fetchError', page: 'a' }] },
      want: { calls: 1, page_loads: 2, page_load_ms: 50, fetch_errors: 1 },
    },
    {
      name: 'counts script errors, those of no known page too',
      call: {
        events: [
          { kind: 'jsError', page: 'a' },
          { kind: 'jsError', page: null },
        ],
      },
      want: { calls: 1, js_errors: 2 },
    },
  ];

  it.each(cases)('$name', ({ call, want }) => {
    expect(rowsOf('number_days', callWith(call))).toEqual([{ phone, day, ...want }]);
    expect(rowsOf('number_hours', callWith(call))).toEqual([{ phone, hour, ...want }]);
    expect(rowsOf('application_days', callWith(call))).toEqual([{ phone, day, application, ...want }]);
  });
});

describe('the day and the hour of a call', () => {
  const startingAt = (local: string) =>
    callWith({
      startedAtMs: Temporal.ZonedDateTime.from(local).epochMilliseconds,
      end: { reason: 'transfer', durationMs: 7_200_000 },
      events: [
        { kind: 'transfer', durationMs: 3_600_000 },
        visit('a/b/c'),
        load('a', 45),
        { kind: 'fetchError', page: 'a' },
      ],
    });

  it('counts a transferred call once, in the hour it started, and all that is in it on the day it started', () => {
    const call = startingAt('2018-02-07T23:59:59.999[America/New_York]');
    expect(rowsOf('number_hours', call)).toMatchObject([{ hour: 1_518_062_400, calls: 1, transfers: 1 }]);
    const onTheDay = contributions(call, newYork).flatMap(({ rollup, key }) => (key[1] === day ? [rollup] : []));
    expect([...new Set(onTheDay)].sort()).toEqual([
      'application_days',
      'item_days',
      'link_days',
      'load_histogram_days',
      'number_days',
      'page_days',
      'page_histogram_days',
    ]);
    expect(rowsOf('load_histogram_hours', call)).toMatchObject([{ hour: 1_518_062_400, loads: 1 }]);
  });

  it('takes the day of the time zone of the account', () => {
    const call = callWith({ startedAtMs: Date.UTC(2018, 1, 8, 3) });
    const days = ['America/New_York', 'UTC', 'Pacific/Auckland'].map((zone) =>
      rowsOf('number_days', call, calendarOf(zone)).map(({ day }) => day),
    );
    expect(days).toEqual([[day], [day + 1], [day + 1]]);
  });

  it('takes the hour that a clock change repeats for two', () => {
    const [first, second] = ['-04:00', '-05:00'].map((offset) =>
      rowsOf('number_hours', startingAt(`2018-11-04T01:30:00${offset}[America/New_York]`)).map(({ hour }) => hour),
    );
    expect([first, second]).toEqual([[Date.UTC(2018, 10, 4, 5) / 1000], [Date.UTC(2018, 10, 4, 6) / 1000]]);
  });
});

describe('the other party', () => {
  it('counts a caller and the region of the prefix once a call', () => {
    const call = callWith({ caller: '+16175550101', callerRegion: 'US-MA' });
    expect(rowsOf('caller_days', call)).toEqual([{ phone, day, caller: '+16175550101', calls: 1 }]);
    expect(rowsOf('region_days', call)).toEqual([{ phone, day, region: 'US-MA', calls: 1 }]);
  });

  it('counts a caller of no region among the callers only', () => {
    const call = callWith({ caller: '100', callerRegion: null });
    expect(rowsOf('caller_days', call)).toEqual([{ phone, day, caller: '100', calls: 1 }]);
    expect(rowsOf('region_days', call)).toEqual([]);
  });

  it('counts a withheld caller nowhere among callers and regions', () => {
    const call = callWith({ caller: null, callerRegion: null });
    expect([...rowsOf('caller_days', call), ...rowsOf('region_days', call)]).toEqual([]);
  });
});

describe('visits of form items', () => {
  it('are counted by application, page, form and item, with how each ended', () => {
    const events = [
      visit('main.php/menu/choice', 'nomatch'),
      visit('main.php/menu/choice', 'noinput'),
      visit('main.php/menu/choice', 'filled'),
      visit('pay.php/card/digits', 'transfer'),
      visit('main.php/menu/choice', 'disconnect'),
      visit('main.php/menu/other', null),
    ];
    const common = { phone, day, application };
    expect(rowsOf('item_days', callWith({ events }))).toEqual([
      {
        ...common,
        page: 'main.php',
        form: 'menu',
        item: 'choice',
        visits: 4,
        filled: 1,
        nomatch: 1,
        noinput: 1,
        disconnect: 1,
        loops: 2,
      },
      { ...common, page: 'pay.php', form: 'card', item: 'digits', visits: 1, transfer: 1 },
      { ...common, page: 'main.php', form: 'menu', item: 'other', visits: 1 },
    ]);
  });

  it('are told apart however their names could be joined', () => {
    const events = [visit('a/b/c'), visit('a/b,c/'), visit('a,b//c')];
    expect(shortRowsOf('item_days', callWith({ events })).length).toBe(3);
  });
});

describe('links', () => {
  /** `from > to: moves`, a node as page/form/item. */
  const linksOf = (call: Partial<Call>): readonly string[] =>
    shortRowsOf('link_days', callWith(call)).map(
      ({ from_page, from_form, from_item, to_page, to_form, to_item, moves }) =>
        `${from_page}/${from_form}/${from_item} > ${to_page}/${to_form}/${to_item}: ${moves}`,
    );

  it('lead from the start of the call through its items to its end', () => {
    expect(linksOf({ events: [visit('a/b/c'), visit('a/b/d')], end: ended })).toEqual([
      '//start > a/b/c: 1',
      'a/b/c > a/b/d: 1',
      'a/b/d > //caller_hangup: 1',
    ]);
  });

  it('do not count the loops, and count a way that is taken twice', () => {
    const events = ['c', 'c', 'd', 'c', 'd', 'd'].map((item) => visit(`a/b/${item}`));
    expect(linksOf({ events, end: ended })).toEqual([
      '//start > a/b/c: 1',
      'a/b/c > a/b/d: 2',
      'a/b/d > a/b/c: 1',
      'a/b/d > //caller_hangup: 1',
    ]);
  });

  it('have an end for each reason', () => {
    expect(linksOf({ end: { reason: 'transfer', durationMs: 0 } })).toEqual(['//start > //transfer: 1']);
  });

  it('have no end while the call is up', () => {
    expect(linksOf({ events: [visit('a/b/c')] })).toEqual(['//start > a/b/c: 1']);
    expect(linksOf({})).toEqual([]);
  });
});

describe('pages', () => {
  it('keep loads, cached loads, failed fetches and script errors of each page', () => {
    const events: readonly CallEvent[] = [
      load('main.php', 45),
      load('main.php', 5, true),
      load('pay.php', 1000),
      { kind: 'fetchError', page: 'pay.php' },
      { kind: 'fetchError', page: 'gone.php' },
      { kind: 'jsError', page: 'main.php' },
      { kind: 'jsError', page: null },
    ];
    expect(shortRowsOf('page_days', callWith({ events }))).toEqual([
      { page: 'main.php', page_loads: 2, page_load_ms: 50, cached_loads: 1, js_errors: 1 },
      { page: 'pay.php', page_loads: 1, page_load_ms: 1000, fetch_errors: 1 },
      { page: 'gone.php', fetch_errors: 1 },
    ]);
  });

  it('put their load times into histograms by day, by hour and by page; those of failed fetches are in none', () => {
    const events: readonly CallEvent[] = [
      load('main.php', 45),
      load('pay.php', 45),
      load('pay.php', 1000),
      load('pay.php', 0),
      { kind: 'fetchError', page: 'pay.php' },
    ];
    const call = callWith({ events });
    const bins = [
      { bin: binOf(45), loads: 2 },
      { bin: binOf(1000), loads: 1 },
      { bin: binOf(0), loads: 1 },
    ];
    expect(shortRowsOf('load_histogram_days', call)).toEqual(bins);
    expect(shortRowsOf('load_histogram_hours', call)).toEqual(bins);
    expect(shortRowsOf('page_histogram_days', call)).toEqual([
      { page: 'main.php', bin: binOf(45), loads: 1 },
      { page: 'pay.php', bin: binOf(45), loads: 1 },
      { page: 'pay.php', bin: binOf(1000), loads: 1 },
      { page: 'pay.php', bin: binOf(0), loads: 1 },
    ]);
  });
});
