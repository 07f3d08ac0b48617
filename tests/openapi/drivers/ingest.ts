import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { TestServer } from '../../harness/server.ts';
import { type Answer, exchange, type Sent } from '../../http/voicetrends/exchange.ts';
import { exampleCall, newYorker } from '../callers.ts';
import { type Asked, type Driver, inEachWay, maxBodyBytes, without } from './stage.ts';

const [json, ndjson] = ['application/json', 'application/x-ndjson'];
const call = (changes: object = {}) => ({ ...Object(exampleCall), ...changes });
const good = JSON.stringify(call());
const bad = JSON.stringify(call({ started_at: 'today' }));
const long = JSON.stringify(call({ filler: 'x'.repeat(maxBodyBytes) }));

interface Delivery {
  readonly body: string | Uint8Array;
  readonly type?: string;
  readonly encoding?: string;
}

const allTaken: Readonly<Record<string, Delivery>> = {
  'one document': { body: good },
  'an array': { body: `[${good},${good}]` },
  'an empty array': { body: '[]' },
  'a stream': { body: `${good}\n${good}\n`, type: ndjson },
  'an empty stream': { body: '', type: ndjson },
  gzip: { body: gzipSync(good), encoding: 'gzip' },
  br: { body: brotliCompressSync(good), encoding: 'br' },
  zstd: { body: zstdCompressSync(good), encoding: 'zstd' },
};
const someTaken: Readonly<Record<string, Delivery>> = {
  'an array': { body: `[${good},${bad}]` },
  'a stream': { body: `${good}\n{\n`, type: ndjson },
};
const noneTaken: Readonly<Record<string, Delivery>> = {
  'one document': { body: bad },
  'something else than a document': { body: '17' },
  'an array': { body: `[${bad},null]` },
  'a stream': { body: `${bad}\n`, type: ndjson },
};
const notJson: Readonly<Record<string, Delivery>> = {
  nothing: { body: '' },
  'half a document': { body: good.slice(0, -1) },
  'half an array': { body: `[${good}` },
  'no UTF-8': { body: Buffer.from('"\xff"', 'latin1') },
};
const badlyEncoded: Readonly<Record<string, Delivery>> = {
  'no gzip': { body: good, encoding: 'gzip' },
  'half of it': { body: gzipSync(good).subarray(0, -12), encoding: 'gzip' },
  'no br in a stream': { body: good, encoding: 'br', type: ndjson },
  'no zstd': { body: good, encoding: 'zstd' },
};
const tooLarge: Readonly<Record<string, Delivery>> = {
  'a body': { body: long },
  'a body that is small until it is decoded': { body: gzipSync(long), encoding: 'gzip' },
  'a line': { body: `${long}\n`, type: ndjson },
};
const unreadable: Readonly<Record<string, Delivery>> = {
  'another type': { body: good, type: 'text/plain' },
  'another charset': { body: good, type: 'application/json; charset=latin1' },
  'no type at all': { body: good, type: 'x' },
  'another encoding': { body: good, encoding: 'deflate' },
};

/** How sending calls is made to answer what it can answer. */
export const ingestDrivers: Readonly<Record<string, Driver>> = {
  200: (asked) => inEachWay(allTaken, (delivery) => deliver(asked, delivery)),
  207: (asked) => inEachWay(someTaken, (delivery) => deliver(asked, delivery)),
  '400 notJson': (asked) => inEachWay(notJson, (delivery) => deliver(asked, delivery)),
  '400 badEncoding': (asked) => inEachWay(badlyEncoded, (delivery) => deliver(asked, delivery)),
  '400 IngestAnswer': (asked) => inEachWay(noneTaken, (delivery) => deliver(asked, delivery)),

  '401 keyMissing': (asked) =>
    inEachWay({ nothing: {}, 'another scheme': { authorization: 'Basic cGx1bTpwbHVt' } }, (headers) =>
      send(asked, { body: good }, headers),
    ),

  '401 keyInvalid': async (asked) => {
    const { open } = asked.stage;
    const [disabled, revoked] = [await newYorker(open), await newYorker(open)];
    await open.store.accounts.setDisabled(disabled.user.userId, true, { mayLeaveNoAdmin: true });
    const keys = await open.store.keys.list();
    const { keyId = 0 } = keys.find(({ user }) => user.userId === revoked.user.userId) ?? {};
    await open.store.keys.revoke(keyId, open.clock.nowMs);
    return inEachWay({ unknown: 'nonsense', disabled: disabled.key, revoked: revoked.key }, (key) =>
      send(asked, { body: good }, { authorization: `Bearer ${key}` }),
    );
  },

  '413 tooLarge': ({ stage, ...asked }) =>
    inEachWay(tooLarge, (delivery) => deliver({ ...asked, stage: { ...stage, open: stage.limited } }, delivery)),
  '415 mediaType': (asked) => inEachWay(unreadable, (delivery) => deliver(asked, delivery)),

  '429 tooMany': async ({ stage, ...asked }) => {
    const { key } = await newYorker(stage.limited);
    const again = () =>
      send({ ...asked, stage: { ...stage, open: stage.limited } }, { body: good }, { authorization: `Bearer ${key}` });
    await again();
    return { 'a second request': await again() };
  },

  '500 internal': async (asked) => ({
    'documents cannot be kept': await without(asked.stage.open, /^documents$/, () => deliver(asked, { body: good })),
  }),

  '503 unavailable': async (asked) => {
    const { key } = await newYorker(asked.stage.open);
    const ways = { 'one document': { body: good }, 'a stream': { body: `${good}\n`, type: ndjson } };
    return whileFull(asked, () =>
      inEachWay(ways, (delivery) => send(asked, delivery, { authorization: `Bearer ${key}` })),
    );
  },
};

/** More than the store lets wait at once. */
const manyCalls = 17_000;

/** Acts while another process is at work on the database, and as many calls wait for it as may. */
async function whileFull<T>(asked: Asked, act: () => Promise<T>): Promise<T> {
  const { open } = asked.stage;
  const many = Array.from({ length: manyCalls }, (_, index) => call({ id: `c-${index}` }));
  const { key } = await newYorker(open);
  const blocker = new DatabaseSync(join(open.folder, 'voxgauge.db'), { timeout: 5_000 });
  blocker.exec('BEGIN IMMEDIATE');
  const waiting = send(asked, { body: JSON.stringify(many) }, { authorization: `Bearer ${key}` });
  while (open.store.waitingDocuments() === 0) await delay(1);
  try {
    return await act();
  } finally {
    blocker.exec('ROLLBACK');
    blocker.close();
    await waiting;
  }
}

/** Sends as a sender of its own, who has sent nothing yet. */
async function deliver(asked: Asked, delivery: Delivery): Promise<Answer> {
  return send(asked, delivery, { authorization: `Bearer ${await newKey(asked.stage.open)}` });
}

const newKey = async (server: TestServer): Promise<string> => (await newYorker(server)).key;

function send(
  { documented: { path, method }, stage: { open }, accept }: Asked,
  { body, type = json, encoding }: Delivery,
  authorization: Sent['headers'] = {},
): Promise<Answer> {
  const coded = encoding === undefined ? {} : { 'content-encoding': encoding };
  const headers = { accept, 'content-type': type, ...coded, ...authorization };
  return exchange(open.address, path, { method, body, headers });
}
