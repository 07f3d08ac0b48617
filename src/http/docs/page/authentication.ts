import { type OpenApiDocument, operationsOf, type PathItem, type SecurityRequirement } from './openapi.ts';

/** The name of the security scheme of temporary credentials. */
export function loginSchemeName({ components }: OpenApiDocument): string {
  const schemes = Object.entries(components?.securitySchemes ?? {});
  const found = schemes.find(([, { type, scheme }]) => type === 'http' && scheme === 'basic');
  if (found === undefined) throw new Error('the OpenAPI document has no security scheme for HTTP Basic');
  return found[0];
}

/**
 * The document with temporary credentials as the first of several ways to authenticate. The reference takes the first one for a
 * request, and it is the one that the page logs in for; the reader can choose another.
 */
export function withLoginFirst(document: OpenApiDocument): OpenApiDocument {
  const login = loginSchemeName(document);
  const isOther = (requirement: SecurityRequirement): number => (login in requirement ? 0 : 1);
  const sorted = (security: readonly SecurityRequirement[]) => security.toSorted((a, b) => isOther(a) - isOther(b));
  const all = Object.keys(document.components?.securitySchemes ?? {}).map((name) => ({ [name]: [] }));
  const paths: Record<string, PathItem> = { ...document.paths };
  for (const { method, path, operation } of operationsOf(document)) {
    const security = sorted(operation.security ?? document.security ?? []);
    paths[path] = { ...paths[path], [method]: { ...operation, security } };
  }
  return { ...document, security: sorted(all), paths };
}
