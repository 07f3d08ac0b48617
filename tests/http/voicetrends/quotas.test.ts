import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, testPassword } from '../../harness/server.ts';
import { errorOf, exchange, quota, quotaOf } from './exchange.ts';
import { credentialsOf, logIn, newOwner, type Owner, report } from './owner.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const at = (instant: string) => {
  server.clock.nowMs = Temporal.Instant.from(instant).epochMilliseconds;
};
beforeEach(() => at('2018-02-09T12:00:00Z'));

const statusesOf = async (times: number, { ask }: Owner, path = report) => {
  const answers = await Promise.all(Array.from({ length: times }, () => ask(path)));
  return answers.map(({ status }) => status).sort((a, b) => a - b);
};
const twice = <T>(count: number, first: T, others: number, second: T): T[] => [
  ...Array<T>(count).fill(first),
  ...Array<T>(others).fill(second),
];

describe('the window', () => {
  it.each([
    ['2018-02-09T12:00:00Z', '2018-02-09T12:15:00Z', '900'],
    ['2018-02-09T12:00:00.001Z', '2018-02-09T12:15:00Z', '900'],
    ['2018-02-09T12:07:31.250Z', '2018-02-09T12:15:00Z', '449'],
    ['2018-02-09T12:14:59.999Z', '2018-02-09T12:15:00Z', '1'],
    ['2018-02-09T12:15:00Z', '2018-02-09T12:30:00Z', '900'],
    ['2018-02-09T12:44:58Z', '2018-02-09T12:45:00Z', '2'],
    ['2018-02-09T23:50:00Z', '2018-02-10T00:00:00Z', '600'],
  ])('at %s ends at %s; whoever is refused is told to wait %s s', async (now, end, waitS) => {
    const limited = await startTestServer({ dataRequestsPerWindow: 2 });
    try {
      limited.clock.nowMs = Temporal.Instant.from(now).epochMilliseconds;
      const { ask } = await newOwner(limited);
      expect(quotaOf(await ask(report))).toEqual(quota(2, 1, end));
      expect(quotaOf(await ask(report))).toEqual(quota(2, 0, end));
      const refused = await ask(report);
      expect({ ...quotaOf(refused), after: refused.headers['Retry-After'], status: refused.status }).toEqual({
        ...quota(2, 0, end),
        after: waitS,
        status: 429,
      });
      limited.clock.nowMs += Number(waitS) * 1000;
      expect((await ask(report)).headers['X-RateLimit-Remaining']).toBe('1');
    } finally {
      await limited.close();
    }
  });

  it('is fresh when the one before has ended, to the millisecond', async () => {
    const { ask } = await newOwner(server);
    at('2018-02-09T12:14:59.999Z');
    await ask(report);
    expect(quotaOf(await ask(report))).toEqual(quota(150, 148, '2018-02-09T12:15:00Z'));
    at('2018-02-09T12:15:00Z');
    expect(quotaOf(await ask(report))).toEqual(quota(150, 149, '2018-02-09T12:30:00Z'));
  });
});

