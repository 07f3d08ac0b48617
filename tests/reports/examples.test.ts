import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { call, jsError, newOwner, type Owner, pageLoad } from '../http/voicetrends/owner.ts';
import { headerOf, pagesFrom, reportIn } from './ask.ts';

/** Answers worked out by hand, for what a model and a server could get wrong alike. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: 1_000_000_000, logLevel: 'error' });
});
afterAll(() => server.close());

type Fields = Readonly<Record<string, unknown>>;

const withCalls = (documents: readonly Fields[], timeZone = 'America/New_York') =>
  newOwner(server, { timeZone, calls: documents.map((fields, index) => call({ id: `c-${index}`, ...fields })) });

const rowsIn = async ({ ask }: Owner, query: string) => (await reportIn(ask, `/api/v2/report?${query}`)).rows;
const days = 'start=2018-02-07&end=2018-02-08';
const visit = (item: string, outcome?: string) => ({
  ...{ type: 'form_item', at: 0, page: 'https://ivr.example/main.php?x=1', form: 'menu', item },
  ...(outcome === undefined ? {} : { outcome }),
});

describe('the page', () => {
  it('shows an answer that is given', async () => {
    const { ask } = await withCalls([{ events: [pageLoad(45)] }]);
    const path = `/api/v2/report?${days}&period=day&by=page&metrics=page_loads,average_page_load`;
    const page = { application: 'https://ivr.example/start.php', page: 'main.php' };
    expect(await reportIn(ask, path)).toEqual({
      ...{ start: '2018-02-07', end: '2018-02-08', time_zone: 'America/New_York', period: 'day', by: 'page' },
      metrics: ['page_loads', 'average_page_load'],
      previous: null,
      rows: [
        { start: '2018-02-07T00:00:00-05:00', ...page, page_loads: 1, average_page_load: 0.045 },
        { start: '2018-02-08T00:00:00-05:00', ...page, page_loads: 0, average_page_load: null },
      ],
      next: null,
    });
  });

  it.each([undefined, '*/*', 'application/json', 'text/html', 'application/xml', 'nonsense'])(
    'promises JSON for Accept: %s',
    async (accept) => {
      const { ask } = await withCalls([]);
      const answer = await ask(`/api/v2/report?${days}`, accept === undefined ? {} : { headers: { accept } });
      expect(headerOf(answer, 'content-type')).toMatch(/^application\/json\b/);
      expect(JSON.parse(answer.text).rows).toEqual([{ start: '2018-02-07T00:00:00-05:00', calls: 0 }]);
    },
  );

  it('promises CSV by RFC 4180 and a row a line', async () => {
    const { ask } = await withCalls([{ application: 'a "b",\r\nc' }, { application: 'a', ended_at: null }]);
    const path = `/api/v2/report?${days}&by=application&metrics=calls,average_page_load&compare=previous`;
    const csv = await ask(path, { headers: { accept: 'text/csv' } });
    expect(csv.text).toBe(
      [
        'start,application,calls,average_page_load,previous.calls,previous.average_page_load\r\n',
        '2018-02-07T00:00:00-05:00,a,1,,0,\r\n',
        '2018-02-07T00:00:00-05:00,"a ""b"",\r\nc",1,,0,\r\n',
      ].join(''),
    );
    const lines = await ask(path, { headers: { accept: 'application/x-ndjson' } });
    expect(lines.text.split('\n')).toEqual([
      '{"start":"2018-02-07T00:00:00-05:00","application":"a","calls":1,"average_page_load":null,"previous":{"calls":0,"average_page_load":null}}',
      '{"start":"2018-02-07T00:00:00-05:00","application":"a \\"b\\",\\r\\nc","calls":1,"average_page_load":null,"previous":{"calls":0,"average_page_load":null}}',
      '',
    ]);
  });
});

