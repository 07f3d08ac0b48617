import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callDocument, logIn, password, report, send } from '../cli/client.ts';
import { repository, Workplace } from '../cli/workplace.ts';

/**
 * The package as `npm publish` would send it, compiled and below node_modules, where Node.js strips no types. Nothing is fetched:
 * beside the unpacked package stand links to the packages that it names as dependencies, which npm would install, and to no others.
 */

const place = new Workplace();
const modules = place.path('node_modules');
const unpacked = join(modules, 'voxgauge');
const installed = new Workplace({ program: join(unpacked, 'bin/voxgauge.js') });
afterAll(() => Promise.all([place.remove(), installed.remove()]));

beforeAll(() => {
  // npm builds the package first, see "prepack".
  execFileSync('npm', ['pack', '--silent', '--pack-destination', place.folder], { cwd: repository, stdio: 'pipe' });
  const [tarball = ''] = readdirSync(place.folder).filter((file) => file.endsWith('.tgz'));
  mkdirSync(unpacked, { recursive: true });
  execFileSync('tar', ['-xzf', place.path(tarball), '--strip-components=1', '-C', unpacked]);
  const manifest: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(unpacked, 'package.json'), 'utf8'),
  );
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(repository, 'node_modules', name), join(modules, name));
  }
});

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort();
}

describe('the package', () => {
  it('holds what runs and what is to be read, and nothing else', () => {
    const files = filesIn(unpacked);
    const compiled = filesIn(join(repository, 'src'))
      .filter((file) => !file.endsWith('.test.ts') && !file.endsWith('tsconfig.json'))
      .map((file) => join('dist', file.replace(/\.ts$/, '.js')));
    const beside = ['CHANGELOG.md', 'LICENSE', 'README.md', 'bin/voxgauge.js', 'package.json'];
    const documents = globSync('docs/*.md', { cwd: repository });
    const brought = ['dist/http/docs/reference/standalone.js', 'dist/client/api.d.ts', 'dist/client/client.d.ts'];
    const web = filesIn(join(repository, 'web/dist')).map((file) => join('dist/web', file));
    expect(web).toContain('dist/web/index.html');
    expect(files).toEqual([...beside, ...documents, ...compiled, ...brought, ...web].sort());
    expect(files.filter((file) => file.endsWith('.sql')).length).toBeGreaterThan(0);
  });

  it('has a client that other programs can import, with its types', () => {
    const program = place.path('program.ts');
    writeFileSync(
      program,
      `import { bearer, createClient } from 'voxgauge/client';
       const client = createClient({ baseUrl: 'http://127.0.0.1:1', authorization: bearer('x') });
       const query = { start: '2018-02-01', end: '2018-02-08' } as const;
       export const asked = () => client.GET('/api/v2/report', { params: { query: { ...query, metrics: ['calls'] } } });
       // @ts-expect-error: there is no such figure.
       export const wrong = () => client.GET('/api/v2/report', { params: { query: { ...query, metrics: ['cals'] } } });
       console.log(typeof asked, typeof wrong);`,
    );
    const tsc = join(repository, 'node_modules/.bin/tsc');
    const options = ['--strict', '--module', 'nodenext', '--target', 'esnext', '--lib', 'esnext,dom'];
    execFileSync(tsc, [...options, '--types', '', '--outDir', place.folder, program], { cwd: place.folder });
    const printed = execFileSync(process.execPath, [place.path('program.js')], { encoding: 'utf8' });
    expect(printed).toBe('function function\n');
  });

  it('runs below node_modules: adds a user, serves, takes a call in, and reports it', async () => {
    const { version }: { version: string } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
    expect(await installed.output(['--version'])).toBe(version);
    const addUser = ['user', 'add', '--login', 'plum', '--time-zone', 'America/New_York', '--password-stdin'];
    await installed.output(addUser, { stdin: password });
    const key = await installed.output(['key', 'add', '--login', 'plum']);
    const server = await installed.serve();
    expect((await send(server.address, key, callDocument('c-1'))).status).toBe(200);
    const { authorization } = await logIn(server.address, { login: 'plum' });
    const golden = readFileSync(join(repository, 'tests/golden/voicetrends/performance.json'), 'utf8');
    expect(await report(server.address, authorization, '20180201/20180208/day/ALL')).toEqual({
      status: 200,
      text: golden,
    });
    server.signal('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, stderr: expect.not.stringContaining('Error') });
    expect(await installed.json(['verify'])).toMatchObject({ documents: 1, differences: 0 });
  });

  it('serves the reference with its scripts, and the guides, from what it has brought', async () => {
    const server = await installed.serve();
    const get = async (path: string) => {
      const response = await fetch(server.address + path);
      return { status: response.status, text: await response.text() };
    };
    const reference = await get('/docs');
    const files = Array.from(reference.text.matchAll(/ (?:src|href)="(\/docs\/[^"]+)"/g), ([, path = '']) => path);
    expect(files.filter((path) => path.endsWith('.js')).length).toBeGreaterThan(3);
    for (const path of [...files, '/docs/guides/quick-start']) {
      expect({ path, status: (await get(path)).status }).toEqual({ path, status: 200 });
    }
    server.signal('SIGTERM');
    // Nothing has had to be stripped of its types.
    expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
  });
});
