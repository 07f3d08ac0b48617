import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { exchange } from './exchange.ts';
import { call, fetchError, jsError, newOwner, type Owner, pageLoad, report } from './owner.ts';

let server: TestServer;
let owner: Owner;
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: 60 });
  const calls = [
    call({ id: 'a', events: [pageLoad(45)] }),
    call({ id: 'b', started_at: '2018-02-12T15:00:00Z', ended_at: null, events: [jsError, fetchError] }),
    call({ id: 'c', started_at: '2018-02-13T15:00:00Z', ended_at: null }),
    call({ id: 'd', started_at: '2018-02-13T16:00:00Z', ended_at: null, events: [jsError] }),
  ];
  owner = await newOwner(server, { calls });
});
afterAll(() => server.close());

const xml = { headers: { accept: 'application/xml' } };
const items = (keys: readonly number[], values: readonly (number | string)[]) =>
  keys.map((key, index) => `<item key="${key}">${values[index]}</item>`).join('');

describe('the report in XML', () => {
  const names = [
    'calls',
    'js_errors',
    'js_errors_per_call',
    'fetch_errors',
    'fetch_errors_per_call',
    'average_page_load',
  ];
  it.each([
    [
      'day',
      '20180206/20180208',
      [1517893200, 1517979600, 1518066000],
      [
        [0, 1, 0],
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
        [0, 0.045, 0],
      ],
    ],
    [
      'week',
      '20180206/20180218',
      [1517806800, 1518411600],
      [
        [1, 3],
        [0, 2],
        [0, 0.667],
        [0, 1],
        [0, 0.333],
        [0.045, 0],
      ],
    ],
    [
      'month',
      '20180206/20180301',
      [1517461200, 1519880400],
      [
        [4, 0],
        [2, 0],
        [0.5, 0],
        [1, 0],
        [0.25, 0],
        [0.045, 0],
      ],
    ],
  ])('by %s', async (period, range, keys, values) => {
    const answer = await owner.ask(`/api/performance/${range}/${period}/ALL`, xml);
    const body = names.map((name, index) => `<${name}>${items(keys, values[index] ?? [])}</${name}>`).join('');
    expect(answer.text).toBe(`<?xml version="1.0"?><result>${body}</result>`);
    const { status, headers } = answer;
    expect({ status, type: headers['Content-Type'], length: headers['Content-Length'] }).toEqual({
      status: 200,
      type: 'application/xml',
      length: String(answer.body.length),
    });
  });
});

describe('Accept', () => {
  it.each([
    ['application/xml', 'application/xml'],
    ['APPLICATION/XML', 'application/xml'],
    ['application/json', 'application/json'],
    [null, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['text/html', 'application/json'],
    ['text/xml', 'application/json'],
    ['application/xmlx', 'application/json'],
    ['application/atom+xml', 'application/json'],
    ['application/xhtml+xml', 'application/json'],
    ['nonsense', 'application/json'],
    [';;;,,,', 'application/json'],
    ['application/json, text/javascript, */*; q=0.01', 'application/json'],
  ])('%s gets %s', async (accept, want) => {
    const headers: Record<string, string> = accept === null ? {} : { accept };
    const { status, headers: given, text } = await owner.ask(report, { headers });
    expect({ status, type: given['Content-Type'], first: text[0] }).toEqual({
      status: 200,
      type: want,
      first: want === 'application/xml' ? '<' : '{',
    });
  });
});

describe('an error in XML', () => {
  const error =
    /^<\?xml version="1\.0"\?><result><error>(?:[^<>&]|&(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-fA-F]+);)+<\/error><\/result>$/;
  /** What XML 1.0 lets no document hold (https://www.w3.org/TR/xml/#charsets). */
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
  const day = '/api/performance/20180201/20180208';

  it.each([
    ['a malformed date', '/api/performance/20180230/20180301/day/ALL', 400],
    ['a period of what XML reads as its own', `${day}/%3C%26%3E%22'%3C!%5BCDATA%5B%5D%5D%3E/ALL`, 400],
    ['a number of what XML reads as its own', `${day}/day/%3C%2Ferror%3E`, 400],
    ['characters that XML has not', `${day}/%01%02%1F/ALL`, 400],
    ['a NUL', `${day}/day/617%00`, 400],
    ['characters that no XML may hold', `${day}/%EF%BF%BE%EF%BF%BF/ALL`, 400],
    ['a broken encoding', `${day}/day/%ZZ`, 400],
    ['a path with what XML reads as its own', '/api/%3Cx%3E&\'"', 404],
  ])('holds %s', async (_, path, status) => {
    const answer = await owner.ask(path, xml);
    const { headers, text } = answer;
    expect({ status: answer.status, type: headers['Content-Type'], length: headers['Content-Length'] }).toEqual({
      status,
      type: 'application/xml',
      length: String(answer.body.length),
    });
    expect(text).toMatch(error);
    expect(text).not.toMatch(forbidden);
  });

  it('says what the error in JSON says', async () => {
    const path = '/api/performance/20180208/20180201/day/ALL';
    const json = JSON.parse((await owner.ask(path)).text);
    expect((await owner.ask(path, xml)).text).toBe(
      `<?xml version="1.0"?><result><error>${json.error}</error></result>`,
    );
  });

  it('is for 401, 405 and 429 too', async () => {
    const { ask } = await newOwner(server);
    const answers = [
      [401, await exchange(server.address, report, xml)],
      [405, await ask(report, { ...xml, method: 'DELETE' })],
      [429, await exhausted(ask)],
    ] as const;
    for (const [status, answer] of answers) {
      expect({ status: answer.status, type: answer.headers['Content-Type'] }).toEqual({
        status,
        type: 'application/xml',
      });
      expect(answer.text).toMatch(error);
    }
  });
});

async function exhausted(ask: Owner['ask']) {
  for (let times = 0; times < 60; times++) await ask(report);
  return ask(report, xml);
}
