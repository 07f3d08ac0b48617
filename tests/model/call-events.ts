import fc from 'fast-check';

/** Events as senders write them: of all types, with the names that a careless separator or comparison would confuse. */

/** The fields that the model looks at. */
export interface EventDocument {
  readonly type: string;
  readonly duration_ms?: number;
  readonly result?: string;
  readonly page?: string;
  readonly form?: string;
  readonly item?: string;
  readonly outcome?: string;
}

export const outcomes = ['filled', 'nomatch', 'noinput', 'transfer', 'disconnect'] as const;

/** What is written for a page, and the file name in it. */
export const pages: Readonly<Record<string, string>> = {
  'main.php': 'main.php',
  'https://ivr.example/main.php': 'main.php',
  'https://ivr.example/main.php?next=/other.php#/end': 'main.php',
  '/menus/main.php': 'main.php',
  'Main.php': 'Main.php',
  main: 'main',
  'menü.php': 'menü.php',
};
const pageSpellings = Object.keys(pages);

export const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const durationMs = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 200 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 86_400_000 }) },
);
const url = fc.constantFrom('https://ivr.example/main.php', 'https://ivr.example/a/b.vxml?x=1#y', '/relative.php');
/** The order in which events stand is the order in which they happened, whatever this says. */
const at = fc.oneof(fc.integer({ min: 0, max: 600_000 }), fc.constant('2018-02-07T15:20:01.5Z'));
const typed = (type: string, fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<EventDocument> =>
  fc.record({ type: fc.constant(type), at, ...fields });

const outcome = optional(fc.constantFrom(...outcomes));
const result = optional(fc.constantFrom('completed', 'completed', 'busy', 'noanswer', 'failed'));
const page = fc.oneof(fc.constant('main.php'), fc.constantFrom(...pageSpellings));
const form = fc.oneof(fc.constant('menu'), fc.constantFrom('menu', 'Menu', 'menu main', '<menu>'));
const item = fc.constantFrom('x', 'x', 'y', 'x & y', '📞 \\');
const visit = typed('form_item', {
  page,
  form,
  item,
  outcome,
  duration_ms: durationMs,
  input_mode: optional(fc.constantFrom('voice', 'dtmf')),
  confidence: optional(fc.constantFrom(0, 0.5, 1)),
});

const others = fc.oneof(
  { weight: 4, arbitrary: typed('page_load', { url, duration_ms: durationMs, cached: optional(fc.boolean()) }) },
  {
    weight: 2,
    arbitrary: typed('fetch_error', { url, event: fc.constant('error.badfetch.http.404'), status: fc.constant(404) }),
  },
  { weight: 2, arbitrary: typed('js_error', { url, line: fc.constant(7), message: fc.string({ maxLength: 5 }) }) },
  { weight: 3, arbitrary: typed('transfer', { to: fc.constant('+16175550100'), duration_ms: durationMs, result }) },
  { weight: 2, arbitrary: typed('log', { label: fc.constant('js_error'), message: fc.constant('page_load') }) },
  { weight: 1, arbitrary: typed('note', { duration_ms: durationMs, anything: fc.jsonValue({ maxDepth: 1 }) }) },
  // Event types of a sender that is newer than the server, and of one that was careless.
  { weight: 1, arbitrary: typed('page_load_2', { url, duration_ms: durationMs }) },
  { weight: 1, arbitrary: typed('Form_Item', { page, form, item, outcome, duration_ms: durationMs }) },
  { weight: 1, arbitrary: typed('toString', { duration_ms: durationMs }) },
);

/** Somebody who does not get on: visits of one item, with events in between that are no visits. */
const stuck = fc
  .record({
    first: visit,
    again: fc.array(fc.tuple(fc.array(others, { maxLength: 2 }), outcome), { minLength: 1, maxLength: 4 }),
  })
  .map(({ first, again }) => [first, ...again.flatMap(([between, outcome]) => [...between, { ...first, outcome }])]);

export const callEvents: fc.Arbitrary<readonly object[]> = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: others.map((event) => [event]) },
      { weight: 3, arbitrary: visit.map((event) => [event]) },
      { weight: 1, arbitrary: stuck },
    ),
    { maxLength: 6, size: 'max' },
  )
  .map((parts) => parts.flat());
