/**
 * Lists as parameters, in PostgreSQL's binary format for arrays (array_recv in src/backend/utils/adt/arrayfuncs.c): a header of five
 * 32-bit integers (dimensions, whether there are nulls, type of the elements, length, lower bound), then each element with
 * its length before it, −1 for null. The text format would escape each quotation mark of each JSON document, and have it unescaped.
 *
 *     [3, 1] as bigint[] → 00000001 00000000 00000014 00000002 00000001  00000008 0000000000000003  00000008 0000000000000001
 */
const oids = { bigint: 20, bytea: 17, text: 25, uuid: 2950 } as const;

const headerBytes = 20;

export function bigints(values: readonly number[]): Buffer {
  const buffer = withHeader('bigint', values.length, values.length * 12);
  let at = headerBytes;
  for (const value of values) {
    buffer.writeInt32BE(8, at);
    buffer.writeInt32BE(Math.floor(value / 4_294_967_296), at + 4);
    buffer.writeUInt32BE(value >>> 0, at + 8);
    at += 12;
  }
  return buffer;
}

export function texts(values: readonly (string | null)[]): Buffer {
  let bytes = 4 * values.length;
  for (const value of values) bytes += value === null ? 0 : Buffer.byteLength(value);
  const buffer = withHeader('text', values.length, bytes, values.includes(null));
  let at = headerBytes;
  for (const value of values) {
    const length = value === null ? 0 : buffer.write(value, at + 4);
    buffer.writeInt32BE(value === null ? -1 : length, at);
    at += 4 + length;
  }
  return buffer;
}

export const byteas = (values: readonly Uint8Array[]): Buffer => byteLists('bytea', values);

/** Of 16 bytes each. */
export const uuids = (values: readonly Uint8Array[]): Buffer => byteLists('uuid', values);

function byteLists(type: 'bytea' | 'uuid', values: readonly Uint8Array[]): Buffer {
  const bytes = values.reduce((sum, { length }) => sum + 4 + length, 0);
  const buffer = withHeader(type, values.length, bytes);
  let at = headerBytes;
  for (const value of values) {
    buffer.writeInt32BE(value.length, at);
    buffer.set(value, at + 4);
    at += 4 + value.length;
  }
  return buffer;
}

function withHeader(type: keyof typeof oids, length: number, bytes: number, hasNulls = false): Buffer {
  // An array without elements has no dimension.
  const buffer = Buffer.allocUnsafe(headerBytes + bytes);
  buffer.writeInt32BE(length === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(hasNulls ? 1 : 0, 4);
  buffer.writeInt32BE(oids[type], 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
  return length === 0 ? buffer.subarray(0, 12) : buffer;
}
