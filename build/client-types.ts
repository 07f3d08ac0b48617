import { writeFileSync } from 'node:fs';
import generateTypes from 'openapi-typescript';
import { openApiDocument } from '../src/http/openapi.ts';

/** Writes the types of the client, made from the OpenAPI document. They are not kept in the repository, since they follow from it. */
export async function writeClientTypes(): Promise<void> {
  // As JSON, without what the schemas know besides.
  const document = JSON.parse(JSON.stringify(openApiDocument('')), withoutLooseEnds);
  const types = await generateTypes(document);
  writeFileSync(new URL('../src/client/api.ts', import.meta.url), types);
}

/**
 * Leaves out alternatives that say nothing to whoever writes a program: any event at all, which would let a wrong one of a known type
 * pass, and the empty list that stands for an empty map, in which nothing can be found either.
 */
function withoutLooseEnds(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('anyOf' in value) || !Array.isArray(value.anyOf)) return value;
  const { anyOf, ...rest } = value;
  const kept = anyOf.filter((schema) => schema.title !== 'any other' && schema.maxItems !== 0);
  return kept.length === 1 ? { ...kept[0], ...rest } : { ...rest, anyOf: kept };
}

if (import.meta.main) await writeClientTypes();
