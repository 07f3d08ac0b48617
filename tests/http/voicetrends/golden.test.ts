import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, testPassword } from '../../harness/server.ts';
import { type Answer, quota } from './exchange.ts';
import { call, logIn, newOwner, type Owner, pageLoad, take } from './owner.ts';

const golden = (name: string) => readFileSync(new URL(`../../golden/voicetrends/${name}.json`, import.meta.url));

let server: TestServer;
let owner: Owner;
beforeAll(async () => {
  server = await startTestServer();
  owner = await newOwner(server, {
    login: 'golden',
    calls: [call({ caller: '+18005550100', events: [pageLoad(45)] })],
  });
});
afterAll(() => server.close());

/** Headers that say how a connection goes on, not what was asked for. */
const connectionHeaders = /^(date|connection|keep-alive)$/i;
const stated = ({ headers }: Answer) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !connectionHeaders.test(name)));

describe('the data resources', () => {
  it('answer the sample of performance byte for byte, with its headers spelled as in the sample', async () => {
    const other = await newOwner(server, { calls: [call({ events: [pageLoad(45)] })] });
    const answer = await other.ask('/api/performance/20180201/20180208/day/ALL');
    expect(answer.status).toBe(200);
    expect(answer.text).toBe(golden('performance').toString());
    expect(answer.body.equals(golden('performance'))).toBe(true);
    expect(stated(answer)).toMatchObject({
      'Content-Type': 'application/json',
      'Content-Length': '837',
      ...quota(150, 149, '2018-02-09T12:15:00Z'),
    });
    expect(Object.keys(answer.headers)).not.toContain('Transfer-Encoding');
  });

  it.each([
    { name: 'events', path: 'events/20180201/20180208/day/ALL', bytes: 813 },
    { name: 'profile', path: 'profile/20180201/20180208/day/ALL', bytes: 263 },
    { name: 'geographic', path: 'profile/20180201/20180208/ALL', bytes: 394 },
  ])('answer the sample of $name byte for byte', async ({ name, path, bytes }) => {
    for (const phone of ['ALL', '6173990000']) {
      const answer = await owner.ask(`/api/${path.replace('ALL', phone)}`);
      expect(answer.text).toBe(golden(name).toString());
      expect(answer.body.equals(golden(name))).toBe(true);
      expect(stated(answer)).toMatchObject({ 'Content-Type': 'application/json', 'Content-Length': `${bytes}` });
    }
  });

  it.each([
    '6173990000',
    '16173990000',
    '+16173990000',
    '%2B16173990000',
    '%2b16173990000',
    '617-399-0000',
    '617.399.0000',
    '(617)%20399-0000',
    '%28617%29%20399-0000',
    '1-617-399-0000',
    '1%20617%20399%200000',
    '+1%20617%20399%200000',
    '+1-617-399-0000',
    '%2B1%20(617)%20399-0000',
    '%36173990000',
  ])('answer the same to the number spelled %s', async (phone) => {
    const answer = await owner.ask(`/api/performance/20180201/20180208/day/${phone}`);
    expect({ status: answer.status, text: answer.text }).toEqual({
      status: 200,
      text: golden('performance').toString(),
    });
  });

  it.each([
    ['the same document again', [call({ events: [pageLoad(45)] })]],
    [
      'a lower revision that comes late',
      [call({ revision: 1, events: [pageLoad(45)] }), call({ events: [pageLoad(9999)] })],
    ],
    [
      'a correction of a call that had another day, number and page',
      [
        call({ started_at: '2018-02-03T12:00:00Z', phone: '+16173990001', events: [pageLoad(1)] }),
        call({ revision: 1, events: [pageLoad(45)] }),
      ],
    ],
    [
      'what is not counted here',
      [
        call({
          events: [
            pageLoad(45),
            { type: 'note', at: 1, duration_ms: 7 },
            { type: 'page_load_2030', at: 2, url: 'https://ivr.example/x', duration_ms: 7 },
            { type: 'log', at: 3, label: 'js_error', message: 'page_load' },
            { type: 'transfer', at: 4, to: '+16175550100', duration_ms: 1000, result: 'completed' },
            { type: 'form_item', at: 5, page: 'main.php', form: 'menu', item: 'selection', outcome: 'filled' },
          ],
        }),
      ],
    ],
  ])('are not changed by %s', async (_, calls) => {
    const { ask, key } = await newOwner(server, { calls });
    await take(server, key, calls.slice(-1));
    expect((await ask('/api/performance/20180201/20180208/day/ALL')).text).toBe(golden('performance').toString());
  });
});

describe('auth', () => {
  it('answers 90 bytes of the shape of the sample, with headers spelled as in the sample', async () => {
    const answer = await logIn(server, { tool: 'dev', login: 'golden', password: testPassword });
    const shape = /^\{"login":"[0-9a-f]{32}","password":"[0-9a-f]{32}"\}$/;
    expect(golden('auth').toString()).toMatch(shape);
    expect(answer.text).toMatch(shape);
    expect(stated(answer)).toMatchObject({
      'Content-Type': 'application/json',
      'Content-Length': '90',
      ...quota(15, 14, '2018-02-09T12:15:00Z'),
    });
    expect(answer.status).toBe(200);
  });

  it('gives other credentials each time', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(() => logIn(server, { tool: 'dev', login: 'golden', password: testPassword })),
    );
    const given = answers.flatMap(({ text }) => Object.values(JSON.parse(text)));
    expect(new Set(given).size).toBe(6);
  });
});
