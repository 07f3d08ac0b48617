/** `UTC−05:00`: how far the clocks of a zone are from UTC at an instant. */
export function offsetOf(timeZone: string, instant: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(instant);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  // Browsers differ in whether they write an offset of nothing.
  return name.replace('GMT', 'UTC').replace('+00:00', '').replace('-', '−');
}

interface Zone {
  readonly value: string;
  readonly label: string;
}

const named = (value: string, now: Date): Zone => ({
  value,
  label: `${value.replaceAll('_', ' ')} (${offsetOf(value, now)})`,
});

/** Time zones to choose from, with the account's own, which may have an older name. */
export function zonesFor(current: string, now: Date): readonly Zone[] {
  const names = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', current]);
  return [...names].sort().map((name) => named(name, now));
}

/** A zone's name for reading. */
export const printZone = (timeZone: string, now: Date): string => named(timeZone, now).label;
