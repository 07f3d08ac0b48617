import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { call, newOwner } from '../http/voicetrends/owner.ts';
import { reportIn } from './ask.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ logLevel: 'error' });
});
afterAll(() => server.close());

const application = 'https://ivr.example/start.php?a=1';

it.each([encodeURIComponent(application), application])(
  'an application whose name has a ? in it is found as %s: a query may hold one as it is (RFC 3986)',
  async (written) => {
    const { ask } = await newOwner(server, { calls: [call({ application }), call({ id: 'c-2' })] });
    const { rows, end } = await reportIn(ask, `/api/v2/report?start=2018-02-07&application=${written}&end=2018-02-07`);
    expect({ end, calls: rows.map(({ calls }) => calls) }).toEqual({ end: '2018-02-07', calls: [1] });
  },
);
