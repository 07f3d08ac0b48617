import type { Static, TObject } from 'typebox';
import { Compile } from 'typebox/compile';
import { failed, ok, type Result } from '../../domain/result.ts';
import { preview, unstorable } from '../problem.ts';
import { type ParameterProblem, parameterProblem } from '../query-string.ts';
import { SignIn } from './session.ts';
import {
  AccountChange,
  NewNumber,
  NewSecret,
  NewUserRequest,
  NumberWith,
  PasswordChange,
  RejectRetry,
  RetentionChange,
  UserChange,
} from './settings.ts';

/** Reads the parsed JSON of a body. */
export type ParseBody<T> = (value: unknown) => Result<T, ParameterProblem>;

export const parseSignIn = parserOf(SignIn);
export const parseNewNumber = parserOf(NewNumber);
export const parseNumberWith = parserOf(NumberWith);
export const parseNewSecret = parserOf(NewSecret);
export const parseNewUser = parserOf(NewUserRequest);
export const parseUserChange = parserOf(UserChange);
export const parsePasswordChange = parserOf(PasswordChange);
export const parseAccountChange = parserOf(AccountChange);
export const parseRejectRetry = parserOf(RejectRetry);
export const parseRetentionChange = parserOf(RetentionChange);

/** A field that is not known would be a change that is not made, so it is refused. */
function parserOf<S extends TObject>(schema: S): ParseBody<Static<S>> {
  const compiled = Compile(schema);
  const names = Object.keys(schema.properties);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return failed({ parameter: 'body', error: `must be a JSON object, got ${preview(value)}` });
    }
    const unknown = Object.keys(value).find((name) => !names.includes(name));
    if (unknown !== undefined) {
      const error = `is no field of this request; its fields are ${names.join(', ')}`;
      return failed({ parameter: unknown.slice(0, longestName), error });
    }
    if (!compiled.Check(value)) return failed(withoutSecret(parameterProblem(compiled.Errors(value), value)));
    const problem = unstorableField(value);
    return problem === null ? ok(value) : failed(problem);
  };
}

/** Fields that are kept nowhere as they are: a password is hashed, and a document has a parser of its own. */
const notKept: ReadonlySet<string> = new Set(['password', 'current', 'document']);

function unstorableField(body: object): ParameterProblem | null {
  for (const [parameter, value] of Object.entries(body)) {
    const error = typeof value === 'string' && !notKept.has(parameter) ? unstorable(value) : null;
    if (error !== null) return { parameter, error };
  }
  return null;
}

const longestName = 80;
const secret: ReadonlySet<string> = new Set(['password', 'current']);

/** What was given as a password is not said again, neither in an answer nor to whoever reads it. */
const withoutSecret = ({ parameter, error }: ParameterProblem): ParameterProblem => ({
  parameter,
  error: secret.has(parameter) ? error.replace(/, got .*$/s, '') : error,
});
