/** Every error that the server answers, by its code. Messages say what to change. */
export const problems = {
  badRequest: { status: 400, message: '{detail}' },
  notJson: { status: 400, message: 'the body must be JSON: {detail}' },
  badEncoding: { status: 400, message: 'the body must be {detail}, as Content-Encoding says, and it is not' },
  credentialsMissing: {
    status: 401,
    message: 'send the login and password that POST /api/auth gave, as HTTP Basic authentication',
  },
  credentialsInvalid: {
    status: 401,
    message: 'these credentials are not valid, or have not been used for 24 hours; get new ones from POST /api/auth',
  },
  loginInvalid: { status: 401, message: 'tool, login or password is wrong, or the account is inactive' },
  keyMissing: {
    status: 401,
    message: 'send an ingest key as "Authorization: Bearer <key>"; "voxgauge key add" makes one',
  },
  keyInvalid: {
    status: 401,
    message: 'this ingest key is not valid or was revoked; "voxgauge key add" makes a new one',
  },
  tokenMissing: {
    status: 401,
    message:
      'send an API token as "Authorization: Bearer <token>", or the login and password that POST /api/auth gave as HTTP Basic authentication',
  },
  tokenInvalid: {
    status: 401,
    message: 'this API token is not valid or was revoked; "voxgauge token add" makes a new one',
  },
  sessionMissing: { status: 401, message: 'sign in first: POST /dashboard/session' },
  sessionInvalid: {
    status: 401,
    message: 'this session has ended, or has not been used for 7 days; sign in again: POST /dashboard/session',
  },
  forbidden: { status: 403, message: '{detail}' },
  otherOrigin: {
    status: 403,
    message: 'changes are taken from pages of this server only, and this request came from elsewhere: {detail}',
  },
  notFound: { status: 404, message: 'there is nothing at this path' },
  unknown: { status: 404, message: '{detail}' },
  methodNotAllowed: { status: 405, message: 'only {detail} is allowed here' },
  conflict: { status: 409, message: '{detail}' },
  tooLarge: { status: 413, message: '{detail}' },
  mediaType: { status: 415, message: '{detail}' },
  tooMany: { status: 429, message: '{detail}; try again when the window ends' },
  tooManyStreams: { status: 429, message: '{detail}; close other windows of the dashboard' },
  internal: { status: 500, message: 'the server failed; tell its operator the request id {detail}' },
  unavailable: {
    status: 503,
    message: 'the store is busy or cannot be reached; try again in a moment (sending calls again is always safe)',
  },
} as const satisfies Record<string, { readonly status: number; readonly message: string }>;

export type ProblemCode = keyof typeof problems;

/** A code with what its message says about this request. */
export interface HttpProblem {
  readonly code: ProblemCode;
  readonly detail: string;
}

export const httpProblem = (code: ProblemCode, detail = ''): HttpProblem => ({ code, detail });

export const statusOf = ({ code }: HttpProblem): number => problems[code].status;

export const messageOf = ({ code, detail }: HttpProblem): string =>
  problems[code].message.replace('{detail}', () => detail);
