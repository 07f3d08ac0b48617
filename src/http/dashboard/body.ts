import type { FastifyRequest } from 'fastify';
import { failed, ok, type Result } from '../../domain/result.ts';
import { decodeUtf8 } from '../../ingest/lines.ts';
import type { ParseBody } from '../../wire/dashboard/bodies.ts';
import type { ParameterProblem } from '../../wire/query-string.ts';
import type { DetailedProblem } from '../problem-details.ts';
import { httpProblem } from '../problems.ts';

/** Reads the body of a change: JSON and nothing else, which no form of another site can send. */
export function readBody<T>({ body, headers }: FastifyRequest, parse: ParseBody<T>): Result<T, DetailedProblem> {
  const type = headers['content-type'] ?? '';
  if (!/^application\/json *(;|$)/i.test(type)) {
    return failed(httpProblem('mediaType', `Content-Type must be application/json, got "${type}"`));
  }
  const value = jsonOf(body);
  if (!value.ok) return failed(httpProblem('notJson', value.error));
  const parsed = parse(value.value);
  return parsed.ok ? parsed : failed(wrong(parsed.error));
}

function jsonOf(body: unknown): Result<unknown, string> {
  const text = body instanceof Uint8Array ? decodeUtf8(body) : '';
  if (text === null) return failed('it is not UTF-8 text');
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    // The only way in which JSON.parse tells. What it says may have words of the body, which may hold a password.
    return failed(text === '' ? 'it is empty' : `it breaks off or has a mistake (${nameOf(error)})`);
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** A parameter or field that is not what it must be. */
export const wrong = ({ parameter, error }: ParameterProblem): DetailedProblem => ({
  ...httpProblem('badRequest', `${parameter} ${error}`),
  parameter,
});
