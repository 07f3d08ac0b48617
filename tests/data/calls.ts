import fc from 'fast-check';
import type { Call, CallEvent, EndReason, Outcome } from '../../src/domain/call.ts';

/** Calls for tests: one that is spelled out as far as a test cares, and any call at all. */

const minimal: Call = {
  id: 'c-1',
  revision: 0,
  phone: '+16173990000',
  caller: null,
  callerRegion: null,
  application: 'https://ivr.example/start.php',
  startedAtMs: Date.UTC(2018, 1, 7, 15, 20),
  end: null,
  events: [],
};

/** A call of 2018-02-07 10:20 in New York without anything in it, but for what is given. */
export const callWith = (fields: Partial<Call>): Call => ({ ...minimal, ...fields });

/** A visit of an item, spelled `page/form/item`. */
export function visit(place: string, outcome: Outcome | null = 'filled'): CallEvent {
  const [page = '', form = '', item = ''] = place.split('/');
  return { kind: 'visit', visit: { page, form, item, outcome } };
}

const outcomes = ['filled', 'nomatch', 'noinput', 'transfer', 'disconnect'] as const satisfies readonly Outcome[];
const endReasons = [
  'caller_hangup',
  'application_hangup',
  'transfer',
  'error',
  'timeout',
  'unknown',
] as const satisfies readonly EndReason[];

/** Few names, so that rows meet; some that a careless separator, number or comparison would confuse. */
const pages = fc.constantFrom('main.php', 'main.php,1', '1', '/', '\ufffd');
const forms = fc.constantFrom('menu', 'start', '0', 'menu,selection');
const items = fc.constantFrom('selection', 'start', 'ünïcödé 📞');
const durationMs = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 31_622_400_000 }));

const anyEvent: fc.Arbitrary<CallEvent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('visit' as const),
      visit: fc.record({
        page: pages,
        form: forms,
        item: items,
        outcome: fc.option(fc.constantFrom(...outcomes)),
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('pageLoad' as const),
      page: pages,
      durationMs,
      isCached: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fetchError' as const), page: pages }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('jsError' as const), page: fc.option(pages) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('transfer' as const), durationMs }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('log' as const) }) },
);

/** The numbers that {@link anyCall} knows. */
export const phones = ['+16173990000', '+16173990001', '301'] as const;

/** Two weeks around the day on which the clocks of New York go back, and instants anywhere in the years 1 to 9999. */
const instantMs = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: Date.UTC(2018, 9, 28), max: Date.UTC(2018, 10, 11) }) },
  { weight: 1, arbitrary: fc.integer({ min: -62_135_500_000_000, max: 253_402_200_000_000 }) },
);

const caller = fc.constantFrom(
  { caller: null, callerRegion: null },
  { caller: '+16175550101', callerRegion: 'US-MA' },
  { caller: '+16175550102', callerRegion: 'US-MA' },
  { caller: '+442079460000', callerRegion: 'GB' },
  { caller: '100', callerRegion: null },
  { caller: '0100', callerRegion: null },
  { caller: '10000000000000000000100', callerRegion: null },
);

export const anyCall: fc.Arbitrary<Call> = fc
  .record({
    id: fc.integer({ min: 0, max: 9 }).map((number) => `call-${number}`),
    revision: fc.integer({ min: 0, max: 3 }),
    phone: fc.constantFrom(...phones),
    application: fc.constantFrom('https://ivr.example/start.php', 'main.php'),
    startedAtMs: instantMs,
    end: fc.option(fc.record({ reason: fc.constantFrom(...endReasons), durationMs })),
    events: fc.array(anyEvent, { maxLength: 12 }),
    party: caller,
  })
  .map(({ party, ...call }) => ({ ...call, ...party }));
