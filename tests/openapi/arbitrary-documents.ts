import fc from 'fast-check';
import { api } from './document.ts';
import { badInstants, digitless, goodInstants, phones } from './refusals.ts';

/** Call documents made of their published schema: most of their values are as it says, and some are just beside it. */

interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly object[];
  readonly properties?: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: object;
  readonly items?: object;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Values of fields that a schema knows as text only, by their names. */
const byName: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  started_at: instant(60),
  ended_at: fc.oneof({ weight: 5, arbitrary: instant(60) }, fc.constant(null)),
  at: fc.oneof(
    fc.integer({ min: -1000, max: 600_000 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    instant(30),
  ),
  phone: fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...phones) },
    { weight: 1, arbitrary: fc.constantFrom(...digitless) },
  ),
};

function instant(weight: number): fc.Arbitrary<string> {
  return fc.oneof(
    { weight, arbitrary: fc.constantFrom(...goodInstants) },
    { weight: 1, arbitrary: fc.constantFrom(...badInstants) },
  );
}

/** What a name of a field or a label may be. */
const fieldName = fc.oneof(
  fc.constantFrom('campaign', 'a b', 'a/b', 'a~b', '', '__proto__', 'constructor', 'input', 'é', 'a\nb'),
  fc.string({ maxLength: 8 }),
);

const units = ['x', 'é', 'e\u0301', '😀', '👩‍👧', '\u200d', '日'] as const;
/** So many characters (RFC 8259): Unicode code points, whatever they look like together. */
const textOf = (length: number): fc.Arbitrary<string> =>
  fc.constantFrom(...units).map((unit) => Array.from(unit.repeat(length)).slice(0, length).join(''));

function text({ minLength = 0, maxLength = 3000 }: Shape): fc.Arbitrary<string> {
  const any = fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom('main_menu', 'https://ivr.example/main.php') },
    fc.constantFrom('\u0000', 'x\ud800'),
  );
  return fc.oneof(
    { weight: 8, arbitrary: any },
    { weight: 1, arbitrary: fc.constantFrom(minLength, maxLength).chain(textOf) },
  );
}

function number({ type, minimum = -1e15, maximum = 1e15 }: Shape): fc.Arbitrary<number> {
  const edges = fc.constantFrom(minimum, maximum, 0);
  const small = fc.integer({ min: Math.max(0, minimum), max: Math.min(maximum, 100) });
  return type === 'integer'
    ? fc.oneof(edges, small)
    : fc.oneof(
        edges,
        small,
        small.map((value) => value / 128),
      );
}

/** The words that docs/sending-calls.md has for anything: a schema must not forget one that the server takes. */
const words = [
  ...['inbound', 'outbound', 'caller_hangup', 'application_hangup', 'transfer', 'error', 'timeout', 'unknown'],
  ...['filled', 'nomatch', 'noinput', 'disconnect', 'voice', 'dtmf', 'completed', 'busy', 'noanswer', 'failed'],
  ...['page_load', 'fetch_error', 'js_error', 'form_item', 'log', 'note'],
] as const;

/** Values that a schema allows, but for what is in them. */
function within(name: string, schema: Shape): fc.Arbitrary<unknown> {
  const { type, enum: values, anyOf, items, properties } = schema;
  const named = Object.hasOwn(byName, name) ? byName[name] : undefined;
  if (named !== undefined) return named;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (values !== undefined) return fc.constantFrom(...[...values, ...values, ...values], ...words);
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((each) => within('', each)));
  if (items !== undefined) return fc.array(around('', items), { maxLength: 4 });
  if (properties !== undefined) return object(schema);
  if (type === 'string') return text(schema);
  if (type === 'boolean') return fc.boolean();
  return type === 'null' ? fc.constant(null) : number(schema);
}

/** Values that a schema may not allow: one more than the most, one less than the least, another type. */
function beside({ minLength = 1, maxLength = 1, minimum = 0, maximum = 1 }: Shape): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom(null, true, '', '1', 0.5, -1, {}, [], [null], { type: 'log' }, undefined),
    fc.constantFrom(minimum - 1, maximum + 1, -Number.MIN_VALUE, 1e300),
    fc.constantFrom(Math.max(0, minLength - 1), maxLength + 1).chain(textOf),
  );
}

function around(name: string, schema: Shape): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 60, arbitrary: within(name, schema) }, { weight: 1, arbitrary: beside(schema) });
}

type Field = readonly [string, unknown];

/** Fields that must be there are; of the others some; and seldom one that nobody knows. */
function object({ properties = {}, required = [], additionalProperties }: Shape): fc.Arbitrary<unknown> {
  const known = Object.entries(properties).map(([name, schema]): fc.Arbitrary<readonly Field[]> => {
    const given = around(name, schema).map((value): readonly Field[] => [[name, value]]);
    return required.includes(name) ? given : fc.oneof(given, fc.constant([]));
  });
  const other = additionalProperties === undefined ? beside({}) : around('', additionalProperties);
  const others = fc.array(fc.tuple(fieldName, other), { maxLength: 2 });
  const some =
    additionalProperties === undefined ? fc.oneof({ weight: 15, arbitrary: fc.constant([]) }, others) : others;
  return fc.tuple(...known, some).map((fields) => Object.fromEntries(fields.flat()));
}

/** As it comes out of JSON, in which there is no undefined. */
export const callDocument: fc.Arbitrary<unknown> = around('', api.components.schemas['CallDocument'] ?? {}).map(
  (value): unknown => JSON.parse(JSON.stringify(value ?? null)),
);
