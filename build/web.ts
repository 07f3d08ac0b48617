import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');

/** What the built dashboard depends on. */
const inputs = [
  'web/index.html',
  'web/vite.config.ts',
  'web/src/**/*',
  'web/public/**/*',
  'src/wire/**/*.ts',
  'src/domain/**/*.ts',
  'package-lock.json',
];
const output = join(root, 'web/dist/index.html');

const changedMs = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Whether what was built is of all that is there now. A file that has gone changes the files that named it. */
function isUpToDate(): boolean {
  const builtMs = changedMs(output);
  return inputs.every((pattern) =>
    globSync(pattern, { cwd: root }).every((path) => changedMs(join(root, path)) <= builtMs),
  );
}

/** Builds the dashboard, unless nothing has changed since it was built. */
export async function buildWeb(): Promise<void> {
  if (isUpToDate()) return;
  // Whoever builds it, a test for example, the packages are to be those for use.
  process.env['NODE_ENV'] = 'production';
  await build({ configFile: join(root, 'web/vite.config.ts') });
  await compressAssets();
}

/** As small as it gets, which takes seconds: the server sends these files as they are. */
async function compressAssets(): Promise<void> {
  const paths = globSync('web/dist/assets/*.{js,css,json,svg}', { cwd: root }).map((path) => join(root, path));
  await Promise.all(
    paths.map(async (path) => writeFileSync(`${path}.br`, await promisify(brotliCompress)(readFileSync(path)))),
  );
}

if (import.meta.main) await buildWeb();
