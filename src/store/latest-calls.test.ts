import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../tests/data/property-runs.ts';
import { beginningOf, type CallPlace, LatestCalls, type NumberedPlace } from './latest-calls.ts';

const byPlace = (left: CallPlace, right: CallPlace): number =>
  right.startedAtMs - left.startedAtMs || Buffer.compare(Buffer.from(right.callId), Buffer.from(left.callId));

interface Asked {
  readonly calls: readonly NumberedPlace[];
  readonly phones: readonly string[];
  readonly before: CallPlace;
  readonly limit: number;
}

/** Asks for the latest calls of an index; returns how many entries were read, too. */
function latestOf({ calls, ...numbers }: Asked) {
  const index = calls.toSorted(byPlace);
  const latest = new LatestCalls(numbers);
  let [reads, rounds] = [0, 0];
  while (latest.wanted.length > 0) {
    const found = latest.wanted.flatMap(({ phone, before }) =>
      index.filter((call) => call.phone === phone && byPlace(call, before) > 0).slice(0, latest.each),
    );
    reads += found.length;
    rounds += 1;
    latest.take(found);
  }
  return { places: latest.places, reads, rounds };
}

const end = { startedAtMs: 1e15, callId: '' };
const names = (count: number) => Array.from({ length: count }, (_, index) => `+1617${index}`);
/** So many calls of a number, one a second back from an instant. */
const callsOf = (phone: string, count: number, startedAtMs: number): readonly NumberedPlace[] =>
  Array.from({ length: count }, (_, index) => ({
    phone,
    startedAtMs: startedAtMs - 1000 * index,
    callId: `${phone} ${index}`,
  }));

describe('the latest calls', () => {
  it('are what sorting all of them would give', () => {
    const anyPlace = fc.record({
      phone: fc.constantFrom(...names(5)),
      startedAtMs: fc.integer({ min: 0, max: 6 }),
      callId: fc.string({ unit: fc.constantFrom('a', 'b', '\ufffd', '📞'), maxLength: 4 }),
    });
    const calls = fc.uniqueArray(anyPlace, { selector: ({ callId }) => callId, maxLength: 80 });
    const before = fc.oneof(fc.constant(end), anyPlace);
    fc.assert(
      fc.property(calls, before, fc.integer({ min: 0, max: 90 }), (all, behind, limit) => {
        const phones = names(4);
        const want = all
          .filter((call) => phones.includes(call.phone) && byPlace(call, behind) > 0)
          .sort(byPlace)
          .slice(0, limit);
        expect(latestOf({ calls: all, phones, before: behind, limit }).places).toEqual(want);
      }),
      propertyRuns(500),
    );
  });

  it('of one number are read at once, and not many more than there are to be', () => {
    const calls = callsOf('+1617', 5000, 1e12);
    const { reads, rounds } = latestOf({ calls, phones: ['+1617'], before: end, limit: 200 });
    expect({ reads, rounds }).toEqual({ reads: 256, rounds: 1 });
  });

  it.each([
    { name: 'all are as busy', startOf: (index: number) => 1e12 - index },
    { name: 'one is busier than all others', startOf: (index: number) => (index === 0 ? 1e12 : 0) },
    { name: 'the latest calls are of few', startOf: (index: number) => (index < 20 ? 1e12 - index : 1e11) },
  ])('of a thousand numbers are found without reading as many of each, where $name', ({ startOf }) => {
    const phones = names(1000);
    const calls = phones.flatMap((phone, index) => callsOf(phone, index < 20 ? 600 : 10, startOf(index)));
    const { places, reads, rounds } = latestOf({ calls, phones, before: end, limit: 500 });
    expect(places).toEqual(calls.toSorted(byPlace).slice(0, 500));
    expect(reads).toBeLessThan(4 * phones.length + 4 * 500);
    expect(rounds).toBeLessThan(6);
  });

  it('of no number, or none at all, need no reading', () => {
    expect(latestOf({ calls: [], phones: [], before: end, limit: 5 })).toEqual({ places: [], reads: 0, rounds: 0 });
    const calls = callsOf('+1617', 3, 1e12);
    expect(latestOf({ calls, phones: ['+1617'], before: end, limit: 0 })).toEqual({ places: [], reads: 0, rounds: 0 });
  });
});

describe('a list', () => {
  const query = { accountId: 1, numbers: { kind: 'one', phone: '1' }, fromMs: 0, toMs: 100, limit: 1 } as const;

  it('begins behind the page before, and within its span', () => {
    const beginning = (after: CallPlace | null) => beginningOf({ ...query, after });
    expect(beginning(null)).toEqual({ startedAtMs: 101, callId: '' });
    expect(beginning({ startedAtMs: 100, callId: 'a' })).toEqual({ startedAtMs: 100, callId: 'a' });
    expect(beginning({ startedAtMs: 101, callId: 'a' })).toEqual({ startedAtMs: 101, callId: '' });
  });
});
