/** As much of an OpenAPI document as the surface's own tests need: a path of both kinds of parameters, and both ways to log in. */
export const sampleDocument = {
  openapi: '3.1.0',
  info: { title: 'Voxgauge', version: '0.0.0', description: 'Calls in, reports out.' },
  tags: [{ name: 'Compatible API' }, { name: 'Reports' }, { name: 'Ingest' }],
  security: [{ temporaryCredentials: [] }],
  paths: {
    '/api/auth': {
      post: {
        operationId: 'logIn',
        tags: ['Compatible API'],
        summary: 'Log in',
        security: [],
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                required: ['tool', 'login', 'password'],
                properties: {
                  tool: { enum: ['dev', 'insight', 'fuseplus'] },
                  login: { type: 'string' },
                  password: { type: 'string' },
                },
              },
            },
          },
        },
        responses: { 200: { description: 'Temporary credentials' } },
      },
    },
    '/api/performance/{start}/{end}/{period}/{phone}': {
      parameters: [
        { $ref: '#/components/parameters/start' },
        { name: 'end', in: 'path', required: true, schema: { type: 'string' }, example: '20180208' },
      ],
      get: {
        operationId: 'performance',
        tags: ['Compatible API'],
        summary: 'Performance',
        parameters: [
          { name: 'period', in: 'path', required: true, schema: { enum: ['day', 'week', 'month'] }, example: 'day' },
          { name: 'phone', in: 'path', required: true, schema: { type: 'string' }, example: 'ALL' },
        ],
        responses: {
          200: { description: 'Six series', content: { 'application/json': { schema: { type: 'object' } } } },
        },
      },
    },
    '/api/v2/report': {
      get: {
        operationId: 'report',
        tags: ['Reports'],
        summary: 'A report of your choice',
        security: [{ temporaryCredentials: [] }, { apiToken: [] }],
        parameters: [
          { name: 'metrics', in: 'query', required: true, schema: { type: 'string' }, example: 'calls' },
          { name: 'start', in: 'query', schema: { type: 'string' } },
          { name: 'number', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
          { name: 'period', in: 'query', schema: { enum: ['day', 'week', 'month'] } },
        ],
        responses: { 200: { description: 'Rows' } },
      },
    },
    '/ingest/v1/calls': {
      post: {
        operationId: 'sendCalls',
        tags: ['Ingest'],
        summary: 'Send calls',
        security: [{ ingestKey: [] }],
        requestBody: { content: { 'application/json': { schema: { type: 'object' }, example: { id: 'c-1' } } } },
        responses: { 200: { description: 'What became of each document' } },
      },
    },
  },
  components: {
    parameters: {
      start: { name: 'start', in: 'path', required: true, schema: { type: 'string' }, example: '20180201' },
    },
    securitySchemes: {
      temporaryCredentials: { type: 'http', scheme: 'basic' },
      apiToken: { type: 'http', scheme: 'bearer' },
      ingestKey: { type: 'http', scheme: 'bearer' },
    },
  },
};
