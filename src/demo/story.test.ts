import { describe, expect, it } from 'vitest';
import { storyOf } from './story.ts';

const timeZone = 'America/New_York';
const localText = (instantMs: number): string =>
  Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone).toPlainDateTime().toString();

function told(until: string) {
  const { lastDay, holiday, secondVersionFromMs, incident } = storyOf({
    until: Temporal.Instant.from(until),
    days: 90,
    timeZone,
  });
  return {
    lastDay: lastDay.toString(),
    holiday: holiday.toString(),
    secondVersion: localText(secondVersionFromMs),
    incident: [incident.slowFromMs, incident.brokenFromMs, incident.untilMs].map(localText),
  };
}

describe('storyOf', () => {
  it('counts back from the last local day', () => {
    expect(told('2026-06-30T16:00:00Z')).toEqual({
      lastDay: '2026-06-30',
      holiday: '2026-05-18',
      secondVersion: '2026-05-16T00:00:00',
      incident: ['2026-06-12T09:00:00', '2026-06-12T10:00:00', '2026-06-12T15:30:00'],
    });
  });

  it('takes midnight for the end of the day before', () => {
    expect(told('2026-06-30T04:00:00Z').lastDay).toBe('2026-06-29');
  });

  it.each([
    { until: '2026-03-10T16:00:00Z', want: '2026-02-20T10:00:00', name: 'Saturday' },
    { until: '2026-03-11T16:00:00Z', want: '2026-02-20T10:00:00', name: 'Sunday' },
    { until: '2026-03-12T16:00:00Z', want: '2026-02-23T10:00:00', name: 'Monday' },
  ])('has the incident on $want when seventeen days before is a $name', ({ until, want }) => {
    expect(told(until).incident[1]).toBe(want);
  });
});
