import type { RowSum } from '../../domain/applied.ts';
import type { DayRange } from '../../domain/buckets.ts';
import type { Day } from '../../domain/calendar.ts';
import { mostSumRows } from '../../domain/reports/sums.ts';
import { type Month, type WholeRows, wholeRowsFrom } from '../../domain/retention.ts';
import { type RollupName, rollupNames, storedRollup } from '../../domain/rollups.ts';
import type { AccountId } from '../../store/access-store.ts';
import type { Store } from '../../store/store.ts';

/** Days of sums that are read at a time. */
const blockDays = 31;
const daySeconds = 86_400;
const rowsAtOnce = 2000;

interface Stores {
  readonly from: Store;
  readonly to: Store;
}

interface OfNumber {
  readonly accountId: AccountId;
  readonly phone: string;
}

/**
 * Makes the sums of the time whose documents a store has dropped the same in another, by adding what they differ by. The documents
 * that are left of it must be in both.
 */
export async function takeFinalSums({ from, to }: Stores, keptFrom: Month): Promise<void> {
  const whole = wholeRowsFrom(keptFrom);
  for (const { accountId } of await from.accounts.list()) {
    for (const { phone } of await from.numbers.list(accountId)) {
      await takeNumber({ from, to }, { accountId, phone }, whole);
    }
  }
}

async function takeNumber({ from, to }: Stores, of: OfNumber, whole: WholeRows): Promise<void> {
  const blocks = await blocksOf([from, to], of, whole);
  let missing: RowSum[] = [];
  const add = async () => {
    if (missing.length > 0) await to.transfer.addSums(of.accountId, missing);
    missing = [];
  };
  for (const rollup of rollupNames) {
    for (const block of blocks) {
      const range = rangeOf(rollup, block, whole);
      const [theirs, mine] = [await rowsOf(from, { ...of, rollup, range }), await rowsOf(to, { ...of, rollup, range })];
      missing.push(...differences({ phone: of.phone, rollup }, theirs, mine));
      if (missing.length >= rowsAtOnce) await add();
    }
  }
  await add();
}

/** Blocks of days in which the number has calls in either store. Hours of a day may begin or end in the block beside. */
async function blocksOf(
  stores: readonly Store[],
  { accountId, phone }: OfNumber,
  { firstDay }: WholeRows,
): Promise<readonly number[]> {
  const query = {
    accountId,
    numbers: { kind: 'one' as const, phone },
    days: { first: -1_000_000, last: firstDay - 1 },
  };
  const found = await Promise.all(stores.map((store) => store.calls.days(query)));
  const blocks = found.flat().flatMap(({ day }) => [day - 1, day, day + 1].map((near) => Math.floor(near / blockDays)));
  return [...new Set(blocks)].sort((left, right) => left - right);
}

function rangeOf(rollup: RollupName, block: number, { firstDay, firstHour }: WholeRows): DayRange {
  const [first, last]: readonly [Day, Day] = [block * blockDays, (block + 1) * blockDays - 1];
  if (!storedRollup(rollup).key.includes('hour')) return { first, last: Math.min(last, firstDay - 1) };
  return { first: first * daySeconds, last: Math.min((last + 1) * daySeconds, firstHour) - 1 };
}

interface RowsOf extends OfNumber {
  readonly rollup: RollupName;
  readonly range: DayRange;
}

/** Counters by key (without the number), as JSON. */
type Rows = ReadonlyMap<string, readonly number[]>;

/** A block with more rows than a store gives at once is read in halves. */
async function rowsOf(store: Store, { accountId, phone, rollup, range }: RowsOf): Promise<Rows> {
  const { first, last } = range;
  if (first > last) return new Map();
  const by = storedRollup(rollup).key.filter((column) => column !== 'phone');
  const sums = [{ rollup, by, first, last, where: [] }];
  const numbers = { kind: 'one' as const, phone };
  const found = await store.calls.report({ accountId, numbers, sums, callers: [], mostRows: mostSumRows });
  if (found.ok) {
    return new Map((found.value.sums[0] ?? []).map(({ key, counters }) => [JSON.stringify(key), counters]));
  }
  if (first === last) throw new Error(`${rollup} has more than ${mostSumRows} rows of ${phone} at ${first}`);
  const middle = Math.floor((first + last) / 2);
  const of = { accountId, phone, rollup };
  const half = await rowsOf(store, { ...of, range: { first, last: middle } });
  return new Map([...half, ...(await rowsOf(store, { ...of, range: { first: middle + 1, last } }))]);
}

function differences(
  { phone, rollup }: { readonly phone: string; readonly rollup: RollupName },
  theirs: Rows,
  mine: Rows,
): readonly RowSum[] {
  const width = storedRollup(rollup).counters.length;
  const none = new Array<number>(width).fill(0);
  return [...new Set([...theirs.keys(), ...mine.keys()])].flatMap((name) => {
    const [wanted, have] = [theirs.get(name) ?? none, mine.get(name) ?? none];
    const counters = wanted.map((counter, place) => counter - (have[place] ?? 0));
    if (counters.every((counter) => counter === 0)) return [];
    const key: readonly (string | number)[] = JSON.parse(name);
    return [{ rollup, key: [phone, ...key], counters }];
  });
}
