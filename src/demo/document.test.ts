import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../wire/call-document.ts';
import { documentOf } from './document.ts';

const visit = { type: 'form_item', at: 300, page: 'start.php', form: 'main', item: 'choice' } as const;
const load: CallEvent = { type: 'page_load', at: 100, url: 'https://a.example/start.php', duration_ms: 200 };
const answered: CallEvent = { ...visit, outcome: 'filled', input_mode: 'dtmf', duration_ms: 700 };
const transfer: CallEvent = { type: 'transfer', at: 1000, to: '+16175550180', duration_ms: 9000, result: 'completed' };
const log: CallEvent = { type: 'log', at: 1000, label: 'a', message: 'b' };

const startedAtMs = 1_767_225_600_000;
const parts = {
  id: 'c-1',
  phone: '+16175550110',
  caller: null,
  application: 'https://a.example/start.php',
  startedAtMs,
  labels: { version: 'v1' },
  journey: { events: [load, answered, log, transfer], durationMs: 10_500, endReason: 'transfer' },
} as const;

describe('documentOf', () => {
  it('tells all of a call that is over', () => {
    expect(documentOf(parts, startedAtMs + 10_500)).toEqual({
      id: 'c-1',
      phone: '+16175550110',
      caller: null,
      direction: 'inbound',
      application: 'https://a.example/start.php',
      started_at: '2026-01-01T00:00:00Z',
      ended_at: '2026-01-01T00:00:10.5Z',
      end_reason: 'transfer',
      events: [load, answered, log, transfer],
      labels: { version: 'v1' },
    });
  });

  it.each([
    { afterMs: 50, want: [], name: 'nothing before the first event' },
    { afterMs: 299, want: [], name: 'no load that lasts' },
    { afterMs: 300, want: [load, visit], name: 'a visit that lasts without its outcome' },
    { afterMs: 1000, want: [load, answered, log], name: 'no transfer that lasts' },
    { afterMs: 10_499, want: [load, answered, log, transfer], name: 'everything shortly before the end' },
  ])('of a call that is up, tells $name', ({ afterMs, want }) => {
    const document = documentOf(parts, startedAtMs + afterMs);
    expect(document.ended_at).toBeNull();
    expect(document).not.toHaveProperty('end_reason');
    expect(document.events).toEqual(want);
  });
});
