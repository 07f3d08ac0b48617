import { problems } from '../../src/http/problems.ts';
import type { Answer } from '../http/voicetrends/exchange.ts';
import { isJson, typeOf } from './conformity.ts';
import { type Documented, operations, pointerOf } from './document.ts';
import { violationsOf } from './schemas.ts';
import { readXml } from './xml.ts';

/** Everything that the document says can be answered: a status of an operation in a media type, of errors each of its codes. */
export interface Case {
  readonly documented: Documented;
  readonly status: number;
  readonly type: string;
  /** The code of an error (docs/errors.md), or the name of the schema of what is none. */
  readonly code: string | null;
  readonly title: string;
}

/** Schemas of errors. */
const errors: ReadonlySet<string> = new Set(['Error', 'ProblemDetails']);

export const cases: readonly Case[] = operations.flatMap((documented) =>
  Object.entries(documented.operation.responses).flatMap(([status, { description, content = {} }]) =>
    Object.entries(content).flatMap(([type, { schema }]) =>
      codesOf(Number(status), description, schema).map((code) => ({
        documented,
        status: Number(status),
        type,
        code,
        title: [documented.name, status, code, type].filter((part) => part !== null).join(' '),
      })),
    ),
  ),
);

/** Errors stand in the description by their codes; what may be answered instead of one stands in the schema. */
function codesOf(status: number, description: string, schema: object): readonly (string | null)[] {
  if (status < 400) return [null];
  const named = Array.from(description.matchAll(/`(\w+)`/g), ([, name = '']) => name);
  const codes = named.filter((name) => Object.hasOwn(problems, name));
  const alternatives = namesIn(schema);
  const others = alternatives.filter((name) => !errors.has(name));
  // Where nothing is said, as of text, errors are what is meant.
  if (alternatives.length > 0 && others.length === alternatives.length) return others;
  // An error without a code is a case that nothing can drive.
  return [...(codes.length === 0 ? [null] : codes), ...others];
}

/** The schemas that a schema is, or is one of. */
function namesIn(schema: object): readonly string[] {
  const alternatives: unknown = Reflect.get(schema, 'anyOf');
  const parts: readonly unknown[] = Array.isArray(alternatives) ? alternatives : [schema];
  const references = parts.map((part) => Reflect.get(Object(part), '$ref')).filter((ref) => typeof ref === 'string');
  return references.map((ref) => ref.replace('#/components/schemas/', ''));
}

/** Whether an answer is the error of a code, or of a schema that is none of errors. */
export function isOfCode(answer: Answer, code: string | null): boolean {
  if (code === null) return true;
  const known = Object.entries(problems).find(([name]) => name === code);
  if (known === undefined) {
    return violationsOf(pointerOf('components', 'schemas', code), JSON.parse(answer.text)).length === 0;
  }
  const [, { status, message }] = known;
  if (status !== answer.status) return false;
  const { error, type, detail }: Readonly<Record<string, unknown>> = Object(
    isJson(typeOf(answer)) ? JSON.parse(answer.text) : readXml(answer.text),
  );
  const [before = '', after = ''] = message.split('{detail}');
  const text = `${error ?? detail}`;
  const isSaid = text.startsWith(before) && (message.includes('{detail}') ? text.endsWith(after) : text === message);
  return isSaid && (type === undefined || type === `/docs/guides/errors#${code}`);
}
