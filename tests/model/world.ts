import fc from 'fast-check';
import { callEvents, type EventDocument, optional } from './call-events.ts';
import { callers, familiarCount, regularCount, withheld } from './callers.ts';
import { type Country, phones, spelled } from './phones.ts';
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

export interface Grant {
  readonly phone: number;
  readonly user: number;
}

/** Documents that a user sends at once. */
export interface Batch {
  readonly user: number;
  readonly calls: readonly SentCall[];
}

/** A document, with the phone and the caller that it names in whatever spelling; null for a caller who is withheld. */
export interface SentCall {
  readonly phone: number;
  readonly caller: number | null;
  readonly document: CallDocument;
}

export interface CallDocument {
  readonly id: string;
  readonly phone: string;
  readonly application: string;
  readonly started_at: string;
  readonly ended_at?: string | null;
  readonly revision?: number;
  readonly events: readonly EventDocument[];
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

const phone = fc.integer({ min: 0, max: phones.length - 1 });
const offset = fc.constantFrom('UTC', 'UTC', '+05:45', '-03:30', '+14:00', '-11:00');
const application = fc.constantFrom(
  'https://ivr.example/start.php',
  'https://ivr.example/start.php?a=1&b=<"2">',
  'main.php',
  // Names that objects of JavaScript have, or put first.
  '__proto__',
  '7',
  'Menü 📞',
  'Menü',
);

const regular = fc.oneof(
  { weight: 4, arbitrary: fc.nat(familiarCount - 1) },
  { weight: 3, arbitrary: fc.nat(regularCount - 1) },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** Which call of whom to which number, and when. */
export interface CallPlan {
  readonly number: fc.Arbitrary<number>;
  readonly phone: fc.Arbitrary<number>;
  /** null for a caller who is withheld. */
  readonly caller: fc.Arbitrary<number | null>;
  readonly started: fc.Arbitrary<Temporal.Instant>;
}

export const sentCall = (country: Country, plan: CallPlan): fc.Arbitrary<SentCall> =>
  fc
    .record({
      ...plan,
      revision: optional(fc.integer({ min: 0, max: 3 })),
      spelling: fc.nat(83),
      withheldAs: fc.constantFrom(...withheld),
      application,
      offset,
      lengthMs: fc.option(fc.integer({ min: 0, max: 7_200_000 }), { freq: 3 }),
      progress: fc.constantFrom(null, undefined),
      direction: fc.constantFrom('inbound', 'outbound', undefined),
      events: callEvents,
      unknownField: optional(fc.constant({ calls: 9 })),
    })
    .map(({ number, phone, caller, spelling, withheldAs, started, offset, lengthMs, progress, ...fields }) => {
      const ended = lengthMs === null ? progress : started.add({ milliseconds: lengthMs }).toString();
      const document = {
        ...fields,
        id: `call-${number}`,
        phone: spelled(phones[phone], country, spelling),
        caller: caller === null ? withheldAs : spelled(callers[caller]?.spellings, country, spelling),
        started_at: started.toString({ timeZone: offset }),
        ended_at: ended,
        end_reason: lengthMs === null ? undefined : 'caller_hangup',
      };
      // As it is sent: without the fields that are undefined.
      return { phone, caller, document: JSON.parse(JSON.stringify(document)) };
    });

const question = (zone: string, userCount: number): fc.Arbitrary<Question> =>
  fc.record({
    user: fc.integer({ min: 0, max: userCount - 1 }),
    phone: fc.oneof({ weight: 3, arbitrary: fc.constant('ALL' as const) }, { weight: 2, arbitrary: phone }),
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
    const grant = fc.record({ phone, user });
    const number = fc.oneof(fc.nat(5), fc.nat(40));
    const call = sentCall(country, { number, phone, caller: regular, started: interestingInstant(zone) });
    const calls = fc.array(call, { minLength: 1, maxLength: 14, size: 'max' }).chain(withDuplicates);
    const batch = fc.record({ user, calls });
    return fc.record({
      timeZone: fc.constant(zone),
      country: fc.constant(country),
      userCount: fc.constant(userCount),
      owners: fc.array(fc.option(user), { minLength: phones.length, maxLength: phones.length }),
      batches: fc.array(batch, { minLength: 1, maxLength: 3 }),
      shares: fc.array(grant, { maxLength: 2 }),
      gifts: fc.array(grant, { maxLength: 2 }),
      questions: fc.array(question(zone, userCount), { minLength: 2, maxLength: 5 }),
    });
  });
