import { describe, expect, it } from 'vitest';
import { filledRequest, withExamples } from './examples.ts';
import { type OpenApiDocument, operationsOf } from './openapi.ts';

const api: OpenApiDocument = {
  paths: {
    '/api/{start}/{phone}': {
      parameters: [{ $ref: '#/components/parameters/start' }],
      get: { parameters: [{ name: 'phone', in: 'path', required: true, schema: { example: 'ALL' } }] },
      post: {},
    },
    '/report': {
      get: {
        parameters: [
          { name: 'metrics', in: 'query', required: true, example: 'calls' },
          { name: 'period', in: 'query', schema: { enum: ['day', 'week'] } },
          { name: 'number', in: 'query', schema: { type: 'array' } },
          { name: 'Accept', in: 'header', example: 'application/xml' },
        ],
      },
    },
  },
  components: { parameters: { start: { name: 'start', in: 'path', required: true, example: '20180201' } } },
};

const examplesOf = (document: OpenApiDocument, path: string) => {
  const found = operationsOf(document).find((each) => each.path === path && each.method === 'get');
  return found?.parameters.map(({ name, examples }) => [name, examples?.['default']]);
};

describe('withExamples', () => {
  it("gives each parameter the document's own example, and leaves out what is optional and has none", () => {
    const document = withExamples(api, null);
    expect(examplesOf(document, '/api/{start}/{phone}')).toEqual([
      ['start', { value: '20180201' }],
      ['phone', { value: 'ALL' }],
    ]);
    expect(examplesOf(document, '/report')).toEqual([
      ['metrics', { value: 'calls' }],
      ['period', { value: '' }],
      ['number', undefined],
      ['Accept', { value: 'application/xml' }],
    ]);
  });

  it('fills in a shared request, and nothing of other operations', () => {
    const values = new Map([
      ['period', ['week']],
      ['number', ['1', '2']],
    ]);
    const document = withExamples(api, { method: 'get', path: '/report', values });
    expect(examplesOf(document, '/report')).toEqual([
      ['metrics', undefined],
      ['period', { value: 'week' }],
      ['number', { value: ['1', '2'] }],
      ['Accept', { value: 'application/xml' }],
    ]);
    expect(examplesOf(document, '/api/{start}/{phone}')).toEqual(
      examplesOf(withExamples(api, null), '/api/{start}/{phone}'),
    );
  });

  it('keeps every operation', () => {
    const places = (document: OpenApiDocument) => operationsOf(document).map(({ method, path }) => `${method} ${path}`);
    expect(places(withExamples(api, null))).toEqual(places(api));
  });
});

describe('filledRequest', () => {
  const parameter = (name: string, place: string, value: string, isDisabled?: boolean) => ({
    name,
    in: place,
    examples: { default: { value, 'x-disabled': isDisabled } },
  });

  it('has the parameters that are sent and that the document knows, and no header', () => {
    const operation = {
      parameters: [
        parameter('metrics', 'query', 'calls'),
        parameter('period', 'query', 'day', true),
        parameter('number', 'query', ''),
        parameter('password', 'query', 'secret'),
        parameter('Accept', 'header', 'application/json'),
      ],
    };
    const filled = { method: 'GET', path: '/report', exampleName: 'default', operation };
    expect(filledRequest(filled, api)).toEqual({
      method: 'get',
      path: '/report',
      values: new Map([['metrics', ['calls']]]),
    });
  });

  it.each([
    { name: 'a list', value: ['1', '2'], want: ['1', '2'] },
    { name: 'a list that was typed', value: '["1", "2"]', want: ['1', '2'] },
    { name: 'half of one', value: '["1",', want: ['["1",'] },
    { name: 'a number', value: 5, want: ['5'] },
  ])('takes $name for its values', ({ value, want }) => {
    const operation = { parameters: [{ name: 'number', in: 'query', examples: { default: { value } } }] };
    const filled = { method: 'GET', path: '/report', exampleName: 'default', operation };
    expect(filledRequest(filled, api)?.values.get('number')).toEqual(want);
  });

  it('is null for an operation that the document does not have', () => {
    expect(filledRequest({ method: 'get', path: '/nothing', exampleName: 'default', operation: {} }, api)).toBeNull();
  });
});
