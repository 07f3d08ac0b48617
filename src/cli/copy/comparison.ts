import { bucketsOf, type DayRange, type Period } from '../../domain/buckets.ts';
import { type Calendar, type Day, dateOf } from '../../domain/calendar.ts';
import { eventsReport } from '../../domain/reports/events.ts';
import { pathReport } from '../../domain/reports/path.ts';
import { performanceReport } from '../../domain/reports/performance.ts';
import { profileReport } from '../../domain/reports/profile.ts';
import { regionReport } from '../../domain/reports/regions.ts';
import { seriesOf } from '../../domain/reports/series.ts';
import { mostSumRows, type ReportPlan, type ReportSums } from '../../domain/reports/sums.ts';
import { volumeReport } from '../../domain/reports/volume.ts';
import type { Calendars } from '../../ingest/document-reader.ts';
import type { PhoneNumber, User } from '../../store/access-store.ts';
import type { DayQuery } from '../../store/call-store.ts';
import type { Store } from '../../store/store.ts';
import { printJson, printSeriesJson } from '../../wire/voicetrends/json.ts';
import { pathAnswer } from '../../wire/voicetrends/path.ts';
import { regionAnswer } from '../../wire/voicetrends/regions.ts';

export interface Comparison {
  /** Reports that were printed from both stores. */
  readonly reports: number;
  /** Those that differ, in words. */
  readonly differing: readonly string[];
}

export interface Compared {
  readonly from: Store;
  readonly to: Store;
  readonly calendars: Calendars;
}

/** What it compares is bounded: so many numbers of a user, the newest so many days one by one, and the newest stretches of days. */
const mostNumbers = 300;
const mostDays = 90;
const mostStretches = 50;
const longestStretch = 366;

/** All days that a calendar knows. */
const allDays = { first: -1_000_000, last: 4_000_000 } as const;

/**
 * Prints the reports of both stores, and compares their bytes: for each user who owns numbers, those of all numbers and of each
 * number, by month over all days that have calls, and of all numbers by day over the newest ones.
 */
export async function compareReports({ from, to, calendars }: Compared): Promise<Comparison> {
  let reports = 0;
  const differing: string[] = [];
  for (const subject of await subjectsOf(from)) {
    const calendar = calendars.of(subject.user.account.timeZone);
    for (const asked of await questionsOf(subject, [from, to])) {
      for (const [name, print] of Object.entries(printed)) {
        const [theirs, mine] = await Promise.all([print(from, asked, calendar), print(to, asked, calendar)]);
        reports += 1;
        if (theirs !== mine) differing.push(`${name} of ${describe(asked)}`);
      }
    }
  }
  return { reports, differing };
}

/** Numbers that a user owns: all together, or one. */
interface Subject {
  readonly user: User;
  readonly numbers: DayQuery['numbers'];
}

async function subjectsOf(store: Store): Promise<readonly Subject[]> {
  const users = await store.accounts.users();
  const accounts = new Set(users.map(({ account }) => account.accountId));
  const owned = new Map<number, PhoneNumber[]>();
  for (const accountId of accounts) {
    for (const number of await store.numbers.list(accountId)) {
      owned.set(number.owner.userId, [...(owned.get(number.owner.userId) ?? []), number]);
    }
  }
  return users.flatMap((user) => {
    const phones = (owned.get(user.userId) ?? []).slice(0, mostNumbers);
    if (phones.length === 0) return [];
    const each = phones.map(({ phone }) => ({ user, numbers: { kind: 'one' as const, phone } }));
    return [{ user, numbers: { kind: 'owned' as const, ownerId: user.userId } }, ...each];
  });
}

interface Question extends Subject {
  readonly range: DayRange;
  readonly period: Period;
}

async function questionsOf(subject: Subject, stores: readonly Store[]): Promise<readonly Question[]> {
  const { user, numbers } = subject;
  const query = { accountId: user.account.accountId, numbers, days: allDays };
  const found = await Promise.all(stores.map((store) => store.calls.days(query)));
  const days = [...new Set(found.flat().map(({ day }) => day))].sort((left, right) => left - right);
  const months = stretchesOf(days).slice(-mostStretches);
  const byMonth = months.map((range) => ({ ...subject, range, period: 'month' as const }));
  const last = days.at(-1);
  if (last === undefined || numbers.kind === 'one') return byMonth;
  return [...byMonth, { ...subject, range: { first: last - mostDays + 1, last }, period: 'day' as const }];
}

/** Ranges of a year at the most that have all the days in them, and no long gap. */
function stretchesOf(days: readonly Day[]): readonly DayRange[] {
  const stretches: { readonly first: Day; last: Day }[] = [];
  for (const day of days) {
    const stretch = stretches.at(-1);
    if (stretch !== undefined && day - stretch.first < longestStretch) stretch.last = day;
    else stretches.push({ first: day, last: day });
  }
  return stretches;
}

type Print = (store: Store, asked: Question, calendar: Calendar) => Promise<string>;

/** The reports of the compatible API, as it prints them. */
const printed: Readonly<Record<string, Print>> = {
  series: async (store, { user, numbers, range, period }, calendar) => {
    const days = await store.calls.days({ accountId: user.account.accountId, numbers, days: range });
    const buckets = bucketsOf(range, period, calendar);
    const reports = [performanceReport, volumeReport, eventsReport];
    return reports.map((report) => printSeriesJson(seriesOf(report, buckets, days))).join('\n');
  },

  profile: (store, asked, calendar) => {
    const buckets = bucketsOf(asked.range, asked.period, calendar);
    const plan = profileReport.plan(asked.range, buckets);
    return planned(store, asked, { plan, print: (sums) => printSeriesJson(profileReport.shape(buckets, sums)) });
  },

  regions: (store, asked) => {
    const print = (sums: ReportSums) => printJson(regionAnswer(regionReport.shape(sums)));
    return planned(store, asked, { plan: regionReport.plan(asked.range), print });
  },

  path: (store, asked) => {
    const print = (sums: ReportSums) => printJson(pathAnswer(pathReport.shape(sums)));
    return planned(store, asked, { plan: pathReport.plan(asked.range), print });
  },
};

interface Planned {
  readonly plan: ReportPlan;
  readonly print: (sums: ReportSums) => string;
}

async function planned(store: Store, { user, numbers }: Question, { plan, print }: Planned): Promise<string> {
  const query = { ...plan, accountId: user.account.accountId, numbers, mostRows: mostSumRows };
  const sums = await store.calls.report(query);
  return sums.ok ? print(sums.value) : sums.error.kind;
}

function describe({ user, numbers, range, period }: Question): string {
  const which = numbers.kind === 'one' ? numbers.phone : 'all numbers';
  return `${user.login} (${user.tool}), ${which}, ${dateOf(range.first)} to ${dateOf(range.last)} by ${period}`;
}
