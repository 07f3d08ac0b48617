import { describe, expect, it } from 'vitest';
import type { ReportRow } from '../../api/rows.ts';
import { sentenceOf, subjectOf, targetOf } from './change-text.ts';
import { type Change, type ComparedRows, notableChanges } from './changes.ts';

type Figures = Readonly<Record<string, number | null>>;

const row = (names: Readonly<Record<string, string>>, now: Figures, previous: Figures): ReportRow => ({
  start: '2018-02-01T00:00:00-05:00',
  ...names,
  ...now,
  previous,
});

const nothing: ComparedRows = {
  all: [],
  number: [],
  application: [],
  region: [],
  page: [],
  formItem: [],
  load: [],
  days: null,
};
const all = [row({}, { calls: 1000 }, { calls: 1000 })];
const harbor = 'https://harbor.example/start.php';
const page = (name: string, now: Figures, previous: Figures) => row({ application: harbor, page: name }, now, previous);

const told = (rows: Partial<ComparedRows>, most = 8): readonly string[] =>
  notableChanges({ ...nothing, all, ...rows }, most).map(
    (change) => `${subjectOf(change).name}: ${sentenceOf(change, 28)}`,
  );

describe('the most notable changes', () => {
  it('are those that chance explains least, whatever they are about', () => {
    const rows = {
      page: [
        page('balance.php', { page_loads: 3000, fetch_errors: 412 }, { page_loads: 3000, fetch_errors: 3 }),
        page('menu.php', { page_loads: 5000, js_errors: 40 }, { page_loads: 5000, js_errors: 4 }),
      ],
      formItem: [
        row(
          { application: harbor, page: 'start.php', form: 'signin', item: 'pin' },
          { visits: 1000, visits_nomatch: 200, visits_noinput: 51, visits_disconnect: 10 },
          { visits: 500, visits_nomatch: 50, visits_noinput: 26, visits_disconnect: 5 },
        ),
      ],
      load: [
        page(
          'balance.php',
          { page_loads: 3000, page_load_p50: 1, page_load_p95: 4 },
          { page_loads: 3000, page_load_p50: 0.5, page_load_p95: 2 },
        ),
      ],
    };
    expect(told(rows)).toEqual([
      'balance.php: 412 fetch errors, 3 in the 28 days before',
      'balance.php: 95 % of page loads within 4.00 s, 2.00 s in the 28 days before',
      'menu.php: 40 script errors, 4 in the 28 days before',
      'pin: 20 % of 1,000 visits without a match, 10 % of 500 in the 28 days before',
    ]);
    expect(told(rows, 1)).toEqual(['balance.php: 412 fetch errors, 3 in the 28 days before']);
  });

  it('leave out what is small, what chance explains, and what differs by less than a fifth', () => {
    const errors = (now: number, before: number) =>
      page(`${now}.php`, { page_loads: 9000, js_errors: now }, { page_loads: 9000, js_errors: before });
    // 4.00 and 3.87 standard errors; further down 12.9 of them, of a difference of 19 %.
    expect(told({ page: [errors(16, 0), errors(15, 0)] })).toEqual([
      '16.php: 16 script errors, 0 in the 28 days before',
    ]);
    // Nine are too few, though chance explains them no better than ten.
    const rare = (now: number) =>
      page('rare.php', { page_loads: 100, js_errors: now }, { page_loads: 10_000, js_errors: 0 });
    expect(told({ page: [rare(9)] })).toEqual([]);
    expect(told({ page: [rare(10)] })).toEqual(['rare.php: 10 script errors, 0 in the 28 days before']);
    expect(
      told({ page: [page('big.php', { page_loads: 1, js_errors: 11_900 }, { page_loads: 1, js_errors: 10_000 })] }),
    ).toEqual([]);
    expect(
      told({ page: [page('big.php', { page_loads: 1, js_errors: 12_000 }, { page_loads: 1, js_errors: 10_000 })] }),
    ).toHaveLength(1);
    const loads = (count: number) =>
      page(
        'slow.php',
        { page_loads: count, page_load_p50: 2, page_load_p95: 2 },
        { page_loads: 100, page_load_p50: 1, page_load_p95: 1 },
      );
    expect(told({ load: [loads(100)] })).toHaveLength(1);
    expect(told({ load: [loads(99)] })).toEqual([]);
  });

  it('compare errors with what could have failed, and with all calls where that is new', () => {
    const growing = page('grown.php', { page_loads: 8000, js_errors: 80 }, { page_loads: 1000, js_errors: 10 });
    const fresh = page('new.php', { page_loads: 500, js_errors: 30 }, { page_loads: 0, js_errors: 0 });
    const [change, ...others] = notableChanges({ ...nothing, all, page: [growing, fresh] }, 8);
    expect(others).toEqual([]);
    expect(change).toEqual({
      figure: 'js_errors',
      group: 'page',
      names: { application: harbor, page: 'new.php' },
      now: { value: 30, of: 1000 },
      before: { value: 0, of: 1000 },
      score: Math.sqrt(30),
    });
  });

  it('take each failed fetch for one more try', () => {
    const failing = page('f.php', { page_loads: 900, fetch_errors: 100 }, { page_loads: 990, fetch_errors: 10 });
    const [change] = notableChanges({ ...nothing, all, page: [failing] }, 8);
    expect(change).toMatchObject({ now: { value: 100, of: 1000 }, before: { value: 10, of: 1000 } });
    expect(change?.score).toBeCloseTo(90 / Math.sqrt(110), 12);
  });

  it('compare the calls of a number, application or region with all calls, and all calls with the days', () => {
    const doubled = {
      all: [row({}, { calls: 2000 }, { calls: 1000 })],
      region: [
        row({ region: 'US-MA' }, { calls: 1000 }, { calls: 500 }),
        row({ region: 'GB' }, { calls: 300 }, { calls: 50 }),
      ],
      number: [row({ number: '+16175550110' }, { calls: 0 }, { calls: 100 })],
      days: { now: 28, before: 28 },
    };
    expect(told(doubled)).toEqual([
      'All calls: 2,000 calls, 1,000 in the 28 days before',
      '+1\u{a0}617\u{a0}555\u{a0}0110: 0 calls (0 % of all), 100 (10 %) in the 28 days before',
      'Callers from United Kingdom: 300 calls (15 % of all), 50 (5 %) in the 28 days before',
    ]);
    expect(told({ ...doubled, days: { now: 56, before: 28 } })[0]).toContain('+1\u{a0}617\u{a0}555\u{a0}0110');
    expect(told({ ...doubled, days: null })).toHaveLength(2);
  });

  it('tell of a page and of its application once, and of one figure three times', () => {
    const application = [row({ application: harbor }, { calls: 1000, js_errors: 90 }, { calls: 1000, js_errors: 5 })];
    const failing = [1, 2, 3, 4].map((each) =>
      page(`${each}.php`, { page_loads: 1000, js_errors: 100 + each }, { page_loads: 1000, js_errors: 0 }),
    );
    expect(told({ application, page: failing })).toEqual([
      '4.php: 104 script errors, 0 in the 28 days before',
      '3.php: 103 script errors, 0 in the 28 days before',
      '2.php: 102 script errors, 0 in the 28 days before',
    ]);
    expect(told({ application })).toEqual(['harbor.example/start.php: 90 script errors, 5 in the 28 days before']);
  });
});