describe('buckets', () => {
  it('are two for the hour that New York repeats, and one hour of the week', async () => {
    const owner = await withCalls([
      { started_at: '2018-11-04T05:59:59.999Z', ended_at: null },
      { started_at: '2018-11-04T06:00:00Z', ended_at: null },
      { started_at: '2018-11-04T06:59:59Z', ended_at: null },
    ]);
    const day = 'start=2018-11-04&end=2018-11-04';
    const hours = await rowsIn(owner, `${day}&period=hour`);
    expect(hours.length).toBe(25);
    expect(hours.slice(0, 4)).toEqual([
      { start: '2018-11-04T00:00:00-04:00', calls: 0 },
      { start: '2018-11-04T01:00:00-04:00', calls: 1 },
      { start: '2018-11-04T01:00:00-05:00', calls: 2 },
      { start: '2018-11-04T02:00:00-05:00', calls: 0 },
    ]);
    const week = await rowsIn(owner, `${day}&by=hour_of_week`);
    expect(week.map(({ weekday, hour }) => [weekday, hour])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => Array.from({ length: 24 }, (_, hour) => [weekday, hour])),
    );
    expect(week.filter(({ calls }) => calls !== 0)).toEqual([
      { start: '2018-11-04T00:00:00-04:00', weekday: 7, hour: 1, calls: 3 },
    ]);
  });

  it('leave out the hour that New York skips', async () => {
    const owner = await withCalls([]);
    const hours = await rowsIn(owner, 'start=2018-03-11&end=2018-03-11&period=hour');
    expect(hours.length).toBe(23);
    expect(hours.slice(1, 3).map(({ start }) => start)).toEqual([
      '2018-03-11T01:00:00-05:00',
      '2018-03-11T03:00:00-04:00',
    ]);
  });

  it('begin at the first instant of a day that has no midnight', async () => {
    const owner = await withCalls([{ started_at: '2018-11-04T03:00:00Z', ended_at: null }], 'America/Sao_Paulo');
    const range = 'start=2018-11-03&end=2018-11-04';
    expect(await rowsIn(owner, `${range}&period=day`)).toEqual([
      { start: '2018-11-03T00:00:00-03:00', calls: 0 },
      { start: '2018-11-04T01:00:00-02:00', calls: 1 },
    ]);
    expect((await rowsIn(owner, `${range}&period=hour`)).length).toBe(47);
  });

  it('of weeks and months have their own first midnight, and hold only what was asked for', async () => {
    const at = (day: string) => ({ started_at: `${day}T15:00:00Z`, ended_at: null });
    const owner = await withCalls(['2018-02-27', '2018-02-28', '2018-03-04', '2018-03-05', '2018-03-06'].map(at));
    const range = 'start=2018-02-28&end=2018-03-05';
    expect(await rowsIn(owner, `${range}&period=week`)).toEqual([
      { start: '2018-02-26T00:00:00-05:00', calls: 2 },
      { start: '2018-03-05T00:00:00-05:00', calls: 1 },
    ]);
    expect(await rowsIn(owner, `${range}&period=month`)).toEqual([
      { start: '2018-02-01T00:00:00-05:00', calls: 1 },
      { start: '2018-03-01T00:00:00-05:00', calls: 2 },
    ]);
    expect(await rowsIn(owner, range)).toEqual([{ start: '2018-02-28T00:00:00-05:00', calls: 3 }]);
  });
});

