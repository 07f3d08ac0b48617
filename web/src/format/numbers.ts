import { locale } from './locale.ts';

/** How figures are written: in the reader's language, with as many digits as say something. */
export type Unit = 'count' | 'ratio' | 'percent' | 'seconds' | 'duration' | 'minutes';

const decimals = (most: number, least = 0) =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: most, minimumFractionDigits: least });
const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
const [whole, one, two, three] = [decimals(0), decimals(1), decimals(2, 2), decimals(3, 3)];

export const absent = '–';

/** For tiles, tables and axes. */
export function printFigure(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return absent;
  switch (unit) {
    case 'count':
      return whole.format(value);
    case 'ratio':
      return value >= 100 ? one.format(value) : two.format(value);
    case 'percent':
      return `${one.format(value)} %`;
    case 'seconds':
      return printSeconds(value);
    case 'duration':
      return printDuration(value);
    case 'minutes':
      return value >= 100 ? `${whole.format(value)} min` : `${one.format(value)} min`;
    default:
      return unit satisfies never;
  }
}

/** For tooltips: everything that is known. */
export function printExactly(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return absent;
  switch (unit) {
    case 'count':
      return whole.format(value);
    case 'ratio':
      return decimals(3).format(value);
    case 'percent':
      return `${decimals(3).format(value)} %`;
    case 'seconds':
      return `${three.format(value)} s`;
    case 'duration':
      return value < 60 ? `${decimals(3).format(value)} s` : `${printDuration(value)} (${decimals(3).format(value)} s)`;
    case 'minutes':
      return `${decimals(3).format(value)} min`;
    default:
      return unit satisfies never;
  }
}

/** For axes, where there is little room. */
export function printShortly(value: number, unit: Unit): string {
  if (unit === 'percent') return `${one.format(value)} %`;
  if (unit === 'seconds') return value === 0 ? '0' : `${decimals(2).format(value)} s`;
  if (unit === 'duration') return value === 0 ? '0' : printDuration(value);
  if (unit === 'minutes') return value === 0 ? '0' : `${compact.format(value)} min`;
  return value < 10 ? decimals(2).format(value) : compact.format(value);
}

function printSeconds(seconds: number): string {
  if (seconds === 0) return '0 s';
  return seconds < 0.9995 ? `${whole.format(seconds * 1000)} ms` : `${two.format(seconds)} s`;
}

/** `45 s`, `2:05 min`, `1:02:05 h` */
export function printDuration(seconds: number): string {
  if (seconds < 59.5) return `${seconds < 10 ? one.format(seconds) : whole.format(seconds)} s`;
  const rounded = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(rounded / 3600), Math.floor(rounded / 60) % 60, rounded % 60];
  const padded = (value: number) => `${value}`.padStart(2, '0');
  return hours === 0 ? `${minutes}:${padded(rest)} min` : `${hours}:${padded(minutes)}:${padded(rest)} h`;
}

/** Counts below which a percentage would sound like more than it is. */
const leastCount = 10;

const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
const signedWhole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay: 'exceptZero' });

/** The change from one value to another, in percent of the first; null where that says nothing, as of counts that are both small. */
export function changeOf(value: number | null, previous: number | null, unit: Unit): number | null {
  if (value === null || previous === null || previous === 0) return null;
  if (unit === 'count' && value < leastCount && previous < leastCount) return null;
  return ((value - previous) / previous) * 100;
}

/** `+13.6 %`, `+240 %`, and from ten times as much on `×12` */
export function printChange(percent: number | null): string {
  if (percent === null) return absent;
  const times = 1 + percent / 100;
  if (times >= 10) return `×${whole.format(times)}`;
  return `${(percent >= 100 ? signedWhole : signed).format(percent)} %`;
}
