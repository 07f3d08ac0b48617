import type { Parameter } from '../../src/http/operation.ts';
import { type Answer, exchange, type Sent } from '../http/voicetrends/exchange.ts';
import { type Documented, parametersOf } from './document.ts';

/** Requests as a client makes them that knows the document and nothing else. */

/** Values of parameters by name; a parameter that is not there is not sent. */
export type Values = Readonly<Record<string, unknown>>;

/** The examples of the parameters that have one. */
export const exampleValues = (documented: Documented): Values =>
  Object.fromEntries(
    parametersOf(documented).flatMap(({ name, example }) => (example === undefined ? [] : [[name, example]])),
  );

export type Encode = (text: string) => string;

/** Path and query string: path parameters in the style `simple`, those of the query in the style `form`. */
export function targetOf(
  documented: Documented,
  values: Values = exampleValues(documented),
  encode: Encode = encodeURIComponent,
): string {
  const path = documented.path.replace(/\{(\w+)\}/g, (_, name: string) => encode(`${values[name]}`));
  const query = parametersOf(documented)
    .filter((each) => each.in === 'query' && Object.hasOwn(values, each.name))
    .flatMap((each) => pairsOf(each, values, encode));
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

function pairsOf({ name, explode }: Parameter, values: Values, encode: Encode): readonly string[] {
  const value = values[name];
  const texts = (Array.isArray(value) ? value : [value]).map((each) => encode(`${each}`));
  return explode === false ? [`${name}=${texts.join(',')}`] : texts.map((text) => `${name}=${text}`);
}

/** Sends an example of the request body of an operation, or what is given instead of it. */
export function sendBody(
  address: string,
  { path, method, operation }: Documented,
  { type, body, headers }: { readonly type: string; readonly body?: string | Uint8Array } & Pick<Sent, 'headers'>,
): Promise<Answer> {
  const example: unknown = operation.requestBody?.content[type]?.example;
  const sent = body ?? printed(example, type);
  return exchange(address, path, { method, body: sent, headers: { 'content-type': type, ...headers } });
}

function printed(example: unknown, type: string): string {
  if (typeof example === 'string') return example;
  if (type !== 'application/x-www-form-urlencoded') return JSON.stringify(example);
  const fields = Object.entries(Object(example)).map(([name, value]): [string, string] => [name, `${value}`]);
  return new URLSearchParams(fields).toString();
}
