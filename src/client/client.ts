/**
 * A typed client of Voxgauge's HTTP API, published as `voxgauge/client`. Paths, parameters and answers have the types of the OpenAPI
 * document; it runs wherever there is `fetch`.
 *
 *     const client = createClient({ baseUrl: 'http://127.0.0.1:8080', authorization: bearer(token) });
 *     const { data, error } = await client.GET('/api/v2/report', {
 *       params: { query: { start: '2018-02-01', end: '2018-02-28', metrics: ['calls'], by: 'number' } },
 *     });
 */
import createFetchClient, { type Client } from 'openapi-fetch';
import type { components, operations, paths } from './api.ts';

export interface ClientOptions {
  /** Where the server is: `http://127.0.0.1:8080` */
  readonly baseUrl: string;
  /** Value of the Authorization header: see {@link basic} and {@link bearer}. */
  readonly authorization?: string;
  /** Another `fetch` than the one that is there. */
  readonly fetch?: typeof globalThis.fetch;
}

/** What is read as values; XML, CSV and NDJSON are texts, to be had with `parseAs: 'text'`. */
type Json = 'application/json' | 'application/problem+json';

export type VoxgaugeClient = Client<paths, Json>;

/** Temporary credentials, as the first of the two steps of logging in gives them. */
export type Credentials = components['schemas']['Credentials'];
export type CallDocument = components['schemas']['CallDocument'];
export type Report = components['schemas']['ReportAnswer'];
export type ToolLogin = operations['logIn']['requestBody']['content']['application/x-www-form-urlencoded'];

/** A client that sends every request with the same authorization. */
export function createClient({ baseUrl, authorization, fetch }: ClientOptions): VoxgaugeClient {
  return createFetchClient<paths, Json>({
    baseUrl,
    querySerializer,
    ...(authorization === undefined ? {} : { headers: { authorization } }),
    ...(fetch === undefined ? {} : { fetch }),
  });
}

/** The server refused; the message is its own sentence. */
export class VoxgaugeError extends Error {
  override readonly name = 'VoxgaugeError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Logs in with a tool login; throws a {@link VoxgaugeError} where the server refuses. */
export async function logIn(options: ClientOptions, login: ToolLogin): Promise<Credentials> {
  const { data, error, response } = await createClient(options).POST('/api/auth', {
    body: login,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    bodySerializer: (fields) => new URLSearchParams({ ...fields }),
  });
  if (data !== undefined) return data;
  throw new VoxgaugeError(response.status, error.error);
}

/** Authorization of data requests: temporary credentials as HTTP Basic (RFC 7617). */
export const basic = ({ login, password }: Credentials): string => `Basic ${btoa(`${login}:${password}`)}`;

/** Authorization with an API token, or with an ingest key (RFC 6750). */
export const bearer = (token: string): string => `Bearer ${token}`;

/** Metrics are one list with commas; whatever else is a list is repeated. */
function querySerializer(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    if (!Array.isArray(value)) return value === undefined ? [] : [[name, `${value}`]];
    return name === 'metrics' ? [[name, value.join(',')]] : value.map((each) => [name, `${each}`]);
  });
  return new URLSearchParams(pairs).toString();
}
