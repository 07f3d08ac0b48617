import fc from 'fast-check';
import { interestingInstant, timeZone } from './zones.ts';

/** Everything that happens to one account: who is there, what is sent in which order, and what is asked afterwards. */
export interface World {
  readonly timeZone: string;
  readonly country: Country;
  readonly userCount: number;
  /** Numbers that users own before calls come in: by phone, which user. The others go to the first who sends one. */
  readonly owners: readonly (number | null)[];
  readonly batches: readonly Batch[];
  /** Numbers that are shared with a user, which must change nothing. */
  readonly shares: readonly Grant[];
  /** Numbers that change hands when all has been sent. */
  readonly gifts: readonly Grant[];
  readonly questions: readonly Question[];
}

export type Country = 'US' | 'GB';

export interface Grant {
  readonly phone: number;
  readonly user: number;
}

/** Documents that a user sends at once. */
export interface Batch {
  readonly user: number;
  readonly calls: readonly SentCall[];
}

/** A document, and the phone that it names in whatever spelling. */
export interface SentCall {
  readonly phone: number;
  readonly document: CallDocument;
}

export interface CallDocument {
  readonly id: string;
  readonly phone: string;
  readonly started_at: string;
  readonly revision?: number;
  readonly events: readonly { readonly type: string; readonly duration_ms?: number }[];
  readonly [more: string]: unknown;
}

export interface Question {
  readonly user: number;
  readonly phone: number | 'ALL';
  /** Which of the phone's spellings. */
  readonly spelling: number;
  /** In the account's time zone. */
  readonly start: Temporal.PlainDate;
  readonly days: number;
  readonly period: Period;
}

