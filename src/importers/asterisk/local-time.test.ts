import { describe, expect, it } from 'vitest';
import { parseLocalTime, printInstant, resolveTimes } from './local-time.ts';

describe('parseLocalTime', () => {
  it.each([
    { text: '2024-01-27 15:07:24', want: '2024-01-27T15:07:24' },
    { text: '2024-02-29 00:00:00', want: '2024-02-29T00:00:00' },
    { text: '2023-02-29 00:00:00', want: null },
    { text: '2024-01-27 24:00:00', want: null },
    { text: '2024-01-27 15:07:60', want: null },
    { text: '0000-00-00 00:00:00', want: null },
    { text: '2024-01-27T15:07:24', want: null },
    { text: '2024-01-27 15:07:24Z', want: null },
    { text: '2024-01-27', want: null },
    { text: '', want: null },
  ])('reads $text as $want', ({ text, want }) => {
    expect(parseLocalTime(text)?.toString() ?? null).toBe(want);
  });
});

/** `start answer end duration billsec`, the times with a day in front, to the instants in UTC. */
function resolve(day: string, row: string, given: { zone?: string; uniqueid?: string } = {}): string {
  const { zone = 'America/New_York', uniqueid = 'set-by-hand' } = given;
  const [start = '', answer = '', end = '', duration, billsec] = row.split(' ');
  const at = (time: string) => Temporal.PlainDateTime.from(`${day}T${time}`);
  const found = resolveTimes(
    {
      start: at(start),
      answer: answer === '-' ? null : at(answer),
      end: at(end),
      durationSeconds: Number(duration),
      billableSeconds: Number(billsec),
      uniqueid,
    },
    zone,
  );
  const print = (epochMs: number | null) => (epochMs === null ? '-' : printInstant(epochMs).slice(11));
  return [found.startMs, found.answerMs, found.endMs].map(print).join(' ');
}

describe('resolveTimes', () => {
  it.each([
    { zone: 'UTC', want: '15:07:24Z - 15:07:51Z' },
    { zone: 'America/New_York', want: '20:07:24Z - 20:07:51Z' },
    { zone: 'Asia/Kolkata', want: '09:37:24Z - 09:37:51Z' },
  ])('reads the times in $zone', ({ zone, want }) => {
    expect(resolve('2024-01-27', '15:07:24 - 15:07:51 27 0', { zone })).toBe(want);
  });

  // On 2024-11-03 New York has 01:00–02:00 twice: from 05:00Z (first) and from 06:00Z (second).
  it.each([
    {
      name: 'the first of both when both agree',
      row: '01:30:00 01:30:05 01:40:00 600 595',
      want: '05:30:00Z 05:30:05Z 05:40:00Z',
    },
    {
      name: 'an end in the second for a call of 70 min',
      row: '01:30:00 01:30:00 01:40:00 4200 4200',
      want: '05:30:00Z 05:30:00Z 06:40:00Z',
    },
    {
      name: 'an end that the clock shows before the start',
      row: '01:50:00 - 01:10:00 1200 0',
      want: '05:50:00Z - 06:10:00Z',
    },
    {
      name: 'a start in the second for a call until 02:10 of 40 min',
      row: '01:30:00 - 02:10:00 2400 0',
      want: '06:30:00Z - 07:10:00Z',
    },
    {
      name: 'a start in the first for a call until 02:10 of 100 min',
      row: '01:30:00 - 02:10:00 6000 0',
      want: '05:30:00Z - 07:10:00Z',
    },
    {
      name: 'an end in the second for a call since 00:50 of 90 min',
      row: '00:50:00 - 01:20:00 5400 0',
      want: '04:50:00Z - 06:20:00Z',
    },
    {
      name: 'an answer in the second by the talk that followed',
      row: '01:50:00 01:05:00 01:10:00 1200 300',
      want: '05:50:00Z 06:05:00Z 06:10:00Z',
    },
    {
      name: 'an answer in the first by the talk that followed',
      row: '01:50:00 01:55:00 01:10:00 1200 900',
      want: '05:50:00Z 05:55:00Z 06:10:00Z',
    },
    {
      name: 'a duration that is a second short by rounding',
      row: '01:50:00 - 01:10:00 1199 0',
      want: '05:50:00Z - 06:10:00Z',
    },
  ])('takes, in the hour that is repeated, $name', ({ row, want }) => {
    expect(resolve('2024-11-03', row)).toBe(want);
  });

  it.each([
    { uniqueid: '1730615400.7', want: '06:30:00Z - 06:40:00Z' },
    { uniqueid: 'pbx-2-1730615400.7', want: '06:30:00Z - 06:40:00Z' },
    { uniqueid: '1730611800.7', want: '05:30:00Z - 05:40:00Z' },
    { uniqueid: 'pbx-1730615400', want: '05:30:00Z - 05:40:00Z' },
    { uniqueid: '1999999999.7', want: '05:30:00Z - 05:40:00Z' },
  ])('takes the instant that is not before the channel $uniqueid was made', ({ uniqueid, want }) => {
    expect(resolve('2024-11-03', '01:30:00 - 01:40:00 600 0', { uniqueid })).toBe(want);
  });

  it.each([
    { name: 'an end', row: '01:59:00 - 02:30:00 1860 0', want: '06:59:00Z - 07:30:00Z' },
    { name: 'a start, whatever the duration', row: '02:30:00 - 03:50:00 4800 0', want: '07:30:00Z - 07:50:00Z' },
  ])('moves $name that a clock change skips forward by what is skipped', ({ row, want }) => {
    expect(resolve('2024-03-10', row)).toBe(want);
  });
});
