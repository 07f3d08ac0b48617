import type { DayRange } from '../../src/domain/buckets.ts';
import type { SumRow } from '../../src/domain/reports/sums.ts';
import { rollupNames, storedRollup } from '../../src/domain/rollups.ts';
import type { User } from '../../src/store/access-store.ts';
import type { NumberSet } from '../../src/store/call-store.ts';
import type { Store } from '../../src/store/store.ts';
import { daysOfOwner } from './recorded-calls.ts';

const wholeTime = { first: -1e12, last: 1e12 };

const inOrder = (rows: readonly SumRow[]) => rows.map((row) => JSON.stringify(row)).sort();

/** Every row of sums of the numbers that a user owns, and their distinct callers on each of some days. */
export async function everyRowOf(store: Store, user: User, days: DayRange) {
  const { accountId } = user.account;
  const numbers: NumberSet = { kind: 'owned', ownerId: user.userId };
  const sums = rollupNames.map((rollup) => ({ rollup, by: storedRollup(rollup).key, where: [], ...wholeTime }));
  const ranges = Array.from({ length: days.last - days.first + 1 }, (_, place) => ({
    first: days.first + place,
    last: days.first + place,
  }));
  const callers = [{ by: 'phone' as const, ranges }];
  const report = await store.calls.report({ accountId, numbers, sums, callers, mostRows: 100_000 });
  if (!report.ok) throw new Error(report.error.kind);
  const counted = (report.value.callers[0] ?? []).filter((row) => row.callers.some((count) => count > 0));
  return {
    owner: await daysOfOwner(store, user),
    callers: inOrder(counted.map((row) => ({ key: [row.phone ?? ''], counters: row.callers }))),
    ...Object.fromEntries(rollupNames.map((rollup, index) => [rollup, inOrder(report.value.sums[index] ?? [])])),
  };
}
