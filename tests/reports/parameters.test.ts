import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { call, newOwner, type Owner } from '../http/voicetrends/owner.ts';
import { pagesFrom, reportIn } from './ask.ts';
import { isKept, metrics } from './kept.ts';
import { codeOf, problemOf } from './problem.ts';

let server: TestServer;
let owner: Owner;
const calls = [call(), call({ id: 'c-2', phone: '+12127365000' })];
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: 1_000_000_000, logLevel: 'error' });
  owner = await newOwner(server, { calls });
});
afterAll(() => server.close());

const days = 'start=2018-02-01&end=2018-02-08';
const reportPath = (query: string) => `/api/v2/report?${query}`;
const refused = async (query: string, { ask } = owner) => problemOf(await ask(reportPath(query)));

/** Refused as malformed, and the parameter is named, in the sentence too. */
async function expectRefused(query: string, parameter: string, from = owner): Promise<void> {
  const problem = await refused(query, from);
  expect({ query, status: problem.status, code: codeOf(problem), parameter: problem.parameter }).toEqual({
    query,
    status: 400,
    code: 'badRequest',
    parameter,
  });
  expect(problem.detail).toContain(parameter);
}

describe('start and end', () => {
  const malformed = [
    '',
    '%20',
    'today',
    '20180201',
    '2018-2-1',
    '2018-02',
    '2018-02-00',
    '2018-02-29',
    '2018-02-30',
    '2018-13-01',
    '2018-00-01',
    '2018-W05-4',
    '2018-02-01T00:00:00Z',
    '2018-02-01%20',
    '%2B002018-02-01',
    '-002018-02-01',
    '1517461200',
    '2018-02-01%00',
    '%D9%A2018-02-01',
  ];
  it.each(malformed)('must be days, not %j', async (day) => {
    await expectRefused(`start=${day}&end=2018-03-08`, 'start');
    await expectRefused(`start=2018-02-01&end=${day}`, 'end');
  });

  it('are required', async () => {
    await expectRefused('end=2018-02-08', 'start');
    await expectRefused('start=2018-02-01', 'end');
    expect((await refused('')).status).toBe(400);
    expect(problemOf(await owner.ask('/api/v2/report')).status).toBe(400);
  });

  it('must be in order, as the example says', async () => {
    expect(await refused('start=2018-02-08&end=2018-02-01')).toEqual({
      type: '/docs/guides/errors#badRequest',
      title: 'Bad Request',
      status: 400,
      detail: 'end must not be before start, got 2018-02-08 to 2018-02-01',
      parameter: 'end',
    });
  });

  it.each([
    { zone: 'Pacific/Apia', skipped: '2011-12-30', before: '2011-12-29', after: '2011-12-31' },
    { zone: 'Pacific/Kiritimati', skipped: '1994-12-31', before: '1994-12-30', after: '1995-01-01' },
  ])('must not be a day that $zone skipped', async ({ zone, skipped, before, after }) => {
    const there = await newOwner(server, { timeZone: zone });
    await expectRefused(`start=${skipped}&end=${after}`, 'start', there);
    await expectRefused(`start=${before}&end=${skipped}`, 'end', there);
    const { rows } = await reportIn(there.ask, reportPath(`start=${before}&end=${after}&period=day`));
    expect(rows.length).toBe(2);
    await reportIn(owner.ask, reportPath(`start=${skipped}&end=${after}`));
  });

  const atMost = async (start: string, { days, query }: { readonly days: number; readonly query: string }) => {
    const end = (length: number) => Temporal.PlainDate.from(start).add({ days: length - 1 });
    await reportIn(owner.ask, reportPath(`start=${start}&end=${end(days)}${query}`));
    const { status, parameter, detail } = await refused(`start=${start}&end=${end(days + 1)}${query}`);
    expect({ status, isOfDays: ['start', 'end', 'period'].includes(parameter ?? '') }).toEqual({
      status: 400,
      isOfDays: true,
    });
    expect(detail.replaceAll(',', '')).toContain(String(days));
  };

  it('are at most 3,660 days', async () => {
    await atMost('2010-01-01', { days: 3660, query: '' });
    await atMost('2010-01-01', { days: 3660, query: '&period=day&compare=previous' });
  });

  it('are at most 92 days by hour, of whatever length', async () => {
    await atMost('2018-08-05', { days: 92, query: '&period=hour' });
    await atMost('2018-01-01', { days: 92, query: '&period=hour&compare=previous' });
  });
});

