import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { type Answer, exchange } from '../http/voicetrends/exchange.ts';
import { exampleOwner, wayInto } from './callers.ts';
import { deviationsOf, headerOf, typeOf } from './conformity.ts';
import { type Documented, operations } from './document.ts';
import { exampleValues, targetOf } from './requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ logLevel: 'error' });
});
afterAll(() => server.close());

const pagedOf = ({ operation }: Documented): readonly string[] => {
  const { headers = {}, content = {} } = operation.responses[200] ?? {};
  return 'Link' in headers ? Object.keys(content) : [];
};
const paged = operations.flatMap((documented) =>
  pagedOf(documented).map((type) => ({ ...documented, documented, type })),
);

/** All hours of a week are 168 groups. */
const manyGroups = { metrics: ['calls'], by: 'hour_of_week', period: 'day', limit: 60 };

it('is documented where answers come in pages', () => {
  expect(paged.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'GET /api/v2/report application/json',
    'GET /api/v2/report text/csv',
    'GET /api/v2/report application/x-ndjson',
  ]);
});

describe.each(paged)('Link of $name in $type', ({ documented, type }) => {
  it('leads from page to page, and is not there on the last', async () => {
    const headers = { accept: type, ...(await wayInto(documented, server, await exampleOwner(server))) };
    const pages: Answer[] = [];
    let target: string | undefined = targetOf(documented, { ...exampleValues(documented), ...manyGroups });
    while (target !== undefined && pages.length < 9) {
      const page: Answer = await exchange(server.address, target, { headers });
      pages.push(page);
      [, target] = /^<(.+)>; rel="next"$/.exec(headerOf(page, 'link') ?? '') ?? [];
    }
    expect(pages.map((page) => [page.status, typeOf(page), deviationsOf(documented, page)])).toEqual(
      [0, 1, 2].map(() => [200, type, []]),
    );
  });
});
