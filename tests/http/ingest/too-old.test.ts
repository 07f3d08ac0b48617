import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseMonth } from '../../../src/domain/retention.ts';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { call } from './call.ts';
import { newSender, post } from './post.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const callOn = (id: string, date: string) => call({ id, started_at: `${date}T12:00:00Z`, ended_at: null, events: [] });

it('calls of before the first month that is kept are rejected with the reason, and the others are taken', async () => {
  const { key } = await newSender(server);
  const documents = [callOn('a', '2018-02-28'), callOn('b', '2018-03-01'), callOn('c', '2018-04-01')];
  const send = async () => {
    const { status, json } = await post(server, key, JSON.stringify(documents));
    return { status, json };
  };
  const none = { stored: 0, replaced: 0, unchanged: 0, stale: 0, rejected: [] };
  expect(await send()).toEqual({ status: 200, json: { ...none, stored: 3 } });
  await server.store.calls.dropBefore(parseMonth('2018-03') ?? 0);
  const error =
    'must not be before 2018-03, the first month (in UTC) whose calls are kept: the figures of the time before are final';
  const rejected = [{ index: 0, id: 'a', path: '/started_at', error }];
  expect(await send()).toEqual({ status: 207, json: { ...none, unchanged: 2, rejected } });
});
