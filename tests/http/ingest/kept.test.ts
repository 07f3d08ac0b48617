import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { call, callOfBytes, callText, lines, notes } from './call.ts';
import { keptRejects, storedDocuments } from './database.ts';
import { counted, newSender, post, postLines, type Sender } from './post.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const textsOf = ({ accountId }: Sender) => storedDocuments(server.folder, accountId).map(({ document }) => document);

describe('the stored document is what was sent, byte for byte', () => {
  const good = JSON.stringify(call());
  const documents = [
    { name: 'integers beyond 2^53', text: callText({ trace: '12345678901234567890123', neg: '-9007199254740993' }) },
    { name: 'numbers beyond the range', text: callText({ big: '1e400', small: '-1e-400', zero: '-0' }) },
    { name: 'number spellings', text: callText({ n: '[1.0,1E2,1.50,0.1e+3,100e-2]', revision: '0.0' }) },
    { name: '__proto__ as a field', text: callText({ ['__proto__']: '{"phone":"+16170000000","polluted":1}' }) },
    { name: 'constructor and prototype as fields', text: callText({ constructor: '{"prototype":{"id":"x"}}' }) },
    {
      name: '__proto__ in labels and events',
      text: callText({ labels: '{"__proto__":"a"}', events: '[{"type":"note","at":0,"__proto__":{"type":"log"}}]' }),
    },
    { name: 'escapes', text: callText({ id: '"\\u0063-1"', text: '"\\/\\u00e9\\ud83d\\ude00\\b\\"\\\\"' }) },
    { name: 'letters of all the world', text: callText({ text: '"é日本語😀\u2028\u007f"' }) },
    { name: 'a NUL and half a surrogate pair, escaped', text: callText({ text: '"\\u0000\\ud800"' }) },
    { name: 'white space', text: `{ "x" :\t[ ] ,${good.slice(1, -1)} , "y":{ } }` },
    { name: 'many digits', text: callText({ n: `0.${'3'.repeat(500)}`, m: '9'.repeat(500) }) },
    { name: 'deep nesting', text: callText({ deep: `${'['.repeat(500)}${']'.repeat(500)}` }) },
    { name: 'unknown event types', text: JSON.stringify(call({ events: [{ type: 'hologram', at: 1, x: [{}] }] })) },
  ];
  it.each(documents)('$name', async ({ text }) => {
    const ways = {
      alone: async ({ key }: Sender) => post(server, key, ` ${text}\n`),
      inArray: async ({ key }: Sender) => post(server, key, `[ ${text} ,\n${callText({ id: '"d"' })}]`),
      inLines: async ({ key }: Sender) => postLines(server, key, `\r\n${text}\r\n`),
    };
    for (const [way, sendBy] of Object.entries(ways)) {
      const sender = await newSender(server);
      const { status, text: body } = await sendBy(sender);
      expect({ way, status, body }).toEqual({ way, status: 200, body: expect.stringContaining('"stored":') });
      expect({ way, text: textsOf(sender)[0] }).toEqual({ way, text });
    }
  });

  it('also when a correction comes', async () => {
    const sender = await newSender(server);
    const corrected = callText({ revision: '1.0', trace: '12345678901234567890123' });
    await post(server, sender.key, good);
    expect((await post(server, sender.key, corrected)).json).toEqual(counted({ replaced: 1 }));
    expect(textsOf(sender)).toEqual([corrected]);
  });

  it('does not let keys of a document reach other documents', async () => {
    const { key } = await newSender(server);
    await post(server, key, callText({ ['__proto__']: '{"revision":9,"polluted":true}' }));
    expect(Reflect.has({}, 'polluted')).toBe(false);
    expect((await post(server, key, callText({ id: '"d"', revision: '1' }))).json).toEqual(counted({ stored: 1 }));
  });
});

