import type { FastifyRequest } from 'fastify';
import { failed, ok, type Result } from '../../domain/result.ts';
import { preview } from '../../wire/problem.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';

/** The `{id}` of an address. What is no id is the id of nothing. */
export function idOf({ params }: FastifyRequest): Result<number, HttpProblem> {
  const text = `${Reflect.get(Object(params), 'id')}`;
  if (/^\d{1,15}$/.test(text)) return ok(Number(text));
  return failed(httpProblem('unknown', `an id is a whole number, as lists show it, got ${preview(text)}`));
}
