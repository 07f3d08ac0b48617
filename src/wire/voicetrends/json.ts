import type { Series } from '../../domain/reports/series.ts';

/**
 * JSON as the original prints it, which is PHP's json_encode: compact, `/` as `\/`, everything beyond ASCII as `\uXXXX`.
 * https://www.php.net/manual/en/function.json-encode.php
 */
export function printJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * `{"calls":{"1517461200":0,…},…}`. Written out piece by piece: an object would put its keys into another order where they are
 * negative (before 1970). All series of a report have the same buckets. An empty map is `[]`, as PHP cannot tell it from an empty list.
 */
export function printSeriesJson(series: readonly Series[]): string {
  const keys = (series[0]?.points ?? []).map(({ startSeconds }) => `"${startSeconds}":`);
  const printed = series.map(({ metric, points }) => {
    let pairs = '';
    for (const [index, { value }] of points.entries()) pairs += `${index === 0 ? '' : ','}${keys[index]}${value ?? 0}`;
    return `"${metric}":${points.length === 0 ? '[]' : `{${pairs}}`}`;
  });
  return `{${printed.join(',')}}`;
}
