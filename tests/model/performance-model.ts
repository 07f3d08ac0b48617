import { type CallDocument, type Period, type Question, spellingsOf, type World } from './world.ts';

/**
 * What `performance` must answer, worked out from the documents as the specification says it, call by call and day by day,
 * without anything of the product and without regard to cost.
 */

interface StoredCall {
  readonly phone: number;
  readonly document: CallDocument;
}

/** What an account has come to after all batches and gifts. */
export interface Outcome {
  readonly calls: readonly StoredCall[];
  /** By phone: the user who owns it, or null when the account does not have it. */
  readonly owners: readonly (number | null)[];
}

export function outcomeOf({ batches, owners: given, gifts }: World): Outcome {
  const calls = new Map<string, StoredCall>();
  const owners = [...given];
  for (const { user, calls: sent } of batches) {
    for (const { phone, document } of sent) {
      const stored = calls.get(document.id);
      if (stored !== undefined && (document.revision ?? 0) < (stored.document.revision ?? 0)) continue;
      calls.set(document.id, { phone, document });
      owners[phone] ??= user;
    }
  }
  for (const { phone, user } of gifts) if (owners[phone] !== null) owners[phone] = user;
  return { calls: [...calls.values()], owners };
}

/** A fraction, so that nothing is rounded before the end. */
interface Ratio {
  readonly of: bigint;
  readonly by: bigint;
}

interface Bucket {
  readonly key: string;
  readonly calls: readonly CallDocument[];
}

interface Series {
  readonly name: string;
  readonly values: readonly { readonly key: string; readonly value: string }[];
}

/** null stands for a refusal: the user does not own the number, or a day does not exist because the clocks skipped it. */
export function answerOf(world: World, outcome: Outcome, question: Question): readonly Series[] | null {
  const { calls, owners } = outcome;
  const { phone, user, start, days } = question;
  if (!dayExists(start, world.timeZone) || !dayExists(start.add({ days: days - 1 }), world.timeZone)) return null;
  if (phone !== 'ALL' && owners[phone] !== user) return null;
  const asked = calls.filter((call) => (phone === 'ALL' ? owners[call.phone] === user : call.phone === phone));
  const buckets = bucketsOf(
    world.timeZone,
    question,
    asked.map(({ document }) => document),
  );
  return figures.map(({ name, ratioOf }) => ({
    name,
    values: buckets.map(({ key, calls }) => ({ key, value: rounded(ratioOf(calls)) })),
  }));
}

function bucketsOf(
  timeZone: string,
  { start, days, period }: Question,
  calls: readonly CallDocument[],
): readonly Bucket[] {
  const buckets = new Map<string, CallDocument[]>();
  for (let index = 0; index < days; index++) {
    const day = start.add({ days: index });
    const key = firstSecondOf(firstDayOf(day, period), timeZone);
    const bucket = buckets.get(key) ?? [];
    bucket.push(...calls.filter(({ started_at }) => dayOf(started_at, timeZone).equals(day)));
    // A day that the zone left out has no midnight of its own, and no bucket.
    if (period !== 'day' || dayExists(day, timeZone)) buckets.set(key, bucket);
  }
  return [...buckets].map(([key, calls]) => ({ key, calls }));
}

const dayOf = (instant: string, timeZone: string) =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate();

const dayExists = (day: Temporal.PlainDate, timeZone: string) =>
  day.toZonedDateTime(timeZone).toPlainDate().equals(day);

function firstDayOf(day: Temporal.PlainDate, period: Period): Temporal.PlainDate {
  if (period === 'day') return day;
  return period === 'week' ? day.subtract({ days: day.dayOfWeek - 1 }) : day.with({ day: 1 });
}

const firstSecondOf = (day: Temporal.PlainDate, timeZone: string) =>
  String(day.toZonedDateTime(timeZone).startOfDay().epochMilliseconds / 1000);

type Event = CallDocument['events'][number];
const eventsOf = (calls: readonly CallDocument[], type: string): readonly Event[] =>
  calls.flatMap(({ events }) => events.filter((event) => event.type === type));
const count = (values: readonly unknown[]) => BigInt(values.length);
const sumMs = (events: readonly Event[]) => events.reduce((sum, { duration_ms = 0 }) => sum + BigInt(duration_ms), 0n);

const figures: readonly { readonly name: string; readonly ratioOf: (calls: readonly CallDocument[]) => Ratio }[] = [
  { name: 'calls', ratioOf: (calls) => ({ of: count(calls), by: 1n }) },
  { name: 'js_errors', ratioOf: (calls) => ({ of: count(eventsOf(calls, 'js_error')), by: 1n }) },
  { name: 'js_errors_per_call', ratioOf: (calls) => ({ of: count(eventsOf(calls, 'js_error')), by: count(calls) }) },
  { name: 'fetch_errors', ratioOf: (calls) => ({ of: count(eventsOf(calls, 'fetch_error')), by: 1n }) },
  {
    name: 'fetch_errors_per_call',
    ratioOf: (calls) => ({ of: count(eventsOf(calls, 'fetch_error')), by: count(calls) }),
  },
  {
    name: 'average_page_load',
    ratioOf: (calls) => {
      const loads = eventsOf(calls, 'page_load');
      return { of: sumMs(loads), by: count(loads) * 1000n };
    },
  },
];

/** To 3 decimals, half away from zero, without trailing zeros; 0 where there is nothing to divide by. */
function rounded({ of, by }: Ratio): string {
  if (by === 0n) return '0';
  const thousandths = (of * 2000n + by) / (by * 2n);
  const decimals = String(thousandths % 1000n)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return decimals === '' ? String(thousandths / 1000n) : `${thousandths / 1000n}.${decimals}`;
}

export function inJson(series: readonly Series[]): string {
  const printed = series.map(({ name, values }) => {
    const members = values.map(({ key, value }) => `"${key}":${value}`);
    return `"${name}":${members.length === 0 ? '[]' : `{${members.join(',')}}`}`;
  });
  return `{${printed.join(',')}}`;
}

export function inXml(series: readonly Series[]): string {
  const printed = series.map(({ name, values }) => {
    const items = values.map(({ key, value }) => `<item key="${key}">${value}</item>`);
    return `<${name}>${items.join('')}</${name}>`;
  });
  return `<?xml version="1.0"?><result>${printed.join('')}</result>`;
}

/** The path of a question. */
export function pathOf({ country }: World, { phone, spelling, start, days, period }: Question): string {
  const spellings = phone === 'ALL' ? ['ALL'] : spellingsOf(phone, country);
  const dates = [start, start.add({ days: days - 1 })].map((day) => day.toString().replaceAll('-', ''));
  const asked = spellings[spelling % spellings.length] ?? '';
  return `/api/performance/${dates.join('/')}/${period}/${encodeURIComponent(asked)}`;
}
