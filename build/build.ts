import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { assetPath } from '../src/http/docs/assets.ts';
import { writeClientTypes } from './client-types.ts';
import { buildWeb } from './web.ts';

/** Compiles the package: Node.js does not strip types below node_modules. */
rmSync('dist', { recursive: true, force: true });
execFileSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
await writeClientTypes();
// With its declarations: other programs import it.
execFileSync('tsc', ['-p', 'src/client', '--noEmit', 'false'], { stdio: 'inherit' });
const page = 'http/docs/page';
execFileSync('tsc', ['-p', `src/${page}`, '--noEmit', 'false', '--outDir', `dist/${page}`], { stdio: 'inherit' });
cpSync(`src/${page}/style.css`, `dist/${page}/style.css`);
// The installed package does not have the packages of development: it brings the one file that it serves of them.
cpSync(assetPath('reference bundle'), 'dist/http/docs/reference/standalone.js');
for (const migrations of ['store/sqlite/migrations', 'store/postgres/migrations']) {
  // What is code among them has been compiled.
  cpSync(`src/${migrations}`, `dist/${migrations}`, { recursive: true, filter: (path) => !path.endsWith('.ts') });
}
// The dashboard, beside the server's code.
await buildWeb();
cpSync('web/dist', 'dist/web', { recursive: true });
