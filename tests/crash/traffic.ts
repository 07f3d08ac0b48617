import { call, lines } from '../http/ingest/call.ts';
import type { Sums } from '../http/ingest/database.ts';

/** Whole numbers from 0 up to below `limit`, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** One version of one call; its document follows from the two numbers alone. */
export interface Version {
  readonly call: number;
  readonly revision: number;
}

export interface Request {
  readonly type: 'application/json' | 'application/x-ndjson';
  readonly body: string;
  readonly versions: readonly Version[];
  /** Text of the documents that must be rejected. */
  readonly rejects: readonly string[];
}

/** What a version adds to the sums, told here and not by the product. */
const partsOf = ({ call: number, revision }: Version) => ({
  lengthMs: ((number * 7 + revision * 13) % 600) * 1_000,
  loads: Array.from({ length: (number + revision) % 4 }, (_, index) => 10 + index + revision),
  logs: revision % 3,
  transfers: (number * 3 + revision) % 5 === 0 ? [30_000 + number, 500] : [],
  visits: ['menu', 'menu', 'card', 'menu'].slice(0, (number + 2 * revision) % 5),
});

export const idOf = (number: number): string => `c-${number}`;

export function documentOf(version: Version): string {
  const { lengthMs, loads, logs, transfers, visits } = partsOf(version);
  const startedAtMs = Date.UTC(2018, 0, 1) + version.call * 900_000;
  const visit = { type: 'form_item', page: 'main.php', form: 'main', outcome: 'filled', input_mode: 'dtmf' };
  const events = [
    ...loads.map((duration_ms) => ({ type: 'page_load', url: 'https://ivr.example/main.php', duration_ms })),
    ...visits.map((item) => ({ ...visit, item })),
    ...Array.from({ length: logs }, () => ({ type: 'log', label: 'a', message: 'b' })),
    ...transfers.map((duration_ms) => ({ type: 'transfer', to: '+12125550199', duration_ms })),
  ];
  const changes = {
    id: idOf(version.call),
    revision: version.revision,
    // A correction may move a call to another number.
    phone: `+1617399${String((version.call + version.revision) % 7).padStart(4, '0')}`,
    caller: version.call % 5 === 0 ? null : `+1212555${String(version.call % 40).padStart(4, '0')}`,
    started_at: new Date(startedAtMs).toISOString(),
    ended_at: new Date(startedAtMs + lengthMs).toISOString(),
    events: events.map((event, index) => ({ ...event, at: index })),
  };
  return JSON.stringify(call(changes));
}

/** The sums of calls that are each stored once, in the given version. */
export function sumsOfVersions(versions: readonly Version[]): Sums {
  const parts = versions.map(partsOf);
  const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
  const transfers = parts.flatMap((part) => part.transfers);
  const loads = parts.flatMap((part) => part.loads);
  return {
    calls: parts.length,
    call_ms: total(parts.map(({ lengthMs }) => lengthMs)),
    transfers: transfers.length,
    transfer_ms: total(transfers),
    transferred_calls: parts.filter((part) => part.transfers.length > 0).length,
    log_events: total(parts.map(({ logs }) => logs)),
    form_items: total(parts.map(({ visits }) => visits.length)),
    // Only the first two visits of a call are to the same item one after the other.
    loops: parts.filter(({ visits }) => visits.length >= 2).length,
    js_errors: 0,
    fetch_errors: 0,
    page_loads: loads.length,
    page_load_ms: total(loads),
  };
}

/** Requests without an end: new calls, calls that were sent before, corrections of them, and now and then a bad document. */
export class Traffic {
  readonly #random: (limit: number) => number;
  /** Highest revision that was ever sent of each call, by its number. */
  readonly sent: number[] = [];
  readonly rejectsSent = new Set<string>();

  constructor(random: (limit: number) => number) {
    this.#random = random;
  }

  next(): Request {
    const isStream = this.#random(5) === 0;
    const length = 1 + this.#random(isStream ? 30 : 5);
    return this.#request(
      isStream,
      Array.from({ length }, () => this.#version()),
    );
  }

  /** A stream that takes the server more than one transaction: corrections of calls that were sent before. */
  nextLong(): Request {
    const known = this.sent.length;
    return this.#request(
      true,
      Array.from({ length: 2_500 }, () => this.#correction(this.#random(known))),
    );
  }

  /** The last version of each call that was ever sent. */
  lastVersions(): readonly Version[] {
    return this.sent.map((revision, number) => ({ call: number, revision }));
  }

  #request(isStream: boolean, versions: readonly Version[]): Request {
    const rejects = this.#random(4) === 0 ? [this.#reject()] : [];
    const documents = [...versions.map(documentOf), ...rejects];
    if (isStream) return { type: 'application/x-ndjson', body: `${documents.join('\n')}\n`, versions, rejects };
    return { type: 'application/json', body: `[${documents.join(',')}]`, versions, rejects };
  }

  #version(): Version {
    const count = this.sent.length;
    const kind = this.#random(10);
    if (count === 0 || kind < 5) {
      this.sent.push(0);
      return { call: count, revision: 0 };
    }
    // Calls of now are corrected the most, so that several connections send versions of the same call.
    const number = kind < 8 ? count - 1 - this.#random(Math.min(count, 30)) : this.#random(count);
    if (kind % 2 === 1) return this.#correction(number);
    return { call: number, revision: this.#random((this.sent[number] ?? 0) + 1) };
  }

  #correction(number: number): Version {
    const revision = (this.sent[number] ?? 0) + 1;
    this.sent[number] = revision;
    return { call: number, revision };
  }

  #reject(): string {
    const text = lines([call({ id: `bad-${this.rejectsSent.size}`, revision: -1 })]).trim();
    this.rejectsSent.add(text);
    return text;
  }
}
