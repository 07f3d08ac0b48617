import { type FoundOperation, findOperation, isJoined, isList, type OpenApiDocument, operationsOf } from './openapi.ts';

/**
 * A request that a link reproduces: `/docs?try=GET /api/performance/20180201/20180208/day/ALL`. It has the operation and the values
 * of its parameters in the path and the query. Headers and bodies are left out: that is where secrets and callers' numbers are.
 */
export interface SharedRequest {
  readonly method: string;
  readonly path: string;
  /** By the name of the parameter; several for a list. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

const shape = 'such a link has a method and a path, as in ?try=GET%20/api/performance/20180201/20180208/day/ALL';
const wrong = (error: string): Parsed<never> => ({ ok: false, error });

export function parseSharedRequest(text: string, document: OpenApiDocument): Parsed<SharedRequest> {
  const [, method = '', path = '', query = ''] = /^([A-Za-z]+) (\/[^?#\s]*)(?:\?([^#\s]*))?$/.exec(text) ?? [];
  if (method === '') return wrong(`“${text}” is no request: ${shape}`);
  const operations = operationsOf(document).filter((each) => each.method === method.toLowerCase());
  const matches = operations.flatMap((found) => {
    const values = matchPath(found.path, path);
    return values === null ? [] : [{ found, values }];
  });
  const [match] = matches.sort((a, b) => a.values.size - b.values.size);
  if (match === undefined) return wrong(`there is no operation for ${method.toUpperCase()} ${path}`);
  const fields = queryValues(match.found, query);
  if (!fields.ok) return fields;
  const values = new Map([...match.values, ...fields.value]);
  return { ok: true, value: { method: match.found.method, path: match.found.path, values } };
}

type Values = SharedRequest['values'];

function queryValues({ method, path, parameters }: FoundOperation, query: string): Parsed<Values> {
  const values = new Map<string, readonly string[]>();
  const operation = `${method.toUpperCase()} ${path}`;
  for (const [name, fields] of Map.groupBy(new URLSearchParams(query), ([each]) => each)) {
    const parameter = parameters.find((each) => each.in === 'query' && each.name === name);
    if (parameter === undefined) return wrong(`${operation} has no parameter ${name}`);
    const given = fields.map(([, value]) => value);
    const isRepeatable = isList(parameter) && !isJoined(parameter);
    if (given.length > 1 && !isRepeatable) return wrong(`${operation} takes ${name} once`);
    values.set(name, isJoined(parameter) ? given.flatMap((value) => value.split(',')) : given);
  }
  return { ok: true, value: values };
}

/** The values in a path by the names of its template; null when it is another path. */
function matchPath(template: string, path: string): Values | null {
  const names = template.split('/');
  const parts = path.split('/');
  if (names.length !== parts.length) return null;
  const values = new Map<string, readonly string[]>();
  for (const [index, name] of names.entries()) {
    const part = decoded(parts[index] ?? '');
    const [, variable] = /^\{(.+)\}$/.exec(name) ?? [];
    if (part === null || (variable === undefined && part !== name)) return null;
    if (variable !== undefined) values.set(variable, [part]);
  }
  return values;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    // A % without two hex digits: no path that a link of ours has.
    return null;
  }
}

/** `GET /api/performance/20180201/20180208/day/ALL` */
export function printSharedRequest(request: SharedRequest, document: OpenApiDocument): string {
  const { method, path, values } = request;
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(values.get(name)?.[0] ?? ''));
  const fields = (findOperation(document, request)?.parameters ?? [])
    .filter((parameter) => parameter.in === 'query' && values.has(parameter.name))
    .flatMap((parameter) => {
      const given = values.get(parameter.name) ?? [];
      return (isJoined(parameter) ? [given.join()] : given).map((value) => [parameter.name, value]);
    });
  const query = `${new URLSearchParams(fields)}`.replaceAll('%2C', ',');
  return `${method.toUpperCase()} ${filled}${query === '' ? '' : `?${query}`}`;
}

/** The address of a page that shows the request. What a query may have unescaped stays readable. */
export const linkTo = (request: SharedRequest, document: OpenApiDocument, page: string): string =>
  `${page}?try=${encodeURIComponent(printSharedRequest(request, document)).replaceAll(/%(2F|2C|3A|3F|3D)/g, decodeURIComponent)}`;
