import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { quotaOf } from '../http/voicetrends/exchange.ts';
import { newOwner } from '../http/voicetrends/owner.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ logLevel: 'error' });
});
afterAll(() => server.close());

it.each([
  ['GET', '/api/v2/nothing', 404],
  ['POST', '/api/v2/report', 405],
])('every answer to a login says how much of its quota is left: %s %s', async (method, path, status) => {
  const { ask } = await newOwner(server);
  const answer = await ask(path, { method });
  expect(answer.status).toBe(status);
  expect(Object.values(quotaOf(answer))).toEqual(['150', '150', '1518178500']);
});