describe('the period before', () => {
  it.each([
    ['2018-03-01', '2018-03-31', '2018-02-01', '2018-02-28'],
    ['2018-02-01', '2018-02-28', '2018-01-01', '2018-01-31'],
    ['2020-02-01', '2020-02-28', '2020-01-04', '2020-01-31'],
    ['2020-02-01', '2020-02-29', '2020-01-01', '2020-01-31'],
    ['2018-01-01', '2018-03-31', '2017-10-01', '2017-12-31'],
    ['2018-01-01', '2018-12-31', '2017-01-01', '2017-12-31'],
    ['2018-03-01', '2018-03-30', '2018-01-30', '2018-02-28'],
    ['2018-03-02', '2018-03-31', '2018-01-31', '2018-03-01'],
    ['2018-02-07', '2018-02-07', '2018-02-06', '2018-02-06'],
  ])('of %s to %s is %s to %s', async (start, end, previousStart, previousEnd) => {
    const edges = [previousStart, previousEnd].map((day) => ({ started_at: `${day}T15:00:00Z`, ended_at: null }));
    const outside = Temporal.PlainDate.from(previousStart).subtract({ days: 1 });
    const { ask } = await withCalls([...edges, { started_at: `${outside}T15:00:00Z`, ended_at: null }]);
    const { previous, rows } = await reportIn(ask, `/api/v2/report?start=${start}&end=${end}&compare=previous`);
    expect(previous).toEqual({ start: previousStart, end: previousEnd });
    expect(rows).toEqual([{ start: expect.stringContaining(start), calls: 0, previous: { calls: 2 } }]);
  });

  it.each([
    ['start=2018-02-07&end=2018-02-09', ['2018-02-04', '2018-02-05', '2018-02-06']],
    ['start=2018-11-05&end=2018-11-05', ['2018-11-04']],
    ['start=2018-11-04&end=2018-11-04', ['2018-11-03']],
    ['start=2018-03-12&end=2018-03-12', ['2018-03-11']],
    ['start=2018-03-11&end=2018-03-11', ['2018-03-10']],
    ['start=2018-03-01&end=2018-03-31', ['2018-01-29', '2018-02-28']],
  ])('of %s loses no call, however it is cut', async (range, before) => {
    const hours = before.flatMap((day) =>
      ['T05:30:00Z', 'T06:30:00Z', 'T07:30:00Z', 'T15:00:00Z'].map((time) => ({
        started_at: `${day}${time}`,
        ended_at: null,
      })),
    );
    const owner = await withCalls(hours);
    for (const cut of ['period=week', 'period=day', 'period=hour', 'by=hour_of_week&period=week']) {
      const { rows } = await reportIn(owner.ask, `/api/v2/report?${range}&${cut}&compare=previous`);
      const calls = rows.reduce((sum, { previous }) => sum + Number(Reflect.get(Object(previous), 'calls')), 0);
      expect([cut, calls]).toEqual([cut, hours.length]);
    }
  });

  it('has groups of its own, and its buckets stand beside those of their order', async () => {
    const at = (day: string, application: string) => ({ application, started_at: `${day}T15:00:00Z`, ended_at: null });
    const owner = await withCalls([at('2018-02-07', 'new'), at('2018-02-06', 'gone'), at('2018-02-05', 'gone')]);
    expect(await rowsIn(owner, `${days}&by=application&period=day&compare=previous`)).toEqual([
      { start: '2018-02-07T00:00:00-05:00', application: 'new', calls: 1, previous: { calls: 0 } },
      { start: '2018-02-08T00:00:00-05:00', application: 'new', calls: 0, previous: { calls: 0 } },
      { start: '2018-02-07T00:00:00-05:00', application: 'gone', calls: 0, previous: { calls: 1 } },
      { start: '2018-02-08T00:00:00-05:00', application: 'gone', calls: 0, previous: { calls: 1 } },
    ]);
  });
});

