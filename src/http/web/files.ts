import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Representation } from '../representation.ts';

/** The dashboard as Vite has built it. */
export interface WebFiles {
  /** The document of every page, with a place for the value that its styles carry. */
  readonly page: string;
  /** What pages load, by path. */
  readonly files: ReadonlyMap<string, Representation>;
}

/** Beside the server's code in the package, and where a clone builds it. */
const places = [new URL('../../web/', import.meta.url), new URL('../../../web/dist/', import.meta.url)];

/** null where it was not built. */
export function readWebFiles(from: readonly URL[] = places): WebFiles | null {
  const folder = from.map((url) => fileURLToPath(url)).find((path) => existsSync(join(path, pageFile)));
  if (folder === undefined) return null;
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== pageFile && !entry.name.endsWith(compressed))
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length).replaceAll('\\', '/'));
  return {
    page: readFileSync(join(folder, pageFile), 'utf8'),
    files: new Map(names.map((name) => [`/${name}`, representationOf(folder, name)])),
  };
}

const pageFile = 'index.html';
/** What `build/web.ts` has compressed stands beside the file itself. */
const compressed = '.br';

/** Names in this folder are made of the content, so they may be kept for ever. */
const immutable = { 'Cache-Control': 'public, max-age=31536000, immutable' };
const revalidated = { 'Cache-Control': 'no-cache' };

function representationOf(folder: string, name: string): Representation {
  const path = join(folder, name);
  const type = types.get(extname(name)) ?? 'application/octet-stream';
  const headers = name.startsWith('assets/') ? immutable : revalidated;
  const brotli = existsSync(`${path}${compressed}`) ? { brotli: readFileSync(`${path}${compressed}`) } : {};
  return new Representation({ type, body: readFileSync(path), headers, ...brotli });
}

const types: ReadonlyMap<string, string> = new Map([
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.webmanifest', 'application/manifest+json'],
]);
