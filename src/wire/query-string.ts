import type { TLocalizedValidationError } from 'typebox/error';
import { failed, ok, type Result } from '../domain/result.ts';
import { schemaProblem } from './problem.ts';

/** A parameter or field that is not what it must be; `error` is the sentence without its name. */
export interface ParameterProblem {
  readonly parameter: string;
  readonly error: string;
}

/** What a query string may hold. */
export interface QueryForm<T> {
  /** What it is a query of, to follow "no parameter of": `a report`. */
  readonly what: string;
  readonly names: readonly string[];
  /** Parameters that may be repeated, and are lists. */
  readonly listed: ReadonlySet<string>;
  /** The value of a parameter that is given once, as its schema has it. */
  readonly valueOf: (name: string, text: string) => unknown;
  readonly check: (given: unknown) => given is T;
  readonly errors: (given: unknown) => readonly TLocalizedValidationError[];
}

/** Reads a query string into parameters, each of the form that its schema says. */
export function parseQuery<T>(query: URLSearchParams, form: QueryForm<T>): Result<T, ParameterProblem> {
  const names = [...new Set(query.keys())];
  const unknown = names.find((name) => !form.names.includes(name));
  if (unknown !== undefined) {
    const error = `is no parameter of ${form.what}; its parameters are ${form.names.join(', ')}`;
    return failed({ parameter: unknown.slice(0, longestName), error });
  }
  const repeated = names.find((name) => !form.listed.has(name) && query.getAll(name).length > 1);
  if (repeated !== undefined) return failed({ parameter: repeated, error: 'must be given once, and was given twice' });
  const given: unknown = Object.fromEntries(
    names.map((name) => [name, form.listed.has(name) ? query.getAll(name) : form.valueOf(name, query.get(name) ?? '')]),
  );
  if (form.check(given)) return ok(given);
  return failed(parameterProblem(form.errors(given), given));
}

const longestName = 80;

/** What the validator found first, of the parameter or field that it is about. */
export function parameterProblem(errors: readonly TLocalizedValidationError[], given: unknown): ParameterProblem {
  const { path, error } = schemaProblem(errors, given);
  const [, parameter = ''] = path.split('/');
  return { parameter, error };
}
