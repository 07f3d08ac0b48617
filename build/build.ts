import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';

/** Compiles the package: Node.js does not strip types below node_modules. */
rmSync('dist', { recursive: true, force: true });
execFileSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
for (const migrations of ['store/sqlite/migrations']) {
  cpSync(`src/${migrations}`, `dist/${migrations}`, { recursive: true });
}
