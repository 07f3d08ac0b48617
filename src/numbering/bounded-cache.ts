/**
 * A map that forgets: it holds at most `capacity` entries, in two generations. When the young one is full it becomes the old one,
 * and what was the old one is dropped whole; an entry that is used again moves to the young one. So what is in use stays,
 * at the cost of one or two look-ups and without a list to maintain.
 */
export class BoundedCache<Value> {
  readonly #generationSize: number;
  #young = new Map<string, Value>();
  #old: ReadonlyMap<string, Value> = new Map();

  constructor(capacity: number) {
    this.#generationSize = Math.max(1, Math.floor(capacity / 2));
  }

  get(key: string): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: Value): void {
    if (this.#young.size >= this.#generationSize) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }

  /** Entries held; one that moved to the young generation is counted in both. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }
}
