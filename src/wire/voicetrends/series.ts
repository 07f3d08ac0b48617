import type { Series } from '../../domain/reports/series.ts';
import type { Printable } from './printable.ts';

/** `{"calls":{"1517461200":0,…},…}`; where there was nothing to divide by, the figure is 0. */
export const seriesAnswer = (series: readonly Series<string>[]): Printable =>
  new Map(
    series.map(({ metric, points }) => [
      metric,
      new Map(points.map(({ startSeconds, value }) => [`${startSeconds}`, value ?? 0])),
    ]),
  );
