import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { newOwner, type Owner } from '../http/voicetrends/owner.ts';
import { type Ask, breakdowns, type Filter, filters, isKept, kept, metrics } from './kept.ts';
import { problemOf } from './problem.ts';

let server: TestServer;
let owner: Owner;
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: 1_000_000_000, logLevel: 'error' });
  owner = await newOwner(server);
  const { accountId } = owner.user.account;
  await server.store.numbers.add(accountId, owner.user.userId, '+16173990000', server.clock.nowMs);
});
afterAll(() => server.close());

const examples: Readonly<Record<Filter, string>> = {
  number: '6173990000',
  application: 'a',
  page: 'main.php',
  form: 'menu',
  item: 'x',
  region: 'GB',
};

const pathOf = (metrics: string, { by, isByHour, filters }: Ask) => {
  const parameters = {
    ...{ start: '2018-02-01', end: '2018-02-01', metrics },
    ...(by === null ? {} : { by }),
    ...(isByHour ? { period: 'hour' } : {}),
    ...Object.fromEntries(filters.map((filter) => [filter, examples[filter]])),
  };
  return `/api/v2/report?${new URLSearchParams(parameters)}`;
};

const asks: readonly Ask[] = [null, ...breakdowns].flatMap((by) =>
  [false, true].flatMap((isByHour) =>
    [[], ...filters.map((filter) => [filter])].map((filters) => ({ by, isByHour, filters })),
  ),
);
/** Two filters at once: kept where one row of the table keeps both. */
const pairs: readonly Ask[] = filters.flatMap((one, index) =>
  filters.slice(index + 1).map((other) => ({ by: null, isByHour: false, filters: [one, other] })),
);

/** What of a refusal the page promises; null for an answer. */
async function refusalOf(metric: string, ask: Ask): Promise<string | null> {
  const answer = await owner.ask(pathOf(metric, ask));
  if (answer.status === 200) return null;
  const { status, detail, parameter = '' } = problemOf(answer);
  const isOfAsk = ['metrics', 'by', 'period', ...ask.filters].includes(parameter);
  return status === 400 && isOfAsk && detail.includes(metric) ? 'refused' : answer.text;
}

describe('the table of figures on the page', () => {
  it('is the one that these tests go by', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/reports-api.md'), 'utf8');
    const [, table = ''] = /\| metrics \| can be broken down by[^\n]*\n\|[^\n]*\n((?:\|[^\n]*\n)+)/.exec(page) ?? [];
    const words = (cell = '') =>
      cell
        .replaceAll(/[`\s]/g, '')
        // Calls of a region can be parted by number, as without the region.
        .replace('region,too', 'number,region')
        .split(',');
    const rows = table
      .trim()
      .split('\n')
      .map((line) => line.split('|').slice(1, -1))
      .map(([metrics, by, filters]) => ({ metrics: words(metrics), by: words(by), filters: words(filters) }));
    expect(rows).toEqual(kept);
  });
});

describe.each(metrics)('%s', (metric) => {
  it('is answered where it is kept, and else refused with its name', async () => {
    const want = [...asks, ...pairs].map((ask) => ({ ask, refusal: isKept(metric, ask) ? null : 'refused' }));
    const got = [];
    for (const { ask } of want) got.push({ ask, refusal: await refusalOf(metric, ask) });
    const wrong = got.filter(({ refusal }, index) => refusal !== want[index]?.refusal);
    expect(wrong).toEqual([]);
  });

  it('says by what it can be broken down', async () => {
    const keptBy = kept.filter((row) => row.metrics.includes(metric)).flatMap(({ by }) => by);
    for (const by of breakdowns.filter((by) => !keptBy.includes(by))) {
      const { detail } = problemOf(await owner.ask(pathOf(metric, { by, isByHour: false, filters: [] })));
      const named = keptBy.filter((name) => new RegExp(`\\b${name}\\b`).test(detail));
      expect({ by, detail, named }).toEqual({ by, detail, named: keptBy });
    }
  });
});

describe('several metrics', () => {
  it('are refused for the one that is not kept, which is named', async () => {
    const ask: Ask = { by: 'region', isByHour: false, filters: [] };
    expect(problemOf(await owner.ask(pathOf('calls,moves', ask))).detail).toContain('moves');
    const page: Ask = { by: 'page', isByHour: false, filters: [] };
    expect(problemOf(await owner.ask(pathOf('page_loads,visits,callers', page))).detail).toContain('callers');
  });
});
