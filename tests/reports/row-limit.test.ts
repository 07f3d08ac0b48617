import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { call, newOwner } from '../http/voicetrends/owner.ts';
import { reportIn } from './ask.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: 1_000_000_000, logLevel: 'error' });
});
afterAll(() => server.close());

describe('rows are groups × buckets', () => {
  it.each([
    { by: 'hour_of_week', end: '2019-08-18', rows: 168 * 595 },
    { by: 'number', end: '2019-08-18', rows: 595 },
  ])('by $by until $end there are $rows', async ({ by, end, rows }) => {
    const { ask } = await newOwner(server, { calls: [call()] });
    const report = await reportIn(ask, `/api/v2/report?start=2018-01-01&end=${end}&period=day&by=${by}`);
    expect(report.rows.length).toBe(rows);
  });
});
