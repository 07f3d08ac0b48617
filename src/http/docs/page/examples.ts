import {
  type FoundOperation,
  findOperation,
  isList,
  type OpenApiDocument,
  operationsOf,
  type Parameter,
  type PathItem,
} from './openapi.ts';
import type { SharedRequest } from './shared-request.ts';

/** What a field of the reference holds. The first is its own extension of OpenAPI: that the reader does not want it sent. */
interface Example {
  readonly 'x-disabled'?: boolean;
  readonly value?: unknown;
}

const exampleName = 'default';

/**
 * The document with an example for every parameter, from which the reference fills its fields: the values of the shared request for
 * its operation, the document's own examples for the others. Without one, the reference would send the default or the first
 * value of the schema, also of a parameter that is optional.
 */
export function withExamples(document: OpenApiDocument, shared: SharedRequest | null): OpenApiDocument {
  const paths: Record<string, PathItem> = {};
  for (const found of operationsOf(document)) {
    const { method, path, operation } = found;
    const values = shared?.method === method && shared.path === path ? shared.values : null;
    const parameters = found.parameters.map((parameter) => withExample(parameter, values));
    const item = paths[path] ?? document.paths[path];
    paths[path] = { ...item, parameters: [], [method]: { ...operation, parameters } };
  }
  return { ...document, paths: { ...document.paths, ...paths } };
}

function withExample(parameter: Parameter, values: SharedRequest['values'] | null): Parameter {
  const { example: own, examples, ...rest } = parameter;
  const isShared = values !== null && (parameter.in === 'path' || parameter.in === 'query');
  if (!isShared && examples !== undefined) return parameter;
  const value = isShared
    ? shownValue(parameter, values.get(parameter.name))
    : (own ?? parameter.schema?.example ?? parameter.schema?.examples?.[0]);
  if (value === undefined && !hasValueOfItsOwn(parameter)) return rest;
  return { ...rest, examples: { [exampleName]: { value: value ?? '' } } };
}

const shownValue = (parameter: Parameter, given: readonly string[] | undefined): unknown =>
  isList(parameter) ? given : given?.[0];

const hasValueOfItsOwn = ({ schema }: Parameter): boolean =>
  schema?.default !== undefined || schema?.enum !== undefined;

/** The request as it is filled in at the moment: what the reference has made of {@link withExamples}, and the reader of that. */
export interface FilledIn {
  readonly method: string;
  readonly path: string;
  readonly operation: unknown;
  readonly exampleName: string;
}

/** Null for an operation that the document does not have. Nothing but parameters that it knows gets into the request. */
export function filledRequest(filled: FilledIn, document: OpenApiDocument): SharedRequest | null {
  const found = findOperation(document, filled);
  if (found === undefined) return null;
  const values = new Map<string, readonly string[]>();
  for (const parameter of parametersOf(filled.operation)) {
    const example = parameter.examples?.[filled.exampleName] ?? Object.values(parameter.examples ?? {})[0];
    if (!isShareable(parameter, found) || !isSent(parameter, example)) continue;
    values.set(parameter.name, valuesIn(example?.value));
  }
  return { method: found.method, path: found.path, values };
}

/** A list is a list where it comes from the document, and JSON once it was typed. */
function valuesIn(value: unknown): readonly string[] {
  const list = typeof value === 'string' && value.startsWith('[') ? listIn(value) : value;
  return Array.isArray(list) ? list.map(String) : [`${list ?? ''}`];
}

function listIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not finished yet: it is text so far.
    return text;
  }
}

/** Until the reader ticks or clears the box of a parameter, it is sent when it is required or has a value. */
const isSent = ({ required }: Parameter, example: Example | undefined): boolean =>
  !(example?.['x-disabled'] ?? (required !== true && (example?.value ?? '') === ''));

const isShareable = (parameter: Parameter, { parameters }: FoundOperation): boolean =>
  (parameter.in === 'path' || parameter.in === 'query') &&
  parameters.some((known) => known.in === parameter.in && known.name === parameter.name);

interface FilledParameter extends Parameter {
  readonly examples?: Readonly<Record<string, Example>>;
}

const parametersOf = (operation: unknown): readonly FilledParameter[] =>
  hasParameters(operation) ? operation.parameters.filter(isFilledParameter) : [];

const hasParameters = (value: unknown): value is { readonly parameters: readonly unknown[] } =>
  typeof value === 'object' && value !== null && 'parameters' in value && Array.isArray(value.parameters);

const isFilledParameter = (value: unknown): value is FilledParameter =>
  typeof value === 'object' && value !== null && 'name' in value && 'in' in value;
