import { describe, expect, it } from 'vitest';
import { callsWithTransfer, type ReportRow } from '../../api/rows.ts';
import { figureOver, isTellable, splitToday } from './today.ts';

const hour = (start: string, figures: Readonly<Record<string, number | null>> = {}): ReportRow => ({
  start,
  ...figures,
});
const starts = (rows: readonly ReportRow[]) => rows.map(({ start }) => start.slice(5, 16));

describe('the hours of today', () => {
  const rows = ['2018-02-01', '2018-02-02', '2018-02-08'].flatMap((day) =>
    ['00', '01', '02', '03'].map((clock) => hour(`${day}T${clock}:00:00-05:00`)),
  );

  it('compares those that are over with the same hours a week ago', () => {
    const nowMs = Date.parse('2018-02-08T02:35:00-05:00');
    const { soFar, whole, weekBefore, wholeUntilMs } = splitToday(rows, '2018-02-08', nowMs);
    expect(starts(soFar)).toEqual(['02-08T00:00', '02-08T01:00', '02-08T02:00']);
    expect(starts(whole)).toEqual(['02-08T00:00', '02-08T01:00']);
    expect(starts(weekBefore)).toEqual(['02-01T00:00', '02-01T01:00']);
    expect(wholeUntilMs).toBe(Date.parse('2018-02-08T02:00:00-05:00'));
  });

  it('takes an hour for over in the instant in which it ends', () => {
    const { whole, soFar } = splitToday(rows, '2018-02-08', Date.parse('2018-02-08T01:00:00-05:00'));
    expect(starts(whole)).toEqual(['02-08T00:00']);
    expect(starts(soFar)).toEqual(['02-08T00:00', '02-08T01:00']);
  });

  it('compares nothing in the first hour of a day', () => {
    const split = splitToday(rows, '2018-02-08', Date.parse('2018-02-08T00:10:00-05:00'));
    expect(starts(split.soFar)).toEqual(['02-08T00:00']);
    expect({ ...split, soFar: [] }).toEqual({ soFar: [], whole: [], weekBefore: [], wholeUntilMs: null });
  });

  it('has both of the hours that a clock change repeats, and the one that it left out a week ago', () => {
    const clocks = [
      hour('2018-10-28T00:00:00-04:00'),
      hour('2018-10-28T01:00:00-04:00'),
      hour('2018-11-04T00:00:00-04:00'),
      hour('2018-11-04T01:00:00-04:00'),
      hour('2018-11-04T01:00:00-05:00'),
    ];
    const split = splitToday(clocks, '2018-11-04', Date.parse('2018-11-04T02:30:00-05:00'));
    expect(split.whole).toEqual(clocks.slice(2));
    expect(split.weekBefore).toEqual(clocks.slice(0, 2));
    const spring = [
      hour('2018-03-04T01:00:00-05:00'),
      hour('2018-03-04T02:00:00-05:00'),
      hour('2018-03-04T03:00:00-05:00'),
      hour('2018-03-11T01:00:00-05:00'),
      hour('2018-03-11T03:00:00-04:00'),
    ];
    const later = splitToday(spring, '2018-03-11', Date.parse('2018-03-11T04:00:00-04:00'));
    expect(later.weekBefore).toEqual(spring.slice(0, 3));
  });
});

describe('whether a change can be told', () => {
  const of = (today: number, before: number) => ({
    soFar: [],
    whole: [hour('2018-02-08T00:00:00-05:00', { calls: today })],
    weekBefore: [hour('2018-02-01T00:00:00-05:00', { calls: before })],
    wholeUntilMs: null,
  });

  it('needs some calls on both sides, but for errors', () => {
    expect(isTellable(of(20, 20), 'average_call_length')).toBe(true);
    expect(isTellable(of(19, 400), 'average_call_length')).toBe(false);
    expect(isTellable(of(400, 19), 'transfer_rate')).toBe(false);
    expect(isTellable(of(19, 0), 'js_errors')).toBe(true);
  });
});

describe('a figure over several hours', () => {
  const rows = [
    hour('2018-02-08T00:00:00-05:00', { calls: 3, call_minutes: 1.1, transfer_rate: 33.333, js_errors: 2 }),
    hour('2018-02-08T01:00:00-05:00', { calls: 0, call_minutes: 0, transfer_rate: null, js_errors: 0 }),
    hour('2018-02-08T02:00:00-05:00', { calls: 7, call_minutes: 2.2, transfer_rate: 28.571, js_errors: 1 }),
  ];

  it('adds counts and minutes', () => {
    expect(figureOver(rows, 'calls')).toBe(10);
    expect(figureOver(rows, 'call_minutes')).toBe(3.3);
    expect(figureOver(rows, 'js_errors')).toBe(3);
    expect(figureOver(rows, 'fetch_errors')).toBe(0);
  });

  it('weighs averages and rates by the calls of each hour', () => {
    expect(rows.map(callsWithTransfer)).toEqual([1, 0, 2]);
    expect(figureOver(rows, 'transfer_rate')).toBe(30);
    expect(figureOver(rows, 'average_call_length')).toBeCloseTo(19.8, 10);
  });

  it('has no average and no rate where no calls came', () => {
    expect(figureOver([], 'average_call_length')).toBeNull();
    expect(figureOver(rows.slice(1, 2), 'transfer_rate')).toBeNull();
    expect(figureOver([], 'calls')).toBe(0);
  });
});
