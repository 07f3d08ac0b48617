import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { CallDocument, eventFields } from '../wire/call-document.ts';
import { liveCalls } from './live-calls.ts';

const startedAt = Temporal.Instant.from('2026-06-30T16:00:00Z');
const live = (seed: number) => [...liveCalls({ seed, startedAt, count: 5000, numbers: 200 })];
const sinceStartMs = (text: string): number => startedAt.until(text).total('milliseconds');

const isDocument = Compile(CallDocument);
const isEvent = Object.fromEntries(Object.entries(eventFields).map(([type, fields]) => [type, Compile(fields)]));
const isValid = (call: CallDocument): boolean =>
  isDocument.Check(call) && (call.events ?? []).every((event) => isEvent[event.type]?.Check(event) === true);

describe('liveCalls', () => {
  const documents = live(1);

  it('gives as many calls of one hour as asked for, in order, all over, on all the numbers', () => {
    expect(documents.length).toBe(5000);
    expect(documents.filter((call) => !isValid(call))).toEqual([]);
    expect(documents.filter(({ ended_at }) => ended_at === null)).toEqual([]);
    expect(new Set(documents.map(({ phone }) => phone)).size).toBe(200);
    const starts = documents.map(({ started_at }) => sinceStartMs(started_at));
    expect(starts).toEqual(documents.map((_, index) => index * 720));
  });

  it('gives 8 to 10 events and 1 to 1.4 KB a call on average', () => {
    const events = documents.reduce((sum, call) => sum + (call.events ?? []).length, 0) / documents.length;
    expect(events).toBeGreaterThan(8);
    expect(events).toBeLessThan(10);
    const bytes = JSON.stringify(documents).length / documents.length;
    expect(bytes).toBeGreaterThan(1000);
    expect(bytes).toBeLessThan(1400);
  });

  it('has random ids of its own for each seed, and gives the same calls for the same options', () => {
    const ids = [...documents, ...live(2)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(10_000);
    expect(ids.filter((id) => !/^[0-9a-f]{32}$/.test(id))).toEqual([]);
    expect(live(1)).toEqual(documents);
  });
});