describe('a word that is not known', () => {
  const words = ['', 'nothing', '__proto__', 'toString', 'constructor', '%00'];
  it.each([
    ...[...words, 'calls,nothing', 'nothing,calls', 'Calls', 'calls,', ',calls', 'calls,,callers', 'calls;callers'].map(
      (word) => ['metrics', word],
    ),
    ...[...words, 'page_load_p90', 'page_load_p'].map((word) => ['metrics', word]),
    ...[...words, 'Day', 'days', 'year', 'quarter', 'none'].map((word) => ['period', word]),
    ...[...words, 'Number', 'numbers', 'form', 'item', 'hour', 'day', 'number,application'].map((word) => ['by', word]),
    ...[...words, 'Previous', 'next', 'true', 'previous,previous'].map((word) => ['compare', word]),
    ...[...words, '0', '1001', 'abc', '-1', '1.5', '1e2', '0x10', '%2010', '10%20', '1,000', 'Infinity', 'NaN'].map(
      (word) => ['limit', word],
    ),
    ...['99999999999999999999', '%D9%A1'].map((word) => ['limit', word]),
  ] as const)('is refused: %s=%s', async (parameter = '', word) => {
    await expectRefused(`${days}&${parameter}=${word}`, parameter);
  });

  it('says which words there are', async () => {
    expect((await refused(`${days}&period=year`)).detail).toMatch(/hour.*day.*week.*month/);
    expect((await refused(`${days}&by=x`)).detail).toMatch(
      /number.*application.*page.*form_item.*link.*region.*hour_of_week/,
    );
    expect((await refused(`${days}&metrics=calls,callz`)).detail).toContain('callz');
    expect((await refused(`${days}&limit=1001`)).detail.replaceAll(',', '')).toMatch(/1000.*1001/);
  });

  it.each(['1', '1000'])('is not %s, a limit at the edge', async (limit) => {
    await reportIn(owner.ask, reportPath(`${days}&by=number&limit=${limit}`));
  });
});

describe('a parameter', () => {
  it.each(['Start', 'metric', 'foo', 'start[]', 'tz', 'group', 'next', '__proto__', 'hasOwnProperty', 'toString'])(
    'that is not in the list is an error: %j',
    async (name) => {
      const problem = await refused(`${days}&${encodeURIComponent(name)}=1`);
      expect({ status: problem.status, parameter: problem.parameter }).toEqual({ status: 400, parameter: name });
    },
  );

  it.each([
    ['start', '2018-02-01'],
    ['end', '2018-02-08'],
    ['metrics', 'calls'],
    ['period', 'day'],
    ['by', 'number'],
    ['compare', 'previous'],
    ['limit', '10'],
    ['cursor', 'x'],
  ])('%s must not be given twice', async (name, value) => {
    const others = days.split('&').filter((pair) => !pair.startsWith(`${name}=`));
    await expectRefused([...others, `${name}=${value}`, `${name}=${value}`].join('&'), name);
  });

  it.each([
    ['number', '%2B16173990000', '2127365000', 'calls'],
    ['application', 'https://ivr.example/start.php', 'b', 'calls'],
    ['region', 'US-TOLLFREE', 'US-NY', 'calls'],
    ['page', 'main.php', 'other.php', 'visits'],
    ['form', 'menu', 'other', 'visits'],
    ['item', 'x', 'y', 'visits'],
  ])('may be given twice, and lets through what has one of the values: %s', async (name, one, other, metric) => {
    const visit = (place: string, form: string, item: string) => [
      { type: 'form_item', at: 0, page: place, form, item },
    ];
    const { ask } = await newOwner(server, {
      calls: [
        call({ events: visit('main.php', 'menu', 'x') }),
        call({
          ...{ id: 'c-2', phone: '+12127365000', caller: '+12127365001', application: 'b' },
          events: visit('other.php', 'other', 'y'),
        }),
      ],
    });
    const figureOf = async (...values: readonly string[]) => {
      const filters = values.map((value) => `${name}=${value}`).join('&');
      const [row] = (await reportIn(ask, reportPath(`${days}&metrics=${metric}&${filters}`))).rows;
      return row?.[metric];
    };
    expect(await figureOf(one)).toBe(1);
    expect(await figureOf(one, one)).toBe(1);
    expect(await figureOf(one, other)).toBe(2);
  });

  it.each(['start=%ZZ&end=2018-02-08', `${days}&by=%E0%A4%A`])('that is no text is an error: %s', async (query) => {
    expect((await refused(query)).status).toBe(400);
  });
});