export const periods = ['day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

/** A number as the product keeps it, and as people write it in an account's country. */
export const phones: readonly Readonly<Record<Country, readonly [string, ...string[]]>>[] = [
  { US: ['+16173990000', '6173990000', '(617) 399-0000', '16173990000'], GB: ['+16173990000', '+1 617 399 0000'] },
  { US: ['+12127365000', '212-736-5000', '+1 (212) 736-5000'], GB: ['+12127365000'] },
  { US: ['+442072193000', '+44 20 7219 3000'], GB: ['+442072193000', '020 7219 3000', '02072193000'] },
  { US: ['301'], GB: ['301'] },
];
const phoneCount = phones.length;
export const spellingsOf = (phone: number, country: Country): readonly string[] => phones[phone]?.[country] ?? [];

const durationMs = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 200 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 86_400_000 }) },
);
const url = fc.constantFrom('https://ivr.example/main.php', 'https://ivr.example/a/b.vxml?x=1#y', '/relative.php');
const at = fc.oneof(fc.integer({ min: 0, max: 600_000 }), fc.constant('2018-02-07T15:20:01.5Z'));
const place = { page: fc.constantFrom('main.php', 'a'), form: fc.constant('menu'), item: fc.constantFrom('x', 'y') };
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const typed = (type: string, fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc.record({ type: fc.constant(type), at, ...fields });

const outcome = optional(fc.constantFrom('filled', 'nomatch', 'noinput', 'transfer', 'disconnect'));
const result = optional(fc.constantFrom('completed', 'busy', 'noanswer', 'failed'));
const anyEvent = fc.oneof(
  { weight: 4, arbitrary: typed('page_load', { url, duration_ms: durationMs, cached: optional(fc.boolean()) }) },
  {
    weight: 2,
    arbitrary: typed('fetch_error', { url, event: fc.constant('error.badfetch.http.404'), status: fc.constant(404) }),
  },
  { weight: 2, arbitrary: typed('js_error', { url, line: fc.constant(7), message: fc.string({ maxLength: 5 }) }) },
  { weight: 1, arbitrary: typed('form_item', { ...place, outcome, duration_ms: durationMs }) },
  { weight: 1, arbitrary: typed('transfer', { to: fc.constant('+16175550100'), duration_ms: durationMs, result }) },
  { weight: 1, arbitrary: typed('log', { label: fc.constant('js_error'), message: fc.constant('page_load') }) },
  { weight: 1, arbitrary: typed('note', { duration_ms: durationMs, anything: fc.jsonValue({ maxDepth: 1 }) }) },
  // Event types of a sender that is newer than the server, and of one that was careless.
  { weight: 1, arbitrary: typed('page_load_2', { url, duration_ms: durationMs }) },
  { weight: 1, arbitrary: typed('Page_Load', { url, duration_ms: durationMs }) },
  { weight: 1, arbitrary: typed('toString', { duration_ms: durationMs }) },
);

const offset = fc.constantFrom('UTC', 'UTC', '+05:45', '-03:30', '+14:00', '-11:00');

const sentCall = (zone: string, country: Country): fc.Arbitrary<SentCall> =>
  fc
    .record({
      number: fc.integer({ min: 0, max: 7 }),
      revision: optional(fc.integer({ min: 0, max: 3 })),
      phone: fc.integer({ min: 0, max: phoneCount - 1 }),
      spelling: fc.nat(9),
      started: interestingInstant(zone),
      offset,
      lengthMs: fc.option(fc.integer({ min: 0, max: 7_200_000 }), { freq: 3 }),
      caller: fc.constantFrom(null, undefined, '', 'anonymous', 'restricted', '+12125550100', '100'),
      direction: fc.constantFrom('inbound', 'outbound', undefined),
      events: fc.array(anyEvent, { maxLength: 6, size: 'max' }),
      unknownField: optional(fc.constant({ calls: 9 })),
    })
    .map(({ number, phone, spelling, started, offset, lengthMs, ...fields }) => {
      const spellings = spellingsOf(phone, country);
      const ended = lengthMs === null ? null : started.add({ milliseconds: lengthMs }).toString();
      const document = {
        ...fields,
        id: `call-${number}`,
        phone: spellings[spelling % spellings.length] ?? '',
        application: 'https://ivr.example/start.php',
        started_at: started.toString({ timeZone: offset }),
        ended_at: ended,
        end_reason: lengthMs === null ? undefined : 'caller_hangup',
      };
      // As it is sent: without the fields that are undefined.
      return { phone, document: JSON.parse(JSON.stringify(document)) };
    });

const question = (zone: string, userCount: number): fc.Arbitrary<Question> =>
  fc.record({
    user: fc.integer({ min: 0, max: userCount - 1 }),
    phone: fc.oneof(
      { weight: 3, arbitrary: fc.constant('ALL' as const) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: phoneCount - 1 }) },
    ),
    spelling: fc.nat(9),
    start: fc
      .tuple(interestingInstant(zone), fc.integer({ min: -7, max: 1 }))
      .map(([instant, days]) => instant.toZonedDateTimeISO(zone).toPlainDate().add({ days })),
    days: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 20 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 800 }) },
    ),
    period: fc.constantFrom(...periods),
  });

/** Sent again, in whatever order: what a sender that retries does. */
const withDuplicates = (calls: readonly SentCall[]) =>
  fc.array(fc.nat(Math.max(calls.length - 1, 0)), { maxLength: 4 }).chain((again) => {
    const all = [...calls, ...again.flatMap((index) => calls[index] ?? [])];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });

export const world: fc.Arbitrary<World> = fc
  .record({ timeZone, country: fc.constantFrom<Country>('US', 'US', 'GB'), userCount: fc.integer({ min: 1, max: 3 }) })
  .chain(({ timeZone: zone, country, userCount }) => {
    const user = fc.integer({ min: 0, max: userCount - 1 });
    const grant = fc.record({ phone: fc.integer({ min: 0, max: phoneCount - 1 }), user });
    const calls = fc.array(sentCall(zone, country), { minLength: 1, maxLength: 14, size: 'max' }).chain(withDuplicates);
    const batch = fc.record({ user, calls });
    return fc.record({
      timeZone: fc.constant(zone),
      country: fc.constant(country),
      userCount: fc.constant(userCount),
      owners: fc.array(fc.option(user), { minLength: phoneCount, maxLength: phoneCount }),
      batches: fc.array(batch, { minLength: 1, maxLength: 3 }),
      shares: fc.array(grant, { maxLength: 2 }),
      gifts: fc.array(grant, { maxLength: 2 }),
      questions: fc.array(question(zone, userCount), { minLength: 2, maxLength: 5 }),
    });
  });
