import { openApiDocument } from '../../src/http/openapi.ts';
import type { Operation, Parameter, Paths } from '../../src/http/operation.ts';

/** The parts of an OpenAPI 3.1 document that the tests read. */
export interface ApiDocument {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Paths;
  readonly components: Readonly<Record<'schemas' | 'headers' | 'securitySchemes', Readonly<Record<string, object>>>>;
}

/** What the server under test serves at `/openapi.json`, of which document.test.ts makes sure. */
export const api: ApiDocument = JSON.parse(JSON.stringify(openApiDocument('0.0.0-test')));

/** An operation and where it is in the document. */
export interface Documented {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
  /** JSON pointer (RFC 6901) into the document. */
  readonly pointer: string;
  /** As titles of tests name it. */
  readonly name: string;
}

export const operations: readonly Documented[] = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path,
    method: method.toUpperCase(),
    operation,
    pointer: pointerOf('paths', path, method),
    name: `${method.toUpperCase()} ${path}`,
  })),
);

export const gets: readonly Documented[] = operations.filter(({ method }) => method === 'GET');

export const parametersOf = ({ operation }: Documented): readonly Parameter[] => operation.parameters ?? [];

/** The operation of an id, which must be there. */
export function operationOf(operationId: string): Documented {
  const found = operations.find(({ operation }) => operation.operationId === operationId);
  if (found === undefined) throw new Error(`the document has no operation ${operationId}`);
  return found;
}

/** `/paths/~1api~1auth` of `paths` and `/api/auth`. */
export function pointerOf(...steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${`${step}`.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What is at a JSON pointer, or undefined. */
export function valueAt(value: unknown, pointer: string): unknown {
  const steps = pointer.split('/').slice(1);
  return steps.reduce<unknown>((at, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined;
  }, value);
}
