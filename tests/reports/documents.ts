import fc from 'fast-check';
import { callers, withheld } from '../model/callers.ts';
import { type Country, phones, spelled } from '../model/phones.ts';
import { interestingInstant } from '../model/zones.ts';

/** Call documents as senders write them, with names that a careless separator, quote or number would confuse. */

/** The fields that the model looks at. */
export interface EventDocument {
  readonly type: string;
  readonly url?: string;
  readonly duration_ms?: number;
  readonly cached?: boolean;
  readonly result?: string;
  readonly page?: string;
  readonly form?: string;
  readonly item?: string;
  readonly outcome?: string;
}

export interface CallDocument {
  readonly id: string;
  readonly application: string;
  readonly started_at: string;
  readonly ended_at?: string | null;
  readonly end_reason?: string;
  readonly revision?: number;
  readonly events: readonly EventDocument[];
}

/** A document, with the indices of the phone and the caller that it spells; null for a caller who is withheld. */
export interface SentCall {
  readonly phone: number;
  readonly caller: number | null;
  readonly document: CallDocument;
}

export const applications = [
  'https://ivr.example/start.php',
  'Bank, "north"',
  'two\nlines',
  '"',
  '7',
  '__proto__',
  '=1+1; Menü 📞',
] as const;
export const outcomes = ['filled', 'nomatch', 'noinput', 'transfer', 'disconnect'] as const;

const urls = ['https://ivr.example/main.php', '/a/main.php?s=/x.php#/y', 'https://ivr.example/b/menu.vxml', 'menu'];
export const pages = ['main.php', 'menu.vxml', 'menu', 'page,"1"'] as const;
export const forms = ['menu', 'Menu', 'form, "1"'] as const;
/** Also what the ends of a path are called. */
export const items = ['x', 'y', 'start', 'caller_hangup'] as const;
const endReasons = ['caller_hangup', 'application_hangup', 'transfer', 'error', 'timeout', 'unknown'] as const;

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const at = fc.integer({ min: 0, max: 600_000 });
const typed = (type: string, fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<EventDocument> =>
  fc.record({ type: fc.constant(type), at, ...fields });

const url = fc.constantFrom(...urls, 'page,"1"');
const durationMs = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(0, 0, 1, 2) },
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 600_000 }) },
);
const load = typed('page_load', { url, duration_ms: durationMs, cached: optional(fc.boolean()) });
const outcome = optional(fc.constantFrom(...outcomes));
const place = {
  page: fc.constantFrom(...urls, ...pages),
  form: fc.constantFrom('menu', ...forms),
  item: fc.constantFrom('x', 'x', ...items),
};
const visit = typed('form_item', { ...place, outcome });
const others = fc.oneof(
  { weight: 3, arbitrary: load },
  { weight: 2, arbitrary: typed('fetch_error', { url, event: fc.constant('error.badfetch') }) },
  { weight: 2, arbitrary: typed('js_error', { url: optional(url), message: fc.constant('x') }) },
  {
    weight: 2,
    arbitrary: typed('transfer', {
      to: fc.constant('+16175550100'),
      duration_ms: durationMs,
      result: optional(fc.constantFrom('completed', 'busy', 'noanswer', 'failed')),
    }),
  },
  { weight: 2, arbitrary: typed('log', { label: fc.constant('page_load') }) },
  { weight: 1, arbitrary: typed('note', { url, duration_ms: durationMs }) },
  { weight: 1, arbitrary: typed('page_loads', { url, duration_ms: durationMs }) },
);

/** Somebody who does not get on: visits of one item, with events in between that are no visits. */
const stuck = fc
  .tuple(visit, fc.array(fc.tuple(fc.array(others, { maxLength: 1 }), outcome), { minLength: 1, maxLength: 3 }))
  .map(([first, again]) => [first, ...again.flatMap(([between, outcome]) => [...between, { ...first, outcome }])]);

const events = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: others.map((event) => [event]) },
      { weight: 4, arbitrary: visit.map((event) => [event]) },
      { weight: 1, arbitrary: stuck },
      { weight: 1, arbitrary: fc.array(load, { minLength: 5, maxLength: 30, size: 'max' }) },
    ),
    { maxLength: 6, size: 'max' },
  )
  .map((parts) => parts.flat());

/** The first few callers call often. */
const caller = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 4 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: callers.length - 1 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

export const sentCall = (zone: string, country: Country): fc.Arbitrary<SentCall> =>
  fc
    .record({
      number: fc.nat(24),
      revision: optional(fc.integer({ min: 0, max: 2 })),
      phone: fc.nat(phones.length - 1),
      caller,
      spelling: fc.nat(83),
      withheldAs: fc.constantFrom(...withheld),
      application: fc.oneof(fc.constantFrom(...applications.slice(0, 2)), fc.constantFrom(...applications)),
      started: interestingInstant(zone),
      offset: fc.constantFrom('UTC', '+05:45', '-11:00'),
      lengthMs: fc.option(fc.integer({ min: 0, max: 7_200_000 }), { freq: 3 }),
      endReason: optional(fc.constantFrom(...endReasons)),
      progress: fc.constantFrom(null, undefined),
      direction: fc.constantFrom('inbound', 'outbound', undefined),
      events,
    })
    .map(
      ({ number, phone, caller, spelling, withheldAs, started, offset, lengthMs, endReason, progress, ...fields }) => {
        const document = {
          ...fields,
          id: `call-${number}`,
          phone: spelled(phones[phone], country, spelling),
          caller: caller === null ? withheldAs : spelled(callers[caller]?.spellings, country, spelling),
          started_at: started.toString({ timeZone: offset }),
          ended_at: lengthMs === null ? progress : started.add({ milliseconds: lengthMs }).toString(),
          end_reason: lengthMs === null ? undefined : endReason,
        };
        // As it is sent: without the fields that are undefined.
        return { phone, caller, document: JSON.parse(JSON.stringify(document)) };
      },
    );
