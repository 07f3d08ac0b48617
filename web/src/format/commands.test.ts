import { describe, expect, it } from 'vitest';
import { parseCall } from '../../../src/wire/call-parser.ts';
import { readReportCommand, sendCallCommand } from './commands.ts';

const nowMs = Date.UTC(2026, 2, 1, 12, 0, 0);

describe('the command that sends a first call', () => {
  const command = sendCallCommand({ origin: 'https://voice.example', key: 'vgk_abc', nowMs });

  it('goes to this server with the key', () => {
    expect(command.split('\n').slice(0, 2)).toEqual([
      'curl https://voice.example/ingest/v1/calls \\',
      "  -H 'Authorization: Bearer vgk_abc' \\",
    ]);
  });

  it('has a document that the server takes', () => {
    const [, text = ''] = /-d '([^']*)'$/.exec(command) ?? [];
    const read = parseCall(JSON.parse(text), {
      country: 'US',
      allowsInput: false,
      maxEvents: 10,
      readPhone: (number) => ({ number, region: null }),
    });
    expect(read).toMatchObject({
      ok: true,
      value: {
        phone: '+16173990000',
        caller: '+18005550142',
        startedAtMs: nowMs - 60_000,
        end: { reason: 'caller_hangup', durationMs: 45_000 },
      },
    });
  });
});

it('reads the last seven days with a token', () => {
  const command = readReportCommand({ origin: 'http://127.0.0.1:8080', token: 'vgt_abc', today: '2026-03-01' });
  expect(command.split('\n')).toEqual([
    "curl -H 'Authorization: Bearer vgt_abc' \\",
    "  'http://127.0.0.1:8080/api/v2/report?start=2026-02-23&end=2026-03-01&period=day&metrics=calls,call_minutes'",
  ]);
});
