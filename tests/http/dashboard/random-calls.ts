/** Call documents by chance, the same ones for a seed, in which few names meet in all ways. */

export interface SentEvent {
  readonly type: string;
  readonly at: number;
  readonly url?: string;
  readonly page?: string;
  readonly form?: string;
  readonly item?: string;
  readonly outcome?: string;
  readonly duration_ms?: number;
  readonly result?: string;
}

export interface SentCall {
  readonly id: string;
  readonly phone: string;
  readonly caller: string | null;
  readonly application: string;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly end_reason?: string;
  readonly direction?: string;
  readonly events: readonly SentEvent[];
}

/** A source of numbers from 0 to below 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const phones = ['+16173990000', '+16173990001', '+16173990002'];
/** With the region that the prefix tells. */
export const callers: ReadonlyMap<string | null, string | null> = new Map([
  [null, null],
  ['+16175550142', 'US-MA'],
  ['+12125550142', 'US-NY'],
  ['+12125550199', 'US-NY'],
  ['+18005550142', 'US-TOLLFREE'],
  ['+442079460142', 'GB'],
]);
export const applications = ['https://ivr.example/start.php', 'billing'];
/** Addresses with the name under which they are reported. */
export const pages: ReadonlyMap<string, string> = new Map([
  ['https://ivr.example/main.php', 'main.php'],
  ['https://ivr.example/a/main.php?s=1#x', 'main.php'],
  ['https://ivr.example/pay.php', 'pay.php'],
  ['https://ivr.example', '/'],
]);
export const forms = ['menu', 'start'];
export const items = ['selection', 'start', 'timeout'];
const outcomes = ['filled', 'nomatch', 'noinput', 'transfer', 'disconnect', null];
const reasons = ['caller_hangup', 'application_hangup', 'transfer', 'error', 'timeout', 'unknown'];

/** The first days of calls, in New York. */
const begin = Temporal.Instant.from('2018-02-01T05:00:00Z').epochMilliseconds;
const instant = (atMs: number): string => Temporal.Instant.fromEpochMilliseconds(atMs).toString();

/** Of 2018-02-01 to 2018-02-07 in New York; several start at the same moment. */
export function randomCalls(count: number, seed: number): readonly SentCall[] {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const one = <T extends string | number | null>(list: readonly T[]): T => {
    const chosen = list[below(list.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  };
  const eventAt = (at: number): SentEvent => {
    const url = one([...pages.keys()]);
    switch (below(8)) {
      case 0:
        return { type: 'js_error', at, ...(below(3) === 0 ? {} : { url }) };
      case 1:
        return { type: 'fetch_error', at, url };
      case 2:
      case 3:
        return { type: 'page_load', at, url, duration_ms: one([100, 1999, 2000, 2001, 5000]) };
      case 4:
        return { type: 'transfer', at, result: one(['completed', 'busy']) };
      default: {
        const outcome = one(outcomes);
        return {
          type: 'form_item',
          at,
          page: url,
          form: one(forms),
          item: one(items),
          ...(outcome === null ? {} : { outcome }),
        };
      }
    }
  };
  return Array.from({ length: count }, (_, index): SentCall => {
    // Few moments, and no calls on the fourth day.
    const day = one([0, 1, 2, 4, 5, 6]);
    const startMs = begin + day * 86_400_000 + below(48) * 1_800_000;
    const endMs = startMs + below(600) * 1000;
    const isUp = below(8) === 0;
    return {
      id: `${one(['a', 'b', 'ä'])}-${index}`,
      phone: one(phones),
      caller: one([...callers.keys()]),
      application: one(applications),
      started_at: instant(startMs),
      ended_at: isUp ? null : instant(endMs),
      ...(isUp ? {} : { end_reason: one(reasons) }),
      events: Array.from({ length: below(9) }, (_event, place) => eventAt(place * 1000)),
    };
  });
}
