import { type ProblemCode, problems } from './problems.ts';

/**
 * Operations as an OpenAPI 3.1 document describes them (https://spec.openapis.org/oas/v3.1.1). Each surface has its own beside its
 * routes, made of the schemas in `wire/`; `openapi.ts` puts them together.
 */
export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Response>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: object;
  readonly example?: unknown;
  readonly style?: 'form';
  readonly explode?: boolean;
}

/** By media type. */
export type Content = Readonly<Record<string, { readonly schema: object; readonly example?: unknown }>>;

export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Content;
}

/** Operations by path and method. */
export type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** A parameter of a schema: the schema's description becomes the parameter's. */
export function parameter(
  {
    name,
    where,
    isRequired,
  }: { readonly name: string; readonly where: 'path' | 'query'; readonly isRequired: boolean },
  described: object,
): Parameter {
  const { description, ...schema }: Readonly<Record<string, unknown>> = { ...described };
  return {
    name,
    in: where,
    required: isRequired,
    ...(typeof description === 'string' ? { description } : {}),
    schema,
  };
}

/** A reference to a schema or a header of the document. */
export const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` });
export const headerRef = (name: string) => ({ $ref: `#/components/headers/${name}` });

export const quotaHeaders = Object.fromEntries(
  ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'].map((name) => [name, headerRef(name)]),
);

/** Headers that come with a status. */
const headersOf: Readonly<Record<number, readonly string[]>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

interface ErrorOptions {
  readonly content: Content;
  readonly headers?: Response['headers'];
}

/** The responses of errors, by status: which of our errors they are stands in the description. */
export function errorResponses(
  codes: readonly ProblemCode[],
  { content, headers = {} }: ErrorOptions,
): Readonly<Record<string, Response>> {
  const byStatus = Map.groupBy(codes, (code) => problems[code].status);
  return Object.fromEntries(
    Array.from(byStatus, ([status, list]) => {
      const own = (headersOf[status] ?? []).map((name) => [name, headerRef(name)]);
      // Nobody has been recognised, or the quota could not be read.
      const shared = status === 401 || status === 503 ? {} : headers;
      const description = list.map((code) => `\`${code}\``).join(', ');
      return [status, { description, headers: { ...shared, ...Object.fromEntries(own) }, content }];
    }),
  );
}