describe('a change', () => {
  const change = (changes: Partial<Change>): Change => ({
    figure: 'js_errors',
    group: 'page',
    names: { application: harbor, page: 'balance.php' },
    now: { value: 1, of: 100 },
    before: { value: 30, of: 100 },
    score: -5,
    ...changes,
  });

  it('says of one thing that it is one, and of one day that it is the day before', () => {
    expect(sentenceOf(change({}), 1)).toBe('1 script error, 30 the day before');
    expect(subjectOf(change({}))).toEqual({ name: 'balance.php', place: 'harbor.example/start.php' });
  });

  it('leads to the calls behind it, or to those before where there are none any more', () => {
    const names = { application: harbor, page: 'balance.php' };
    expect(targetOf(change({}))).toEqual({ path: '/calls', own: { ...names, error: 'js' }, isBefore: false });
    expect(targetOf(change({ figure: 'fetch_errors', now: { value: 0, of: 1 } }))).toEqual({
      path: '/calls',
      own: { ...names, error: 'fetch' },
      isBefore: true,
    });
    expect(targetOf(change({ figure: 'visits_noinput' })).own).toEqual({ ...names, item_outcome: 'noinput' });
    expect(targetOf(change({ figure: 'page_load_p95' }))).toEqual({
      path: '/performance',
      own: names,
      isBefore: false,
    });
    expect(targetOf(change({ figure: 'calls', group: 'region', names: { region: 'GB' } })).own).toEqual({
      region: 'GB',
    });
    expect(targetOf(change({ figure: 'calls', group: 'all', names: {} })).path).toBe('/volume');
  });
});
