import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { call, lines } from './call.ts';
import { numbersOf, storedDocuments } from './database.ts';
import { counted, newSender, post, postLines, type Sender } from './post.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const idsOf = ({ accountId }: Sender) => storedDocuments(server.folder, accountId).map(({ id }) => id);
const a = JSON.stringify(call({ id: 'a' }));
const b = JSON.stringify(call({ id: 'b' }));
const bom = '\uFEFF';

describe('application/json', () => {
  const taken = [
    { name: 'one document', body: a, stored: ['a'] },
    { name: 'an array of one', body: `[${a}]`, stored: ['a'] },
    { name: 'an array of two', body: `[${a},${b}]`, stored: ['a', 'b'] },
    { name: 'an empty array', body: '[]', stored: [] },
    { name: 'an empty array with white space', body: ' \r\n\t[ \n ] \n', stored: [] },
    { name: 'white space around a document', body: `\n\t ${a}\r\n `, stored: ['a'] },
    { name: 'white space between the documents', body: `[\n  ${a} ,\r\n\t${b}\n]\n`, stored: ['a', 'b'] },
    { name: 'a byte order mark', body: `${bom}[${a}]`, stored: ['a'] },
    {
      name: 'brackets, commas and escapes inside of strings',
      body: JSON.stringify([call({ id: '],[{"}\\' }), call({ id: 'b' })]),
      stored: ['],[{"}\\', 'b'],
    },
  ];
  it.each(taken)('takes $name', async ({ body, stored }) => {
    const sender = await newSender(server);
    const { status, headers, json } = await post(server, sender.key, body);
    expect({ status, json }).toEqual({ status: 200, json: counted({ stored: stored.length }) });
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(idsOf(sender)).toEqual(stored);
  });

  const malformed = [
    { name: 'an empty body', body: '' },
    { name: 'white space only', body: ' \n' },
    { name: 'a byte order mark only', body: bom },
    { name: 'text', body: 'id=a' },
    { name: 'a document that is cut off', body: a.slice(0, -1) },
    { name: 'an array that is cut off', body: `[${a},${b}` },
    { name: 'an array with a comma too many', body: `[${a},${b},]` },
    { name: 'an array with a comma in front', body: `[,${a}]` },
    { name: 'an array without a comma', body: `[${a} ${b}]` },
    { name: 'an array of which one is not JSON', body: `[${a},{id:"b"}]` },
    { name: 'more after the document', body: `${a}${b}` },
    { name: 'more after the array', body: `[${a}]]` },
    { name: 'NDJSON', body: `${a}\n${b}\n` },
    { name: 'single quotes', body: `[${a},{'id':'b'}]` },
    { name: 'NaN', body: `[${a},NaN]` },
    { name: 'a number with a leading zero', body: `[${a},01]` },
    { name: 'a number with a plus sign', body: `[${a},+1]` },
    { name: 'a control character in a string', body: `[${a},"\u0001"]` },
    { name: 'an escape that does not exist', body: `[${a},"\\x41"]` },
    { name: 'a comment', body: `[${a}] // all` },
    {
      name: 'bytes that are not UTF-8',
      body: Buffer.concat([Buffer.from(`[${a},"`), Buffer.of(0xff), Buffer.from('"]')]),
    },
    { name: 'UTF-16', body: Buffer.from(`${bom}[${a}]`, 'utf16le') },
  ];
  it.each(malformed)('answers 400 to $name, and takes nothing of it', async ({ body }) => {
    const sender = await newSender(server);
    const { status, text } = await post(server, sender.key, body);
    expect({ status, text }).toEqual({ status: 400, text: expect.stringMatching(/JSON/) });
    expect(idsOf(sender)).toEqual([]);
    expect(numbersOf(server.folder, sender.accountId)).toEqual([]);
  });

  const noDocuments = ['null', 'true', '5', '"text"', '[null]', '[[]]', `[[${a}]]`];
  it.each(noDocuments)('rejects %s, which is JSON but no document', async (body) => {
    const sender = await newSender(server);
    const { status, json } = await post(server, sender.key, body);
    const rejected = [{ index: 0, id: null, path: '', error: expect.stringMatching(/^must be .*object.*, got /) }];
    expect({ status, json }).toEqual({ status: 400, json: counted({ rejected }) });
    expect(idsOf(sender)).toEqual([]);
  });
});

