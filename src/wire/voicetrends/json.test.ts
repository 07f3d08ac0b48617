import { describe, expect, it } from 'vitest';
import { newYork } from '../../../tests/data/rollup-rows.ts';
import { bucketsOf } from '../../domain/buckets.ts';
import { performanceReport } from '../../domain/reports/performance.ts';
import { seriesOf } from '../../domain/reports/series.ts';
import { callCounters } from '../../domain/rollups.ts';
import { printJson, printSeriesJson } from './json.ts';

describe('JSON is printed as PHP prints it', () => {
  it.each([
    { name: 'compact', value: { a: [1, 'b'], c: null }, want: '{"a":[1,"b"],"c":null}' },
    { name: 'with escaped slashes', value: 'https://ivr.example/', want: '"https:\\/\\/ivr.example\\/"' },
    { name: 'with what is beyond ASCII escaped', value: 'é – 📞', want: '"\\u00e9 \\u2013 \\ud83d\\udcde"' },
    { name: 'with all of ASCII as it is', value: '~\u007f', want: '"~\u007f"' },
    { name: 'with control characters escaped', value: '\n\t\u0001"\\', want: '"\\n\\t\\u0001\\"\\\\"' },
    {
      name: 'with keys in the order given',
      value: { login: 'b', password: 'a' },
      want: '{"login":"b","password":"a"}',
    },
  ])('$name', ({ value, want }) => {
    expect(printJson(value)).toBe(want);
  });
});

describe('series', () => {
  it('are objects from UNIX seconds to numbers, in the order of time, where there is nothing to divide by 0', () => {
    const points = [
      { startSeconds: -86_400, value: 3 },
      { startSeconds: 0, value: null },
      { startSeconds: 86_400, value: 0.045 },
    ];
    expect(
      printSeriesJson([
        { metric: 'calls', points },
        { metric: 'average_page_load', points },
      ]),
    ).toBe('{"calls":{"-86400":3,"0":0,"86400":0.045},"average_page_load":{"-86400":3,"0":0,"86400":0.045}}');
  });

  it('without a point are [], as an empty map is', () => {
    expect(printSeriesJson([{ metric: 'calls', points: [] }])).toBe('{"calls":[]}');
  });

  it('of the sample call, whose only page took 45 ms, take the 837 bytes of the sample', () => {
    const values: Readonly<Record<string, number>> = { calls: 1, page_loads: 1, page_load_ms: 45 };
    const sums = [{ day: 17_569, counters: callCounters.map((counter) => values[counter] ?? 0) }];
    const buckets = bucketsOf({ first: 17_563, last: 17_570 }, 'day', newYork);
    const printed = printSeriesJson(seriesOf(performanceReport, buckets, sums));
    expect(printed.length).toBe(837);
    expect(printed).toMatch(/^{"calls":{"1517461200":0,"1517547600":0,.*"1517979600":0.045,"1518066000":0}}$/);
  });
});
