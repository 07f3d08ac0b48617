import fc from 'fast-check';
import type { Parameter } from '../../src/http/operation.ts';
import { applications, forms, items, numbers, pages, regions, strangeNumber } from './busy-calls.ts';
import { type Documented, parametersOf } from './document.ts';
import { type Encode, targetOf, type Values } from './requests.ts';

/** Requests made of the schemas of parameters: valid ones, nearly valid ones, and some that are far from it. */

/** What is in the store, by the names of parameters. */
const known: Readonly<Record<string, readonly string[]>> = {
  phone: ['ALL', 'ALL', 'all', '6173990000', '(212) 736-5000', '301', ...numbers, strangeNumber],
  number: ['6173990000', '1 212 736 5000', ...numbers],
  application: applications,
  page: pages,
  form: forms,
  item: items,
  region: regions,
};

/** The words that the guides have for anything. */
export const words = [
  ...['hour', 'day', 'week', 'month', 'previous', 'ALL', 'calls', 'callers', 'moves', 'page_load_p99', 'disconnect'],
  ...['number', 'application', 'page', 'form_item', 'link', 'region', 'hour_of_week'],
] as const;

/** Mostly within a few days, the end behind the start. */
const day = (name: string): fc.Arbitrary<Temporal.PlainDate> => {
  const [min, max] = name === 'start' ? [1, 6] : [6, 12];
  const near = fc.integer({ min, max }).map((day) => Temporal.PlainDate.from({ year: 2018, month: 2, day }));
  const anywhere = fc
    .integer({ min: -40_000, max: 40_000 })
    .map((days) => Temporal.PlainDate.from('2018-02-07').add({ days }));
  return fc.oneof({ weight: 15, arbitrary: near }, { weight: 1, arbitrary: anywhere });
};

export interface Shape {
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: object;
}

/** Values that a schema allows. */
function valid(name: string, schema: object): fc.Arbitrary<unknown> {
  const { enum: values, pattern, format, type, items: each, ...limits }: Shape = schema;
  if (values !== undefined) return fc.constantFrom(...values);
  if (each !== undefined) return fc.uniqueArray(valid(name, each), { minLength: 1, maxLength: 2 });
  if (format === 'date') return day(name).map((date) => date.toString());
  if (pattern !== undefined) return day(name).map((date) => date.toString().replaceAll('-', ''));
  if (type === 'integer') return fc.integer({ min: limits.minimum ?? 0, max: limits.maximum ?? 9_999 });
  return fc.constantFrom(...(known[name] ?? ['bmFtZQ', '']));
}

/** A text with something between, changed or gone. */
const nearly = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(text, fc.nat(), fc.nat(2), fc.constantFrom('', ' ', '0', '-', ',', '\u0000', 'é', '\n', '%', '+'))
    .map(([whole, place, lost, between]) => {
      const at = place % (whole.length + 1);
      return `${whole.slice(0, at)}${between}${whole.slice(at + lost)}`;
    });

const junk: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', ' ', '.', '..', '/', '?', '#', '%', '*', ',', '[]', '-1', '0', '1e3', 'null', "' OR 1=1 --"),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'ALL', 'day', '20180230', '2018-02-30', '\u0000', '\ufeff'),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc
    .tuple(fc.constantFrom('x', '9', ',', 'é', '👩‍👧'), fc.integer({ min: 100, max: 2_300 }))
    .map(([unit, times]) => unit.repeat(times)),
);

const asText = (value: unknown): string => (Array.isArray(value) ? value.join(',') : `${value}`);

function sent({ name, schema }: Parameter): fc.Arbitrary<unknown> {
  const good = valid(name, schema);
  return fc.oneof(
    { weight: 40, arbitrary: good },
    { weight: 2, arbitrary: nearly(good.map(asText)) },
    { weight: 2, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: junk },
    { weight: 1, arbitrary: fc.array(junk, { maxLength: 3 }) },
  );
}

/** How many of a hundred requests have a parameter: filters are few, since most metrics cannot be filtered by most things. */
function chanceOf({ name, in: where, required, explode }: Parameter): number {
  if (where === 'path') return 100;
  if (required) return 97;
  // There is no good one without an answer before.
  if (name === 'cursor') return 3;
  return explode === true ? 6 : 30;
}

const values = (documented: Documented): fc.Arbitrary<Values> =>
  fc
    .tuple(
      ...parametersOf(documented).map((parameter) =>
        fc.tuple(fc.constant(parameter), sent(parameter), fc.integer({ min: 1, max: 100 })),
      ),
    )
    .map((all) =>
      Object.fromEntries(
        all.flatMap(([parameter, value, draw]) => (draw > chanceOf(parameter) ? [] : [[parameter.name, value]])),
      ),
    );

const hex = (byte: number): string => `%${byte.toString(16).padStart(2, '0')}`;
const encodeAll: Encode = (text) => Array.from(Buffer.from(text), hex).join('');
/** As a careless client does it: what would end the step or the request is encoded, and nothing else. */
const encodeLittle: Encode = (text) => text.replace(/[^!-~]|[/?#]/gu, encodeAll);
const encodings: readonly Encode[] = [
  (text) => encodeURIComponent(text.toWellFormed()),
  encodeAll,
  encodeLittle,
  (text) => encodeLittle(text).replace(/.$/u, '%f$&'),
];

export interface Request {
  readonly target: string;
  readonly accept: string;
  readonly who: 'somebody known' | 'nobody' | 'a stranger';
}

const accepts = [
  'application/json',
  'application/xml',
  'text/csv',
  'application/x-ndjson',
  '*/*',
  'x',
  'text/html, text/csv',
];

export const requestTo = (documented: Documented): fc.Arbitrary<Request> =>
  fc
    .record({
      target: fc
        .tuple(
          values(documented),
          fc.oneof({ weight: 9, arbitrary: fc.constant(encodings[0]) }, fc.constantFrom(...encodings)),
        )
        .map(([given, encode = encodeURIComponent]) => targetOf(documented, given, encode)),
      accept: fc.constantFrom(...accepts),
      who: fc.oneof(
        { weight: 15, arbitrary: fc.constant('somebody known' as const) },
        fc.constantFrom('nobody' as const, 'a stranger' as const),
      ),
    })
    // A path that ends in a slash is that of one step less; and Node.js itself refuses 16 KiB of headers.
    .filter(({ target }) => !/\/(?:\?|$)/.test(target) && target.length < 14_000);