describe('application/x-ndjson', () => {
  const taken = [
    { name: 'one line', body: `${a}\n`, stored: ['a'] },
    { name: 'a last line without an end', body: `${a}\n${b}`, stored: ['a', 'b'] },
    { name: 'one line without an end', body: a, stored: ['a'] },
    { name: 'CRLF', body: `${a}\r\n${b}\r\n`, stored: ['a', 'b'] },
    { name: 'blank lines', body: `\n\n${a}\n\r\n   \n${b}\n\n`, stored: ['a', 'b'] },
    { name: 'white space around the documents', body: `  ${a}\t\n\t${b}  \n`, stored: ['a', 'b'] },
    { name: 'a byte order mark', body: `${bom}${a}\n${b}\n`, stored: ['a', 'b'] },
    { name: 'an empty body', body: '', stored: [] },
    { name: 'blank lines only', body: '\n\r\n \n', stored: [] },
    {
      name: 'a line separator of Unicode inside of a string',
      body: `${JSON.stringify(call({ id: 'a\u2028b' }))}\n`,
      stored: ['a\u2028b'],
    },
  ];
  it.each(taken)('takes $name', async ({ body, stored }) => {
    const sender = await newSender(server);
    const { status, json } = await postLines(server, sender.key, body);
    expect({ status, json }).toEqual({ status: 200, json: counted({ stored: stored.length }) });
    expect(idsOf(sender)).toEqual(stored);
  });

  const notUtf8 = Buffer.from([0x22, 0xc3, 0x28, 0x22]);
  const rejectedLines = [
    { name: 'is not JSON', line: Buffer.from('{"id":"x"'), error: /JSON/ },
    { name: 'has two documents', line: Buffer.from(`${b}${b}`), error: /JSON/ },
    { name: 'is not UTF-8', line: notUtf8, error: /UTF-8/ },
    { name: 'is a surrogate in UTF-8', line: Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), error: /UTF-8/ },
    { name: 'is an array', line: Buffer.from(`[${b}]`), error: /object/ },
    { name: 'is a number', line: Buffer.from('5'), error: /object/ },
    { name: 'is null', line: Buffer.from('null'), error: /object/ },
  ];
  it.each(rejectedLines)('takes the others when a line $name', async ({ line, error }) => {
    const sender = await newSender(server);
    const body = Buffer.concat([Buffer.from(`\n${a}\n`), line, Buffer.from(`\n${b}\n`)]);
    const { status, json } = await postLines(server, sender.key, body);
    const rejected = [{ index: 1, id: null, path: '', error: expect.stringMatching(error) }];
    expect({ status, json }).toEqual({ status: 207, json: counted({ stored: 2, rejected }) });
    expect(idsOf(sender)).toEqual(['a', 'b']);
  });

  it('answers 400 when all lines are rejected', async () => {
    const sender = await newSender(server);
    const { status, json } = await postLines(server, sender.key, '1\n2\n');
    const reject = (index: number) => ({ index, id: null, path: '', error: expect.stringMatching(/object/) });
    expect({ status, json }).toEqual({ status: 400, json: counted({ rejected: [reject(0), reject(1)] }) });
  });

  it('finds the lines wherever the body is cut into pieces', async () => {
    const sender = await newSender(server);
    const body = Buffer.from(`${lines([call({ id: 'ä' }), call({ id: '日本' })])}\r\n${lines([call({ id: '😀' })])}`);
    async function* bytes() {
      for (const byte of body) yield Uint8Array.of(byte);
    }
    const { status, json } = await postLines(server, sender.key, bytes());
    expect({ status, json }).toEqual({ status: 200, json: counted({ stored: 3 }) });
    expect(idsOf(sender).toSorted()).toEqual(['ä', '日本', '😀'].toSorted());
  });
});

