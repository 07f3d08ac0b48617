import type { Contribution } from './contribution.ts';
import {
  binsPerBlock,
  isHistogram,
  isIntegerColumn,
  type RollupName,
  rollupNames,
  rollups,
  storedRollup,
} from './rollups.ts';

/**
 * The contributions of one call as the compact text that is kept beside its document, so that exactly what was added can be
 * subtracted later, whatever the definitions are by then.
 *
 * JSON of two lists: the strings that occur in keys; and the contributions one after the other, each as the rollup's place in
 * `rollupNames`, its key (an integer, or the place of a string), its counters.
 *
 *     [["+16173990000","main.php"],[0,0,17569,1,…,7,0,17569,1,…]]
 */
export function printApplied(contributions: readonly Contribution[]): string {
  const places = new Map<string, number>();
  const numbers: number[] = [];
  for (const { rollup, key, counters } of contributions) {
    numbers.push(rollupNames.indexOf(rollup));
    for (const part of key) numbers.push(typeof part === 'number' ? part : placeOf(part, places));
    for (const counter of counters) numbers.push(counter);
  }
  return JSON.stringify([[...places.keys()], numbers]);
}

function placeOf(text: string, places: Map<string, number>): number {
  const known = places.get(text);
  if (known !== undefined) return known;
  places.set(text, places.size);
  return places.size - 1;
}

/** A rollup as its rows are laid out in an applied text, and how many counters a store keeps for them. */
interface Layout {
  readonly rollup: RollupName;
  readonly columns: readonly { readonly name: string; readonly isInteger: boolean }[];
  readonly width: number;
  readonly isHistogram: boolean;
  readonly storedWidth: number;
}

const layouts: readonly Layout[] = rollupNames.map((rollup) => ({
  rollup,
  columns: rollups[rollup].key.map((name) => ({ name, isInteger: isIntegerColumn(name) })),
  width: rollups[rollup].counters.length,
  isHistogram: isHistogram(rollup),
  storedWidth: storedRollup(rollup).counters.length,
}));

function layoutAt(numbers: readonly number[], at: number): Layout {
  const layout = layouts[numbers[at] ?? -1];
  if (layout === undefined)
    throw new Error(`an applied contribution names rollup ${numbers[at]}, which does not exist`);
  return layout;
}

/** The local day on which an applied text has its call counted: that of its `number_days`. */
export function dayOfApplied(applied: string): number {
  const [, numbers]: readonly [readonly string[], readonly number[]] = JSON.parse(applied);
  for (let at = 0; at < numbers.length; ) {
    const { rollup, columns, width } = layoutAt(numbers, at);
    const day = numbers[at + 1 + columns.findIndex(({ name }) => name === 'day')];
    if (rollup === 'number_days' && day !== undefined) return day;
    at += 1 + columns.length + width;
  }
  throw new Error('an applied contribution says no day');
}

/** A row of a store, with what is to be added to it. Key and counters stand in the order of `storedRollup`. */
export interface RowSum {
  readonly rollup: RollupName;
  readonly key: readonly (string | number)[];
  readonly counters: readonly number[];
}

/** A row under construction. The key stays as it is in the applied text that brought it until the rows are listed. */
interface OpenRow {
  readonly layout: Layout;
  readonly strings: readonly string[];
  readonly key: readonly number[];
  readonly counters: number[];
}

/**
 * The contributions of a run of calls added up by row, to be put into a store together.
 *
 *     sums.add(newApplied, 1); sums.add(oldApplied, -1)
 */
export class RollupSums {
  readonly #rows = new Map<string, OpenRow>();
  readonly #ids = new Map<string, number>();

  /**
   * Adds `sign` times what an applied text says; −1 takes it back. Throws on a text that {@link printApplied} did not write,
   * which only damage to the store can bring about.
   */
  add(applied: string, sign: 1 | -1): void {
    const [strings, numbers]: readonly [readonly string[], readonly number[]] = JSON.parse(applied);
    const ids = strings.map((text) => placeOf(text, this.#ids));
    for (let at = 0; at < numbers.length; ) {
      const layout = layoutAt(numbers, at);
      const keyEnd = at + 1 + layout.columns.length;
      const end = keyEnd + layout.width;
      if (end > numbers.length) throw new Error(`an applied contribution to ${layout.rollup} is cut off`);
      const key = numbers.slice(at + 1, keyEnd);
      const firstColumn = layout.isHistogram ? intoBlock(key) : 0;
      const { counters } = this.#rowOf(layout, { strings, ids, key });
      for (let column = 0; column < layout.width; column += 1) {
        const amount = numbers[keyEnd + column] ?? 0;
        counters[firstColumn + column] = (counters[firstColumn + column] ?? 0) + sign * amount;
      }
      at = end;
    }
  }

  /** The rows that are not all zero, in one order for all writers, so that two of them never wait for each other in a ring. */
  list(): readonly RowSum[] {
    return Array.from(this.#rows.values())
      .filter((row) => row.counters.some((counter) => counter !== 0))
      .map(rowSumOf)
      .sort(byRollupAndKey);
  }

  #rowOf(layout: Layout, place: RowPlace): OpenRow {
    const name = nameOf(layout, place);
    const known = this.#rows.get(name);
    if (known !== undefined) return known;
    const counters = new Array<number>(layout.storedWidth).fill(0);
    const row = { layout, strings: place.strings, key: place.key, counters };
    this.#rows.set(name, row);
    return row;
  }
}

interface RowPlace {
  readonly strings: readonly string[];
  /** What the strings are known as among these sums. */
  readonly ids: readonly number[];
  readonly key: readonly number[];
}

/** Puts the block where the bin stands, at the end of a key, and returns the bin's place in the block. */
function intoBlock(key: number[]): number {
  const bin = key.pop() ?? 0;
  key.push(Math.floor(bin / binsPerBlock));
  return bin % binsPerBlock;
}

/**
 * What tells a row from all others in these sums. A part of a key takes three UTF-16 units, enough for 48 bits: short names
 * are what makes adding fast, and there are some twenty rows in each of very many calls.
 */
function nameOf({ rollup, columns }: Layout, { key, ids }: RowPlace): string {
  const units = [rollupNames.indexOf(rollup)];
  for (let index = 0; index < columns.length; index += 1) {
    const part = key[index] ?? 0;
    const value = columns[index]?.isInteger ? part : ids[part];
    if (value === undefined) throw new Error(`an applied contribution lacks its ${columns[index]?.name}`);
    units.push(value & 0xffff, (value >> 16) & 0xffff, Math.floor(value / 4_294_967_296) & 0xffff);
  }
  return String.fromCharCode(...units);
}

function rowSumOf({ layout, strings, key, counters }: OpenRow): RowSum {
  const parts = key.map((part, index) => (layout.columns[index]?.isInteger ? part : (strings[part] ?? '')));
  return { rollup: layout.rollup, key: parts, counters };
}

function byRollupAndKey(left: RowSum, right: RowSum): number {
  if (left.rollup !== right.rollup) return left.rollup < right.rollup ? -1 : 1;
  for (const [index, part] of left.key.entries()) {
    const other = right.key[index] ?? part;
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}
