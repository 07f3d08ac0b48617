import { PublishedCallDocument } from '../wire/call-document.ts';
import { IngestAnswer } from '../wire/ingest-answer.ts';
import { ReportAnswer } from '../wire/reports/answer.ts';
import { ProblemDetails } from '../wire/reports/problem.ts';
import { Credentials, PathAnswer, RegionAnswer, VoiceTrendsError } from '../wire/voicetrends/schemas.ts';
import { ingestOperations } from './ingest/operations.ts';
import { reportOperations } from './reports/operations.ts';
import { voiceTrendsOperations } from './voicetrends/operations.ts';

const description = `Voxgauge shows what happens in voice applications: calls come in from any platform, exact reports go out.

- **Sending calls**: one endpoint, with an ingest key.
- **Compatible API**: the API of VoiceTrends, so that its clients work by changing the host name.
- **Reports API**: one question for everything that is counted.

The [guides](/docs/guides) say how to begin, how to log in, and what each figure counts.`;

const header = (type: 'integer' | 'string', text: string) => ({ description: text, schema: { type } });

const components = {
  schemas: {
    CallDocument: PublishedCallDocument,
    IngestAnswer,
    Error: VoiceTrendsError,
    Credentials,
    PathAnswer,
    RegionAnswer,
    ReportAnswer,
    ProblemDetails,
  },
  headers: {
    'X-RateLimit-Limit': header('integer', 'requests that are allowed in a window of 15 minutes'),
    'X-RateLimit-Remaining': header('integer', 'requests that are left in this window'),
    'X-RateLimit-Reset': header('integer', 'UNIX second at which the window ends'),
    'Retry-After': header('integer', 'seconds until it is worth another try'),
    'WWW-Authenticate': header('string', 'which credentials are wanted'),
    Link: header('string', 'address of the next answer, with `rel="next"` (RFC 8288)'),
  },
  securitySchemes: {
    ingestKey: { type: 'http', scheme: 'bearer', description: 'An ingest key: `voxgauge key add` makes one.' },
    temporaryCredentials: {
      type: 'http',
      scheme: 'basic',
      description: 'What `POST /api/auth` answers to a tool login; worth nothing 24 hours after their last use.',
    },
    apiToken: {
      type: 'http',
      scheme: 'bearer',
      description: 'A token that can read reports and nothing else: `voxgauge token add` makes one.',
    },
  },
};

/** The OpenAPI 3.1 document of everything that clients can send, made of the schemas that requests are checked with. */
export const openApiDocument = (version: string) => ({
  openapi: '3.1.1',
  info: { title: 'Voxgauge', version, description, license: { name: 'MIT', identifier: 'MIT' } },
  servers: [{ url: '/' }],
  tags: [
    { name: 'Sending calls', description: 'Calls come in as documents, from any platform.' },
    {
      name: 'Compatible API',
      description: 'As VoiceTrends has it: log in for temporary credentials, and send them with every data request.',
    },
    { name: 'Reports API', description: 'Any figure by anything that is kept, in JSON, CSV or NDJSON.' },
  ],
  paths: { ...ingestOperations, ...voiceTrendsOperations, ...reportOperations },
  components,
});
