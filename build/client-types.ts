import { writeFileSync } from 'node:fs';
import generateTypes from 'openapi-typescript';
import { openApiDocument } from '../src/http/openapi.ts';

/** Writes the types of the client, made from the OpenAPI document. They are not kept in the repository, since they follow from it. */
export async function writeClientTypes(): Promise<void> {
  // As JSON, without what the schemas know besides.
  const document = JSON.parse(JSON.stringify(openApiDocument('')));
  const types = await generateTypes(document);
  writeFileSync(new URL('../src/client/api.ts', import.meta.url), types);
}

if (import.meta.main) await writeClientTypes();
