import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { newToken } from '../../reports/token.ts';
import { exchange } from '../voicetrends/exchange.ts';
import { call, newOwner, type Owner, pageLoad } from '../voicetrends/owner.ts';
import { jsonOf, refusalOf, type Visitor, visit } from './visitor.ts';

let server: TestServer;
let owner: Owner;
let visitor: Visitor;
let token: string;
const [first, second] = ['+16173990000', '+16173990001'];
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: 1_000_000, logLevel: 'error' });
  const calls = Array.from({ length: 12 }, (_, index) =>
    call({
      id: `c-${index}`,
      phone: index % 3 === 0 ? first : second,
      application: `app-${index % 4}`,
      events: [pageLoad(index * 100)],
    }),
  );
  owner = await newOwner(server, { calls });
  visitor = await visit(server, owner.user);
  ({ token } = await newToken(server, owner.user));
});
afterAll(() => server.close());

const days = 'start=2018-02-01&end=2018-02-08';

describe('a report', () => {
  it.each([
    days,
    `${days}&metrics=calls,callers,page_load_p95&period=day&compare=previous`,
    `${days}&metrics=calls&by=application&limit=2`,
    `${days}&metrics=calls&by=number`,
    `${days}&number=617-399-0001&metrics=calls`,
    'start=2018-02-08&end=2018-02-01',
    `${days}&metrics=cals`,
    `${days}&by=page&period=hour&metrics=calls`,
    'nonsense=1',
    `${days}&cursor=nonsense`,
    `${days}&page=${'x'.repeat(5000)}`,
  ])('is byte for byte that of /api/v2/report: %s', async (query) => {
    for (const accept of ['application/json', 'text/csv', 'application/x-ndjson']) {
      const mine = await visitor.ask(`/report?${query}`, { headers: { accept } });
      const api = await exchange(server.address, `/api/v2/report?${query}`, {
        headers: { accept, authorization: `Bearer ${token}` },
      });
      expect([mine.status, mine.text, mine.headers['Content-Type'] ?? mine.headers['content-type']]).toEqual([
        api.status,
        api.text,
        api.headers['Content-Type'] ?? api.headers['content-type'],
      ]);
      expect(Object.keys(mine.headers).filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
    }
  });

  it('follows its cursor from answer to answer', async () => {
    const seen: string[] = [];
    let path: string | null = `/report?${days}&metrics=calls&by=application&limit=2&format=json`;
    while (path !== null) {
      const answer = await visitor.ask(path);
      seen.push(...jsonOf<{ rows: { application: string }[] }>(answer).rows.map(({ application }) => application));
      path = /^<\/dashboard(\/report[^>]*)>; rel="next"$/.exec(answer.headers['link'] ?? '')?.[1] ?? null;
    }
    expect(seen).toEqual(['app-0', 'app-1', 'app-2', 'app-3']);
  });

  it('is downloaded as CSV where the address says so', async () => {
    const answer = await visitor.ask(`/report?${days}&metrics=calls&by=number&format=csv`);
    expect(answer.text).toBe(
      `start,number,calls\r\n2018-02-01T00:00:00-05:00,${second},8\r\n2018-02-01T00:00:00-05:00,${first},4\r\n`,
    );
    expect(answer.headers['content-disposition']).toBe('attachment; filename="voxgauge-2018-02-01-2018-02-08.csv"');
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    const ndjson = await visitor.ask(`/report?${days}&format=ndjson`);
    expect(ndjson.text).toBe('{"start":"2018-02-01T00:00:00-05:00","calls":12}\n');
  });

  it.each(['xml', '', 'csv&format=json'])('has no format %s', async (format) => {
    const refused = refusalOf(await visitor.ask(`/report?${days}&format=${format}`));
    expect(refused).toMatchObject({ status: 400, parameter: 'format' });
    expect(refused.detail).toContain('must be one of json, csv, ndjson');
  });
});

describe('whoever a number is shared with', () => {
  it('sees its calls here, and not with a token', async () => {
    const colleague = await newOwner(server, {
      account: owner.user.account.name,
      calls: [call({ id: 'own', phone: '+16173990009' })],
    });
    const theirs = await visit(server, colleague.user);
    const { accountId } = owner.user.account;
    const callsOf = async (query: string) =>
      jsonOf<{ rows: { calls: number }[] }>(await theirs.ask(`/report?${days}${query}`)).rows[0]?.calls;
    expect(await callsOf('')).toBe(1);
    expect(refusalOf(await theirs.ask(`/report?${days}&number=%2B16173990001`))).toMatchObject({
      status: 400,
      parameter: 'number',
    });
    await server.store.numbers.share(accountId, second, colleague.user.userId);
    expect(await callsOf('')).toBe(9);
    expect(await callsOf('&number=(617)+399-0001')).toBe(8);
    expect(refusalOf(await theirs.ask(`/report?${days}&number=6173990000`)).detail).toBe(
      'number must be a number that you own or that is shared with you, got "6173990000"',
    );
    const { token: other } = await newToken(server, colleague.user);
    const api = await exchange(server.address, `/api/v2/report?${days}`, {
      headers: { authorization: `Bearer ${other}` },
    });
    expect(JSON.parse(api.text).rows[0].calls).toBe(1);
    await server.store.numbers.unshare(accountId, second, colleague.user.userId);
    expect(await callsOf('')).toBe(1);
  });
});