describe('150 data requests', () => {
  it('are granted to a user, the next is not, and the next window is', async () => {
    const owner = await newOwner(server);
    for (let remaining = 149; remaining >= 0; remaining--) {
      const answer = await owner.ask(report);
      expect({ status: answer.status, ...quotaOf(answer) }).toEqual({
        status: 200,
        ...quota(150, remaining, '2018-02-09T12:15:00Z'),
      });
    }
    at('2018-02-09T12:05:00Z');
    const refused = await owner.ask(report);
    expect({ status: refused.status, ...quotaOf(refused), after: refused.headers['Retry-After'] }).toEqual({
      status: 429,
      ...quota(150, 0, '2018-02-09T12:15:00Z'),
      after: '600',
    });
    expect(refused.headers['Content-Type']).toBe('application/json');
    errorOf(refused);
    at('2018-02-09T12:15:00Z');
    const fresh = await owner.ask(report);
    expect({ status: fresh.status, ...quotaOf(fresh) }).toEqual({
      status: 200,
      ...quota(150, 149, '2018-02-09T12:30:00Z'),
    });
  });

  it('are no more when they come at the same time', async () => {
    expect(await statusesOf(170, await newOwner(server))).toEqual(twice(150, 200, 20, 429));
  });

  it('are refused before anything else about them is: also a malformed one gets 429', async () => {
    const owner = await newOwner(server);
    await statusesOf(150, owner);
    const parts = ['x/y/z/ALL', '20180230/20180301/day/ALL', '20180201/20180208/day/6175550199'];
    const statuses = await Promise.all(parts.map(async (part) => (await owner.ask(`/api/performance/${part}`)).status));
    expect(statuses).toEqual([429, 429, 429]);
  });

  it('are shared by all credentials of a user', async () => {
    const owner = await newOwner(server);
    const second = { ...owner, authorization: await credentialsOf(server, owner.user) };
    await statusesOf(100, owner);
    const headers = { authorization: second.authorization };
    const other = await exchange(server.address, report, { headers });
    expect(other.headers['X-RateLimit-Remaining']).toBe('49');
    await statusesOf(49, owner);
    expect((await exchange(server.address, report, { headers })).status).toBe(429);
  });

  it('are not shared by two users of an account, nor by namesakes of two tools', async () => {
    const first = await newOwner(server, { login: 'namesake', account: 'shared' });
    const second = await newOwner(server, { account: 'shared', login: 'another' });
    const third = await newOwner(server, { login: 'namesake', account: 'other tool', tool: 'insight' });
    await statusesOf(151, first);
    for (const { ask } of [second, third]) {
      expect((await ask(report)).headers['X-RateLimit-Remaining']).toBe('149');
    }
  });

  it('are counted whatever came of them; what is no data request is not; every answer says how many are left', async () => {
    const { ask } = await newOwner(server);
    const requests = [
      { path: '/api/nothing/here', status: 404, left: 150 },
      { path: '/api/performance/20180230/20180301/day/ALL', status: 400, left: 149 },
      { path: '/api/performance/20180201/20180208/year/ALL', status: 400, left: 148 },
      { path: '/api/performance/20180201/20180208/day/6175550199', status: 400, left: 147 },
      { path: report, method: 'HEAD', status: 200, left: 146 },
      { path: report, method: 'POST', status: 405, left: 146 },
      { path: '/api/performance/20180201/20180208/day/%ZZ', status: 400, left: 146 },
      { path: '/api/performance/20180201', status: 404, left: 146 },
      { path: `${report}?x=1`, status: 200, left: 145 },
    ];
    for (const { status, path, left, ...sent } of requests) {
      const answer = await ask(path, sent);
      expect({ path, status: answer.status, ...quotaOf(answer) }).toEqual({
        path,
        status,
        ...quota(150, left, '2018-02-09T12:15:00Z'),
      });
    }
  });

  it('have nothing to do with attempts to log in', async () => {
    const { ask, user } = await newOwner(server);
    await ask(report);
    const fields = { tool: 'dev', login: user.login, password: testPassword };
    expect(quotaOf(await logIn(server, fields))).toEqual(quota(15, 14, '2018-02-09T12:15:00Z'));
    expect((await ask(report)).headers['X-RateLimit-Remaining']).toBe('148');
  });
});

describe('15 attempts to log in', () => {
  const fields = ({ user }: Owner) => ({ tool: user.tool, login: user.login, password: testPassword });

  it('are granted to a tool and login, wrong ones too, and the 16th is refused though it is right', async () => {
    const owner = await newOwner(server);
    const statuses: number[] = [];
    for (let times = 0; times < 15; times++) {
      const password = times % 5 === 0 ? testPassword : 'wrong';
      statuses.push((await logIn(server, { ...fields(owner), password })).status);
    }
    expect(statuses).toEqual([0, 1, 2].flatMap(() => twice(1, 200, 4, 401)));
    at('2018-02-09T12:10:30Z');
    const refused = await logIn(server, fields(owner));
    expect({ status: refused.status, ...quotaOf(refused), after: refused.headers['Retry-After'] }).toEqual({
      status: 429,
      ...quota(15, 0, '2018-02-09T12:15:00Z'),
      after: '270',
    });
    errorOf(refused);
    expect((await owner.ask(report)).status).toBe(200);
    at('2018-02-09T12:15:00Z');
    const fresh = await logIn(server, fields(owner));
    expect({ status: fresh.status, ...quotaOf(fresh) }).toEqual({
      status: 200,
      ...quota(15, 14, '2018-02-09T12:30:00Z'),
    });
  });

  it('are no more when they come at the same time', async () => {
    const owner = await newOwner(server);
    const answers = await Promise.all(Array.from({ length: 18 }, () => logIn(server, fields(owner))));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual(twice(15, 200, 3, 429));
  });

  it('are counted for a login that does not exist too, wherever the fields stand', async () => {
    const guess = new URLSearchParams({ tool: 'dev', login: 'nobody', password: 'x' });
    const statuses: number[] = [];
    for (let times = 0; times < 16; times++) {
      const isInQuery = times % 2 === 0;
      const answer = isInQuery
        ? await exchange(server.address, `/api/auth?${guess}`, { method: 'POST' })
        : await logIn(server, Object.fromEntries(guess));
      statuses.push(answer.status);
    }
    expect(statuses).toEqual(twice(15, 401, 1, 429));
  });

  it('are not shared by namesakes of two tools', async () => {
    const dev = await newOwner(server, { login: 'twin', account: 'twins' });
    const insight = await newOwner(server, { login: 'twin', account: 'twins', tool: 'insight' });
    await Promise.all(Array.from({ length: 16 }, () => logIn(server, { ...fields(dev), password: 'x' })));
    expect((await logIn(server, fields(dev))).status).toBe(429);
    expect(quotaOf(await logIn(server, fields(insight)))).toEqual(quota(15, 14, '2018-02-09T12:15:00Z'));
  });
});
