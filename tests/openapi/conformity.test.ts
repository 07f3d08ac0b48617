import { expect, it } from 'vitest';
import type { Answer } from '../http/voicetrends/exchange.ts';
import { deviationsOf } from './conformity.ts';
import { operationOf } from './document.ts';

/** What holds answers against the document sees every way to deviate from it. */

const report = operationOf('report');
const example: unknown = report.operation.responses[200]?.content?.['application/json']?.example;
const quota = { 'x-ratelimit-limit': '150', 'X-RateLimit-Remaining': '149', 'X-RateLimit-Reset': '1518178500' };

interface Made {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function made({ status = 200, body = example, headers = {} }: Made): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = { 'Content-Type': 'application/json', ...quota, ...headers };
  return { status, headers: all, text, body: Buffer.from(text) };
}

const csv = { 'Content-Type': 'text/csv; charset=utf-8' };
const lines = { 'Content-Type': 'application/x-ndjson' };
const link = { Link: '</api/v2/report?cursor=x>; rel="next"' };

it.each([
  { made: {}, deviations: [] },
  { made: { status: 418 }, deviations: [/^the status 418 is not documented/] },
  { made: { headers: { 'Content-Type': 'application/json; charset=utf-8' } }, deviations: [/^the type .* is not doc/] },
  { made: { body: '{' }, deviations: [/cannot be read/, /cannot be read/] },
  { made: { body: { ...Object(example), metrics: 'calls' } }, deviations: [/^the body at "\/metrics" must be array$/] },
  {
    made: { body: { ...Object(example), rows: [{ start: 'x', calls: '1' }] } },
    deviations: [/calls" must/],
  },
  { made: { headers: { 'X-RateLimit-Reset': 'soon' } }, deviations: [/^X-RateLimit-Reset: soon must be integer$/] },
  { made: { headers: { 'Retry-After': '1' } }, deviations: [/^Retry-After is not documented/] },
  { made: { headers: link }, deviations: [/^next is null, and Link is/] },
  { made: { body: { ...Object(example), next: 'x' }, headers: link }, deviations: [] },
  { made: { body: { ...Object(example), next: 'x' } }, deviations: [/^next is x, and Link is null/] },
  { made: { headers: { ...link, Link: '/next' } }, deviations: [/^Link is no address/] },
  { made: { headers: csv, body: 'start,calls\r\nx,1\r\n' }, deviations: [] },
  { made: { headers: csv, body: 'start,calls\r\nx\r\n' }, deviations: [/^the lines have 2, 1 cells$/] },
  { made: { headers: csv, body: 'start\n' }, deviations: [/cannot be read/] },
  { made: { headers: lines, body: '{"start":"x","calls":1}\n' }, deviations: [] },
  {
    made: { headers: lines, body: '{"start":"x","calls":true}\n' },
    deviations: [/^line 0 at "\/calls"/],
  },
  { made: { headers: lines, body: '{"start":"x"}' }, deviations: [/^the last line does not end$/] },
])('$made is $deviations', ({ made: given, deviations }) => {
  expect(deviationsOf(report, made(given))).toEqual(deviations.map((text) => expect.stringMatching(text)));
});

it('sees headers that are missing', () => {
  const { headers, ...rest } = made({});
  const { 'X-RateLimit-Reset': _, ...fewer } = headers;
  expect(deviationsOf(report, { ...rest, headers: fewer })).toEqual([
    'X-RateLimit-Reset is documented for 200 and missing',
  ]);
});
