import { bucketsOf } from '../../domain/buckets.ts';
import { eventsReport } from '../../domain/reports/events.ts';
import { pathReport } from '../../domain/reports/path.ts';
import { performanceReport } from '../../domain/reports/performance.ts';
import { profileReport } from '../../domain/reports/profile.ts';
import { regionReport } from '../../domain/reports/regions.ts';
import type { SeriesReport } from '../../domain/reports/series.ts';
import { volumeReport } from '../../domain/reports/volume.ts';
import { ok } from '../../domain/result.ts';
import { pathAnswer } from '../../wire/voicetrends/path.ts';
import { regionAnswer } from '../../wire/voicetrends/regions.ts';
import { parseRangePath, parseSeriesPath } from '../../wire/voicetrends/request.ts';
import { seriesAnswer } from '../../wire/voicetrends/series.ts';
import type { ReadPath } from './reports.ts';

/** Resources of figures that are kept by day, by their name in the path. */
export const seriesReports: Readonly<Record<string, SeriesReport>> = {
  volume: volumeReport,
  events: eventsReport,
  performance: performanceReport,
};

/** All other data resources, by their path. */
export const plannedReports: Readonly<Record<string, ReadPath>> = {
  '/profile/:start/:end/:period/:phone': (part, calendar) => {
    const path = { start: part('start'), end: part('end'), period: part('period'), phone: part('phone') };
    const asked = parseSeriesPath(path, calendar);
    if (!asked.ok) return asked;
    const { range, period, phone } = asked.value;
    const buckets = bucketsOf(range, period, calendar);
    const plan = profileReport.plan(range, buckets);
    return ok({ phone, plan, answerOf: (sums) => seriesAnswer(profileReport.shape(buckets, sums)) });
  },

  '/profile/:start/:end/:phone': (part, calendar) => {
    const asked = parseRangePath({ start: part('start'), end: part('end'), phone: part('phone') }, calendar);
    if (!asked.ok) return asked;
    const { range, phone } = asked.value;
    return ok({ phone, plan: regionReport.plan(range), answerOf: (sums) => regionAnswer(regionReport.shape(sums)) });
  },

  '/path/:start/:end/:phone': (part, calendar) => {
    const asked = parseRangePath({ start: part('start'), end: part('end'), phone: part('phone') }, calendar);
    if (!asked.ok) return asked;
    const { range, phone } = asked.value;
    return ok({ phone, plan: pathReport.plan(range), answerOf: (sums) => pathAnswer(pathReport.shape(sums)) });
  },
};
