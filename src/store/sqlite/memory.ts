import { integer } from '../rows.ts';
import type { Connection } from './connection.ts';

const mostKept = 10_000;

/** How long another process' commit may go unnoticed. Our own are noticed at once. */
const checkEveryMs = 10;

/**
 * Keeps the few small rows that every request needs, who is asking and what is theirs, while nothing is committed. Starting to read
 * costs several system calls, however little is read.
 */
export class Memory {
  readonly #reader: Connection;
  readonly #kept = new Map<string, unknown>();
  #version = 0;
  #checkedAtMs = Number.NEGATIVE_INFINITY;

  constructor(reader: Connection) {
    this.#reader = reader;
  }

  /** What `read` gives, or gave the last time. */
  recall<T>(name: string, read: () => T): T {
    this.#checkForCommits();
    const known = this.#kept.get(name);
    // What is kept under a name is what its reader gave.
    if (known !== undefined) return known as T;
    if (this.#kept.size >= mostKept) this.#kept.clear();
    const value = read();
    this.#kept.set(name, value);
    return value;
  }

  /** Must be called after each commit of this process, before anybody hears of it. */
  forget(): void {
    this.#kept.clear();
  }

  #checkForCommits(): void {
    const nowMs = performance.now();
    if (nowMs - this.#checkedAtMs < checkEveryMs) return;
    this.#checkedAtMs = nowMs;
    const version = integer(this.#reader.get('PRAGMA data_version') ?? {}, 'data_version');
    if (version !== this.#version) this.forget();
    this.#version = version;
  }
}
