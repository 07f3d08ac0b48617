import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { bigints, byteas, texts, uuids } from '../../src/store/postgres/binary-array.ts';
import { propertyRuns } from '../data/property-runs.ts';

/** Lists as a real server understands them. It says each element by itself, so that nothing here reads arrays. */

let client: Client;
beforeAll(async () => {
  client = new Client(inject('postgresUrl'));
  await client.connect();
});
afterAll(() => client.end());

type Type = 'bigint' | 'text' | 'bytea' | 'uuid';

/** bytea in hexadecimal, everything else as PostgreSQL prints it. */
async function understood(list: Buffer, type: Type): Promise<readonly unknown[]> {
  const printed = type === 'bytea' ? `encode(value, 'hex')` : 'value::text';
  const { rows } = await client.query(
    `SELECT ${printed} AS printed FROM unnest($1::${type}[]) WITH ORDINALITY u (value, place) ORDER BY place`,
    [list],
  );
  return rows.map((row: Readonly<Record<string, unknown>>) => row['printed']);
}

/** What the server says of the list itself. */
async function shapeOf(list: Buffer, type: Type): Promise<unknown> {
  const { rows } = await client.query(
    `SELECT cardinality(l) AS length, array_ndims(l) AS dimensions, array_lower(l, 1) AS first,
      pg_typeof(l)::text AS type, l = '{}' AS is_empty FROM (SELECT $1::${type}[] AS l)`,
    [list],
  );
  return rows[0];
}

/** Two digits a byte, as UUIDs are printed. */
const printedUuid = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

const withoutNul = (text: string) => text.replaceAll('\0', '');
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }).map(withoutNul),
  fc.string({ unit: 'grapheme' }).map(withoutNul),
  fc.constantFrom(
    '',
    'NULL',
    'null',
    '{}',
    '{a,b}',
    '"',
    '\\',
    ',',
    ' ',
    '\n',
    '\u2028',
    '\ufeff',
    '\uffff',
    '📞',
    'e\u0301',
  ),
);
const anyBytes = fc.uint8Array({ maxLength: 300 });

describe('a list that is sent in binary', () => {
  it('has the integers that were put into it, as far as numbers are exact', async () => {
    const number = fc.oneof(
      fc.maxSafeInteger(),
      fc.integer(),
      fc.constantFrom(0, -0, -1, 2 ** 31, -(2 ** 31), 2 ** 32, -(2 ** 32), 2 ** 32 - 1, -(2 ** 32) - 1),
      fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 253_402_300_799_999, -62_135_596_800_000),
    );
    const property = fc.asyncProperty(fc.array(number), async (numbers) => {
      expect(await understood(bigints(numbers), 'bigint')).toEqual(numbers.map((each) => BigInt(each).toString()));
    });
    await fc.assert(property, propertyRuns(200));
  });

  it('has the texts and nulls that were put into it', async () => {
    const property = fc.asyncProperty(fc.array(fc.option(anyText, { freq: 6 })), async (values) => {
      expect(await understood(texts(values), 'text')).toEqual(values);
    });
    await fc.assert(property, propertyRuns(300));
  });

  it('has a whole character for each half of one, which no text in UTF-8 can hold', async () => {
    const halves = ['\ud83d', 'a\udcdeb', '\udcde\ud83d', '📞\ud83d'];
    expect(await understood(texts(halves), 'text')).toEqual(halves.map((half) => half.toWellFormed()));
  });

  it('has the bytes that were put into it', async () => {
    const property = fc.asyncProperty(fc.array(anyBytes), async (values) => {
      const want = values.map((value) => Buffer.from(value).toString('hex'));
      expect(await understood(byteas(values), 'bytea')).toEqual(want);
    });
    await fc.assert(property, propertyRuns(200));
  });

  it('has the UUIDs that were put into it', async () => {
    const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 });
    const property = fc.asyncProperty(fc.array(uuid), async (values) => {
      expect(await understood(uuids(values), 'uuid')).toEqual(values.map(printedUuid));
    });
    await fc.assert(property, propertyRuns(100));
  });

  const lists: readonly (readonly [Type, Buffer, Buffer])[] = [
    ['bigint', bigints([]), bigints([1, 2, 3])],
    ['text', texts([]), texts([null, 'a', null])],
    ['bytea', byteas([]), byteas([new Uint8Array(), Uint8Array.of(0), Uint8Array.of(1, 2)])],
    ['uuid', uuids([]), uuids([randomBytes(16), randomBytes(16), randomBytes(16)])],
  ];
  it.each(lists)(
    'of %s is one that PostgreSQL would make itself, with elements and without',
    async (type, none, three) => {
      const array = { type: `${type}[]` };
      expect(await shapeOf(none, type)).toEqual({ ...array, length: 0, dimensions: null, first: null, is_empty: true });
      expect(await shapeOf(three, type)).toEqual({ ...array, length: 3, dimensions: 1, first: 1, is_empty: false });
    },
  );

  it('may be long, of long texts', async () => {
    const numbers = Array.from({ length: 100_000 }, (_, index) => (index - 50_000) * 12_345_678_901);
    const printed = await understood(bigints(numbers), 'bigint');
    // Not the lists themselves: to show how they differ would take minutes.
    expect(printed.length).toBe(numbers.length);
    expect(numbers.filter((number, index) => printed[index] !== `${number}`)).toEqual([]);
    const long = Array.from({ length: 40 }, (_, index) => '€"\\{'.repeat(25_000 + index));
    expect((await understood(texts(long), 'text')).map((text, index) => text === long[index])).toEqual(
      long.map(() => true),
    );
  });

  it('is refused by the server, and not cut off, where a text has NUL in it', async () => {
    await expect(understood(texts(['a\0b']), 'text')).rejects.toThrow(
      'invalid byte sequence for encoding "UTF8": 0x00',
    );
  });
});
