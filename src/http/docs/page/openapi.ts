/** What the page reads of an OpenAPI document. */
export interface OpenApiDocument {
  readonly security?: readonly SecurityRequirement[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components?: {
    readonly parameters?: Readonly<Record<string, Parameter>>;
    readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>;
  };
}

/** What one way to authenticate needs: `{"temporaryCredentials": []}` */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

interface SecurityScheme {
  readonly type: string;
  readonly scheme?: string;
}

export interface PathItem {
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly [method: string]: unknown;
}

export interface Operation {
  readonly tags?: readonly string[];
  readonly security?: readonly SecurityRequirement[];
  readonly parameters?: readonly (Parameter | Reference)[];
}

/** `{"$ref": "#/components/parameters/phone"}` */
export interface Reference {
  readonly $ref: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly explode?: boolean;
  readonly schema?: {
    readonly type?: unknown;
    readonly enum?: unknown;
    readonly default?: unknown;
    readonly example?: unknown;
    readonly examples?: readonly unknown[];
  };
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, unknown>>;
}

/** An operation with where it is, and its parameters, those of its path and of components included. */
export interface FoundOperation {
  readonly method: string;
  /** As the document has it: `/api/performance/{start}/{end}/{period}/{phone}` */
  readonly path: string;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
}

export const isList = ({ schema }: Parameter): boolean => schema?.type === 'array';

/** Whether the values of a list are one field, with commas between them; otherwise the field is repeated. */
export const isJoined = ({ explode, ...parameter }: Parameter): boolean => isList(parameter) && explode === false;

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

export function operationsOf(document: OpenApiDocument): readonly FoundOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (!isOperation(operation)) return [];
      const all = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      return [{ method, path, operation, parameters: all.map((each) => resolved(each, document)) }];
    }),
  );
}

export const findOperation = (
  document: OpenApiDocument,
  { method, path }: Pick<FoundOperation, 'method' | 'path'>,
): FoundOperation | undefined =>
  operationsOf(document).find((each) => each.method === method.toLowerCase() && each.path === path);

const isOperation = (value: unknown): value is Operation => typeof value === 'object' && value !== null;

function resolved(parameter: Parameter | Reference, document: OpenApiDocument): Parameter {
  if (!('$ref' in parameter)) return parameter;
  const found = document.components?.parameters?.[parameter.$ref.replace('#/components/parameters/', '')];
  if (found === undefined) throw new Error(`the OpenAPI document has no ${parameter.$ref}`);
  return found;
}
