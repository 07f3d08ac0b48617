import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { TestServer } from '../harness/server.ts';
import { newOwner, type Owner, take } from '../http/voicetrends/owner.ts';

/** Documents with names that are as long or as strange as may be, which two databases may well put in another order, or take for equal. */

/** They differ at the end alone, and are longer than an index of PostgreSQL takes. */
const long = (letter: string, length: number): readonly string[] =>
  ['', 'a', 'b', 'B', 'é'].map((end) => letter.repeat((length - end.length) / letter.length) + end);

const strange: readonly string[] = [
  'main',
  'Main',
  'MAIN',
  'ma in',
  'main ',
  ' main',
  // The same to who reads it: composed and decomposed.
  '\u00e9t\u00e9',
  'e\u0301te\u0301',
  // By code units the first comes after the second, and before it by code points and bytes.
  '\uff5e~',
  '\u{1f4de}',
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  'stra\u00dfe',
  'strasse',
  'i\u0307',
  '\u0130',
  // Ends of lines in JavaScript, a mark of byte order, and what turns text around.
  'a\u2028b\u2029c',
  '\ufeffmain',
  '\u202emain',
  'a\tb\r\nc',
  `"quoted" 'twice' \`thrice\``,
  `'; DROP TABLE accounts; --`,
  '$1',
  '%s',
  '\\x00',
  '\\',
  '{}',
  '{"a",NULL}',
  'NULL',
  '\u0001\u001f\u007f\u0080',
  '\uffff',
  '\u{10ffff}',
  '0',
  '-0',
  '00',
  '1e3',
  '<a&b>',
  ']]>',
];

const shortName = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...strange) },
  { weight: 2, arbitrary: fc.constantFrom(...long('x', 256), ...long('€', 256)) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }) },
);
const url = fc.oneof(
  { weight: 5, arbitrary: shortName },
  { weight: 3, arbitrary: fc.constantFrom(...long('x', 2048), ...long('€', 2048), ...long('\u{1f4de}', 2048)) },
);

const outcome = fc.constantFrom('filled', 'nomatch', 'noinput', 'transfer', 'disconnect', undefined);
const event = fc.oneof(
  fc.record({
    type: fc.constant('form_item'),
    at: fc.constant(0),
    page: url,
    form: shortName,
    item: shortName,
    outcome,
  }),
  fc.record({ type: fc.constant('page_load'), at: fc.constant(0), url, duration_ms: fc.nat(3000) }),
  fc.record({ type: fc.constant('fetch_error'), at: fc.constant(0), url, event: shortName }),
  fc.record({ type: fc.constant('js_error'), at: fc.constant(0), url, message: shortName }),
  fc.record({ type: fc.constant('log'), at: fc.constant(0), label: shortName, message: fc.string({ unit: 'binary' }) }),
);

const phones = ['+16173990000', '+16173990001', '301'] as const;

/**
 * Days in months that a call can be moved between: neighbours, ends of months, of leap years and of the century, months with partitions
 * of their own and without.
 */
const days = [
  '1899-12-31',
  '1900-02-28',
  '1900-03-01',
  '1970-01-01',
  '1999-12-31',
  '2000-02-29',
  '2016-02-29',
  '2016-03-01',
  '2018-01-31',
  '2018-02-01',
  '2018-02-07',
  '2018-02-07',
  '2100-02-28',
] as const;
const times = ['00:00:00', '00:00:00.001', '04:59:59.999', '12:00:00', '23:59:59.999'] as const;

interface Document {
  readonly id: string;
  readonly application: string;
  readonly [field: string]: unknown;
}

const document: fc.Arbitrary<Document> = fc
  .record({
    id: fc.oneof(
      fc.nat(6).map((number) => `call-${number}`),
      fc.constantFrom(...strange, ...long('€', 128)),
    ),
    revision: fc.constantFrom(0, 0, 1, 2),
    phone: fc.constantFrom(...phones),
    caller: fc.constantFrom('+16175550101', '0301', '301', '98765432109876543210', '98765432109876543211', null),
    application: url,
    day: fc.constantFrom(...days),
    time: fc.constantFrom(...times),
    events: fc.array(event, { maxLength: 5 }),
    minutes: fc.option(fc.integer({ min: 0, max: 1440 })),
  })
  .map(({ day, time, minutes, ...fields }) => {
    const started = Temporal.Instant.from(`${day}T${time}Z`);
    const ended = minutes === null ? null : started.add({ minutes }).toString();
    const document = { ...fields, started_at: started.toString(), ended_at: ended };
    return JSON.parse(JSON.stringify(ended === null ? document : { ...document, end_reason: 'caller_hangup' }));
  });

/** What is sent at once. Its ids and those of other batches meet, so that calls move. */
const batch = fc.array(document, { minLength: 1, maxLength: 8 });

export interface StrangeAccount {
  readonly timeZone: string;
  readonly batches: readonly (readonly Document[])[];
}

export const strangeAccount: fc.Arbitrary<StrangeAccount> = fc.record({
  timeZone: fc.constantFrom('UTC', 'America/New_York', 'Pacific/Kiritimati', 'Africa/Monrovia', 'Asia/Kathmandu'),
  batches: fc.array(batch, { minLength: 1, maxLength: 5 }),
});

/** Makes it happen; returns its only user. */
export async function happen(server: TestServer, { timeZone, batches }: StrangeAccount): Promise<Owner> {
  const owner = await newOwner(server, { account: randomUUID(), timeZone });
  for (const documents of batches) await take(server, owner.key, documents);
  return owner;
}

/** Everything that can be asked of the names in it: of each figure that is kept by them, whole and in pages. */
export function pathsOf({ batches }: StrangeAccount): readonly string[] {
  const names = [...new Set(batches.flat().map(({ application }) => application))];
  const ranges = [
    { start: '2018-01-30', end: '2018-02-08' },
    { start: '2016-02-28', end: '2016-03-02' },
    { start: '1899-12-30', end: '1900-03-02' },
  ];
  const questions = [
    { by: 'application', metrics: 'calls,form_items,page_loads' },
    { by: 'page', metrics: 'page_loads,visits,js_errors,fetch_errors,page_load_p95' },
    { by: 'form_item', metrics: 'visits,visits_filled,loops' },
    { by: 'link', metrics: 'moves' },
    { by: 'number', metrics: 'callers,calls' },
    { by: 'number', metrics: 'calls', period: 'hour', compare: 'previous' },
    { by: 'application', metrics: 'calls', period: 'month', compare: 'previous' },
    { metrics: 'calls,callers', period: 'week' },
    ...names.slice(0, 3).map((application) => ({ by: 'form_item', metrics: 'visits', application })),
  ];
  return ranges.flatMap((range) =>
    questions.map((question) => `/api/v2/report?${new URLSearchParams({ ...range, ...question })}`),
  );
}

const compact = (day: Temporal.PlainDate): string => day.toString().replaceAll('-', '');

/** The compatible API around each of the days on which calls are. */
export const seriesPaths: readonly string[] = days.flatMap((day) => {
  const middle = Temporal.PlainDate.from(day);
  const range = `${compact(middle.subtract({ days: 3 }))}/${compact(middle.add({ days: 3 }))}`;
  return ['ALL', '6173990000', '301'].flatMap((phone) => [
    `volume/${range}/day/${phone}`,
    `performance/${range}/month/${phone}`,
    `profile/${range}/week/${phone}`,
    `path/${range}/${phone}`,
  ]);
});
