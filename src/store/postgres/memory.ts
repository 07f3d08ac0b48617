const mostKept = 10_000;

/** How long what another server has changed may go unnoticed. Our own changes are noticed at once. */
const keptForMs = 500;

/** Keeps the few small rows that every request needs, who is asking and what is theirs, for half a second. */
export class Memory {
  readonly #kept = new Map<string, { readonly value: unknown; readonly untilMs: number }>();
  #changes = 0;

  /** What `read` gives, or gave a moment ago. */
  async recall<T>(name: string, read: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(name);
    // What is kept under a name is what its reader gave.
    if (known !== undefined && performance.now() < known.untilMs) return known.value as T;
    const changes = this.#changes;
    const untilMs = performance.now() + keptForMs;
    const value = await read();
    if (changes !== this.#changes) return value;
    if (this.#kept.size >= mostKept) this.#kept.clear();
    this.#kept.set(name, { value, untilMs });
    return value;
  }

  /** Must be called after each change that this process makes, before anybody hears of it. */
  forget(): void {
    this.#changes += 1;
    this.#kept.clear();
  }
}
