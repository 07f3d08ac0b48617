import type { Parameter } from '../../src/http/operation.ts';
import { type Documented, parametersOf, pointerOf } from './document.ts';
import { violationsOf } from './schemas.ts';

/** What the document says of a target: the parameters that are not as their schemas say, or are missing, by their names. */
export function wrongParameters(documented: Documented, target: string): readonly string[] {
  const [path = '', ...rest] = target.split(/[?#]/);
  const query = new URLSearchParams(rest.join('?'));
  const steps = stepsOf(documented, path);
  return parametersOf(documented).flatMap((parameter, index) => {
    const texts = parameter.in === 'path' ? [steps[parameter.name] ?? null] : query.getAll(parameter.name);
    if (texts.length === 0) return parameter.required ? [parameter.name] : [];
    const isWrong =
      texts.includes(null) ||
      violationsOf(
        `${documented.pointer}${pointerOf('parameters', index, 'schema')}`,
        readAs(
          parameter,
          texts.filter((text) => text !== null),
        ),
      ).length > 0;
    return isWrong ? [parameter.name] : [];
  });
}

/** Whether the path can be read at all. */
export function isDecodable(documented: Documented, target: string): boolean {
  const [path = ''] = target.split(/[?#]/);
  return !Object.values(stepsOf(documented, path)).includes(null);
}

/** Steps of a path by their names in its template, decoded; null for what cannot be decoded. */
function stepsOf({ path: template }: Documented, path: string): Readonly<Record<string, string | null>> {
  const steps = path.split('/');
  const names = template.split('/').map((step) => /^\{(\w+)\}$/.exec(step)?.[1]);
  return Object.fromEntries(
    names.flatMap((name, index) => (name === undefined ? [] : [[name, decoded(steps[index] ?? '')]])),
  );
}

function decoded(step: string): string | null {
  try {
    return decodeURIComponent(step);
  } catch {
    // The only way in which it tells.
    return null;
  }
}

/** A value as it was written in the style `simple` or `form`. */
function readAs({ schema, explode }: Parameter, texts: readonly string[]): unknown {
  const type: unknown = Reflect.get(schema, 'type');
  const [text = ''] = texts;
  if (type === 'array') return explode === false ? text.split(',') : texts;
  return type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
}
