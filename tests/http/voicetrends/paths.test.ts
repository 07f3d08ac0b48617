import { METHODS } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { type Answer, errorOf, exchange, quota, quotaOf } from './exchange.ts';
import { call, newOwner, type Owner, report } from './owner.ts';

let server: TestServer;
let owner: Owner;
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: 1_000_000 });
  owner = await newOwner(server, { calls: [call()] });
});
afterAll(() => server.close());

/** What is the same of every error. */
function refusal(answer: Answer) {
  errorOf(answer);
  const { headers, status, body } = answer;
  expect(headers['Content-Length']).toBe(String(body.length));
  expect(Object.keys(quotaOf(answer))).toEqual(Object.keys(quota(0, 0, '1970-01-01T00:00:00Z')));
  return { status, type: headers['Content-Type'] };
}

describe('400', () => {
  it.each([
    ['a month 13', '20181301/20181302/day/ALL'],
    ['a month 0', '20180001/20180002/day/ALL'],
    ['a day 0', '20180200/20180201/day/ALL'],
    ['30 February', '20180230/20180301/day/ALL'],
    ['30 February as the end', '20180201/20180230/day/ALL'],
    ['29 February of a year without one', '20190229/20190301/day/ALL'],
    ['29 February 1900', '19000229/19000301/day/ALL'],
    ['31 April', '20180401/20180431/month/ALL'],
    ['dashes', '2018-02-01/2018-02-08/day/ALL'],
    ['seven digits', '2018021/20180208/day/ALL'],
    ['nine digits', '201802010/20180208/day/ALL'],
    ['a sign', '+2018020/20180208/day/ALL'],
    ['a minus', '-2018020/20180208/day/ALL'],
    ['hexadecimal', '0x180201/20180208/day/ALL'],
    ['an exponent', '2018e+02/20180208/day/ALL'],
    ['a space before', '%2020180201/20180208/day/ALL'],
    ['a space after', '20180201%20/20180208/day/ALL'],
    ['a line feed after', '20180201%0A/20180208/day/ALL'],
    [
      'digits of another script',
      '%EF%BC%92%EF%BC%90%EF%BC%91%EF%BC%98%EF%BC%90%EF%BC%92%EF%BC%90%EF%BC%91/20180208/day/ALL',
    ],
    ['words', 'today/yesterday/day/ALL'],
    ['a UNIX second', '1517461200/1518066000/day/ALL'],
    ['end before start', '20180208/20180207/day/ALL'],
    ['end a year before start', '20180208/20170208/month/ALL'],
    ['the period year', '20180201/20180208/year/ALL'],
    ['the period hour', '20180201/20180208/hour/ALL'],
    ['the period days', '20180201/20180208/days/ALL'],
    ['a period that is a property of objects', '20180201/20180208/constructor/ALL'],
    ['another such period', '20180201/20180208/__proto__/ALL'],
    ['a period with a space', '20180201/20180208/day%20/ALL'],
    ['letters as the number', '20180201/20180208/day/hello'],
    ['a plus alone', '20180201/20180208/day/+'],
    ['a space as the number', '20180201/20180208/day/%20'],
    ['two numbers', '20180201/20180208/day/6173990000,6173990001'],
    ['a wildcard', '20180201/20180208/day/617399%25'],
    ['a star', '20180201/20180208/day/*'],
    ['what reads like SQL', "20180201/20180208/day/'%20OR%201=1--"],
    ['a NUL in the number', '20180201/20180208/day/617%00'],
    ['ALL and more', '20180201/20180208/day/ALL%20'],
    ['a number of 200 digits', `20180201/20180208/day/${'6'.repeat(200)}`],
    ['a number of 8,000 digits', `20180201/20180208/day/${'6'.repeat(8000)}`],
    ['a date of 8,000 digits', `${'2'.repeat(8000)}/20180208/day/ALL`],
    ['a period of 8,000 letters', `20180201/20180208/${'d'.repeat(8000)}/ALL`],
    ['a percent sign alone', '20180201/20180208/day/%'],
    ['one hexadecimal digit', '20180201/20180208/day/%2'],
    ['no hexadecimal digits', '20180201/20180208/day/%ZZ'],
    ['an encoding that is not UTF-8', '20180201/20180208/day/%FF'],
    ['an encoding cut short', '20180201/20180208/day/%E0%A4'],
    ['a surrogate', '20180201/20180208/day/%ED%A0%80'],
    ['an encoding that is broken in the date', '2018020%/20180208/day/ALL'],
    ['an encoding that is broken in the period', '20180201/20180208/%GG/ALL'],
  ])('is for %s', async (_, path) => {
    const answer = await owner.ask(`/api/performance/${path}`);
    expect(refusal(answer)).toEqual({ status: 400, type: 'application/json' });
  });

  it('names the value and what is expected', async () => {
    const texts = await Promise.all(
      ['20180230/20180301/day/ALL', '20180201/20180208/year/ALL', '20180201/20180208/day/hello'].map(async (path) =>
        errorOf(await owner.ask(`/api/performance/${path}`)),
      ),
    );
    expect(texts).toEqual([
      expect.stringMatching(/20180230/),
      expect.stringMatching(/(?=.*year)(?=.*day)(?=.*week)(?=.*month)/),
      expect.stringMatching(/hello/),
    ]);
  });
});

