import type { Series } from '../../domain/reports/series.ts';
import type { Printable } from './printable.ts';

/**
 * JSON as the original prints it, which is PHP's json_encode: compact, `/` as `\/`, everything beyond ASCII as `\uXXXX`, and an
 * empty map as `[]`, since PHP cannot tell it from an empty list.
 * https://www.php.net/manual/en/function.json-encode.php
 */
export function printJson(value: Printable): string {
  if (typeof value === 'string') return printText(value);
  if (typeof value === 'number' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(printJson).join(',')}]`;
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  if (entries.length === 0) return '[]';
  return `{${entries.map(([key, element]) => `${printText(key)}:${printJson(element)}`).join(',')}}`;
}

const printText = (text: string): string =>
  JSON.stringify(text)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * `{"calls":{"1517461200":0,…},…}`. Written out piece by piece, as it is most of what the server prints. All series of a report
 * have the same buckets.
 */
export function printSeriesJson(series: readonly Series<string>[]): string {
  const keys = (series[0]?.points ?? []).map(({ startSeconds }) => `"${startSeconds}":`);
  const printed = series.map(({ metric, points }) => {
    let pairs = '';
    for (const [index, { value }] of points.entries()) pairs += `${index === 0 ? '' : ','}${keys[index]}${value ?? 0}`;
    return `"${metric}":${points.length === 0 ? '[]' : `{${pairs}}`}`;
  });
  return `{${printed.join(',')}}`;
}
