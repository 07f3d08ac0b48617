/**
 * What happens to the demo's account besides everyday traffic, on days that are counted back from its last one,
 * so that whoever opens the demo finds them on the same place of a chart.
 */
export interface Story {
  /** The local day of the last call. */
  readonly lastDay: Temporal.PlainDate;
  /** A Monday on which few people call. */
  readonly holiday: Temporal.PlainDate;
  /** From here on the applications are version 2: the midnight half-way. */
  readonly secondVersionFromMs: number;
  readonly incident: Incident;
}

/** Pages of one application get slow, an hour later a script on one of them breaks. */
export interface Incident {
  readonly day: Temporal.PlainDate;
  readonly slowFromMs: number;
  readonly brokenFromMs: number;
  readonly untilMs: number;
}

const incidentDaysBeforeEnd = 17;
const holidayDaysBeforeEnd = 40;

/** `until` is where the calls end, `days` how many there are before it. */
export function storyOf({ until, days, timeZone }: StoryOptions): Story {
  const lastDay = until.subtract({ milliseconds: 1 }).toZonedDateTimeISO(timeZone).toPlainDate();
  const holiday = lastDay.subtract({ days: holidayDaysBeforeEnd });
  const secondVersion = lastDay.subtract({ days: Math.floor(days / 2) });
  return {
    lastDay,
    holiday: holiday.subtract({ days: holiday.dayOfWeek - 1 }),
    secondVersionFromMs: secondVersion.toZonedDateTime(timeZone).epochMilliseconds,
    incident: incidentOn(workday(lastDay.subtract({ days: incidentDaysBeforeEnd })), timeZone),
  };
}

export interface StoryOptions {
  readonly until: Temporal.Instant;
  readonly days: number;
  readonly timeZone: string;
}

function incidentOn(day: Temporal.PlainDate, timeZone: string): Incident {
  const atMs = (plainTime: string) => day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
  return { day, slowFromMs: atMs('09:00'), brokenFromMs: atMs('10:00'), untilMs: atMs('15:30') };
}

/** The day itself, or the Friday before a weekend: on a Sunday nobody would notice an incident. */
const workday = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: Math.max(0, day.dayOfWeek - 5) });
