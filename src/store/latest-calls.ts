import type { CallListQuery } from './call-store.ts';

/** Where a call stands in a list: the latest first, and of those that started together, the last by the bytes of their ids. */
export interface CallPlace {
  readonly startedAtMs: number;
  readonly callId: string;
}

export interface NumberedPlace extends CallPlace {
  readonly phone: string;
}

/** A number of which calls are wanted, and the place behind which they are. */
export interface WantedCalls {
  readonly phone: string;
  readonly before: CallPlace;
}

/** The place behind which a list begins. */
export function beginningOf({ toMs, after }: CallListQuery): CallPlace {
  // No id comes before the empty one.
  return after === null || after.startedAtMs > toMs ? { startedAtMs: toMs + 1, callId: '' } : after;
}

interface Numbers {
  readonly phones: readonly string[];
  readonly before: CallPlace;
  /** How many calls there are to be, of all numbers together. */
  readonly limit: number;
}

/** The least that is read of a number at a time, and by how much more the next time. */
const fewest = 4;
const growth = 4;

/**
 * The latest calls of several numbers, from an index that has them in order for each number. Reading as many of each as there are to be
 * would take (numbers × limit) entries. Here a few are read of each, and more only of those numbers whose calls so far all
 * belong to the latest: some (4 × numbers + limit) entries in a few rounds.
 *
 *     while (latest.wanted.length > 0) latest.take(the `each` latest calls of each wanted number)
 */
export class LatestCalls {
  readonly #limit: number;
  #each = fewest;
  #wanted: readonly WantedCalls[];
  #places: readonly NumberedPlace[] = [];

  constructor({ phones, before, limit }: Numbers) {
    this.#limit = limit;
    this.#wanted = limit < 1 ? [] : phones.map((phone) => ({ phone, before }));
    while (this.#each < limit && this.#each * phones.length < 2 * limit) this.#each *= growth;
  }

  /** Empty when the places are known. */
  get wanted(): readonly WantedCalls[] {
    return this.#wanted;
  }

  /** A power of 4. */
  get each(): number {
    return this.#each;
  }

  /** In order. */
  get places(): readonly NumberedPlace[] {
    return this.#places;
  }

  /** Takes what was found, of each number in order. */
  take(found: readonly NumberedPlace[]): void {
    this.#places = [...this.#places, ...found].sort(byPlace).slice(0, this.#limit);
    const last = this.#places.length < this.#limit ? null : (this.#places.at(-1) ?? null);
    this.#wanted = [...Map.groupBy(found, ({ phone }) => phone)].flatMap(([phone, places]) => {
      const end = places.at(-1);
      const hasNoMore = end === undefined || places.length < this.#each;
      return hasNoMore || (last !== null && byPlace(end, last) >= 0) ? [] : [{ phone, before: end }];
    });
    this.#each *= growth;
  }
}

function byPlace(left: CallPlace, right: CallPlace): number {
  if (left.startedAtMs !== right.startedAtMs) return right.startedAtMs - left.startedAtMs;
  return left.callId === right.callId ? 0 : Buffer.compare(Buffer.from(right.callId), Buffer.from(left.callId));
}
