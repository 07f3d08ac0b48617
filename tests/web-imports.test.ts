import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What the dashboard in the browser may import: docs/architecture.md. */

const root = join(import.meta.dirname, '..');
const packages = [
  'react',
  'react-dom',
  '@mantine/core',
  '@mantine/dates',
  '@mantine/hooks',
  '@tanstack/react-query',
  'dayjs',
  'echarts',
  'topojson-client',
  'us-atlas',
  'world-atlas',
];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isTypeOnly: boolean;
}

const statement = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;
const dynamic = /\bimport\(\s*'([^']+)'/g;

const files = globSync('web/src/**/*.{ts,tsx}', { cwd: root }).filter((path) => !path.includes('.test.'));

function importsOf(from: string): readonly Import[] {
  const text = readFileSync(join(root, from), 'utf8');
  const found = [
    ...Array.from(text.matchAll(statement), ([, type, to = '']) => ({ to, isTypeOnly: type !== undefined })),
    ...Array.from(text.matchAll(dynamic), ([, to = '']) => ({ to, isTypeOnly: false })),
  ];
  return found.map(({ to, isTypeOnly }) => ({
    from,
    to: to.startsWith('.') ? join(dirname(from), to) : to,
    isTypeOnly,
  }));
}

function isAllowed({ to, isTypeOnly }: Import): boolean {
  if (to.startsWith('web/src/') || to.startsWith('src/domain/') || to === 'src/wire/dashboard/paths.ts') return true;
  if (to.startsWith('src/wire/')) return isTypeOnly;
  return packages.some((name) => to === name || to.startsWith(`${name}/`));
}

describe('the dashboard in the browser', () => {
  const imports = files.flatMap(importsOf);

  it('imports itself, the domain, types of the wire, and the packages that are meant for it', () => {
    expect(files.length).toBeGreaterThan(30);
    expect(imports.filter((each) => !isAllowed(each))).toEqual([]);
  });

  it('imports what is heavy only when it is needed', () => {
    const heavy = imports.filter(
      ({ to, isTypeOnly }) => /^(echarts|us-atlas|world-atlas|topojson-client)(\/|$)/.test(to) && !isTypeOnly,
    );
    const engines = new Set(heavy.map(({ from }) => from));
    const importers = imports.filter(({ to, isTypeOnly }) => engines.has(to) && !isTypeOnly);
    const isDynamic = ({ from, to }: Import) => {
      const text = readFileSync(join(root, from), 'utf8');
      return Array.from(text.matchAll(dynamic), ([, path = '']) => join(dirname(from), path)).includes(to);
    };
    expect(engines.size).toBeGreaterThan(0);
    expect(importers.filter((each) => !engines.has(each.from) && !isDynamic(each))).toEqual([]);
  });

  it.each([
    { from: 'web/src/app.tsx', to: 'src/store/store.ts', isTypeOnly: true },
    { from: 'web/src/app.tsx', to: 'src/wire/problem.ts', isTypeOnly: false },
    { from: 'web/src/app.tsx', to: 'lodash', isTypeOnly: false },
  ])('would be refused: $from → $to', (wrong) => {
    expect(isAllowed(wrong)).toBe(false);
  });
});
