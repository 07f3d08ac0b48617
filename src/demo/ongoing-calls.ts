import type { CallDocument } from '../wire/call-document.ts';
import { type DemoCall, playedCalls } from './demo-calls.ts';

export interface OngoingOptions {
  readonly seed: number;
  /** From here on calls come in. */
  readonly from: Temporal.Instant;
  readonly timeZone: string;
  /** Calls that started before and are still up. */
  readonly up: readonly DemoCall[];
  readonly callsPerDay?: number;
}

/** The calls of a demo that goes on: they are told of while they last, and once more when they are over. */
export class OngoingCalls {
  readonly #coming: Iterator<DemoCall>;
  #next: DemoCall | undefined;
  #up: readonly DemoCall[];

  constructor({ up, ...options }: OngoingOptions) {
    this.#up = up;
    this.#coming = callsFrom(options);
    this.#next = this.#coming.next().value;
  }

  /** What there is to send at a time, later than those before: a document of each call that is up or has ended since. */
  documentsAt(nowMs: number): readonly CallDocument[] {
    const up = [...this.#up];
    for (; this.#next !== undefined && this.#next.startedAtMs <= nowMs; this.#next = this.#coming.next().value) {
      up.push(this.#next);
    }
    this.#up = up.filter(({ endedAtMs }) => endedAtMs > nowMs);
    return up.map((call) => ({ ...call.documentAt(nowMs), revision: revisionAt(call, nowMs) }));
  }
}

/** Above 0, which a document without a revision has; the later, the higher. */
const revisionAt = ({ startedAtMs }: DemoCall, nowMs: number): number => 1 + Math.max(0, nowMs - startedAtMs);

/** Day after day, without end. */
function* callsFrom({ seed, from, ...options }: Omit<OngoingOptions, 'up'>): Generator<DemoCall> {
  for (let day = 1; ; day += 1) {
    const until = from.toZonedDateTimeISO(options.timeZone).add({ days: day }).toInstant();
    yield* playedCalls({
      ...options,
      seed: seed + day,
      until,
      days: 1,
      idPrefix: `demo-${from.epochMilliseconds}-${day}`,
    });
  }
}
