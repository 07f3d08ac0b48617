import { describe, expect, it } from 'vitest';
import type { Row } from './row.ts';
import { transfers } from './transfers.ts';

const noon = Date.UTC(2024, 0, 27, 12);

/** `party B, disposition, answered at second – billed seconds` of a Dial that began at noon and ended after 100 seconds. */
function row(dstchannel: string, disposition: Row['disposition'], given: Partial<Row> = {}): Row {
  return {
    line: 1,
    accountcode: '',
    src: '6175550101',
    dst: '211553',
    dcontext: 'ivr-in',
    dstchannel,
    lastapp: 'Dial',
    startMs: noon,
    answerMs: null,
    endMs: noon + 100_000,
    billableSeconds: 0,
    disposition,
    uniqueid: '1.1',
    callId: '1.1',
    sequence: 1,
    ...given,
  };
}

const talk = (dstchannel: string, answerSecond: number, billableSeconds: number, given: Partial<Row> = {}) =>
  row(dstchannel, 'ANSWERED', { answerMs: noon + answerSecond * 1000, billableSeconds, ...given });

/** `to result at+seconds` of each. */
const summary = (rows: readonly Row[]) =>
  transfers(rows).map(({ to, result, at, duration_ms }) =>
    [to, result, String(at).slice(11), duration_ms ?? '-'].join(' '),
  );

describe('transfers', () => {
  it('makes an event of a leg that was answered', () => {
    expect(transfers([talk('PJSIP/trunk-a-0000001f', 10, 42)])).toEqual([
      { type: 'transfer', at: '2024-01-27T12:00:10Z', duration_ms: 42_000, to: 'PJSIP/trunk-a', result: 'completed' },
    ]);
  });

  it('makes an event without a duration of a leg that was not', () => {
    expect(transfers([row('SIP/301-00000002', 'NO ANSWER', { billableSeconds: 60, answerMs: noon })])).toEqual([
      { type: 'transfer', at: '2024-01-27T12:00:00Z', to: 'SIP/301', result: 'noanswer' },
    ]);
  });

  it.each([
    { name: 'a busy leg', rows: [row('SIP/a-1', 'BUSY')], want: ['SIP/a busy 12:00:00Z -'] },
    { name: 'a congested leg', rows: [row('SIP/a-1', 'CONGESTION')], want: ['SIP/a failed 12:00:00Z -'] },
    { name: 'a failed leg', rows: [row('SIP/a-1', 'FAILED')], want: ['SIP/a failed 12:00:00Z -'] },
    {
      name: 'a leg of a queue',
      rows: [talk('SIP/a-1', 1, 2, { lastapp: 'Queue' })],
      want: ['SIP/a completed 12:00:01Z 2000'],
    },
    { name: 'a leg answered for no whole second: nothing', rows: [row('SIP/a-1', 'ANSWERED')], want: [] },
    { name: 'a leg of an outcome without a name: nothing', rows: [row('SIP/a-1', 'UNKNOWN')], want: [] },
    { name: 'a row without party B: nothing', rows: [talk('', 1, 2)], want: [] },
    {
      name: 'a bridge that nobody dialled: nothing',
      rows: [talk('SIP/a-1', 1, 2, { lastapp: 'ConfBridge' })],
      want: [],
    },
    { name: 'a Local channel: nothing', rows: [talk('Local/a@ivr-00000000;1', 1, 2)], want: [] },
    {
      name: 'two legs, in the order in which they began',
      rows: [talk('SIP/a-1', 50, 9), row('SIP/b-2', 'NO ANSWER')],
      want: ['SIP/b noanswer 12:00:00Z -', 'SIP/a completed 12:00:50Z 9000'],
    },
    {
      name: 'one device that was dialled twice, twice',
      rows: [row('SIP/a-1', 'BUSY'), talk('SIP/a-2', 50, 9)],
      want: ['SIP/a busy 12:00:00Z -', 'SIP/a completed 12:00:50Z 9000'],
    },
    {
      name: 'rows of one channel that follow each other, once',
      rows: [talk('SIP/a-1', 13, 17), talk('SIP/a-1', 10, 3), row('SIP/a-1', 'NO ANSWER')],
      want: ['SIP/a completed 12:00:10Z 20000'],
    },
    {
      name: 'rows of one channel that overlap, for the time that any covers',
      rows: [talk('SIP/a-1', 10, 30), talk('SIP/a-1', 20, 5), talk('SIP/a-1', 35, 10), talk('SIP/a-1', 60, 1)],
      want: ['SIP/a completed 12:00:10Z 36000'],
    },
    {
      name: 'a leg that failed twice, as it failed last',
      rows: [row('SIP/a-1', 'BUSY'), row('SIP/a-1', 'NO ANSWER', { startMs: noon + 5000 }), row('SIP/a-1', 'UNKNOWN')],
      want: ['SIP/a noanswer 12:00:05Z -'],
    },
    {
      name: 'a talk without its beginning, reckoned from its end',
      rows: [row('SIP/a-1', 'ANSWERED', { billableSeconds: 20 })],
      want: ['SIP/a completed 12:01:20Z 20000'],
    },
  ])('counts $name', ({ rows, want }) => {
    expect(summary(rows)).toEqual(want);
  });
});
