import { ReportParameters } from '../../wire/reports/parameters.ts';
import {
  errorResponses,
  headerRef,
  type Parameter,
  type Paths,
  parameter,
  quotaHeaders,
  schemaRef,
} from '../operation.ts';

const examples: Readonly<Record<string, unknown>> = {
  start: '2018-02-07',
  end: '2018-02-08',
  metrics: ['page_loads', 'average_page_load', 'page_load_p95'],
  period: 'day',
  by: 'page',
};

/** A list is repeated, but for metrics, which are one list with commas. */
const parameterOf = ([name, schema]: readonly [string, object]): Parameter => ({
  ...parameter({ name, where: 'query', isRequired: ReportParameters.required.some((each) => each === name) }, schema),
  ...('items' in schema ? { style: 'form', explode: name !== 'metrics' } : {}),
  ...(name in examples ? { example: examples[name] } : {}),
});

const page = { application: 'https://ivr.example/start.php', page: 'main.php' };
const example = {
  start: '2018-02-07',
  end: '2018-02-08',
  time_zone: 'America/New_York',
  period: 'day',
  by: 'page',
  metrics: examples['metrics'],
  previous: null,
  rows: [
    { start: '2018-02-07T00:00:00-05:00', ...page, page_loads: 1, average_page_load: 0.045, page_load_p95: 0.04515 },
    { start: '2018-02-08T00:00:00-05:00', ...page, page_loads: 0, average_page_load: null, page_load_p95: null },
  ],
  next: null,
};

const text = (description: string) => ({ schema: { type: 'string', description } });

/** What the reports API can do. */
export const reportOperations: Paths = {
  '/api/v2/report': {
    get: {
      operationId: 'report',
      tags: ['Reports API'],
      summary: 'A report of your choice',
      description:
        'Any figures, of any days, by anything that is kept: the guide says which figure can be broken down by what.',
      security: [{ apiToken: [] }, { temporaryCredentials: [] }],
      parameters: Object.entries(ReportParameters.properties).map(parameterOf),
      responses: {
        200: {
          description: 'The report. Where more groups follow, `Link` has the address of the next answer.',
          headers: { ...quotaHeaders, Link: headerRef('Link') },
          content: {
            'application/json': { schema: schemaRef('ReportAnswer'), example },
            'text/csv': text('the rows under a line of names (RFC 4180)'),
            'application/x-ndjson': text('a row a line, as in `rows`'),
          },
        },
        ...errorResponses(
          ['badRequest', 'tokenMissing', 'tokenInvalid', 'credentialsInvalid', 'tooMany', 'internal', 'unavailable'],
          {
            content: { 'application/problem+json': { schema: schemaRef('ProblemDetails') } },
            headers: quotaHeaders,
          },
        ),
      },
    },
  },
};
