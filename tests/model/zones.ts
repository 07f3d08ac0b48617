import fc from 'fast-check';

/** Zones whose clocks have done something that careless arithmetic does not survive, and when they did. */
const trouble: Readonly<Record<string, readonly string[]>> = {
  UTC: ['2018-02-07T00:00:00Z', '1970-01-01T00:00:00Z'],
  'America/New_York': ['2018-03-11T07:00:00Z', '2018-11-04T06:00:00Z'],
  // Left out 2011-12-30.
  'Pacific/Apia': ['2011-12-30T10:00:00Z', '2012-03-31T14:00:00Z'],
  // Left out 1994-12-31: a month that ends early.
  'Pacific/Kiritimati': ['1994-12-31T10:40:00Z'],
  // Had 1867-10-18 for 48 hours less what local time was off.
  'America/Juneau': ['1867-10-18T15:33:32Z', '2018-03-11T11:00:00Z'],
  // Summer time began and ended at midnight.
  'America/Sao_Paulo': ['2018-11-04T03:00:00Z', '2018-02-18T02:00:00Z'],
  'America/Asuncion': ['2017-10-01T04:00:00Z'],
  'Asia/Beirut': ['2018-03-24T22:00:00Z', '2018-10-27T21:00:00Z'],
  'America/Havana': ['2018-03-11T05:00:00Z', '2018-11-04T05:00:00Z'],
  // Half an hour.
  'Australia/Lord_Howe': ['2018-04-07T15:00:00Z', '2018-10-06T15:30:00Z'],
  'Asia/Kathmandu': ['1985-12-31T18:30:00Z', '2018-02-07T18:15:00Z'],
  // Back for Ramadan, and forth again.
  'Africa/Casablanca': ['2018-05-13T02:00:00Z', '2018-06-17T02:00:00Z', '2019-05-05T02:00:00Z'],
  // At 00:01, so that midnight came twice, or 23:01 of the day before.
  'America/St_Johns': ['2010-11-07T02:31:00Z', '2006-04-02T03:31:00Z', '2006-10-29T02:31:00Z'],
  // From 00:00 back to 23:30, and from 23:30 on to 00:00.
  'Asia/Pyongyang': ['2015-08-14T15:00:00Z', '2018-05-04T15:00:00Z'],
  // From 23:30 on to 00:30.
  'America/Toronto': ['1919-03-31T04:30:00Z'],
  // Two hours.
  'Antarctica/Troll': ['2018-03-25T01:00:00Z', '2018-10-28T01:00:00Z'],
  // An offset with seconds until 1972.
  'Africa/Monrovia': ['1972-01-07T00:44:30Z'],
};

const known = Object.keys(trouble);
const all = Intl.supportedValuesOf('timeZone');

export const timeZone: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...known) },
  { weight: 1, arbitrary: fc.constantFrom(...all) },
);

/** Instants that worlds of the zone gather around: few, so that calls and questions meet. */
function anchorsOf(zone: string): readonly Temporal.Instant[] {
  const given = trouble[zone];
  if (given !== undefined) return given.map((text) => Temporal.Instant.from(text));
  const before = Temporal.ZonedDateTime.from(`2000-01-01[${zone}]`);
  const changes = [before.getTimeZoneTransition('previous'), before.getTimeZoneTransition('next')];
  return [before, ...changes.flatMap((change) => change ?? [])].map((moment) => moment.toInstant());
}

const nearnessNs = fc.constantFrom(-1n, 0n, 0n, 1n, -1_000_000n, 999_999n, -60_000_000_000n, 30_000_000_000n);

/** An instant near a clock change, near a midnight of the days around it, or just somewhere about. */
export function interestingInstant(zone: string): fc.Arbitrary<Temporal.Instant> {
  const anchor = fc.constantFrom(...anchorsOf(zone));
  const near = (instant: Temporal.Instant, ns: bigint) =>
    Temporal.Instant.fromEpochNanoseconds(instant.epochNanoseconds + ns);
  const midnight = fc
    .tuple(anchor, fc.integer({ min: -3, max: 3 }))
    .map(([instant, days]) => instant.toZonedDateTimeISO(zone).add({ days }).startOfDay().toInstant());
  const minutes = fc.integer({ min: -5 * 1440, max: 5 * 1440 });
  return fc.oneof(
    fc.tuple(anchor, nearnessNs).map(([instant, ns]) => near(instant, ns)),
    fc.tuple(midnight, nearnessNs).map(([instant, ns]) => near(instant, ns)),
    fc.tuple(anchor, minutes).map(([instant, minutes]) => instant.add({ minutes })),
  );
}