describe('404', () => {
  it.each([
    '/api/',
    '/api/nothing',
    '/api/performance',
    '/api/performance/20180201',
    '/api/performance/20180201/20180208',
    '/api/performance/20180201/20180208/day',
    '/api/performance/20180201/20180208/day/ALL/more',
    '/api/Performance/20180201/20180208/day/ALL',
    '/api/constructor/20180201/20180208/day/ALL',
    '/api//performance/20180201/20180208/day/ALL',
    '/api/v1/performance/20180201/20180208/day/ALL',
    '/api/auth/dev',
    '/api/authx',
    '/api/%70erformancex/20180201/20180208/day/ALL',
    `/api/${'x'.repeat(8000)}`,
    `/api${'/x'.repeat(4000)}`,
  ])('is for %s', async (path) => {
    const answer = await owner.ask(path);
    expect(refusal(answer)).toEqual({ status: 404, type: 'application/json' });
  });

  it('is XML when asked for', async () => {
    const answer = await owner.ask('/api/nothing', { headers: { accept: 'application/xml' } });
    expect(answer.headers['Content-Type']).toBe('application/xml');
    expect(answer.text).toMatch(/^<\?xml version="1\.0"\?><result><error>[^<]{10,}<\/error><\/result>$/);
  });
});

describe('405', () => {
  const served = new Set(['GET', 'HEAD', 'OPTIONS']);
  /** Whatever the spelling of the header's name. */
  const names = ({ headers }: Answer) => new Headers(headers).get('allow')?.split(/, ?/).sort();

  it('is for each method that node knows but those that the reports serve, and says which they are', async () => {
    const methods = METHODS.filter((method) => method !== 'CONNECT' && !served.has(method));
    expect(methods.length).toBeGreaterThan(25);
    for (const method of methods) {
      const answer = await owner.ask(report, { method });
      expect({ method, ...refusal(answer), allow: names(answer) }).toEqual({
        method,
        status: 405,
        type: 'application/json',
        allow: ['GET', 'HEAD', 'OPTIONS'],
      });
    }
  });

  it('is for each method but POST and OPTIONS at auth', async () => {
    const methods = METHODS.filter((method) => !['CONNECT', 'POST', 'OPTIONS'].includes(method));
    for (const method of methods) {
      const answer = await exchange(server.address, '/api/auth', { method });
      const { status, headers } = answer;
      expect({ method, status, type: headers['Content-Type'], allow: names(answer) }).toEqual({
        method,
        status: 405,
        type: 'application/json',
        allow: ['OPTIONS', 'POST'],
      });
      if (method !== 'HEAD') errorOf(answer);
      else expect(answer.text).toBe('');
    }
  });

  it('is for a method with a body, whatever its type', async () => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/csv']) {
      const answer = await owner.ask(report, { method: 'POST', headers: { 'content-type': type }, body: '{' });
      expect([type, refusal(answer).status]).toEqual([type, 405]);
    }
  });

  it.each([
    [report, ['GET', 'HEAD', 'OPTIONS']],
    ['/api/auth', ['OPTIONS', 'POST']],
  ])('is not for OPTIONS of %s, which says what is allowed', async (path, allow) => {
    const answer = await exchange(server.address, path, { method: 'OPTIONS' });
    expect({ status: answer.status, text: answer.text, allow: names(answer) }).toEqual({
      status: 204,
      text: '',
      allow,
    });
  });
});

describe('HEAD', () => {
  it.each([
    ['a report', report, {}, 1],
    ['a report in XML', report, { accept: 'application/xml' }, 1],
    ['a malformed request', '/api/performance/20180230/20180301/day/ALL', {}, 1],
    ['credentials that are wrong', report, { authorization: 'Basic eDp5' }, 0],
    ['an unknown path', '/api/nothing', {}, 0],
  ])('has the headers of GET and no body, and counts like it: %s', async (_, path, headers, used) => {
    const { ask } = await newOwner(server);
    const statedBy = ({ status, headers: { Date: _, ...rest } }: Answer) => {
      const remaining = Number(rest['X-RateLimit-Remaining'] ?? 0);
      return { status, remaining, ...rest, 'X-RateLimit-Remaining': '' };
    };
    const get = await ask(path, { headers });
    const head = await ask(path, { method: 'HEAD', headers });
    const { remaining, ...rest } = statedBy(get);
    expect(statedBy(head)).toEqual({ ...rest, remaining: remaining - used });
    expect(head.headers['Content-Length']).toBe(String(get.body.length));
    expect(head.body.length).toBe(0);
  });
});

describe('what is ignored', () => {
  it.each([
    ['a query string', `${report}?x=1&phone=6173990001&start=x`, {}],
    ['an empty query string', `${report}?`, {}],
    ['a query string that is malformed', `${report}?%ZZ=%&&==&a[]=1`, {}],
    ['a query string of 8,000 characters', `${report}?${'x'.repeat(8000)}`, {}],
    ['a content type without a body', report, { headers: { 'content-type': 'application/json' } }],
    ['a body', report, { headers: { 'content-type': 'application/json' }, body: '{' }],
    ['If-None-Match', report, { headers: { 'if-none-match': '*' } }],
    ['Range', report, { headers: { range: 'bytes=0-1' } }],
    ['Accept-Encoding', report, { headers: { 'accept-encoding': 'gzip, br, zstd' } }],
    ['an encoded letter', report.replace('day', '%64ay'), {}],
  ])('%s', async (_, path, sent) => {
    const plain = await owner.ask(report);
    const { status, headers, text } = await owner.ask(path, sent);
    expect({ status, text, length: headers['Content-Length'] }).toEqual({
      status: 200,
      text: plain.text,
      length: String(plain.body.length),
    });
  });
});