describe('a number', () => {
  it.each(['6173990000', '16173990000', '%2B16173990000', '(617)%20399-0000', '617.399.0000', '617-399-0000'])(
    'may be spelled %s',
    async (number) => {
      const { rows } = await reportIn(owner.ask, reportPath(`${days}&by=number&number=${number}`));
      expect(rows).toEqual([{ start: '2018-02-01T00:00:00-05:00', number: '+16173990000', calls: 1 }]);
    },
  );

  it.each(['', '%2B', 'abc', 'ALL', '%00', '6175550199', '%2B442072193000', '301'])(
    'that is %j is refused',
    async (number) => {
      await expectRefused(`${days}&number=${number}`, 'number');
      await expectRefused(`${days}&number=6173990000&number=${number}`, 'number');
    },
  );

  it('of somebody else is refused, shared or not, in this account or another', async () => {
    const account = owner.user.account.name;
    const colleague = await newOwner(server, { account, calls: [call({ id: 'c-3', phone: '+13055550100' })] });
    const stranger = await newOwner(server, { calls: [call({ phone: '+14045550100' })] });
    await server.store.numbers.share(owner.user.account.accountId, '+13055550100', owner.user.userId);
    await expectRefused(`${days}&number=3055550100`, 'number');
    await expectRefused(`${days}&number=4045550100`, 'number');
    await reportIn(colleague.ask, reportPath(`${days}&number=3055550100`));
    await reportIn(stranger.ask, reportPath(`${days}&number=4045550100`));
    const { rows } = await reportIn(owner.ask, reportPath(`${days}&by=number`));
    expect(rows.map(({ number }) => number)).toEqual(['+12127365000', '+16173990000']);
  });
});

describe('an answer', () => {
  const question =
    'start=2018-01-01&end=2020-01-01&period=day&by=hour_of_week&metrics=calls,transfers&compare=previous';

  it('has at most 250,000 figures; the groups that do not fit follow', async () => {
    const pages = await pagesFrom(owner.ask, reportPath(question));
    const buckets = 731;
    const groupCounts = pages.map(({ rows }) => rows.length / buckets);
    expect(groupCounts).toEqual([85, 83]);
    expect(groupCounts.map((groups) => groups * buckets * 4 <= 250_000)).toEqual([true, true]);
  });

  it('has whole groups, and one of them at least', async () => {
    const days = 'start=2008-01-01&end=2018-01-07&period=day&compare=previous';
    const all = metrics.filter((metric) => isKept(metric, { by: null, isByHour: false, filters: [] }));
    const { rows } = await reportIn(owner.ask, reportPath(`${days}&metrics=${all.join(',')}`));
    expect(rows.length).toBe(3660);
  });

  it('is not given to a query that is too long to come back in a header', async () => {
    const problem = await refused(
      `start=2018-01-01&end=2018-01-02&application=${'x'.repeat(2000)}&application=${'y'.repeat(2047)}`,
    );
    expect({ status: problem.status, code: codeOf(problem) }).toEqual({ status: 400, code: 'badRequest' });
    expect(problem.detail).toContain('4096 characters');
  });
});
