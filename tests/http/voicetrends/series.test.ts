import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { call, fetchError, jsError, newOwner, pageLoad } from './owner.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const series = [
  'calls',
  'js_errors',
  'js_errors_per_call',
  'fetch_errors',
  'fetch_errors_per_call',
  'average_page_load',
];

/** The first UNIX second of a local day, by hand: the tests name the offset. */
const key = (instant: string) => String(Temporal.Instant.from(instant).epochMilliseconds / 1000);

/** Keys in the order of the text: a parser would sort them as numbers. */
const keysOf = (text: string) =>
  [...(/^\{"calls":\{([^}]*)\}/.exec(text)?.[1] ?? '').matchAll(/"(-?\d+)":/g)].map(([, k]) => k);
const days = (from: string, count: number) =>
  Array.from({ length: count }, (_, index) =>
    call({
      id: `day-${index}`,
      started_at: Temporal.Instant.from(from)
        .add({ hours: 24 * index })
        .toString(),
      ended_at: null,
    }),
  );

describe('figures', () => {
  it.each([
    ['no errors', [[]], { calls: 1, js: 0, jsRate: 0, fetch: 0, fetchRate: 0, load: 0 }],
    [
      'errors and loads of one call',
      [[jsError, jsError, fetchError, pageLoad(1500)]],
      { calls: 1, js: 2, jsRate: 2, fetch: 1, fetchRate: 1, load: 1.5 },
    ],
    [
      'a third and two thirds',
      [[jsError], [jsError, fetchError], []],
      { calls: 3, js: 2, jsRate: 0.667, fetch: 1, fetchRate: 0.333, load: 0 },
    ],
    [
      'a half of a thousandth, away from zero',
      [[pageLoad(0), pageLoad(1)]],
      { calls: 1, js: 0, jsRate: 0, fetch: 0, fetchRate: 0, load: 0.001 },
    ],
    ['45.5 ms', [[pageLoad(45)], [pageLoad(46)]], { calls: 2, js: 0, jsRate: 0, fetch: 0, fetchRate: 0, load: 0.046 }],
    [
      'less than a half',
      [[pageLoad(0), pageLoad(0), pageLoad(1)]],
      { calls: 1, js: 0, jsRate: 0, fetch: 0, fetchRate: 0, load: 0 },
    ],
    [
      'a sixteenth, which binary fractions hold exactly',
      [[jsError], ...Array(15).fill([])],
      { calls: 16, js: 1, jsRate: 0.063, fetch: 0, fetchRate: 0, load: 0 },
    ],
    [
      '1.0005, which they do not',
      [[pageLoad(1000), pageLoad(1001)]],
      { calls: 1, js: 0, jsRate: 0, fetch: 0, fetchRate: 0, load: 1.001 },
    ],
    [
      'loads without regard to calls',
      [[pageLoad(100), pageLoad(200), pageLoad(600)], []],
      { calls: 2, js: 0, jsRate: 0, fetch: 0, fetchRate: 0, load: 0.3 },
    ],
    [
      'cached loads too, failed fetches not',
      [[pageLoad(100), { ...pageLoad(20), cached: true }, { ...fetchError, duration_ms: 9999 }]],
      { calls: 1, js: 0, jsRate: 0, fetch: 1, fetchRate: 1, load: 0.06 },
    ],
    ['a load of an hour', [[pageLoad(3_600_000)]], { calls: 1, js: 0, jsRate: 0, fetch: 0, fetchRate: 0, load: 3600 }],
  ])('are right for %s', async (_, events, want) => {
    const calls = events.map((given, index) => call({ id: `c-${index}`, events: given }));
    const { ask } = await newOwner(server, { calls });
    const day = key('2018-02-07T05:00:00Z');
    const { text } = await ask('/api/performance/20180207/20180207/day/6173990000');
    const { calls: count, js, jsRate, fetch, fetchRate, load } = want;
    const values = [count, js, jsRate, fetch, fetchRate, load];
    expect(text).toBe(`{${series.map((name, index) => `"${name}":{"${day}":${values[index]}}`).join(',')}}`);
  });

  it('count calls in and out, those that are still up, and withheld callers', async () => {
    const calls = [
      call({ id: 'in', direction: 'inbound' }),
      call({ id: 'out', direction: 'outbound' }),
      call({ id: 'up', ended_at: null }),
      call({ id: 'withheld', caller: null }),
      call({ id: 'anonymous', caller: 'anonymous' }),
    ];
    const { ask } = await newOwner(server, { calls });
    const { text } = await ask('/api/performance/20180207/20180207/day/ALL');
    expect(JSON.parse(text).calls).toEqual({ [key('2018-02-07T05:00:00Z')]: 5 });
  });
});

