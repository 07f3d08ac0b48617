import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
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
  await build({ configFile: join(root, 'web/vite.config.ts') });
}

if (import.meta.main) await buildWeb();
