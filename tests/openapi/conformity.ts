import type { Response } from '../../src/http/operation.ts';
import type { Answer } from '../http/voicetrends/exchange.ts';
import { readCsv } from '../reports/csv.ts';
import { api, type Documented, pointerOf } from './document.ts';
import { violationsOf } from './schemas.ts';
import { readXml } from './xml.ts';

/** A header of an answer, however its name is spelt. */
export const headerOf = ({ headers }: Answer, name: string): string | null => new Headers(headers).get(name);

/** Holds an answer against what the document says of its operation; each deviation is a sentence. */
export function deviationsOf(documented: Documented, answer: Answer): readonly string[] {
  const response = documented.operation.responses[answer.status];
  if (response === undefined) return [`the status ${answer.status} is not documented: ${answer.text.slice(0, 200)}`];
  const type = typeOf(answer);
  if (!Object.hasOwn(response.content ?? {}, type)) return [`the type ${type} is not documented for ${answer.status}`];
  const schema = pointerOf('responses', answer.status, 'content', type, 'schema');
  return [
    ...bodyDeviations(answer, `${documented.pointer}${schema}`),
    ...headerDeviations(answer, response),
    ...orUnreadable(() => linkDeviations(answer, response)),
  ];
}

/** The media type of an answer; text may say that it is UTF-8, and nothing else is said. */
export function typeOf(answer: Answer): string {
  const type = headerOf(answer, 'content-type') ?? 'none';
  return type.startsWith('text/') ? type.replace(/; charset=utf-8$/, '') : type;
}

export const isJson = (type: string): boolean => /^application\/(?:[a-z]+\+)?json$/.test(type);

function bodyDeviations(answer: Answer, schema: string): readonly string[] {
  const type = typeOf(answer);
  return orUnreadable(() => {
    const value: unknown = isJson(type) ? JSON.parse(answer.text) : answer.text;
    const violations = violationsOf(schema, value).map(({ path, message }) => `the body at "${path}" ${message}`);
    return [...violations, ...(readers[type]?.(answer.text) ?? [])];
  });
}

/** What a schema cannot say of text. */
const readers: Readonly<Record<string, (text: string) => readonly string[]>> = {
  'application/xml': (text) => {
    readXml(text);
    return [];
  },
  'text/csv': (text) => {
    const lengths = new Set(readCsv(text).map(({ length }) => length));
    return lengths.size === 1 ? [] : [`the lines have ${[...lengths].join(', ')} cells`];
  },
  'application/x-ndjson': (text) => {
    const row = pointerOf('components', 'schemas', 'ReportAnswer', 'properties', 'rows', 'items');
    if (text !== '' && !text.endsWith('\n')) return ['the last line does not end'];
    const rows: readonly unknown[] = text.split('\n').slice(0, -1).map(parse);
    return rows.flatMap((each, index) =>
      violationsOf(row, each).map(({ path, message }) => `line ${index} at "${path}" ${message}`),
    );
  },
};

const parse = (text: string): unknown => JSON.parse(text);

/** Every header that the document knows is there exactly where it is documented, but for `Link`. */
function headerDeviations(answer: Answer, { headers = {} }: Response): readonly string[] {
  return Object.keys(api.components.headers).flatMap((name) => {
    if (name === 'Link') return [];
    const [isDocumented, text] = [Object.hasOwn(headers, name), headerOf(answer, name)];
    if (text === null) return isDocumented ? [`${name} is documented for ${answer.status} and missing`] : [];
    if (!isDocumented) return [`${name} is not documented for ${answer.status}`];
    return violationsOf(pointerOf('components', 'headers', name, 'schema'), headerValue(text)).map(
      ({ message }) => `${name}: ${text} ${message}`,
    );
  });
}

/** A header is text, and an integer where its schema says so (OpenAPI 3.1.1, section 4.8.21: style `simple`). */
const headerValue = (text: string): unknown => (/^-?(?:0|[1-9]\d*)$/.test(text) ? Number(text) : text);

/** `Link` is there exactly where groups follow, which an answer in JSON says as well. */
function linkDeviations(answer: Answer, { headers = {} }: Response): readonly string[] {
  const link = headerOf(answer, 'link');
  if (link !== null && !Object.hasOwn(headers, 'Link')) return [`Link is not documented for ${answer.status}`];
  if (link !== null && !/^<\/[!-~]+>; rel="next"$/.test(link)) return [`Link is no address with rel="next": ${link}`];
  if (answer.status !== 200 || typeOf(answer) !== 'application/json') return [];
  const next: unknown = Reflect.get(Object(JSON.parse(answer.text)), 'next') ?? null;
  return (next === null) === (link === null) ? [] : [`next is ${next}, and Link is ${link}`];
}

function orUnreadable(look: () => readonly string[]): readonly string[] {
  try {
    return look();
  } catch (error) {
    return [`the body cannot be read: ${error}`];
  }
}
