import { errorResponses, type Paths, schemaRef } from '../operation.ts';

/** A call as the reference and the guides show it; the examples of all other operations are what becomes of it. */
export const exampleCall = {
  id: 'c-1',
  phone: '6173990000',
  caller: '8005550142',
  application: 'https://ivr.example/start.php',
  started_at: '2018-02-07T10:00:00-05:00',
  ended_at: '2018-02-07T10:00:30-05:00',
  end_reason: 'caller_hangup',
  events: [
    { type: 'page_load', at: 0, url: 'https://ivr.example/main.php', duration_ms: 45 },
    { type: 'form_item', at: 400, page: 'main.php', form: 'main_menu', item: 'selection', outcome: 'filled' },
  ],
};

const description = `Send one call, an array of calls, or a stream with a call a line. Sending a call again replaces it, so that sending
twice, late or corrected always ends in the same figures. The answer comes after the data is durable; what was not taken is kept in
quarantine with its reason. A call that is up has no \`ended_at\` yet.

\`Content-Encoding\` may be \`gzip\`, \`br\` or \`zstd\`.`;

const errors = errorResponses(
  ['notJson', 'badEncoding', 'keyMissing', 'keyInvalid', 'tooLarge', 'mediaType', 'tooMany', 'internal', 'unavailable'],
  { content: { 'application/json': { schema: schemaRef('Error') } } },
);

const answer = (stored: number) => ({
  'application/json': {
    schema: schemaRef('IngestAnswer'),
    example: { stored, replaced: 0, unchanged: 0, stale: 0, rejected: [] },
  },
});

/** What the ingest surface can do. */
export const ingestOperations: Paths = {
  '/ingest/v1/calls': {
    post: {
      operationId: 'sendCalls',
      tags: ['Sending calls'],
      summary: 'Send calls',
      description,
      security: [{ ingestKey: [] }],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              anyOf: [schemaRef('CallDocument'), { type: 'array', items: schemaRef('CallDocument') }],
            },
            example: exampleCall,
          },
          'application/x-ndjson': {
            schema: { type: 'string', description: 'a call document a line' },
            example: `${JSON.stringify(exampleCall)}\n`,
          },
        },
      },
      responses: {
        200: { description: 'Every document was taken.', content: answer(1) },
        207: {
          description: 'Some documents were rejected; the others are taken.',
          content: {
            'application/json': {
              schema: schemaRef('IngestAnswer'),
              example: {
                stored: 498,
                replaced: 1,
                unchanged: 0,
                stale: 0,
                rejected: [{ index: 17, id: 'c-17', path: '/events/3/duration_ms', error: 'must be >= 0, got -4' }],
              },
            },
          },
        },
        ...errors,
        400: {
          description: '`notJson`, `badEncoding`, or every document was rejected.',
          content: { 'application/json': { schema: { anyOf: [schemaRef('Error'), schemaRef('IngestAnswer')] } } },
        },
      },
    },
  },
};