describe('quarantine', () => {
  const bad = JSON.stringify(call({ revision: -1 }));

  it('keeps what was rejected exactly as it came, of every kind', async () => {
    const sender = await newSender(server);
    const rejected: Buffer[] = [
      Buffer.from('{"id":"x"'),
      Buffer.from('nonsense'),
      Buffer.from([0xff, 0xfe, 0x00, 0x80]),
      Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]),
      Buffer.from('null'),
      Buffer.from(`[${bad}]`),
      Buffer.from(bad),
      Buffer.from(` ${bad}`.trim().replace('"revision":-1', '"revision": -1')),
      Buffer.from(callText({ phone: '5', trace: '12345678901234567890123', ['__proto__']: '1.0' })),
    ];
    const body = Buffer.concat(rejected.flatMap((line) => [line, Buffer.from('\n')]));
    const { status, json } = await postLines(server, sender.key, body);
    const entries = rejected.map((_, index) => expect.objectContaining({ index }));
    expect({ status, json }).toEqual({ status: 400, json: counted({ rejected: entries }) });
    const kept = keptRejects(server.folder, sender.accountId);
    expect(kept.map(({ document }) => document)).toEqual(rejected);
    expect(kept.map(({ id, path, error }) => ({ id, path, error }))).toEqual(
      Reflect.get(Object(json), 'rejected').map(({ id, path, error }: { id: string; path: string; error: string }) => ({
        id,
        path,
        error,
      })),
    );
  });

  it('keeps documents of an array as they stood in it', async () => {
    const sender = await newSender(server);
    const spaced = bad.replaceAll(',', ' , ');
    await post(server, sender.key, `[ 5 ,${callText({})}, ${spaced}\n]`);
    const kept = keptRejects(server.folder, sender.accountId).map(({ document }) => document.toString());
    expect(kept).toEqual(['5', spaced]);
  });

  it('keeps identical bytes once, with a count and the reason of the last time', async () => {
    const sender = await newSender(server);
    await post(server, sender.key, `[${bad},${bad}]`);
    await postLines(server, sender.key, `${bad}\n`);
    const other = bad.replace('-1', '-2');
    await post(server, sender.key, other);
    const kept = keptRejects(server.folder, sender.accountId).map(({ times, document }) => ({ times, document }));
    expect(kept).toEqual([
      { times: 3, document: Buffer.from(bad) },
      { times: 1, document: Buffer.from(other) },
    ]);
  });

  it('is kept per account', async () => {
    const [one, other] = [await newSender(server), await newSender(server)];
    for (const { key } of [one, other, other]) await post(server, key, bad);
    const times = [one, other].map(({ accountId }) => keptRejects(server.folder, accountId).map((kept) => kept.times));
    expect(times).toEqual([[1], [2]]);
  });

  it('lists every rejected document in the answer, in their order', async () => {
    const sender = await newSender(server);
    const documents = Array.from({ length: 3_000 }, (_, index) => call({ id: `c-${index}`, revision: -(index % 2) }));
    const { status, json } = await postLines(server, sender.key, lines(documents));
    const rejected = documents
      .map(({ id }, index) => ({ index, id, path: '/revision', error: 'must be >= 0, got -1' }))
      .filter(({ index }) => index % 2 === 1);
    expect({ status, json }).toEqual({ status: 207, json: counted({ stored: 1_500, rejected }) });
    expect(keptRejects(server.folder, sender.accountId).length).toBe(1_500);
  });
});

describe('limits of a document', () => {
  const mebibyte = 1_048_576;

  it('takes a document of exactly 1 MiB, and not a byte more', async () => {
    const sender = await newSender(server);
    const [most, over] = [callOfBytes(mebibyte), callOfBytes(mebibyte + 1, { id: 'c-2' })];
    const small = callText({ id: '"c-3"' });
    const problem = { path: '', error: expect.stringMatching(/1.?048.?576/) };
    const rejected = [expect.objectContaining({ index: 1, ...problem })];
    const want = { status: 207, json: counted({ stored: 2, rejected }) };
    const asLines = await postLines(server, sender.key, `${most}\n${over}\n${small}\n`);
    expect({ status: asLines.status, json: asLines.json }).toEqual(want);
    const inArray = await post(server, sender.key, `[${most},${over},${small}]`);
    expect({ status: inArray.status, json: inArray.json }).toEqual({
      status: 207,
      json: counted({ unchanged: 2, rejected }),
    });
    expect(storedDocuments(server.folder, sender.accountId).map(({ id }) => id)).toEqual(['c-1', 'c-3']);
    expect(keptRejects(server.folder, sender.accountId)).toEqual([
      expect.objectContaining({ ...problem, times: 2, document: Buffer.from(over) }),
    ]);
  });

  const linesAround = async function* (mebibytes: number) {
    const chunk = Buffer.alloc(mebibyte, 'x');
    yield Buffer.from(`${callText({ id: '"a"' })}\n`);
    for (let count = 0; count < mebibytes; count += 1) yield chunk;
    yield Buffer.from(`\n${callText({ id: '"b"' })}`);
  };

  it('keeps a line of several megabytes whole, and goes on after it', async () => {
    const sender = await newSender(server);
    const { status, json } = await postLines(server, sender.key, linesAround(5));
    const rejected = [expect.objectContaining({ index: 1, id: null, path: '' })];
    expect({ status, json }).toEqual({ status: 207, json: counted({ stored: 2, rejected }) });
    const kept = keptRejects(server.folder, sender.accountId);
    expect(kept.map(({ document }) => document.equals(Buffer.alloc(5 * mebibyte, 'x')))).toEqual([true]);
  });

  it('refuses a line that is longer than a body may be, and works on', async () => {
    const sender = await newSender(server);
    const { status, json } = await postLines(server, sender.key, linesAround(80));
    expect({ status, json }).toEqual({ status: 413, json: { error: expect.stringMatching(/67.?108.?864/) } });
    expect((await post(server, sender.key, callText({ id: '"b"' }))).json).toEqual(counted({ stored: 1 }));
  });

  it('can be set', async () => {
    const small = await startTestServer({ maxDocumentBytes: 1_024, maxEvents: 3 });
    try {
      const sender = await newSender(small);
      const documents = [
        callOfBytes(1_024, { id: 'a' }),
        callOfBytes(1_025, { id: 'b' }),
        JSON.stringify(call({ id: 'c', events: notes(3) })),
        JSON.stringify(call({ id: 'd', events: notes(4) })),
      ];
      const { json } = await post(small, sender.key, `[${documents.join(',')}]`);
      const rejected = [
        expect.objectContaining({ index: 1, path: '', error: expect.stringMatching(/1.?024.*1.?025/) }),
        { index: 3, id: 'd', path: '/events', error: expect.stringMatching(/3.*4/) },
      ];
      expect(json).toEqual(counted({ stored: 2, rejected }));
    } finally {
      await small.close();
    }
  });
});
