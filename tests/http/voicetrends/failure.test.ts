import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { errorOf, quota, quotaOf } from './exchange.ts';
import { call, newOwner, report } from './owner.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('answers 500 without a word of what went wrong, and logs it for the operator', async () => {
  const { ask } = await newOwner(server, { calls: [call()] });
  expect((await ask(report)).status).toBe(200);
  const database = new DatabaseSync(join(server.folder, 'voxgauge.db'));
  database.exec('ALTER TABLE owner_days RENAME TO gone');
  const failed = await ask(report);
  const inXml = await ask(report, { headers: { accept: 'application/xml' } });
  database.exec('ALTER TABLE gone RENAME TO owner_days');
  database.close();

  expect({ status: failed.status, type: failed.headers['Content-Type'], ...quotaOf(failed) }).toEqual({
    status: 500,
    type: 'application/json',
    ...quota(150, 148, '2018-02-09T12:15:00Z'),
  });
  expect(errorOf(failed)).not.toMatch(/owner_days|table|SQL/i);
  expect(inXml.status).toBe(500);
  expect(inXml.text).toMatch(/^<\?xml version="1\.0"\?><result><error>[^<]{10,}<\/error><\/result>$/);
  expect(inXml.text).not.toMatch(/owner_days|table|SQL/i);
  expect(JSON.stringify(server.log)).toContain('owner_days');
  expect((await ask(report)).status).toBe(200);
});
