/**
 * Where a telephone number belongs by its prefix, as far as reports tell regions apart:
 * `US-MA` (a state or DC, by its postal code), `US-TOLLFREE`, or an ISO 3166-1 alpha-2 country other than the US (`GB`, `PR`, `CA`).
 * A prefix is a hint: a number that was ported keeps the prefix of where it came from.
 */
export type Region = string;

/** What the numbering plan tells about one spelled number. */
export interface PhoneReading {
  /** E.164 with its plus sign; or the bare digits of what is no telephone number (an extension, a short code); or '' when there are none. */
  readonly number: string;
  /** null when the prefix names no state or country. */
  readonly region: Region | null;
}

/** Reads a number in any usual spelling; `country` (ISO 3166-1 alpha-2) tells what a national number belongs to. */
export type ReadPhone = (spelled: string, country: string) => PhoneReading;
