import { liveCalls } from '../src/demo/live-calls.ts';
import type { CallDocument } from '../src/wire/call-document.ts';

/** Over how many numbers of the account the calls of all measurements are spread. */
export const numberCount = 40;

const fewestEvents = 8;
const mostEvents = 10;

/** Share of the generated calls that have so many events, less a margin. */
const shareThatFits = 0.3;

export interface IngestDocument {
  readonly id: string;
  readonly json: string;
}

/** Documents of 8 to 10 events, all calls of the hour; each seed is another hour. */
export function ingestDocuments(seed: number, count: number): readonly IngestDocument[] {
  const startedAt = Temporal.Instant.from('2026-03-02T15:00:00Z').add({ hours: seed });
  const calls = liveCalls({ seed, startedAt, count: Math.ceil(count / shareThatFits), numbers: numberCount });
  const documents = [...fitting(calls).take(count)].map((call) => ({ id: call.id, json: JSON.stringify(call) }));
  if (documents.length < count) throw new RangeError(`seed ${seed} gave ${documents.length} documents, not ${count}`);
  return documents;
}

const fitting = (calls: IteratorObject<CallDocument>): IteratorObject<CallDocument> =>
  calls.filter(({ events = [] }) => events.length >= fewestEvents && events.length <= mostEvents);

export interface SpreadOptions {
  /** The calls end on this UTC day, `2026-03-02`. */
  readonly lastDay: string;
  readonly days: number;
  readonly callsPerHour: number;
}

/** Hours of a day at which calls come in, UTC. */
const callHours = [13, 14, 15, 16, 17, 18, 19, 20, 21, 22] as const;

export const callCount = ({ days, callsPerHour }: SpreadOptions): number => days * callHours.length * callsPerHour;

/** Calls of every day, in the order of time. */
export function* spreadCalls({ lastDay, days, callsPerHour }: SpreadOptions): Generator<CallDocument> {
  const lastMidnight = Temporal.PlainDate.from(lastDay).toZonedDateTime('UTC');
  for (let day = 0; day < days; day += 1) {
    const midnight = lastMidnight.subtract({ days: days - 1 - day });
    for (const hour of callHours) {
      const startedAt = midnight.add({ hours: hour }).toInstant();
      yield* liveCalls({ seed: day * 24 + hour, startedAt, count: callsPerHour, numbers: numberCount });
    }
  }
}

const chunkLines = 500;

/** Calls as NDJSON, many lines a piece. */
export function* ndjsonOf(calls: Iterable<CallDocument>): Generator<string> {
  let lines: string[] = [];
  for (const call of calls) {
    lines.push(`${JSON.stringify(call)}\n`);
    if (lines.length < chunkLines) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}
