import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * A file that is served but not compiled, where it is in a clone and where the published package has it. The documents in `docs/`
 * are at the same place in both; the bundle of the API reference belongs to a package that is only there for development, so
 * `build/build.ts` copies it.
 */
export function assetPath(asset: 'reference bundle' | 'guides' | 'page'): string {
  const candidates = places[asset]();
  const found = candidates.map((url) => fileURLToPath(url)).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    `the ${asset} of /docs is at none of ${candidates.join(', ')}; "npm ci" installs it in a clone, "npm run build" puts it into the package`,
  );
}

const places = {
  'reference bundle': () => [new URL('./reference/standalone.js', import.meta.url), ...installedBundle()],
  guides: () => [new URL('../../../docs/', import.meta.url)],
  page: () => [new URL('./page/', import.meta.url)],
} as const satisfies Record<string, () => readonly URL[]>;

function installedBundle(): readonly URL[] {
  try {
    // The package exports its modules by name, and the bundle for browsers only by its place beside them.
    return [new URL('./browser/standalone.js', import.meta.resolve('@scalar/api-reference'))];
  } catch {
    // Not installed, as below an installed package. The caller names the places where it looked.
    return [];
  }
}
