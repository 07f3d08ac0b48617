import { usStates } from '../../domain/reports/regions.ts';
import { tools } from '../../store/access-store.ts';
import { pathParts, seriesAnswerSchema } from '../../wire/voicetrends/schemas.ts';
import {
  type Content,
  errorResponses,
  type Operation,
  type Parameter,
  type Paths,
  parameter,
  quotaHeaders,
  schemaRef,
} from '../operation.ts';
import { seriesReports } from './resources.ts';

/** Both representations of an answer. XML has the structure of the JSON: see the guide. */
const both = (schema: object, example?: object): Content => ({
  'application/json': { schema, ...(example === undefined ? {} : { example }) },
  'application/xml': { schema: { type: 'string', description: '`<?xml version="1.0"?><result>…</result>`' } },
});

const content = both(schemaRef('Error'));
const dataErrors = errorResponses(
  ['badRequest', 'credentialsMissing', 'credentialsInvalid', 'tooMany', 'internal', 'unavailable'],
  {
    content,
    headers: quotaHeaders,
  },
);

/** Attempts to log in are counted for whoever is named, right or wrong, once the fields could be read. */
const authErrors = {
  ...errorResponses(['badRequest', 'unavailable'], { content }),
  ...withQuota(errorResponses(['loginInvalid', 'tooMany', 'internal'], { content })),
};

function withQuota(responses: Operation['responses']): Operation['responses'] {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      { ...response, headers: { ...quotaHeaders, ...response.headers } },
    ]),
  );
}

const part = (name: keyof typeof pathParts, example: string): Parameter => ({
  ...parameter({ name, where: 'path', isRequired: true }, pathParts[name]),
  example,
});

const [start, end] = [part('start', '20180207'), part('end', '20180208')];
const [period, phone] = [part('period', 'day'), part('phone', 'ALL')];

interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly schema: object;
  readonly example: object;
}

const dataOperation = ({ operationId, summary, description, parameters, schema, example }: Described) => ({
  get: {
    operationId,
    tags: ['Compatible API'],
    summary,
    description,
    security: [{ temporaryCredentials: [] }],
    parameters,
    responses: {
      200: { description: 'The report.', headers: quotaHeaders, content: both(schema, example) },
      ...dataErrors,
    },
  },
});

/** The two days of the examples, as keys of a series. */
const days = (first: number, second: number) => ({ '1517979600': first, '1518066000': second });

interface Series {
  readonly summary: string;
  readonly description: string;
  /** By the names of the series. */
  readonly example: Readonly<Record<string, ReturnType<typeof days>>>;
}

const series: Readonly<Record<string, Series>> = {
  volume: {
    summary: 'Volume: calls, minutes and transfers',
    description: 'How much was called, and how much of it was transferred out of the application.',
    example: {
      calls: days(1, 0),
      call_minutes: days(0.5, 0),
      transfers: days(0, 0),
      transfer_minutes: days(0, 0),
      transfer_rate: days(0, 0),
      average_call_length: days(30, 0),
    },
  },
  events: {
    summary: 'Events: logs, form items and loops',
    description: 'What callers went through; a loop is a re-entry of the form item that the caller is already in.',
    example: {
      calls: days(1, 0),
      log_events: days(0, 0),
      loops_per_call: days(0, 0),
      form_items: days(1, 0),
      loops: days(0, 0),
      average_form_items: days(1, 0),
    },
  },
  performance: {
    summary: 'Performance: errors and page loads',
    description:
      'How well the application ran: script errors, resources that could not be fetched, and seconds a page load.',
    example: {
      calls: days(1, 0),
      js_errors: days(0, 0),
      js_errors_per_call: days(0, 0),
      fetch_errors: days(0, 0),
      fetch_errors_per_call: days(0, 0),
      average_page_load: days(0.045, 0),
    },
  },
  profile: {
    summary: 'Profile: calls and distinct callers',
    description:
      'How many called, and how many different callers they were; callers that are withheld are not counted.',
    example: { calls: days(1, 0), callers: days(1, 0) },
  },
};

const seriesOperation = (name: string, { summary, description, example }: Series) =>
  dataOperation({
    operationId: name,
    summary,
    description,
    parameters: [start, end, period, phone],
    schema: seriesAnswerSchema(seriesReports[name]?.metrics ?? Object.keys(example)),
    example,
  });

const authDescription = `The first of two steps: a tool login for temporary credentials. Every data request then carries them as HTTP Basic.
They end 24 hours after their last use. Attempts are counted, wrong ones too: 15 in 15 minutes.

The fields may stand in the query string or in \`multipart/form-data\` instead.`;

const auth: Operation = {
  operationId: 'logIn',
  tags: ['Compatible API'],
  summary: 'Log in: temporary credentials for a tool login',
  description: authDescription,
  security: [],
  requestBody: {
    required: true,
    content: {
      'application/x-www-form-urlencoded': {
        schema: {
          type: 'object',
          required: ['tool', 'login', 'password'],
          properties: {
            tool: { enum: tools },
            login: { type: 'string', minLength: 1, maxLength: 256 },
            password: { type: 'string', format: 'password' },
          },
        },
        example: { tool: 'dev', login: 'plum', password: 'a good password' },
      },
    },
  },
  responses: {
    200: { description: 'Temporary credentials.', headers: quotaHeaders, content: both(schemaRef('Credentials')) },
    ...authErrors,
  },
};

/** What the compatible API can do. */
export const voiceTrendsOperations: Paths = {
  '/api/auth': { post: auth },
  ...Object.fromEntries(
    Object.entries(series).map(([name, described]) => [
      `/api/${name}/{start}/{end}/{period}/{phone}`,
      seriesOperation(name, described),
    ]),
  ),
  '/api/profile/{start}/{end}/{phone}': dataOperation({
    operationId: 'geographicProfile',
    summary: 'Geographic profile: calls by state and country',
    description: 'By the prefix of the caller’s number, which is a hint: a number that was ported keeps it.',
    parameters: [start, end, phone],
    schema: schemaRef('RegionAnswer'),
    example: { US: { ...Object.fromEntries(usStates.map((state) => [state, 0])), 'US Toll-Free': 1 }, NON_US: [] },
  }),
  '/api/path/{start}/{end}/{phone}': dataOperation({
    operationId: 'path',
    summary: 'Path: form items and how their visits ended',
    description:
      'Every form item that callers were in, by application, most visited first. `page` is the file name of the page.',
    parameters: [start, end, phone],
    schema: schemaRef('PathAnswer'),
    example: {
      applications: {
        'https://ivr.example/start.php': [
          {
            page: 'main.php',
            form: 'main_menu',
            item: 'selection',
            visits: 1,
            filled: 1,
            nomatch: 0,
            noinput: 0,
            transfer: 0,
            disconnect: 0,
          },
        ],
      },
    },
  }),
};
