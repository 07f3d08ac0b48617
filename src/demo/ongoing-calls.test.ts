import { describe, expect, it } from 'vitest';
import { playedCalls } from './demo-calls.ts';
import { OngoingCalls } from './ongoing-calls.ts';

const from = Temporal.Instant.from('2026-06-30T16:00:00Z');
const timeZone = 'America/New_York';
const fromMs = from.epochMilliseconds;

describe('OngoingCalls', () => {
  it('tells of the calls that were up until they are over, and of no other from before', () => {
    const played = [...playedCalls({ seed: 1, until: from, days: 1, timeZone })];
    const up = played.filter(({ endedAtMs }) => endedAtMs > fromMs);
    expect(up.length).toBeGreaterThan(0);
    const ongoing = new OngoingCalls({ seed: 1, from, timeZone, up });
    const atOnce = ongoing.documentsAt(fromMs);
    expect(atOnce.map(({ id }) => id)).toEqual(up.map((call) => call.documentAt(fromMs).id));
    const later = ongoing.documentsAt(fromMs + 7_200_000);
    expect(later.slice(0, up.length)).toMatchObject(up.map((call) => call.documentAt(call.endedAtMs)));
    const idsBefore = new Set(played.map((call) => call.documentAt(fromMs).id));
    expect(later.slice(up.length).filter(({ id }) => idsBefore.has(id))).toEqual([]);
  });

  it('sends each call as it comes and ends, with revisions that rise, and none after its end', () => {
    const ongoing = new OngoingCalls({ seed: 1, from, timeZone, up: [] });
    const sent = new Map<string, { revision: number; isOver: boolean }>();
    for (let nowMs = fromMs; nowMs < fromMs + 3_600_000; nowMs += 5000) {
      for (const { id, revision = 0, started_at, ended_at } of ongoing.documentsAt(nowMs)) {
        const before = sent.get(id) ?? { revision: 0, isOver: false };
        expect(before.isOver).toBe(false);
        expect(revision).toBeGreaterThan(before.revision);
        expect(Temporal.Instant.from(started_at).epochMilliseconds).toBeLessThanOrEqual(nowMs);
        sent.set(id, { revision, isOver: ended_at !== null });
      }
    }
    const played = [...playedCalls({ seed: 2, until: from.add({ hours: 24 }), days: 1, timeZone })];
    const started = played.filter(({ startedAtMs }) => startedAtMs < fromMs + 3_595_000);
    expect(sent.size).toBe(started.length);
    expect(started.length).toBeGreaterThan(20);
    expect([...sent.values()].filter(({ isOver }) => !isOver).length).toBe(
      started.filter(({ endedAtMs }) => endedAtMs > fromMs + 3_595_000).length,
    );
  });

  it('goes on day after day, over a clock change too, with ids of their own', () => {
    const start = Temporal.Instant.from('2026-10-31T16:00:00Z');
    const ongoing = new OngoingCalls({ seed: 1, from: start, timeZone, up: [], callsPerDay: 50 });
    const documents = ongoing.documentsAt(start.add({ hours: 24 * 5 }).epochMilliseconds);
    expect(documents.length).toBeGreaterThan(150);
    expect(new Set(documents.map(({ id }) => id)).size).toBe(documents.length);
    const starts = documents.map(({ started_at }) => Temporal.Instant.from(started_at).epochMilliseconds);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  });
});
