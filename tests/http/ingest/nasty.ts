import fc from 'fast-check';
import { call } from './call.ts';

/** Values as JSON text, since the worst of them are none that JSON.stringify writes. */
const nastyTexts: readonly string[] = [
  'null',
  'true',
  '""',
  '[]',
  '{}',
  '-0',
  '0',
  '-1',
  '0.1',
  '1e400',
  '-1e400',
  '1e-400',
  '9007199254740991',
  '9007199254740993',
  '8640000000000001',
  '-8640000000000001',
  `1${'0'.repeat(400)}`,
  `0.${'0'.repeat(400)}1`,
  '"\\u0000"',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\u202e\ufeff"',
  '"é日本😀"',
  '"\'; DROP TABLE documents; --"',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"9999-12-31T23:59:59.999999999-23:59"',
  '"0000-01-01T00:00:00Z"',
  '"2016-12-31T23:59:60Z"',
  '"+390236618300"',
  '"+"',
  '"٠١٢٣"',
  '{"__proto__":{"type":"log"}}',
  '{"constructor":{"prototype":null}}',
  '{"type":"page_load","at":-1e300,"duration_ms":1e300}',
  '{"type":"form_item","at":0,"page":null}',
  '{"":""}',
  '[[[[[[[[[[]]]]]]]]]]',
  '{"id":"a","id":"b"}',
];

const nasty = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...nastyTexts) },
  { weight: 2, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }).map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 300_000 }).map((length) => `"${'x'.repeat(length)}"`) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 100_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 100_000 }).map((depth) => `${'{"a":'.repeat(depth)}0${'}'.repeat(depth)}`),
  },
);

const events: readonly Readonly<Record<string, unknown>>[] = [
  { type: 'page_load', at: 0, url: 'https://ivr.example/main.php', duration_ms: 45, cached: false },
  { type: 'fetch_error', at: 1, url: 'https://ivr.example/', event: 'error.badfetch', status: 404, message: 'x' },
  { type: 'js_error', at: 2, url: 'https://ivr.example/', line: 3, message: 'x' },
  {
    type: 'form_item',
    at: '2018-02-07T15:00:01Z',
    page: 'main.php',
    form: 'menu',
    item: 'choice',
    outcome: 'filled',
    input_mode: 'dtmf',
    confidence: 0.5,
    duration_ms: 9,
    input: '5',
  },
  { type: 'transfer', at: 3, to: '+12125550199', duration_ms: 1, result: 'completed' },
  { type: 'log', at: 4, label: 'a', message: 'b' },
  { type: 'note', at: 5 },
];

const good = call({ events, labels: { campaign: 'spring' } });

/** Where a document can be changed: each of its fields, of its events, and of their fields. */
const places: readonly (readonly string[])[] = [
  ...Object.keys(good).map((name) => [name]),
  ...events.flatMap((event, index) => [
    ['events', `${index}`],
    ...Object.keys(event).map((name) => ['events', `${index}`, name]),
  ]),
  ['labels', 'campaign'],
  ['labels', '__proto__'],
  ['__proto__'],
  ['unknown'],
];

interface Change {
  readonly place: readonly string[];
  /** JSON text; null takes the field away. */
  readonly text: string | null;
}

const change: fc.Arbitrary<Change> = fc.record({
  place: fc.constantFrom(...places),
  text: fc.oneof({ weight: 9, arbitrary: nasty }, { weight: 1, arbitrary: fc.constant(null) }),
});

/** Prints a value as JSON with the changes made; the last of several at a place counts. */
function printed(value: unknown, changes: readonly Change[], place: readonly string[] = []): string {
  const here = changes.findLast((one) => one.place.join('\n') === place.join('\n'));
  if (here !== undefined && here.text !== null) return here.text;
  if (Array.isArray(value)) {
    return `[${value.map((one, index) => printed(one, changes, [...place, `${index}`])).join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const added = changes
    .map((one) => one.place)
    .filter((path) => path.length === place.length + 1 && place.every((name, index) => path[index] === name))
    .map((path) => path[place.length] ?? '');
  const names = new Set([...Object.keys(value), ...added]);
  const isTaken = (name: string) =>
    changes.findLast((one) => one.place.join('\n') === [...place, name].join('\n'))?.text === null;
  const fields = [...names]
    .filter((name) => !isTaken(name))
    .map((name) => `${JSON.stringify(name)}:${printed(Reflect.get(value, name), changes, [...place, name])}`);
  return `{${fields.join(',')}}`;
}

/** Documents that are good but for some places; a few ids, so that they meet what is stored. */
const changedDocument: fc.Arbitrary<string> = fc
  .record({
    id: fc.integer({ min: 0, max: 30 }),
    revision: fc.integer({ min: 0, max: 3 }),
    changes: fc.array(change, { maxLength: 3 }),
  })
  .map(({ id, revision, changes }) => printed({ ...good, id: `c-${id}`, revision }, changes));

const someBytes = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));

/** Bytes of a text of which some were lost, doubled or changed on their way. */
const damaged = (text: fc.Arbitrary<string>): fc.Arbitrary<Buffer> =>
  fc.tuple(text, fc.nat(), fc.nat({ max: 20 }), someBytes).map(([whole, from, length, between]) => {
    const bytes = Buffer.from(whole);
    const start = from % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, start), between, bytes.subarray(start + length)]);
  });

const documents = fc.array(changedDocument, { maxLength: 4 });

const anyBytes: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 1, arbitrary: someBytes },
  { weight: 1, arbitrary: fc.json().map((text) => Buffer.from(text)) },
  { weight: 4, arbitrary: changedDocument.map((text) => Buffer.from(text)) },
  { weight: 3, arbitrary: documents.map((texts) => Buffer.from(`[${texts.join(',')}]`)) },
  { weight: 4, arbitrary: documents.map((texts) => Buffer.from(texts.join('\n'))) },
  { weight: 2, arbitrary: damaged(changedDocument) },
  { weight: 1, arbitrary: damaged(documents.map((texts) => texts.join('\r\n'))) },
  { weight: 1, arbitrary: changedDocument.map((text) => Buffer.from(`\ufeff${text}`, 'utf16le')) },
  { weight: 1, arbitrary: changedDocument.map((text) => Buffer.from(text, 'latin1')) },
);

/** Bodies of all kinds, from noise to documents that are nearly good; a character for each byte, so that they can be read. */
export const anyBody: fc.Arbitrary<string> = anyBytes.map((bytes) => bytes.toString('latin1'));