describe('buckets', () => {
  const newYork = 'America/New_York';
  it.each([
    ['a day', newYork, '20180207/20180207/day', ['2018-02-07T05:00:00Z']],
    [
      'days over the change to summer time',
      newYork,
      '20180310/20180313/day',
      ['2018-03-10T05:00:00Z', '2018-03-11T05:00:00Z', '2018-03-12T04:00:00Z', '2018-03-13T04:00:00Z'],
    ],
    [
      'days over the change back',
      newYork,
      '20181103/20181105/day',
      ['2018-11-03T04:00:00Z', '2018-11-04T04:00:00Z', '2018-11-05T05:00:00Z'],
    ],
    [
      'a leap day',
      newYork,
      '20160228/20160301/day',
      ['2016-02-28T05:00:00Z', '2016-02-29T05:00:00Z', '2016-03-01T05:00:00Z'],
    ],
    [
      'a week by its Monday, where the range starts inside it',
      newYork,
      '20180207/20180208/week',
      ['2018-02-05T05:00:00Z'],
    ],
    [
      'weeks from a Sunday to a Monday',
      newYork,
      '20180204/20180212/week',
      ['2018-01-29T05:00:00Z', '2018-02-05T05:00:00Z', '2018-02-12T05:00:00Z'],
    ],
    ['a week over New Year', newYork, '20181231/20190101/week', ['2018-12-31T05:00:00Z']],
    [
      'a month by its first, where the range starts inside it',
      newYork,
      '20180207/20180208/month',
      ['2018-02-01T05:00:00Z'],
    ],
    [
      'months over the change to summer time',
      newYork,
      '20180228/20180401/month',
      ['2018-02-01T05:00:00Z', '2018-03-01T05:00:00Z', '2018-04-01T04:00:00Z'],
    ],
    [
      'a day that starts at 01:00',
      'America/Sao_Paulo',
      '20181103/20181105/day',
      ['2018-11-03T03:00:00Z', '2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z'],
    ],
    ['a month that starts at 01:00', 'America/Asuncion', '20171001/20171001/month', ['2017-10-01T04:00:00Z']],
    [
      'a day whose midnight comes twice, by the first',
      'America/St_Johns',
      '20101106/20101108/day',
      ['2010-11-06T02:30:00Z', '2010-11-07T02:30:00Z', '2010-11-08T03:30:00Z'],
    ],
    ['a quarter of an hour', 'Asia/Kathmandu', '20180207/20180207/day', ['2018-02-06T18:15:00Z']],
    [
      'days over one that the zone left out',
      'Pacific/Apia',
      '20111229/20111231/day',
      ['2011-12-29T10:00:00Z', '2011-12-30T10:00:00Z'],
    ],
    [
      'days over the first instant of UNIX time, in the order of days',
      'UTC',
      '19691230/19700102/day',
      ['1969-12-30T00:00:00Z', '1969-12-31T00:00:00Z', '1970-01-01T00:00:00Z', '1970-01-02T00:00:00Z'],
    ],
    [
      'days over the last second of 32 bits',
      'UTC',
      '21060206/21060209/day',
      ['2106-02-06T00:00:00Z', '2106-02-07T00:00:00Z', '2106-02-08T00:00:00Z', '2106-02-09T00:00:00Z'],
    ],
    ['the last day that can be written', 'UTC', '99991231/99991231/day', ['9999-12-31T00:00:00Z']],
  ])('are present without calls: %s', async (_, timeZone, path, want) => {
    const { ask } = await newOwner(server, { timeZone });
    const { status, text } = await ask(`/api/performance/${path}/ALL`);
    expect({ status, keys: keysOf(text) }).toEqual({ status: 200, keys: want.map(key) });
    const zeros = want.map((instant) => `"${key(instant)}":0`).join(',');
    expect(text).toBe(`{${series.map((name) => `"${name}":{${zeros}}`).join(',')}}`);
  });

  it.each([
    ['week', '20180206/20180213', { '2018-02-05T05:00:00Z': 6, '2018-02-12T05:00:00Z': 2 }],
    ['week', '20180211/20180211', { '2018-02-05T05:00:00Z': 1 }],
    ['month', '20180206/20180213', { '2018-02-01T05:00:00Z': 8 }],
    ['month', '20180130/20180202', { '2018-01-01T05:00:00Z': 2, '2018-02-01T05:00:00Z': 2 }],
    ['month', '20180228/20180301', { '2018-02-01T05:00:00Z': 1, '2018-03-01T05:00:00Z': 1 }],
  ])('of a %s hold only what falls inside %s', async (period, range, want) => {
    const { ask } = await newOwner(server, { calls: days('2018-01-20T17:00:00Z', 60) });
    const { text } = await ask(`/api/performance/${range}/${period}/ALL`);
    expect(JSON.parse(text).calls).toEqual(
      Object.fromEntries(Object.entries(want).map(([k, value]) => [key(k), value])),
    );
  });

  it.each([
    ['the last instant of the day before', 'America/New_York', '2018-02-07T04:59:59.999999999Z', '20180206'],
    ['the first instant', 'America/New_York', '2018-02-07T05:00:00Z', '20180207'],
    ['the last instant', 'America/New_York', '2018-02-07T23:59:59.999-05:00', '20180207'],
    ['the first instant of the next', 'America/New_York', '2018-02-08T00:00:00-05:00', '20180208'],
    ['the offset of the sender, not of the account', 'America/New_York', '2018-02-08T09:00:00+09:00', '20180207'],
    [
      'the last instant before a midnight that the clock skips',
      'America/Sao_Paulo',
      '2018-11-04T02:59:59.999Z',
      '20181103',
    ],
    ['01:00, which is the first of the day', 'America/Sao_Paulo', '2018-11-04T03:00:00Z', '20181104'],
    [
      'the minute of the next day before the clock goes back over midnight',
      'America/St_Johns',
      '2010-11-07T02:30:30Z',
      '20101107',
    ],
    ['the hour of the day before that comes again after it', 'America/St_Johns', '2010-11-07T02:31:00Z', '20101106'],
    ['the day after again', 'America/St_Johns', '2010-11-07T03:30:00Z', '20101107'],
    ['the last instant before the day that the zone left out', 'Pacific/Apia', '2011-12-30T09:59:59.999Z', '20111229'],
    ['the first instant after it', 'Pacific/Apia', '2011-12-30T10:00:00Z', '20111231'],
  ])('begin and end with the local day: %s', async (_, timeZone, startedAt, day) => {
    const { ask } = await newOwner(server, { timeZone, calls: [call({ started_at: startedAt, ended_at: null })] });
    const date = Temporal.PlainDate.from(day);
    const found: string[] = [];
    for (const offset of [-1, 0, 1]) {
      const text = date.add({ days: offset }).toString().replaceAll('-', '');
      const answer = await ask(`/api/performance/${text}/${text}/day/ALL`);
      if (answer.status === 200 && Object.values(JSON.parse(answer.text).calls).includes(1)) found.push(text);
    }
    expect(found).toEqual([day]);
  });

  it('are 3,660 at most', async () => {
    const { ask } = await newOwner(server, { calls: [call()] });
    const start = Temporal.PlainDate.from('2010-01-01');
    const rangeOf = (count: number) =>
      `20100101/${start
        .add({ days: count - 1 })
        .toString()
        .replaceAll('-', '')}`;
    const most = await ask(`/api/performance/${rangeOf(3660)}/day/ALL`);
    expect({ status: most.status, days: keysOf(most.text).length }).toEqual({ status: 200, days: 3660 });
    expect(Number(most.headers['Content-Length'])).toBe(most.body.length);
    const statusOf = async (period: string) => (await ask(`/api/performance/${rangeOf(3661)}/${period}/ALL`)).status;
    expect([await statusOf('day'), await statusOf('week'), await statusOf('month')]).toEqual([400, 400, 400]);
  });
});
