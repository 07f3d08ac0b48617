import { dayOfApplied, printApplied, RollupSums, type RowSum } from './applied.ts';
import type { Contribution } from './contribution.ts';
import { type Month, type WholeRows, wholeRowsFrom } from './retention.ts';

/**
 * Sums made anew from the documents that are there, by the definitions of now. Where the documents of a time are gone, its rows stay as they
 * are: only rows that have all their documents, the whole ones, are made anew.
 *
 * A call that counts on a day before those, by what was added for it or by the definitions of now, stays as it was counted. Days and hours
 * do not end at the same instant, so such a call may also count in a whole row, which then gets what it had; and one that is made anew may
 * also count in a row that stays, which gets the difference.
 */
export class Recount {
  readonly #whole: WholeRows | null;
  readonly #sums = new RollupSums();
  readonly #corrections = new RollupSums();

  /** `keptFrom`: the first month whose documents are there, or null where all are. */
  constructor(keptFrom: Month | null) {
    this.#whole = keptFrom === null ? null : wholeRowsFrom(keptFrom);
  }

  /**
   * Counts a document. `oldApplied` is what was added for it, and is not read where all documents are there. Returns what is to be kept
   * as applied from now on.
   */
  add(contributions: readonly Contribution[], oldApplied: string): string {
    const applied = printApplied(contributions);
    const counted = this.#staysAsItIs(oldApplied, applied) ? oldApplied : applied;
    this.#sums.add(counted, 1);
    if (this.#whole !== null && counted !== oldApplied) {
      this.#corrections.add(oldApplied, -1);
      this.#corrections.add(counted, 1);
    }
    return counted;
  }

  /** Counts a document as it was counted; returns that. */
  keep(oldApplied: string): string {
    this.#sums.add(oldApplied, 1);
    return oldApplied;
  }

  /** Of whole rows, all that they hold; of the others, what is to be added to them. */
  list(): readonly RowSum[] {
    const whole = this.#whole;
    if (whole === null) return this.#sums.list();
    const isWhole = (row: RowSum) => isWholeRow(row, whole);
    return [...this.#sums.list().filter(isWhole), ...this.#corrections.list().filter((row) => !isWhole(row))];
  }

  #staysAsItIs(oldApplied: string, applied: string): boolean {
    const whole = this.#whole;
    return whole !== null && [oldApplied, applied].some((each) => dayOfApplied(each) < whole.firstDay);
  }
}

/** Every rollup is by day or by hour, right behind the phone. */
function isWholeRow({ rollup, key }: RowSum, { firstDay, firstHour }: WholeRows): boolean {
  const time = Number(key[1]);
  return time >= (rollup.endsWith('_hours') ? firstHour : firstDay);
}
