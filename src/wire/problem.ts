import type { TLocalizedValidationError } from 'typebox/error';

/** What is wrong with one field of a document. */
export interface Problem {
  /** JSON pointer (RFC 6901), '' for the whole document. */
  readonly path: string;
  /** What must be, and what was given. */
  readonly error: string;
}

const longestPreview = 80;

/** A value as it is quoted in an error: short, and on one line. */
export function preview(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= longestPreview ? text : `${text.slice(0, longestPreview).toWellFormed()}…`;
}

/**
 * What is wrong with a text that not every store can hold, or null: NUL cannot be stored by all, and a lone surrogate is no character,
 * so two names that differ only in it would become one.
 */
export function unstorable(text: string): string | null {
  if (text.includes('\0')) return `must not contain NUL, got ${preview(text)}`;
  return text.isWellFormed() ? null : `must be Unicode text, got a lone surrogate in ${preview(text)}`;
}

/** Says what the validator found first, with the value that was given. */
export function schemaProblem(errors: readonly TLocalizedValidationError[], document: unknown): Problem {
  const [first] = errors;
  if (first === undefined) throw new Error('a value that is not valid has no error');
  const path = first.instancePath;
  if (first.keyword === 'required') {
    return { path: `${path}/${first.params.requiredProperties[0]}`, error: 'is missing; it must be given' };
  }
  const alternatives = errors.filter((error) => error.instancePath === path).map(expectation);
  const expected = [...new Set(alternatives.filter((text) => text !== null))].join(' or ');
  return { path, error: `must be ${expected}, got ${preview(valueAt(document, path))}` };
}

/** What must be, to follow "must be"; null for errors that only sum up others. */
function expectation(error: TLocalizedValidationError): string | null {
  switch (error.keyword) {
    case 'anyOf':
      return null;
    case 'enum':
      return `one of ${error.params.allowedValues.join(', ')}`;
    case 'type':
      return typeNames[`${error.params.type}`] ?? `${error.params.type}`;
    case 'format':
      return formatNames[`${error.params.format}`] ?? `of the format ${error.params.format}`;
    case 'minItems':
      return `of at least ${error.params.limit} values`;
    case 'maxItems':
      return `of at most ${error.params.limit} values`;
    case 'uniqueItems':
      return 'different from each other';
    case 'minLength':
      return error.params.limit === 1 ? 'not empty' : `at least ${error.params.limit} characters long`;
    case 'maxLength':
      return `at most ${error.params.limit} characters long`;
    case 'minimum':
    case 'maximum':
      return `${error.params.comparison} ${error.params.limit}`;
    default:
      return error.message.replace(/^must (be )?/, '');
  }
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
  null: 'null',
};

const formatNames: Readonly<Record<string, string>> = {
  date: 'a day of the calendar as YYYY-MM-DD',
};

function valueAt(document: unknown, path: string): unknown {
  let value = document;
  for (const part of path.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined;
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    value = Object.getOwnPropertyDescriptor(value, name)?.value;
  }
  return value;
}
