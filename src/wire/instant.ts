const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** UNIX milliseconds of an RFC 3339 instant; parts of a millisecond are cut off. null when it is none, or no such time exists. */
export function parseInstantMs(text: string): number | null {
  if (!rfc3339.test(text)) return null;
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    // A month 13, a 30th of February, an hour 24: the only way in which Temporal tells is to throw.
    return null;
  }
}

/** RFC 3339 with the offset that the zone has at the instant; parts of a second only where there are some. */
export const printInstant = (atMs: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(atMs).toString({ timeZone });
