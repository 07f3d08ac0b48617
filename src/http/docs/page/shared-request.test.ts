import { describe, expect, it } from 'vitest';
import type { OpenApiDocument } from './openapi.ts';
import { linkTo, parseSharedRequest, printSharedRequest, type SharedRequest } from './shared-request.ts';

const inPath = (...names: readonly string[]) => names.map((name) => ({ name, in: 'path', required: true }));
const inQuery = (...names: readonly string[]) => names.map((name) => ({ name, in: 'query' }));

const joined = { name: 'metrics', in: 'query', explode: false, schema: { type: 'array' } };
const list = { name: 'number', in: 'query', schema: { type: 'array' } };

const api: OpenApiDocument = {
  paths: {
    '/api/auth': { post: {} },
    '/api/profile/{start}/{end}/{period}/{phone}': { get: { parameters: inPath('start', 'end', 'period', 'phone') } },
    '/api/profile/{start}/{end}/{phone}': { get: { parameters: inPath('start', 'end', 'phone') } },
    '/api/{report}/now': { get: { parameters: inPath('report') } },
    '/api/path/now': { get: {} },
    '/api/v2/report': { get: { parameters: [joined, ...inQuery('from'), list, { name: 'X-Key', in: 'header' }] } },
  },
};

const request = (
  method: string,
  path: string,
  values: Readonly<Record<string, string | readonly string[]>> = {},
): SharedRequest => ({
  method,
  path,
  values: new Map(Object.entries(values).map(([name, given]) => [name, [given].flat()])),
});

describe('a request in a link', () => {
  it.each([
    {
      text: 'GET /api/profile/20180201/20180208/day/ALL',
      want: request('get', '/api/profile/{start}/{end}/{period}/{phone}', {
        start: '20180201',
        end: '20180208',
        period: 'day',
        phone: 'ALL',
      }),
    },
    {
      text: 'GET /api/profile/20180201/20180208/%2B16173990000',
      want: request('get', '/api/profile/{start}/{end}/{phone}', {
        start: '20180201',
        end: '20180208',
        phone: '+16173990000',
      }),
    },
    { text: 'GET /api/path/now', want: request('get', '/api/path/now') },
    { text: 'POST /api/auth', want: request('post', '/api/auth') },
    {
      text: 'GET /api/v2/report?metrics=calls,loops&from=2018-02-01',
      want: request('get', '/api/v2/report', { metrics: ['calls', 'loops'], from: '2018-02-01' }),
    },
    { text: 'GET /api/v2/report?number=1&number=2', want: request('get', '/api/v2/report', { number: ['1', '2'] }) },
  ])('is read from $text, and printed as it was', ({ text, want }) => {
    expect(parseSharedRequest(text, api)).toEqual({ ok: true, value: want });
    expect(printSharedRequest(want, api)).toBe(text);
  });

  it.each([
    { text: '', error: /^“” is no request: such a link has a method and a path/ },
    { text: 'performance', error: /^“performance” is no request/ },
    { text: 'GET https://elsewhere.example/api/auth', error: /is no request/ },
    { text: 'GET /api/nothing/1', error: 'there is no operation for GET /api/nothing/1' },
    { text: 'DELETE /api/auth', error: 'there is no operation for DELETE /api/auth' },
    { text: 'GET /api/profile/%/20180208/ALL', error: 'there is no operation for GET /api/profile/%/20180208/ALL' },
    { text: 'POST /api/auth?password=secret', error: 'POST /api/auth has no parameter password' },
    { text: 'GET /api/v2/report?X-Key=secret', error: 'GET /api/v2/report has no parameter X-Key' },
    { text: 'GET /api/v2/report?from=1&from=2', error: 'GET /api/v2/report takes from once' },
  ])('is refused: $text', ({ text, error }) => {
    expect(parseSharedRequest(text, api)).toEqual({ ok: false, error: expect.stringMatching(error) });
  });

  it('is an address that a browser takes apart again', () => {
    const shared = request('get', '/api/v2/report', { number: ['a&b=c #1+%', '+'], from: 'é/"<' });
    const link = linkTo(shared, api, 'http://127.0.0.1:8080/docs');
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:8080\/docs\?try=GET%20\/api\/v2\/report\?from=/);
    const text = new URL(link).searchParams.get('try') ?? '';
    expect(parseSharedRequest(text, api)).toEqual({ ok: true, value: shared });
  });
});
