import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { call, newOwner, type Owner } from '../http/voicetrends/owner.ts';
import { linkOf, pagesFrom, reportIn } from './ask.ts';
import { problemOf } from './problem.ts';

let server: TestServer;
let owner: Owner;
const applications = Array.from({ length: 7 }, (_, index) => `app ${index}`);
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: 1_000_000_000, logLevel: 'error' });
  owner = await newOwner(server, {
    calls: applications.map((application, id) => call({ id: `c-${id}`, application })),
  });
});
afterAll(() => server.close());

const query = 'start=2018-02-01&end=2018-02-08&by=application&metrics=calls&limit=3';
const path = `/api/v2/report?${query}`;
const cursorOf = async (from = path) => {
  const { next } = await reportIn(owner.ask, from);
  if (next === null) throw new Error(`no cursor in ${from}`);
  return next;
};

describe('a cursor', () => {
  it('goes on where the answer before ended', async () => {
    const pages = await pagesFrom(owner.ask, path);
    expect(pages.map(({ rows }) => rows.map(({ application }) => application))).toEqual([
      ['app 0', 'app 1', 'app 2'],
      ['app 3', 'app 4', 'app 5'],
      ['app 6'],
    ]);
  });

  it.each(['application/json', 'text/csv', 'application/x-ndjson'])(
    'is in a Link to the next answer in %s',
    async (accept) => {
      const headers = { accept };
      const texts: string[] = [];
      for (let next: string | null = path; next !== null && texts.length < 9; ) {
        const answer = await owner.ask(next, { headers });
        expect(answer.status).toBe(200);
        texts.push(answer.text);
        next = linkOf(answer);
      }
      expect(texts.map((text) => text.match(/app \d/g))).toEqual([
        ['app 0', 'app 1', 'app 2'],
        ['app 3', 'app 4', 'app 5'],
        ['app 6'],
      ]);
    },
  );

  it('is null where nothing follows', async () => {
    for (const limit of [7, 8, 1000]) {
      expect((await reportIn(owner.ask, path.replace('limit=3', `limit=${limit}`))).next).toBeNull();
    }
    expect(
      (await reportIn(owner.ask, path.replace('&by=application', '').replace('limit=3', 'limit=1'))).next,
    ).toBeNull();
  });

  it.each([
    '',
    '%20',
    'abc',
    '0',
    '3',
    '-1',
    'e30',
    'W10',
    'bnVsbA',
    '{}',
    '[3]',
    'null',
    '%00',
    '%F0%9F%93%9E',
    'x'.repeat(2000),
  ])('that is garbage is refused: %.20s', async (cursor) => {
    const problem = problemOf(await owner.ask(`${path}&cursor=${cursor}`));
    expect({ status: problem.status, parameter: problem.parameter }).toEqual({ status: 400, parameter: 'cursor' });
  });

  it('that was changed is refused or goes on somewhere, and never fails', async () => {
    const cursor = await cursorOf();
    for (let index = 0; index < cursor.length; index++) {
      for (const unit of ['A', '9', '_', '']) {
        const changed = `${cursor.slice(0, index)}${unit}${cursor.slice(index + 1)}`;
        const { status } = await owner.ask(`${path}&cursor=${encodeURIComponent(changed)}`);
        expect([200, 400]).toContain(status);
      }
    }
  });

  it.each([
    ['start', query.replace('start=2018-02-01', 'start=2018-02-02')],
    ['end', query.replace('end=2018-02-08', 'end=2018-02-09')],
    ['metrics', query.replace('metrics=calls', 'metrics=transfers')],
    ['more metrics', query.replace('metrics=calls', 'metrics=calls,transfers')],
    ['breakdown', query.replace('by=application', 'by=number')],
    ['no breakdown', query.replace('&by=application', '')],
    ['period', `${query}&period=day`],
    ['comparison', `${query}&compare=previous`],
    ['number', `${query}&number=6173990000`],
    ['application', `${query}&application=app%205`],
  ])('of a question with another %s is refused', async (_, other) => {
    const problem = problemOf(
      await owner.ask(`/api/v2/report?${other}&cursor=${encodeURIComponent(await cursorOf())}`),
    );
    expect({ status: problem.status, parameter: problem.parameter }).toEqual({ status: 400, parameter: 'cursor' });
  });
});

describe('without a limit', () => {
  it('an answer has 200 groups, and the cursor of the others', async () => {
    const calls = Array.from({ length: 201 }, (_, id) => call({ id: `c-${id}`, application: `app ${id}` }));
    const many = await newOwner(server, { calls });
    const pages = await pagesFrom(many.ask, '/api/v2/report?start=2018-02-07&end=2018-02-07&by=application');
    expect(pages.map(({ rows }) => rows.length)).toEqual([200, 1]);
  });
});
