import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../tests/data/property-runs.ts';
import { type CallSums, type Metric, measure, metrics } from './metrics.ts';
import { callCounters } from './rollups.ts';

const none: CallSums = {
  calls: 0,
  call_ms: 0,
  transfers: 0,
  transfer_ms: 0,
  transferred_calls: 0,
  log_events: 0,
  form_items: 0,
  loops: 0,
  js_errors: 0,
  fetch_errors: 0,
  page_loads: 0,
  page_load_ms: 0,
};

describe('every metric of calls', () => {
  /** Three calls: 1,000 s, two of them transferred (three transfers of 125.25 s in all), and so on. */
  const sums: CallSums = {
    calls: 3,
    call_ms: 1_000_000,
    transfers: 3,
    transfer_ms: 125_250,
    transferred_calls: 2,
    log_events: 4,
    form_items: 11,
    loops: 5,
    js_errors: 1,
    fetch_errors: 2,
    page_loads: 7,
    page_load_ms: 1234,
  };
  const table: Readonly<Record<string, { readonly want: number; readonly empty: number | null }>> = {
    calls: { want: 3, empty: 0 },
    call_minutes: { want: 16.667, empty: 0 },
    average_call_length: { want: 333.333, empty: null },
    transfers: { want: 3, empty: 0 },
    transfer_minutes: { want: 2.088, empty: 0 },
    transfer_rate: { want: 66.667, empty: null },
    log_events: { want: 4, empty: 0 },
    form_items: { want: 11, empty: 0 },
    average_form_items: { want: 3.667, empty: null },
    loops: { want: 5, empty: 0 },
    loops_per_call: { want: 1.667, empty: null },
    js_errors: { want: 1, empty: 0 },
    js_errors_per_call: { want: 0.333, empty: null },
    fetch_errors: { want: 2, empty: 0 },
    fetch_errors_per_call: { want: 0.667, empty: null },
    average_page_load: { want: 0.176, empty: null },
  };

  it('is defined, and no other', () => {
    expect(Object.keys(metrics).sort()).toEqual(Object.keys(table).sort());
  });

  it.each(Object.entries(metrics))('%s', (name, metric) => {
    expect({ want: measure(metric, sums), empty: measure(metric, none) }).toEqual(table[name]);
  });

  it('of page loads exists when there are loads and does not count calls', () => {
    expect(measure(metrics.average_page_load, { ...none, page_loads: 1, page_load_ms: 45 })).toBe(0.045);
    expect(measure(metrics.average_page_load, { ...none, calls: 5 })).toBe(null);
  });

  it('of transfers stays within 0 to 100', () => {
    expect(measure(metrics.transfer_rate, { ...none, calls: 2, transferred_calls: 2, transfers: 9 })).toBe(100);
  });
});

describe('rounding to 3 decimals', () => {
  const ratio = (numerator: number, denominator: number, scale: Partial<Metric> = {}): number | null =>
    measure(
      { numerator: 'form_items', denominator: 'calls', times: 1, per: 1, ...scale },
      { ...none, form_items: numerator, calls: denominator },
    );

  it.each([
    { of: [1, 2000], want: 0.001 },
    { of: [3, 2000], want: 0.002 },
    { of: [5, 2000], want: 0.003 },
    { of: [2009, 2000], want: 1.005 },
    { of: [2011, 2000], want: 1.006 },
    { of: [4999, 10_000], want: 0.5 },
    { of: [4994, 10_000], want: 0.499 },
    { of: [1, 3], want: 0.333 },
    { of: [2, 3], want: 0.667 },
    { of: [1, 2001], want: 0 },
    { of: [0, 7], want: 0 },
  ] as const)('takes $of to $want, half away from zero', ({ of: [numerator, denominator], want }) => {
    expect(ratio(numerator, denominator)).toBe(want);
  });

  it.each([
    { name: '0.045 as the sample has it', value: ratio(45, 1, { per: 1000 }), text: '0.045' },
    { name: 'no trailing zeros', value: ratio(1, 2), text: '0.5' },
    { name: 'nothing behind a whole number', value: ratio(10, 5), text: '2' },
    { name: 'a large sum', value: ratio(123_456_789_012, 1000), text: '123456789.012' },
  ])('prints $name', ({ value, text }) => {
    expect(String(value)).toBe(text);
  });

  it('is exact, whatever the integers', () => {
    const counter = fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.maxSafeNat());
    const divisor = fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 1_000_000_000 }));
    fc.assert(
      fc.property(
        counter,
        divisor,
        fc.constantFrom(...Object.values(metrics)),
        (numerator, denominator, { times, per }) => {
          const top = BigInt(numerator) * BigInt(times);
          const bottom = BigInt(denominator) * BigInt(per);
          // floor(x + 1/2) in thousandths.
          const thousandths = (2000n * top + bottom) / (2n * bottom);
          // No double tells integers apart beyond that, and no figure gets there.
          fc.pre([top, thousandths].every((integer) => integer <= BigInt(Number.MAX_SAFE_INTEGER)));
          const decimal = `${thousandths / 1000n}.${`${thousandths % 1000n}`.padStart(3, '0')}`;
          expect(ratio(numerator, denominator, { times, per })).toBe(Number(decimal));
        },
      ),
      propertyRuns(3000),
    );
  });

  it('is exact at the halves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), fc.integer({ min: 1, max: 1000 }), (whole, scale) => {
        // (2 whole + 1) / 2000 lies between two thousandths, however it is expanded.
        expect(ratio((2 * whole + 1) * scale, 2000 * scale)).toBe((whole + 1) / 1000);
      }),
      propertyRuns(1000),
    );
  });
});

describe('a sum of all metrics', () => {
  it('reads no counter that is not there', () => {
    const counters: readonly string[] = callCounters;
    for (const { numerator, denominator } of Object.values<Metric>(metrics)) {
      expect(counters).toContain(numerator);
      if (denominator !== null) expect(counters).toContain(denominator);
    }
  });
});