describe('figures', () => {
  it('of moves: from the start, over each item once in a row, to the reason of the end', async () => {
    const owner = await withCalls([
      { application: 'a', events: [visit('x', 'nomatch'), pageLoad(1), visit('x', 'filled'), visit('y'), visit('x')] },
      { application: 'a', ended_at: null, end_reason: undefined, events: [visit('x')] },
    ]);
    const row = { start: '2018-02-07T00:00:00-05:00', application: 'a' };
    const node = (item: string) => (item.length === 1 ? ['main.php', 'menu', item] : ['', '', item]);
    const move = (from: string, to: string, moves: number) => {
      const [from_page, from_form, from_item] = node(from);
      const [to_page, to_form, to_item] = node(to);
      return { ...row, from_page, from_form, from_item, to_page, to_form, to_item, moves };
    };
    expect(await rowsIn(owner, `${days}&by=link&metrics=moves`)).toEqual([
      move('start', 'x', 2),
      move('x', 'caller_hangup', 1),
      move('x', 'y', 1),
      move('y', 'x', 1),
    ]);
    expect(await rowsIn(owner, `${days}&by=form_item&metrics=visits,loops,visits_filled,visits_nomatch`)).toEqual([
      { ...row, page: 'main.php', form: 'menu', item: 'x', visits: 4, loops: 1, visits_filled: 1, visits_nomatch: 1 },
      { ...row, page: 'main.php', form: 'menu', item: 'y', visits: 1, loops: 0, visits_filled: 0, visits_nomatch: 0 },
    ]);
  });

  it('are rounded half away from zero to 3 decimals, and in order with the most first', async () => {
    const lasting = (application: string, ms: string) => ({
      ...{ application, started_at: '2018-02-07T15:00:00.000Z', ended_at: `2018-02-07T15:00:00.${ms}Z` },
    });
    const owner = await withCalls([
      ...[lasting('half', '000'), lasting('half', '001'), lasting('two', '002'), lasting('none', '000')],
      ...[lasting('third', '000'), lasting('third', '000'), lasting('third', '001')],
    ]);
    const rows = await rowsIn(owner, `${days}&by=application&metrics=average_call_length`);
    expect(rows.map(({ application, average_call_length }) => [application, average_call_length])).toEqual([
      ['two', 0.002],
      ['half', 0.001],
      ['none', 0],
      ['third', 0],
    ]);
  });

  it('without a value come last, after those that are 0', async () => {
    const owner = await withCalls([
      { application: 'b', events: [pageLoad(0)] },
      { application: 'a', events: [] },
      { application: 'c', events: [pageLoad(5)] },
    ]);
    const path = `/api/v2/report?${days}&by=application&metrics=page_load_p99,calls&limit=1`;
    const pages = await pagesFrom(owner.ask, path);
    expect(pages.flatMap(({ rows }) => rows.map((row) => [row['application'], row['page_load_p99']]))).toEqual([
      ['c', 0.005],
      ['b', 0],
      ['a', null],
    ]);
  });

  it('put groups in order over the whole range, where callers of two days are still one', async () => {
    const calls = [7, 8, 9].map((day) => ({ started_at: `2018-02-0${day}T15:00:00Z`, ended_at: null }));
    const others = ['+12127365000', '+442072194272'].map((caller, index) => ({
      ...calls[index],
      caller,
      phone: '+17135550100',
    }));
    const owner = await withCalls([...calls, ...others]);
    const rows = await rowsIn(owner, 'start=2018-02-07&end=2018-02-09&by=number&period=day&metrics=callers');
    expect(rows.map(({ number, callers }) => [number, callers])).toEqual([
      ...[1, 1, 0].map((callers) => ['+17135550100', callers]),
      ...[1, 1, 1].map((callers) => ['+16173990000', callers]),
    ]);
  });

  it('of page loads: percentiles, averages, and errors of pages that were named', async () => {
    const unnamed = { type: 'js_error', at: 0, message: 'x' };
    const loads = Array.from({ length: 100 }, (_, index) => pageLoad((index + 1) * 10));
    const owner = await withCalls([{ events: [...loads, { ...pageLoad(0), cached: true }, jsError, unnamed] }]);
    const metrics = 'page_loads,cached_page_loads,js_errors,average_page_load';
    const want = { start: '2018-02-07T00:00:00-05:00', page_loads: 101, cached_page_loads: 1, average_page_load: 0.5 };
    expect(await rowsIn(owner, `${days}&metrics=${metrics}`)).toEqual([{ ...want, js_errors: 2 }]);
    const page = { application: 'https://ivr.example/start.php', page: 'main.php' };
    expect(await rowsIn(owner, `${days}&metrics=${metrics}&by=page`)).toEqual([{ ...want, ...page, js_errors: 1 }]);
    expect(await rowsIn(owner, `${days}&metrics=${metrics}&page=main.php`)).toEqual([{ ...want, js_errors: 1 }]);
    const [percentiles] = await rowsIn(owner, `${days}&metrics=page_load_p50,page_load_p95,page_load_p99`);
    expect(percentiles?.['page_load_p50']).toBeCloseTo(0.5, 1);
    expect(percentiles?.['page_load_p95']).toBeCloseTo(0.95, 1);
    expect(percentiles?.['page_load_p99']).toBeCloseTo(0.99, 1);
  });

  it('of page loads: percentiles that are at most 1 % from the time, from nothing to a year', async () => {
    const times = Array.from({ length: 400 }, (_, index) =>
      index < 100 ? index : Math.floor(100 * 1.0658 ** (index - 100)),
    );
    const owner = await withCalls(times.map((ms) => ({ application: `app ${ms}`, events: [pageLoad(ms)] })));
    const rows = await rowsIn(owner, `${days}&by=application&metrics=page_load_p50,page_load_p99&limit=1000`);
    expect(rows.length).toBe(times.length);
    const wrong = rows.filter(({ application, page_load_p50: p50, page_load_p99: p99 }) => {
      const seconds = Number(String(application).slice(4)) / 1000;
      return typeof p50 !== 'number' || p50 !== p99 || Math.abs(p50 - seconds) > seconds * 0.01 + 0.0005;
    });
    expect(wrong).toEqual([]);
  });

  it('of callers: each once, wherever they called, and nobody who is withheld', async () => {
    const owner = await withCalls([
      { caller: '+12127365000' },
      { caller: '212-736-5000', started_at: '2018-02-08T15:00:00Z', ended_at: null },
      { caller: '+12127365000', phone: '+13055550100' },
      { caller: '+442072194272' },
      { caller: 'anonymous' },
    ]);
    expect(await rowsIn(owner, `${days}&metrics=callers,calls`)).toMatchObject([{ callers: 2, calls: 5 }]);
    expect(await rowsIn(owner, `${days}&metrics=callers&period=day`)).toMatchObject([{ callers: 2 }, { callers: 1 }]);
    expect(await rowsIn(owner, `${days}&metrics=callers&by=number`)).toMatchObject([
      { number: '+16173990000', callers: 2 },
      { number: '+13055550100', callers: 1 },
    ]);
    expect(await rowsIn(owner, `${days}&by=region`)).toMatchObject([
      { region: 'US-NY', calls: 3 },
      { region: 'GB', calls: 1 },
    ]);
  });

  it('of transfers: those that came about, and of calls that have at least one', async () => {
    const transfer = (durationMs: number, result?: string) => ({
      ...{ type: 'transfer', at: 0, to: '+12125550199', duration_ms: durationMs },
      ...(result === undefined ? {} : { result }),
    });
    const owner = await withCalls([
      { events: [transfer(60_000), transfer(30_000, 'completed'), transfer(5, 'busy')] },
      { events: [transfer(5, 'failed')], ended_at: null, end_reason: undefined },
      {},
    ]);
    const metrics = 'transfer_rate,transfers,transfer_minutes,calls,call_minutes,average_call_length';
    const [row] = await rowsIn(owner, `${days}&metrics=${metrics}`);
    expect(Object.entries(row ?? {})).toEqual([
      ['start', '2018-02-07T00:00:00-05:00'],
      ['transfer_rate', 33.333],
      ['transfers', 2],
      ['transfer_minutes', 1.5],
      ['calls', 3],
      ['call_minutes', 2],
      ['average_call_length', 40],
    ]);
  });
});

describe('a group', () => {
  it('is there only when something that was asked for was counted', async () => {
    const owner = await withCalls([{ application: 'a', events: [pageLoad(3)] }, { application: 'b' }]);
    const namesOf = async (metrics: string) =>
      (await rowsIn(owner, `${days}&by=application&metrics=${metrics}`)).map(({ application }) => application);
    expect(await namesOf('page_loads')).toEqual(['a']);
    expect(await namesOf('average_page_load')).toEqual(['a']);
    expect(await namesOf('transfers')).toEqual([]);
    expect(await namesOf('transfer_rate')).toEqual(['a', 'b']);
    expect(await namesOf('transfers,calls')).toEqual(['a', 'b']);
  });
});