describe('Content-Encoding', () => {
  const encodings = [
    { encoding: 'gzip', compress: gzipSync },
    { encoding: 'br', compress: brotliCompressSync },
    { encoding: 'zstd', compress: zstdCompressSync },
    { encoding: 'GZIP', compress: gzipSync },
    { encoding: 'identity', compress: (body: Buffer) => body },
  ];
  const types = ['application/json', 'application/x-ndjson'];
  const both = encodings.flatMap((row) => types.map((type) => ({ ...row, type })));
  const bodyOf = (type: string) => Buffer.from(type === 'application/json' ? `[${a},${b}]` : `${a}\n${b}\n`);

  it.each(both)('reads $encoding of $type', async ({ encoding, compress, type }) => {
    const sender = await newSender(server);
    const body = compress(bodyOf(type));
    const { status, json } = await post(server, sender.key, body, {
      'content-type': type,
      'content-encoding': encoding,
    });
    expect({ status, json }).toEqual({ status: 200, json: counted({ stored: 2 }) });
    expect(idsOf(sender)).toEqual(['a', 'b']);
  });

  const compressed = both.filter(({ encoding }) => ['gzip', 'br', 'zstd'].includes(encoding));
  it.each(compressed)('answers 400 to $encoding of $type that is cut off', async ({ encoding, compress, type }) => {
    const sender = await newSender(server);
    const whole = compress(bodyOf(type));
    const headers = { 'content-type': type, 'content-encoding': encoding };
    const { status, text } = await post(server, sender.key, whole.subarray(0, whole.length - 5), headers);
    expect({ status, text }).toEqual({ status: 400, text: expect.stringMatching(/"error"/) });
    if (type === 'application/json') expect(idsOf(sender)).toEqual([]);
    const again = await post(server, sender.key, whole, headers);
    expect(again.status).toBe(200);
    expect(idsOf(sender)).toEqual(['a', 'b']);
  });

  it.each(compressed)('answers 400 to garbage that is said to be $encoding of $type', async ({ encoding, type }) => {
    const sender = await newSender(server);
    const headers = { 'content-type': type, 'content-encoding': encoding };
    for (const garbage of [bodyOf(type), Buffer.from('garbage'), Buffer.alloc(100_000, 7)]) {
      const { status, text } = await post(server, sender.key, garbage, headers);
      expect({ status, text }).toEqual({ status: 400, text: expect.stringMatching(/"error"/) });
    }
    expect(idsOf(sender)).toEqual([]);
  });

  it.each(['deflate', 'compress', 'utf-8', 'gzip;q=1', 'nonsense', 'gzip, nonsense', '__proto__', 'constructor'])(
    'answers 415 to the encoding "%s", and takes nothing',
    async (encoding) => {
      const sender = await newSender(server);
      const body = deflateSync(bodyOf('application/json'));
      const { status, text } = await post(server, sender.key, body, { 'content-encoding': encoding });
      expect({ status, text }).toEqual({ status: 415, text: expect.stringMatching(/gzip.*br.*zstd/) });
      expect(idsOf(sender)).toEqual([]);
    },
  );

  it('either reads several encodings in turn or refuses them, never half of it', async () => {
    const sender = await newSender(server);
    const body = brotliCompressSync(gzipSync(bodyOf('application/json')));
    const { status } = await post(server, sender.key, body, { 'content-encoding': 'gzip, br' });
    expect([200, 415]).toContain(status);
    expect(idsOf(sender)).toEqual(status === 200 ? ['a', 'b'] : []);
  });

  it('reads two gzip members one after the other, as gzip files may have them', async () => {
    const sender = await newSender(server);
    const body = Buffer.concat([gzipSync(`${a}\n`), gzipSync(`${b}\n`)]);
    const { status, json } = await postLines(server, sender.key, body, { 'content-encoding': 'gzip' });
    expect({ status, json }).toEqual({ status: 200, json: counted({ stored: 2 }) });
  });
});

describe('Content-Type', () => {
  const types = [
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'application/json; charset="utf-8"',
    'Application/JSON',
    'application/json ; charset=utf8',
    'application/json; version=1',
  ];
  it.each(types)('takes %s', async (type) => {
    const sender = await newSender(server);
    const { status, json } = await post(server, sender.key, a, { 'content-type': type });
    expect({ status, json }).toEqual({ status: 200, json: counted({ stored: 1 }) });
  });

  const lineTypes = ['application/x-ndjson; charset=utf-8', 'Application/X-NDJSON'];
  it.each(lineTypes)('takes lines as %s', async (type) => {
    const sender = await newSender(server);
    const { status, json } = await post(server, sender.key, `${a}\n${b}\n`, { 'content-type': type });
    expect({ status, json }).toEqual({ status: 200, json: counted({ stored: 2 }) });
  });

  const refused = [
    null,
    '',
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json-seq',
    'application/jsonx',
    'json',
    'nonsense;;;',
    'constructor',
    'constructor/__proto__',
    'application/json; charset=iso-8859-1',
    'application/x-ndjson; charset=utf-16',
  ];
  it.each(refused)('answers 415 to %s, and takes nothing', async (type) => {
    const sender = await newSender(server);
    const { status, text } = await post(server, sender.key, a, { 'content-type': type });
    expect({ status, text }).toEqual({ status: 415, text: expect.stringMatching(/"error"/) });
    expect(idsOf(sender)).toEqual([]);
  });
});
